"""Who holds which office as articles say it ("Menlu Rusia Sergei Lavrov"), beside the dated table of officials.

The title must stand at the name: what relasi knows of a person is no evidence. "Mantan presiden", "calon presiden",
"ousted president" are none either, nor is who by the table left the office long ago and is called by it still.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from difflib import SequenceMatcher
from functools import cache

from msgspec.structs import replace

from relasi import lang, world
from relasi.phrases import Phrases, Tokens, index
from relasi.records import Record
from relasi.store import Store
from relasi.stories.terms import Agreement, Evidence, Known, Opposed, opposed, parted

_BODIES = ("secretary_general", "head")  # those of bodies only: a state's are of its parties and agencies
# Offices that one person holds at a time.
SOLE = ("president", "prime_minister", "chancellor", "monarch", "foreign_minister", "defence_minister")
_APART = 365  # days between two articles from which they tell of two terms
_LATE = 365  # days after an office in which its name is more than courtesy
_BESIDE = 100  # characters on both sides of a mention that are looked at
_NEAR = 2  # tokens before it in which "mantan" may stand: "ex-", "Plt."
_CAPITALS = 0.7  # of the words of a headline
_ALIKE = 0.85  # of two spellings of one name


class Held(Record, frozen=True, kw_only=True):
    """An office of a person, and the first and last day of an article that says so."""

    name: str
    code: str
    office: str
    first: Known | None
    last: Known | None
    evidence: tuple[Evidence, ...]
    table: Agreement
    conflicts: tuple[Opposed, ...] = ()


def offices(store: Store, codes: Sequence[str] = ()) -> list[Held]:
    """The offices that articles tell of some states, or of all; those in conflict come first."""
    told: dict[tuple[str, str], list[tuple[str, Evidence]]] = defaultdict(list)
    for name, code, office, evidence in _read(store, codes):
        told[code, office].append((name, evidence))
    found: list[Held] = []
    for (code, office), said in told.items():
        for name, some in _by_person(said).items():
            found += [_held(name, code, office, term) for term in parted([(e.day, e) for e in some], _APART)]
    found = [_with_conflicts(one, found) if _is_sole(one.code, one.office) else one for one in found]
    return sorted(found, key=lambda h: (not h.conflicts, h.table != "differs", -len(h.evidence), h.name, h.office))


def _read(store: Store, codes: Sequence[str]) -> Iterator[tuple[str, str, str, Evidence]]:
    """Person, state, office, and the words that say so."""
    rows = store.query(
        """
        SELECT m.name, m.code, m.office, m.why, a.lang, a.date, a.id, m.text, m."start", m."end", o.origin,
            substr(a.text, greatest(m."start" - $beside, 0) + 1, least(m."start", $beside)),
            substr(a.text, m."end" + 1, $beside)
        FROM mentions m JOIN articles a ON a.id = m.article_id LEFT JOIN origins o ON o.article_id = a.id
        WHERE m.kind = 'person' AND m.name IS NOT NULL AND (len($codes::VARCHAR[]) = 0 OR list_contains($codes, m.code))
            AND (m.office IS NOT NULL AND m.why IN ('title_and_state', 'title_and_demonym', 'title_and_seat',
                'title_and_capital', 'title_and_body') OR m.why = 'known_name')
            AND m.code IS NOT NULL
        ORDER BY a.date NULLS FIRST, a.id, m."start"
        """,
        {"codes": list(codes), "beside": _BESIDE},
    )
    for name, code, told, why, language, day, id_, words, start, end, origin, before, after in rows:
        if language not in lang.installed() or _unseated(language, before, words):
            continue
        office = _titled(language, words, name) if why == "known_name" else told
        posts = {(p.office, p.code or code_) for code_, p in _posts(name)}
        if why == "known_name" or posts:
            # A title without a state may be of a state of the Union or of a parliament; the table says whose it is.
            likely = (office, code) in posts if why == "known_name" else code in {c for _, c in posts}
        else:
            likely = _is_name(name, words) and not _in_headline(before, words, after)
        likely = likely and (office not in _BODIES or why == "title_and_body")
        if office and likely and not _past(name, code, office, day):
            where = {"start": start, "end": end}
            yield name, code, office, Evidence(article_id=id_, words=words, day=day, origin=origin, **where)


def _unseated(language: str, before: str, words: str) -> bool:
    """Whether words before a title or in it say that its bearer holds it no more, not yet, or for another."""
    return any(_not_holding(language).find(Tokens(before).lows[-_NEAR:] + Tokens(words).lows))


@cache
def _not_holding(language: str) -> Phrases[None]:
    actors = lang.load(language).actors
    return index([(None, (*actors.former, *actors.unseated))])


def _is_name(name: str, words: str) -> bool:
    """Whether a name that the table does not have is one in full, and stands in the words."""
    parts = _plain(name).split()
    return len(parts) > 1 and not set(parts).isdisjoint(_plain(words).split())


def _in_headline(before: str, words: str, after: str) -> bool:
    """Whether the line is no sentence and its words have capitals, so that any passes for a name ("PM Dilempar")."""
    line = f"{before.rpartition(chr(10))[2]} {words} {after.partition(chr(10))[0]}"
    capital = [word[0].isupper() for word in Tokens(line).words if word[0].isalpha()]
    return not line.rstrip().endswith((".", "…")) and sum(capital) >= _CAPITALS * len(capital)


@cache
def _titles(language: str) -> Phrases[str]:
    return index(lang.load(language).actors.offices.items())


def _titled(language: str, words: str, name: str) -> str | None:
    """The office that a mention opens with, right before the name: not "Ketua MPR Ahmad Muzani"."""
    tokens = Tokens(words)
    hit = next(_titles(language).at(tokens.lows, 0), None)
    named = hit is not None and hit.end < len(tokens) and _plain(tokens.words[hit.end]) in _plain(name).split()
    return hit.value if hit and named else None


def _past(name: str, code: str, office: str, day: date | None) -> bool:
    """Whether somebody left the office long before, by the table."""
    ends = [p.to for code_, p in _posts(name) if p.office == office and (p.code or code_) == code]
    late = str(date.fromordinal(day.toordinal() - _LATE)) if day else "9999"
    return bool(ends) and all(end is not None and end < late for end in ends)


@cache
def _posts(name: str) -> tuple[tuple[str, world.Office], ...]:
    """The offices of a person of the table, each with the person's own code."""
    return tuple((who.code, post) for who in world.officials() if who.name == name for post in who.offices)


