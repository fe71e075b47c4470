"""What words for several stand for: `kedua negara`, `ketiga pemimpin`, `mereka`."""

from collections.abc import Iterator, Sequence

import msgspec

from relasi.lang.schema import Reference
from relasi.mentions.choices import Choice
from relasi.mentions.memory import BACK, Memory
from relasi.mentions.seen import BODIES, Seen, bases, chosen, codes_of, groups, is_person, together
from relasi.records import Mention

_SMALL = {"IGO", "NGO", "IMG", "MNC", "UNO"}  # sides only where there are no two states
_MANY = ("population", "military", "armed_group")


def several(memory: Memory, reference: Reference, here: Sequence[Seen]) -> Choice:
    """The nearest sentences that name so many, joined ones first."""
    if reference.to == "counterpart":
        return _others(memory, reference, here)
    states = msgspec.structs.replace(reference, kind="state")
    listed = _listed(memory, reference, here) if reference.number > 2 else None
    choice = listed or _nearest(memory, reference, here)
    if reference.kind == "other" and choice.why != "joined_before" and set(choice.codes) & _SMALL:
        found = _nearest(memory, states, here)
        choice = found if found.codes else choice  # of a court and two states the states are the sides
    if reference.kind != "person" and choice.why.startswith(("first_named", "far")):
        return _foremost(memory, reference) or choice
    if reference.kind == "person" and not choice.codes:  # "Menlu Rusia kunjungi Jakarta. Kedua menlu …"
        return _nearest(memory, states, here)
    return choice


def _listed(memory: Memory, reference: Reference, here: Sequence[Seen]) -> Choice | None:
    """The nearest that were named together, just so many: "Mali, Burkina Faso dan Niger"."""
    for sentence in (here, *reversed(memory.sentences)):
        group = _joined([s for s in sentence if _fits(s, reference)], reference.number)
        if group:
            return together(group, "joined_before")
    return None


def _joined(found: Sequence[Seen], count: int) -> list[Seen] | None:
    """The last that are joined and stand for so many."""
    return next((group for group in groups(found) if len(codes_of(group)) == count), None)


def _nearest(memory: Memory, reference: Reference, here: Sequence[Seen]) -> Choice:
    count, gathered = reference.number, list[Seen]()
    for far, sentence in enumerate((here, *memory.lately(BACK))):
        fit = [s for s in sentence if _fits(s, reference)]
        again = _as_before(sentence, fit, reference) if far < (2 if reference.kind == "person" else 3) else None
        if again:
            return again
        gathered = fit + gathered
        codes = codes_of(gathered)
        if len(codes) == count:
            whole = len(codes_of(fit)) == count  # one sentence names them all
            return together(gathered, f"{'nearest' if whole and far < 3 else 'far'}_{count}")
        if len(codes) > count:
            return _of_more(fit, gathered, count)
    return Choice((), f"not_{count}_before", (), codes_of(gathered))


def _as_before(sentence: Sequence[Seen], fit: Sequence[Seen], reference: Reference) -> Choice | None:
    """Whom such a reference meant before; persons that were named together, two of the same state as well."""
    count = reference.number
    if reference.kind != "person":
        pair = next((s for s in sentence if s.reference and len(s.mention.codes) == count), None)
        return chosen(pair, "same_before") if pair else None
    persons = next((g for g in groups(fit) if len(g) == count), None)
    return together(persons, "joined_before") if persons else None


def _of_more(fit: Sequence[Seen], gathered: Sequence[Seen], count: int) -> Choice:
    """So many of more than that: those joined, else who acts and whom it is directed at, who come first."""
    group = _joined(fit, count)
    first = codes_of(fit if len(codes_of(fit)) >= count else gathered)[:count]
    codes, why = (codes_of(group), "joined_before") if group else (first, "first_named")
    return Choice(codes, why, bases(gathered, codes), tuple(c for c in codes_of(gathered) if c not in codes))


