"""Events told again or in part, completed from what the article told before.

"Pertemuan itu" has the parties of the meeting told before; "Kenya pledged to send police" needs no second party where
the article has told what Kenya does with another state.
"""

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from relasi.events.rules import Draft, drafted
from relasi.events.told import Told, is_known, known_codes
from relasi.lang import load
from relasi.mentions import Marked

_BACK = 8  # events told before among which the one meant is looked for
# Types that the rules' nouns tell again where the encoder is not sure; words of others are looser ("daftar hitam").
_RULED = {"CONSULT", "ASSAULT", "ACCUSE"}
_BEFORE, _AFTER = 2, 5  # tokens between an event word and `the` or `itu`
# What is promised may be told by either: "janji itu" to withdraw is the CONCEDE told before.
_SAME = {"CONCEDE": "AGREE"}

Part = tuple[Marked, tuple[Sequence[Told], Sequence[Draft]]]


def whole(parts: Iterable[Part]) -> Iterator[list[Told]]:
    """The events of an article's sentences, in order: those of whom enough is known, of all that a coder is sure of."""
    before: list[Told] = []
    for marked, (told, drafts) in parts:
        kept = [one for one in told if is_known(one) or _is_abroad(one, marked, drafts, before)]
        for draft in drafts:
            if not draft.cue.finite and _is_definite(marked, draft):
                again = _again(draft, told, before)
                others = [one for one in kept if len(_codes(one)) > 1 or not _meets(one, draft)]
                if again and not any(_is_same(again, one) or _meets(one, draft) for one in others):
                    kept = [*others, again]
        before += [one for one in kept if len(_codes(one)) > 1 and _is_plain(one)]
        yield sorted(kept, key=lambda one: one.start)


def _codes(one: Told) -> set[str]:
    return known_codes(one.actors + one.recipients)


def _is_plain(one: Told) -> bool:
    """Whether nobody stands on both sides, which is a mistake."""
    return not known_codes(one.actors) & known_codes(one.recipients)


def _kind(one: Told) -> str:
    return _SAME.get(one.type, one.type)


def _is_same(one: Told, other: Told) -> bool:
    """Whether a sentence tells an event already."""
    return _kind(one) == _kind(other) and _codes(one) <= _codes(other)


def _meets(one: Told, draft: Draft) -> bool:
    return draft.cue.start < one.end and one.start < draft.cue.end


def _is_definite(marked: Marked, draft: Draft) -> bool:
    """Whether a noun is one that the reader knows: "the attack", "pertemuan 40 menit itu", or somebody's."""
    pack, lows = load(marked.article.lang), marked.tokens.lows
    start, end = draft.cue.start, draft.cue.end
    if _owners(draft) and draft.type in _RULED:
        return True
    if pack.meta.order == "head_last":
        named = start > 0 and marked.tokens.words[start][0].isupper()  # "the Metropolitan Detention Center"
        return not named and any(
            low in pack.actors.this | pack.actors.owners for low in lows[max(start - _BEFORE, 0) : start]
        )
    for low in lows[end : end + _AFTER]:
        if low in pack.actors.this:
            return True
        if not low.isalnum() or low in pack.grammar.openers | pack.grammar.prepositions:
            return False
    return False


def _owners(draft: Draft) -> set[str]:
    """Whose it is, who is named right beside it: "tuduhan Malaysia", "Malaysia's allegation"."""
    who, cue = draft.roles.actors, draft.cue
    beside = who and (who[0].start == cue.end or cue.start - 2 <= who[-1].end <= cue.start)
    return known_codes(who) if beside and draft.roles.how.startswith("noun_owner") else set()


def _again(draft: Draft, told: Sequence[Told], before: Sequence[Told]) -> Told | None:
    """The event of a noun with the parties of the last one of its type that has those which it names."""
    one = next((t for t in told if _meets(t, draft)), None)
    one = one or (drafted(draft) if draft.type in _RULED else None)
    if one is None or one.type != draft.type:
        return None
    for other in reversed(before[-_BACK:]):
        theirs = known_codes(other.actors) if other.recipients else _codes(other)
        if _kind(one) == _kind(other) and _owners(draft) <= theirs and _codes(one) <= _codes(other):
            status = "actual" if one.type == "ACCUSE" else one.status  # who denies an accusation was accused
            parties = {"actors": other.actors, "recipients": other.recipients}
            return replace(one, **parties, status=status, how=f"{one.how}_again")
    return None


def _is_abroad(one: Told, marked: Marked, drafts: Iterable[Draft], before: Iterable[Told]) -> bool:
    """Whether who acts, with no other state named, is one that the article told of with another state."""
    codes, named = known_codes(one.actors), known_codes(f for f in marked.found if not f.place)
    verbs = (d.cue for d in drafts if d.cue.finite and d.cue.entry.frame != "mutual")
    return (
        is_known(one, alone=True)
        and named <= codes | known_codes(one.said_by)
        and any(v.start < one.end and one.start < v.end for v in verbs)
        and any(codes & _codes(b) for b in before)
    )