def _by_person(said: Sequence[tuple[str, Evidence]]) -> dict[str, list[Evidence]]:
    """What is said of each person, under the name that is used most; spellings of one name are one person."""
    found: dict[str, list[Evidence]] = {}
    names = Counter(name for name, _ in said)
    main: dict[str, str] = {}
    for name, _ in names.most_common():
        main[name] = next((other for other in found if _same(name, other)), name)
        found.setdefault(main[name], [])
    for name, evidence in said:
        found[main[name]].append(evidence)
    return found


def _same(one: str, other: str) -> bool:
    a, b = _plain(one), _plain(other)
    parts = set(a.split()), set(b.split())
    return parts[0] <= parts[1] or parts[1] <= parts[0] or SequenceMatcher(None, a, b).ratio() >= _ALIKE


@cache
def _plain(name: str) -> str:
    """A name in small letters, without accents and hyphens."""
    letters = unicodedata.normalize("NFKD", name.replace("-", " "))
    return "".join(c for c in letters if not unicodedata.combining(c)).lower()


def _held(name: str, code: str, office: str, evidence: Sequence[Evidence]) -> Held:
    days = [Known(from_=e.day, to=e.day) for e in evidence if e.day]
    first, last = (days[0], days[-1]) if days else (None, None)
    told = {_agreement(name, code, office, str(known.to) if known else None) for known in (first, last)}
    return Held(
        name=name,
        code=code,
        office=office,
        first=first,
        last=last,
        evidence=tuple(evidence),
        table=next(a for a in ("differs", "not_in_table", "agrees") if a in told),
    )


def _agreement(name: str, code: str, office: str, day: str | None) -> Agreement:
    """Whether the dated table has this person, or for an office of one person another one, on a day."""
    if day is None:
        return "agrees" if any(p.office == office for _, p in _posts(name)) else "not_in_table"
    if _is_sole(code, office):
        listed = [who.name for who, _ in world.holders(code, office, day)]
    else:
        held = [p.office for _, p in _posts(name) if world.covers(p, day)]
        listed = [name] if office in held else held
    return "agrees" if any(_same(name, who) for who in listed) else "differs" if listed else "not_in_table"


def _is_sole(code: str, office: str) -> bool:
    """Whether one person holds an office at a time: a state's; the European Union has several presidents."""
    return office in SOLE and code in {state.code for state in world.states()}


def _with_conflicts(one: Held, found: Sequence[Held]) -> Held:
    others = [
        (o.name, o) for o in found if (o.code, o.office) == (one.code, one.office) and not _same(o.name, one.name)
    ]
    return replace(one, conflicts=opposed(one, others))