def _others(memory: Memory, reference: Reference, here: Sequence[Seen]) -> Choice:
    """`kedua tetangganya`: the two that the article is about, besides the one whose neighbours they are."""
    named = [s for s in here if s.mention.codes]
    own = next((s.mention.codes for s in named if s.subject or s.speaks), named[-1].mention.codes if named else ())
    return (own and _foremost(memory, reference, own)) or Choice((), f"not_{reference.number}_before")


def _foremost(memory: Memory, reference: Reference, own: Sequence[str] = ()) -> Choice | None:
    """The states (sides: bodies as well) that the article is about: those named oftenest, if they stand out."""
    count = reference.number
    barred = own if reference.kind == "other" else (*own, *BODIES)
    ranked = [item for item in memory.counts.most_common() if item[0] not in barred]
    if len(ranked) < count or (len(ranked) > count and ranked[count - 1][1] <= ranked[count][1]):
        return None
    codes = tuple(code for code, _ in ranked)
    found = [s for sentence in memory.sentences for s in sentence]
    if not {*codes[:count]} <= {*codes_of(found)}:
        return None  # named long ago: the words that it would rest on are no more remembered
    return Choice(codes[:count], "foremost", bases(found, codes[:count]), codes[count : count + 2])


def other_side(memory: Memory, here: Sequence[Seen], speaker: Mention | None) -> Choice | None:
    """`mereka` in someone's words: those on the other side, nearest to them."""
    own = speaker.codes if speaker else ()
    for far, sentence in enumerate((here, *(memory.lately(2) if own else ()))):
        fit = [s for s in sentence if s.mention.codes and s.mention.codes != own and not s.place]
        fit = [s for s in fit if s.mention.sector != "MED" and s.mention.kind != "company"]
        group = next((g for g in groups(fit) if len(g) > 1), None)
        if group:
            return together(group, "other_side")
        fit.sort(key=lambda s: (len(s.mention.codes) < 2, s.mention.kind == "person") if far else False)
        if fit:
            return chosen(fit[0] if far else fit[-1], "other_side", fit)
    return None


def people(memory: Memory, here: Sequence[Seen], *, early: bool) -> Choice:
    """`mereka`: who speaks in the sentence, else the nearest that are many: a people, an army, several joined."""
    speaking = next((s for s in here if s.speaks and s.mention.kind != "person"), None)
    if speaking:
        return together(next(group for group in groups(here) if speaking in group), "speaker_in_sentence")
    for far, sentence in enumerate((here, *memory.lately(2))):
        choice = _many_in(_may_be_many(sentence, far, early), far)
        if choice:
            return choice
    return Choice((), "no_plural_before")


def _may_be_many(sentence: Sequence[Seen], far: int, early: bool) -> Iterator[Seen]:
    """Those whom `mereka` may mean, so many sentences on; deep in a sentence others, unless a people was spoken of."""
    for seen in sentence:
        near = far < 2 if early or not far else far == 1 and seen.mention.kind == "population"
        if seen.mention.codes and not seen.place and (near or (early and seen.subject)):
            yield seen


def _many_in(found: Iterator[Seen], far: int) -> Choice | None:
    fit = list(found)
    joined = next((g for g in groups(fit) if len(g) > 1 and g[0].subject), None)
    many = [s for s in fit if _is_many(s)]
    if joined and (not many or joined[0].start < many[0].start):
        return together(joined, "joined_before", codes_of(many))
    about = next((s for s in many if s.subject and far), many[-1] if many else None)
    return chosen(about, "many_before", many) if about else None


def _is_many(seen: Seen) -> bool:
    ships = seen.mention.kind == "company" and seen.mention.why.startswith("title_and")
    return ((ships or seen.mention.kind in _MANY) and seen.mention.sector != "MED") or len(seen.mention.codes) > 1


def _fits(seen: Seen, reference: Reference) -> bool:
    if seen.place or not seen.mention.codes or (seen.reference and len(seen.mention.codes) > 1):
        return False
    if reference.kind == "person":
        return is_person(seen)
    if seen.mention.kind == "company":
        return False
    return reference.kind == "other" or not set(seen.mention.codes) <= set(BODIES)
