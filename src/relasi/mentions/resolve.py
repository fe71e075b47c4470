"""What words like `kedua negara`, `dia` and `negara itu` stand for, from what the article named before.

Nothing is guessed: each choice names the words it rests on and what else came near; undecided stays empty, with a
reason.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from relasi.lang.schema import Reference
from relasi.phrases import Tokens
from relasi.records import Article, Basis, Mention
from relasi.world import monarchies

_KEPT = 40  # sentences remembered
_BACK = 6  # sentences in which most words look for what they mean
_PEOPLE_BACK = 3  # sentences in which a pronoun looks for its person
_BODIES = ("UNO", "EUR", "IGO", "NGO", "IMG", "MNC")
_LIKE = {
    "igo": ("igo", "party"),
    "armed_group": ("armed_group", "party"),
    "party": ("party",),
}
_OWNED = ("title_and_state", "title_and_demonym", "office_at_date")
_SMALL = {"IGO", "NGO", "IMG", "MNC", "UNO"}  # sides only where there are no two states
_MANY = ("population", "military", "armed_group")


class Seen(NamedTuple):
    """A mention as it stood, tokens start to end.

    It is the first free one of its clause (`subject`), has a verb of saying beside it (`speaks`), stands behind `di`
    (`place`), is a `reference` itself, is `joined` by `dan` to the one before, has no preposition (`free`).
    """

    mention: Mention
    start: int
    end: int
    subject: bool
    speaks: bool
    place: bool
    reference: bool
    joined: bool
    free: bool


class Choice(NamedTuple):
    """What a reference stands for, why, on what it rests, what came next; `name` if it is one person."""

    codes: tuple[str, ...]
    why: str
    basis: tuple[Basis, ...] = ()
    others: tuple[str, ...] = ()
    name: str | None = None


class Around(NamedTuple):
    """What stands before a reference: a verb of saying ("kata dia"), an event word ("mendesak kedua pihak"), nothing of
    its clause (`opens`), little of its sentence (`early`), a comma between it and who acts (`apart`). `barred`: who
    speaks the words that it stands in.
    """

    spoken: bool
    asked: bool
    opens: bool
    early: bool
    apart: bool = False
    barred: Mention | None = None
    quoted: bool = False
    of: str | None = None  # the state that it names itself: "diplomat Turki itu"


class Learned(NamedTuple):
    """A name that the article itself taught: its words, and the mention that did."""

    words: tuple[str, ...]
    mention: Mention


class Memory:
    """The actors that an article has named so far."""

    def __init__(self, home: str | None, bearers: dict[str, tuple[str, ...]]) -> None:
        self.home = home
        self.bearers = bearers  # offices that a word like `diplomat` may mean
        self.names: dict[str, list[Learned]] = {}  # by first word
        self._sentences: list[list[Seen]] = []
        self._line: str | None = None
        self._counts: Counter[str] = Counter()  # how often each state was named

    def line(self, article: Article) -> str:
        """Title and text of the article as `Tokens.line`, made once."""
        if self._line is None:
            self._line = Tokens(f"{article.title or ''}\n{article.text}").line
        return self._line

    def ruling(self) -> Mention | None:
        """The state or government that the sentence before was about."""
        last = self._sentences[-1] if self._sentences else []
        about = next((s.mention for s in last if s.subject), None)
        return about if about and about.code and about.kind in ("state", "government") else None

    def speaker(self) -> Mention | None:
        """Who spoke last."""
        return next((s.mention for s in self._back(most=2) if s.speaks), None)

    def office(self) -> str | None:
        """The office of the person spoken of last."""
        return next((s.mention.office for s in self._back(most=2) if s.mention.office), None)

    def see(self, seen: Sequence[Seen]) -> None:
        """Remember a sentence's mentions."""
        if seen:
            self._sentences.append(list(seen))
            named = (s for s in seen if not (s.reference or s.place) and s.mention.sector != "MED")
            self._counts.update(code for s in named for code in s.mention.codes)
            del self._sentences[:-_KEPT]

    def learn(self, words: Sequence[str], mention: Mention) -> bool:
        """Let words stand for a mention from here on; False if they did already."""
        known = self.names.setdefault(words[0], [])
        if any(one.words == tuple(words) for one in known):
            return False
        known.append(Learned(tuple(words), mention))
        known.sort(key=lambda one: -len(one.words))
        return True

    def at(self, words: Sequence[str], start: int) -> Learned | None:
        """The longest name learned that stands at a token."""
        for one in self.names.get(words[start], ()):
            if tuple(words[start : start + len(one.words)]) == one.words:
                return one
        return None

    def title(self, title: str, kind: str) -> Choice:
        """A bare title: whoever bore it last, else the government spoken of, else the state whose press this is."""
        back = [s for s in self._back() if s.mention.code and not s.place]
        bearing = [s for s in back if s.mention.text.lower().startswith(title)]
        if bearing:
            return _chosen(bearing[0], "titled_before")
        if back and self.home not in _codes(back) and kind == "government":
            ruling = [s for s in back if s.mention.kind in ("government", "person") and s.mention.sector == "GOV"]
            return _first(ruling, "nearest_government", "bare_title")
        if self.home:
            return Choice((self.home,), "home_press", (Basis(text=self.home, table="lang"),))
        return Choice((), "bare_title")

    def resolve(self, reference: Reference, words: str, here: Sequence[Seen], around: Around) -> Choice:
        """What a reference stands for; `words` are its own, `here` the mentions before it in its sentence."""
        if reference.number > 1:
            return self._several(reference, [] if around.asked else here)
        if reference.to == "person" and around.spoken:
            before = self._person([], None)  # of an earlier sentence: "kata dia"
            return before if before.basis else self._person(here, None)
        if reference.to == "title":
            return self._titled(words, here, around)
        by_sort: dict[str, Callable[[Sequence[Seen]], Choice]] = {
            "state": lambda here: self._state(here, around),
            "own": self._own,
            "speaker": self._speaking,
            "person": lambda here: self._person(here, around.barred),
            "counterpart": lambda here: self._counterpart(here, reference.kind),
            "people": lambda here: (
                (around.quoted and self._others(here, around.barred)) or self._people(here, around.early)
            ),
            "group": lambda here: self._group(reference.kind, here, bloc=False),
            "bloc": lambda here: self._group(reference.kind, here, bloc=True),
            "monarchy": lambda here: self._state(here, around, monarchies()),
        }
        return by_sort[reference.to](here)

    # -- one by one ---------------------------------------------------------------------------------------------

    def _back(self, here: Sequence[Seen] = (), most: int = _BACK) -> Iterator[Seen]:
        """Mentions, the nearest first; references among them stand for what they were resolved to."""
        yield from reversed(here)
        for sentence in reversed(self._sentences[-most:]):
            yield from reversed(sentence)

    def _several(self, reference: Reference, here: Sequence[Seen]) -> Choice:
        """`kedua negara`, `ketiga pemimpin`: the nearest sentences that name so many, joined ones first."""
        listed = self._listed(reference, here) if reference.number > 2 else None
        choice = listed or self._nearest(reference, here)
        if reference.kind == "other" and choice.why != "joined_before" and set(choice.codes) & _SMALL:
            states = self._nearest(msgspec.structs.replace(reference, kind="state"), here)
            choice = states if states.codes else choice  # of a court and two states the states are the sides
        if reference.kind != "person" and choice.why.startswith(("first_named", "far")):
            return self._foremost(reference) or choice
        if reference.kind == "person" and not choice.codes:  # "Menlu Rusia kunjungi Jakarta. Kedua menlu …"
            return self._nearest(msgspec.structs.replace(reference, kind="state"), here)
        return choice

    def _listed(self, reference: Reference, here: Sequence[Seen]) -> Choice | None:
        """The nearest that were named together, just so many: "Mali, Burkina Faso dan Niger"."""
        for sentence in (list(here), *reversed(self._sentences)):
            for group in _groups([s for s in sentence if _fits(s, reference)]):
                if len(_codes(group)) == reference.number:
                    return Choice(_codes(group), "joined_before", _bases(group, _codes(group)))
        return None

    def _nearest(self, reference: Reference, here: Sequence[Seen]) -> Choice:
        count, gathered = reference.number, list[Seen]()
        for far, sentence in enumerate((list(here), *reversed(self._sentences[-_BACK:]))):
            pair = next((s for s in sentence if s.reference and len(s.mention.codes) == count and far < 3), None)
            if pair and reference.kind != "person":
                return _chosen(pair, "same_before")
            fit = [s for s in sentence if _fits(s, reference)]
            together = next((g for g in _groups(fit) if len(g) == count and far < 2), None)
            if together and reference.kind == "person":  # two of the same state as well
                return Choice(_codes(together), "joined_before", _bases(together, _codes(together)))
            gathered = fit + gathered
            codes = _codes(gathered)
            if len(codes) < count:
                continue
            if len(codes) == count:
                whole = len(_codes(fit)) == count  # one sentence names them all
                near = "nearest" if whole and far < 3 else "far"
                return Choice(codes, f"{near}_{count}", _bases(gathered, codes))
            group = next((g for g in _groups(fit) if len(_codes(g)) == count), None)
            if group:
                chosen, why = _codes(group), "joined_before"
            else:  # who acts and whom it is directed at come first
                chosen, why = _codes(fit if len(_codes(fit)) >= count else gathered)[:count], "first_named"
            return Choice(chosen, why, _bases(gathered, chosen), tuple(c for c in codes if c not in chosen))
        return Choice((), f"not_{count}_before", (), _codes(gathered))

    def _foremost(self, reference: Reference) -> Choice | None:
        """The states (sides: bodies as well) that the article is about: those named oftenest, if they stand out."""
        count = reference.number
        barred = () if reference.kind == "other" else _BODIES
        ranked = [item for item in self._counts.most_common() if item[0] not in barred]
        if len(ranked) < count or (len(ranked) > count and ranked[count - 1][1] <= ranked[count][1]):
            return None
        codes = tuple(code for code, _ in ranked[:count])
        found = [s for sentence in self._sentences for s in sentence]
        return Choice(codes, "foremost", _bases(found, codes), tuple(code for code, _ in ranked[count : count + 2]))

    def _state(self, here: Sequence[Seen], around: Around, among: frozenset[str] | None = None) -> Choice:
        """`negara itu`: the nearest state, but not the one that acts in the same clause; `among` bounds the choice."""
        acting = next((s for s in reversed(here) if s.free and s.mention.codes), None)
        paired = {id(s) for g in _groups(here) if len(_codes(g)) > 1 for s in g}
        fit = [s for s in self._back(here) if len(s.mention.codes) == 1 and s.mention.codes[0] not in _BODIES]
        fit = [s for s in fit if among is None or s.mention.codes[0] in among]
        fit = [s for s in fit if id(s) not in paired and not (s.place and s.mention.why == "capital")] or fit
        plain = [s for s in fit if s.mention.kind in ("state", "government") or s.place or s.mention.why in _OWNED]
        topic = next((s for s in plain if around.apart and s in here and s.subject), None)
        if topic:
            return _chosen(topic, "subject_in_sentence", _rest(fit[:3], topic))
        barred = acting.mention.codes if acting and not around.opens and not acting.joined else ()
        free = [s for s in plain if s.mention.codes != barred] or [s for s in fit if s.mention.codes != barred]
        return _first(free or fit, "nearest_state", "no_state_before")

    def _own(self, here: Sequence[Seen]) -> Choice:
        """`negaranya`: that of who acts or speaks in the sentence, or did in the one before."""
        for far, sentence in enumerate((here, *reversed(self._sentences[-2:]))):
            fit = [s for s in sentence if not s.place and (s.subject or s.speaks)]
            fit = fit if far else fit[::-1]  # of clauses in one sentence the nearest
            if fit:
                return _first(fit, "subject_before", "")
            if any(s.mention.codes for s in sentence):
                return _first([s for s in reversed(sentence) if s.mention.codes], "nearest_before", "")
        return Choice((), "no_subject_before")

    def _speaking(self, here: Sequence[Seen]) -> Choice:
        """`pihaknya`: that of who speaks here, else of who acts."""
        speaker = self._speaker(here)
        return speaker if speaker.basis else self._own(here)

    def _speaker(self, here: Sequence[Seen]) -> Choice:
        fit = [s for s in self._back(here) if s.speaks and not s.place]
        return _first(fit, "last_speaker", "no_speaker")

    def _person(self, here: Sequence[Seen], barred: Mention | None) -> Choice:
        """`dia`: the person that the sentence, or the one before, is about."""
        inside = [s for s in here if _is_person(s) and not _same(s, barred)]
        if inside:
            about = next((s for s in reversed(inside) if s.subject), inside[-1])
            return _chosen(about, "person_in_sentence", _rest(inside, about))
        for sentence in reversed(self._sentences[-_PEOPLE_BACK:]):
            people = [s for s in sentence if _is_person(s) and not _same(s, barred)]
            if people:
                return _of_sentence(people)
        return Choice((), "no_person_before")

    def _counterpart(self, here: Sequence[Seen], kind: str) -> Choice:
        """`rekannya`, `tetangganya`: of two that were spoken of, the one that the sentence is not about."""
        last = self._sentences[-1] if self._sentences else []
        about = next((s for s in (*here, *last) if s.subject or s.speaks), None)
        mine = about.mention.codes if about else ()
        fit = [s for s in self._back(here) if s.mention.codes and s.mention.codes != mine and not s.place]
        fit = [s for s in fit if _is_person(s) or (kind == "state" and s.mention.kind in ("state", "government"))]
        if not mine or not fit:
            return Choice((), "no_counterpart_named")
        return _first(fit, "other_of_two", "")

    def _others(self, here: Sequence[Seen], speaker: Mention | None) -> Choice | None:
        """`mereka` in someone's words: those on the other side, nearest to them."""
        own = speaker.codes if speaker else ()
        for far, sentence in enumerate((list(here), *reversed(self._sentences[-2:]))):
            if far and not own:
                return None
            fit = [s for s in sentence if s.mention.codes and s.mention.codes != own and not s.place]
            fit = [s for s in fit if s.mention.sector != "MED" and s.mention.kind != "company"]
            group = next((g for g in _groups(fit) if len(g) > 1), None)
            if group:
                return Choice(_codes(group), "other_side", _bases(group, _codes(group)))
            if fit:
                chosen = fit[0] if far else fit[-1]
                return _chosen(chosen, "other_side", _rest(fit, chosen))
        return None

    def _people(self, here: Sequence[Seen], early: bool) -> Choice:
        """`mereka`: who speaks in the sentence, else the nearest that are many: a people, an army, several joined."""
        speaking = [s for s in here if s.speaks and s.mention.kind != "person"]
        if speaking:
            group = next(group for group in _groups(here) if speaking[0] in group)
            codes = _codes(group)
            return Choice(codes, "speaker_in_sentence", _bases(group, codes))
        for far, sentence in enumerate((list(here), *reversed(self._sentences[-2:]))):
            fit = [s for s in sentence if s.mention.codes and not s.place and (s.subject or far < 2)]
            if far and not early:  # deep in a sentence others may be meant, unless a people was just spoken of
                fit = [s for s in fit if far == 1 and s.mention.kind == "population"]
            joined = next((g for g in _groups(fit) if len(g) > 1 and g[0].subject), None)
            many = [s for s in fit if _is_many(s)]
            if joined and (not many or joined[0].start < many[0].start):
                codes = _codes(joined)
                return Choice(codes, "joined_before", _bases(joined, codes), _codes(many))
            if many:
                first = next((s for s in many if s.subject and far), many[-1])
                return _chosen(first, "many_before", _rest(many, first))
        return Choice((), "no_plural_before")

    def _group(self, kind: str, here: Sequence[Seen], bloc: bool) -> Choice:
        """`kelompok itu`, `badan itu`; a bloc or an alliance is none of the United Nations' agencies."""
        whys = ("title_and_body",) if kind == "igo" else ("named_body",)
        like = ("igo",) if bloc else _LIKE[kind]
        fit = [s for s in self._back(here, _KEPT) if s.mention.kind in like or s.mention.why in whys]
        fit = [s for s in fit if s.mention.sector != "MED" and not (bloc and s.mention.code == "UNO")]
        return _first([s for s in fit if s.mention.codes] or fit, f"nearest_{kind}", f"no_{kind}_before")

    def _titled(self, words: str, here: Sequence[Seen], around: Around) -> Choice:
        """`sang presiden`: who bears the title or office; a word like `diplomat` fits several offices."""
        people = [s for s in self._back(here) if _is_person(s) and not _same(s, around.barred)]
        people = [s for s in people if around.of in (None, s.mention.code)]
        offices = self.bearers.get(words) or self.bearers.get(words.partition(" ")[0], (words,))
        bearing = [s for s in people if s.mention.office in offices or words in _titles(s.mention)]
        bearing.sort(key=lambda s: not (s.subject or s.speaks))
        if bearing or (around.of and people):
            return _first(bearing or people, "titled_before", "")
        if around.of:
            return Choice((around.of,), "named_inside", (Basis(text=words, table="states"),))
        return self._person(here, around.barred)


