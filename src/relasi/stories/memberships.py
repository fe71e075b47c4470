"""Which state belongs to which body as articles say it, from when to when, beside the dated table of bodies.

Nothing of it is stored: sentences of articles that name a body near a word of the pack's `memberships.yaml` are read
each time. Where two statements cannot both hold on some day, or the table says otherwise, that is shown, not settled.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from relasi import lang, world
from relasi.articles.sentences import split
from relasi.lang.schema import MembershipStatus
from relasi.records import Record
from relasi.store import Store
from relasi.stories.statements import Party, Statement, cues, statements
from relasi.stories.terms import Agreement, Evidence, Known, Opposed, opposed, parted

# A state is one of each pair at a time; it may be leaving and still a member, an observer and apply.
_EITHER = {
    *(frozenset({"member", other}) for other in ("observer", "partner", "candidate", "applies", "left", "none")),
    frozenset({"observer", "partner"}),
}
_APART = 730  # days between statements of one status from which they are two times
_NEAR = 200  # characters between a body's name and a word of the pack

Said = tuple[Known | None, Evidence]


class Membership(Record, frozen=True, kw_only=True):
    """What a state is to a body, and the first and last day on which that is known; None where no day is.

    `applies`: wants or asks to be a member; `leaving`: is said to go, and not gone; `none`: is said to be no member.
    """

    code: str
    body: str
    status: MembershipStatus
    first: Known | None
    last: Known | None
    evidence: tuple[Evidence, ...]
    table: Agreement
    conflicts: tuple[Opposed, ...] = ()


def memberships(store: Store, codes: Sequence[str] = (), body: str | None = None) -> list[Membership]:
    """The memberships that articles tell of some states (of all, if none) and a body; those in conflict come first."""
    told: dict[tuple[str, str, MembershipStatus], list[Said]] = defaultdict(list)
    for said, evidence in _read(store):
        for code in said.codes:
            for id_ in said.bodies:
                if (not codes or code in codes) and body in (None, id_):
                    told[code, id_, said.status].append((said.since, evidence))
    found = [
        _membership(*key, some)
        for key, all_ in told.items()
        for some in parted([(e.day, (since, e)) for since, e in all_], _APART)
    ]
    found = [_with_conflicts(one, found) for one in found]
    return sorted(
        found, key=lambda m: (not m.conflicts, m.table != "differs", -len(m.evidence), m.code, m.body, m.status)
    )


def _read(store: Store) -> Iterator[tuple[Statement, Evidence]]:
    """What sentences say of states and bodies, once for every article that says it."""
    for code in lang.installed():
        rows = store.query(
            """
            WITH near AS (
                SELECT DISTINCT article_id FROM mentions m JOIN articles a ON a.id = article_id
                WHERE (kind = 'igo' OR code IN ('UNO', 'EUR', 'IGO')) AND lang = $lang
                    AND regexp_matches(lower(substr(a.text, greatest("start" - $near, 1), 2 * $near)), $cues)
            )
            SELECT a.id, a.date, a.text, o.origin,
                list((m."start", m."end", CASE WHEN kind IN ('state', 'government') THEN codes ELSE [] END))
            FROM near JOIN articles a ON a.id = near.article_id JOIN mentions m ON m.article_id = a.id
            LEFT JOIN origins o ON o.article_id = a.id
            WHERE kind <> 'igo' GROUP BY ALL ORDER BY a.id
            """,
            {"lang": code, "near": _NEAR, "cues": rf"\b({'|'.join(cues(code))})\b"},
        )
        for id_, day, text, origin, mentioned in rows:
            for sentence in split(text, code):
                first, last = sentence.start, sentence.start + len(sentence.text)
                parties = [
                    Party(start - first, end - first, _states(codes))
                    for start, end, codes in mentioned
                    if first <= start < last and (not codes or _states(codes))
                ]
                for said in statements(sentence.text, code, day, parties):
                    where = {"start": first + said.start, "end": first + said.end}
                    yield said, Evidence(article_id=id_, words=sentence.text, day=day, origin=origin, **where)


def _states(codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(c for c in codes if c not in ("UNO", "EUR", "IGO", "NGO", "IMG", "MNC"))


def _membership(code: str, body: str, status: MembershipStatus, some: Sequence[Said]) -> Membership:
    evidence = tuple(e for _, e in some)
    days = [Known(from_=e.day, to=e.day) for e in evidence if e.day]
    first = min((*(since for since, _ in some if since), *days), key=lambda k: (k.to, k.from_), default=None)
    last = max(days, key=lambda k: k.to, default=first)
    return Membership(
        code=code,
        body=body,
        status=status,
        first=first,
        last=last,
        evidence=evidence,
        table=_agreement(code, body, status, last),
    )


def _agreement(code: str, body: str, status: MembershipStatus, last: Known | None) -> Agreement:
    """Whether the dated table of bodies says the same of the last day (of today, if none is known).

    It knows no applications.
    """
    listed = world.standing(code, body, last.to.isoformat() if last else "9999")
    if listed is None:
        return "not_in_table"
    if status in ("member", "leaving") or listed == "member":
        return "agrees" if (status in ("member", "leaving")) == (listed == "member") else "differs"
    if status in ("left", "none"):
        return "agrees"
    return "agrees" if listed == "observer" and status != "applies" else "not_in_table"


def _with_conflicts(one: Membership, found: Sequence[Membership]) -> Membership:
    others = [
        (o.status, o)
        for o in found
        if (o.code, o.body) == (one.code, one.body) and frozenset({one.status, o.status}) in _EITHER
    ]
    return replace(one, conflicts=opposed(one, others))
