"""What words like `dia`, `negara itu` and `sang presiden` stand for, from what the article named before.

Nothing is guessed: each choice names the words it rests on and what else came near; undecided stays empty, with a
reason.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from relasi.lang.schema import Head, Reference
from relasi.mentions.choices import Choice, at_home, basis, sole
from relasi.mentions.memory import BACK, KEPT, Memory
from relasi.mentions.seen import BODIES, Seen, chosen, codes_of, first, groups, is_person
from relasi.mentions.several import other_side, people, several
from relasi.records import Basis, Mention
from relasi.world import monarchies

_PEOPLE = 3  # sentences in which a pronoun looks for its person
_LIKE = {"igo": ("igo", "party"), "armed_group": ("armed_group", "party"), "party": ("party",)}
_OWNED = ("title_and_state", "title_and_demonym", "office_at_date")
_STATES = ("state", "government")


class Around(NamedTuple):
    """What stands before a reference: a verb of saying ("kata dia"), an event word ("mendesak kedua pihak"), nothing of
    its clause (`opens`), little of its sentence (`early`), a comma between it and who acts (`parted`; `apart` if no
    relative clause either). `barred`: who speaks the words that it stands in.
    """

    spoken: bool
    asked: bool
    opens: bool
    early: bool
    parted: bool
    apart: bool
    barred: Mention | None = None
    quoted: bool = False
    of: str | None = None  # the state that it names itself: "diplomat Turki itu"
    such: frozenset[str] | None = None  # the states of the sort that it names: "the South American country"


# What is looked through, the mentions before the reference in its sentence, and what else stands there.
_Rule = Callable[[Memory, Reference, Sequence[Seen], Around], Choice]


def resolve(memory: Memory, reference: Reference, words: str, here: Sequence[Seen], around: Around) -> Choice:
    """What a reference stands for; `words` are its own, `here` the mentions before it in its sentence."""
    if reference.number > 1:
        if around.such and len(around.such) == reference.number:  # "kedua Korea"
            return Choice(tuple(sorted(around.such)), "only_of_sort", (Basis(text=words, table="sorts"),))
        return several(memory, reference, [] if around.asked and reference.to != "counterpart" else here)
    if reference.to == "title":
        return _titled(memory, words, here, around)
    return _RULES[reference.to](memory, reference, here, around)


def bare_title(memory: Memory, title: str, head: Head) -> Choice:
    """A bare title: whoever bore it last, else the government spoken of, else the state whose press this is."""
    kind = head.kind
    back = [s for s in memory.back(BACK) if s.mention.code and not s.place]
    bearing = next((s for s in back if s.mention.text.lower().startswith(title)), None)
    if bearing:
        return chosen(bearing, "titled_before")
    if back and memory.home not in codes_of(back) and kind == "government":
        ruling = [s for s in back if s.mention.kind in ("government", "person") and s.mention.sector == "GOV"]
        return first(ruling, "nearest_government", "bare_title")
    # Another state's press is quoted, another state's president is meant, unless the article has named no other state
    # yet, or the home state, or only that has such a title.
    home = (
        memory.home
        if kind == "government" or head.home or not memory.counts or memory.counts[memory.home or ""]
        else None
    )
    return at_home(home, "home_title" if head.home else "home_press") if home else Choice((), "bare_title")


def _state(memory: Memory, reference: Reference, here: Sequence[Seen], around: Around) -> Choice:
    """`negara itu`: the nearest state (`kerajaan itu`: monarchy; `negara Baltik itu`: one of these), but not the one
    that acts in the same clause; the only one of its sort need not have been named: "the Arctic island".
    """
    among = monarchies() if reference.to == "monarchy" else around.such
    fit = [s for s in memory.back(BACK, here) if len(s.mention.codes) == 1 and s.mention.codes[0] not in BODIES]
    fit = [s for s in fit if (among is None or s.mention.codes[0] in among) and s.mention.sector != "MED"]
    paired = {id(s) for g in groups(here) if len(codes_of(g)) > 1 for s in g}
    fit = [s for s in fit if id(s) not in paired and not (s.place and s.mention.why == "capital")] or fit
    plain = [s for s in fit if s.mention.kind in _STATES or s.place or s.mention.why in _OWNED]
    topic = next((s for s in plain if around.apart and s in here and s.subject), None)
    if topic:
        return chosen(topic, "subject_in_sentence", fit[:3])
    acting = next((s for s in reversed(here) if s.acts and s.mention.codes), None)
    acts = acting and not (around.opens or around.parted or acting.joined)
    barred = acting.mention.codes if acting and acts else ()
    free = [s for s in plain if s.mention.codes != barred] or [s for s in fit if s.mention.codes != barred]
    if not fit and around.such and len(around.such) == 1:
        (code,) = around.such
        return sole(code, "only_of_sort", Basis(text=code, table="sorts"))
    # "Rubio said they would not invade the country" means none that is known
    return first(free or ([] if acts and around.asked else fit), "nearest_state", "no_state_before")


def _own(memory: Memory, _reference: Reference, here: Sequence[Seen], _around: Around) -> Choice:
    """`negaranya`: that of who acts or speaks in the sentence, or did in the one before."""
    for far, sentence in enumerate((here, *memory.lately(2))):
        fit = [s for s in sentence if not s.place and (s.subject or s.speaks)]
        if fit:
            return first(fit if far else fit[::-1], "subject_before")  # of clauses in one sentence the nearest
        if any(s.mention.codes for s in sentence):
            return first([s for s in reversed(sentence) if s.mention.codes], "nearest_before")
    return Choice((), "no_subject_before")


def _speaking(memory: Memory, reference: Reference, here: Sequence[Seen], around: Around) -> Choice:
    """`pihaknya`: that of who speaks here, else of who acts."""
    speakers = [s for s in memory.back(BACK, here) if s.speaks and not s.place]
    return first(speakers, "last_speaker") if speakers else _own(memory, reference, here, around)


def _we(_memory: Memory, _reference: Reference, _here: Sequence[Seen], around: Around) -> Choice:
    """`kami`, `we`: who speaks the words that it stands in."""
    who = around.barred
    return Choice(who.codes, "who_speaks", (basis(who),)) if who and who.codes else Choice((), "no_speaker_before")


def _saying(_memory: Memory, _reference: Reference, here: Sequence[Seen], _around: Around) -> Choice:
    """`it` in "Tehran denies that it arms them": who says so; in "cut the aid that it promised" who acts."""
    speaker = next((s for s in reversed(here) if s.speaks and not s.place), None)
    if speaker:
        return chosen(speaker, "speaker_in_sentence")
    acting = [s for s in here if s.subject and not s.place and not is_person(s)]
    return first(acting[:1], "subject_in_sentence", "no_speaker_before")


def _spoken(memory: Memory, _reference: Reference, here: Sequence[Seen], around: Around) -> Choice:
    """`dia`; behind a verb of saying, "kata dia", it is somebody of an earlier sentence if there is one."""
    if not around.spoken:
        return _person(memory, here, around)
    before = _person(memory, [], around)
    return before if before.basis else _person(memory, here, around)


def _person(memory: Memory, here: Sequence[Seen], around: Around) -> Choice:
    """The person that the sentence, or the one before, is about; outside a quotation none who was named inside one."""
    barred = None if around.spoken else around.barred
    inside = [s for s in here if is_person(s) and not _same(s, barred)]
    if inside:
        about = next((s for s in reversed(inside) if s.subject), inside[-1])
        return chosen(about, "person_in_sentence", inside)
    for sentence in memory.lately(_PEOPLE):
        persons = [s for s in sentence if is_person(s) and not _same(s, barred) and s.quoted <= around.quoted]
        if persons:
            return _of_sentence(persons)
    return Choice((), "no_person_before")


def _of_sentence(persons: Sequence[Seen]) -> Choice:
    """Who a sentence is about: who speaks in it, else its subject, if it is one person."""
    speaker = next((s for s in persons if s.speaks), None)
    if speaker:
        return chosen(speaker, "speaker_before", persons)
    subjects = [s for s in persons if s.subject] or list(persons)
    about = subjects[-1]
    if len(_names(subjects)) > 1:
        named = [s for s in subjects if s.mention.name]
        if len(codes_of(subjects)) > 1 or len(_names(named)) != 1:
            return Choice((), "several_persons_before", (), codes_of(subjects))
        about = named[-1]  # "Putin … the Kremlin chief"
    return chosen(about, "person_before", persons)


def _counterpart(memory: Memory, reference: Reference, here: Sequence[Seen], around: Around) -> Choice:
    """`rekannya`, `tetangganya`: of two that were spoken of, the one that the sentence is not about."""
    about = next((s.mention for s in (*here, *memory.last) if s.subject or s.speaks), None)
    about = around.barred or about  # "our neighbor", says who speaks
    mine = about.codes if about else ()
    fit = [s for s in memory.back(BACK, here) if s.mention.codes and s.mention.codes != mine and not s.place]
    fit = [s for s in fit if is_person(s) or (reference.kind == "state" and s.mention.kind in _STATES)]
    office = about.office if about and reference.kind == "person" else None
    fit.sort(key=lambda s: office is not None and s.mention.office != office)  # a president's peer is a president
    return first(fit if mine else [], "other_of_two", "no_counterpart_named")


def _them(memory: Memory, _reference: Reference, here: Sequence[Seen], around: Around) -> Choice:
    """`mereka`: in someone's words the other side, else the nearest that are many."""
    others = other_side(memory, here, around.barred) if around.quoted else None
    choice = others or people(memory, here, early=around.early)
    own = around.barred.codes if around.barred else ()
    return Choice((), "own_side", (), own) if own and choice.codes == own else choice