def _same(seen: Seen, other: Mention | None) -> bool:
    """Whether two mentions are one person, by their last names."""
    if other is None:
        return False
    mine, its = (m.name or m.text for m in (seen.mention, other))
    return mine.split()[-1] == its.split()[-1]


def _titles(mention: Mention) -> Iterator[str]:
    """Each run of words that a mention starts with: its title is among them."""
    words = mention.text.lower().split()
    return (" ".join(words[:end]) for end in range(1, len(words) + 1))


def _of_sentence(people: Sequence[Seen]) -> Choice:
    """Who a sentence is about: who speaks in it, else its subject, if it is one person."""
    speaker = next((s for s in people if s.speaks), None)
    subjects = [s for s in people if s.subject]
    if speaker:
        return _chosen(speaker, "speaker_before", _rest(people, speaker))
    about = (subjects or list(people))[-1]
    if len(_names(subjects or people)) > 1:
        named = [s for s in subjects or people if s.mention.name]
        if len(_codes(subjects or people)) > 1 or len(_names(named)) != 1:
            return Choice((), "several_persons_before", (), _codes(subjects or people))
        about = named[-1]  # "Putin … the Kremlin chief"
    return _chosen(about, "person_before", _rest(people, about))


def _fits(seen: Seen, reference: Reference) -> bool:
    if seen.place or not seen.mention.codes or (seen.reference and len(seen.mention.codes) > 1):
        return False
    if reference.kind == "person":
        return _is_person(seen)
    if seen.mention.kind == "company":
        return False
    return reference.kind == "other" or not set(seen.mention.codes) <= set(_BODIES)


def _is_person(seen: Seen) -> bool:
    return seen.mention.kind == "person" and not seen.place and len(seen.mention.codes) < 2


def _is_many(seen: Seen) -> bool:
    ships = seen.mention.kind == "company" and seen.mention.why.startswith("title_and")
    return ((ships or seen.mention.kind in _MANY) and seen.mention.sector != "MED") or len(seen.mention.codes) > 1


def _groups(sentence: Sequence[Seen]) -> Iterator[list[Seen]]:
    """Mentions joined by commas and `dan`, the last group first."""
    groups: list[list[Seen]] = []
    for seen in sentence:
        if seen.joined and groups:
            groups[-1].append(seen)
        else:
            groups.append([seen])
    yield from reversed(groups)


def _codes(found: Iterable[Seen]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for s in found for code in s.mention.codes))


def _names(found: Iterable[Seen]) -> set[str]:
    return {s.mention.name or s.mention.text for s in found}


def _rest(found: Iterable[Seen], chosen: Seen) -> tuple[str, ...]:
    return tuple(code for code in _codes(found) if code not in chosen.mention.codes)


def _first(fit: Sequence[Seen], why: str, why_not: str) -> Choice:
    if not fit:
        return Choice((), why_not)
    return _chosen(fit[0], why, _rest(fit[1:4], fit[0]))


def _chosen(seen: Seen, why: str, others: tuple[str, ...] = ()) -> Choice:
    mention = seen.mention
    name = mention.name if mention.kind == "person" else None
    return Choice(mention.codes, why, (basis(mention),), others, name)


def _bases(found: Iterable[Seen], codes: Sequence[str]) -> tuple[Basis, ...]:
    """For each code the last words that stood for it."""
    last = {code: s.mention for s in found for code in s.mention.codes}
    return tuple(basis(last[code]) for code in codes)


def basis(mention: Mention) -> Basis:
    """A mention's words as what another one rests on; words of the title have no offset in the text."""
    if mention.start < 0:
        return Basis(text=mention.text, table="title")
    return Basis(text=mention.text, start=mention.start, end=mention.end)


def standing_for(mention: Mention, choice: Choice) -> Mention:
    """A mention with what it was found to stand for."""
    codes = choice.codes
    return msgspec.structs.replace(
        mention,
        code=codes[0] if len(codes) == 1 else None,
        codes=codes,
        why=choice.why,
        basis=choice.basis,
        others=choice.others,
        name=choice.name or mention.name,
    )