def _group(memory: Memory, reference: Reference, here: Sequence[Seen], _around: Around) -> Choice:
    """`kelompok itu`, `badan itu`; a bloc or an alliance is none of the United Nations' agencies."""
    kind, bloc = reference.kind, reference.to == "bloc"
    whys = ("title_and_body",) if kind == "igo" else ("named_body",)
    like = ("igo",) if bloc else _LIKE[kind]
    fit = [s for s in memory.back(KEPT, here) if s.mention.kind in like or s.mention.why in whys]
    fit = [s for s in fit if s.mention.sector != "MED" and not (bloc and s.mention.code == "UNO")]
    return first([s for s in fit if s.mention.codes] or fit, f"nearest_{kind}", f"no_{kind}_before")


def _titled(memory: Memory, words: str, here: Sequence[Seen], around: Around) -> Choice:
    """`sang presiden`: who bears the title or office; a word like `diplomat` fits several offices."""
    persons = [s for s in memory.back(BACK, here) if is_person(s) and not _same(s, around.barred)]
    persons = [s for s in persons if around.of in (None, s.mention.code)]
    offices = memory.bearers.get(words) or memory.bearers.get(words.partition(" ")[0], (words,))
    bearing = [s for s in persons if s.mention.office in offices or words in _titles(s.mention)]
    bearing.sort(key=lambda s: not (s.subject or s.speaks))
    if bearing or (around.of and persons):
        return first(bearing or persons, "titled_before")
    if around.of:
        return Choice((around.of,), "named_inside", (Basis(text=words, table="states"),))
    return _person(memory, here, around)


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


def _names(found: Sequence[Seen]) -> set[str]:
    return {s.mention.name or s.mention.text for s in found}


_RULES: dict[str, _Rule] = {
    "state": _state,
    "monarchy": _state,
    "own": _own,
    "speaker": _speaking,
    "sayer": _saying,
    "we": _we,
    "person": _spoken,
    "counterpart": _counterpart,
    "people": _them,
    "group": _group,
    "bloc": _group,
}
