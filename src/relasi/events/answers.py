"""What somebody accused answers: an act that the article told of him, denied without naming it anew.

"Unit kami tidak melepaskan tembakan", "no one had set foot on the vessel", "it had nothing to do with the launch": the
act, whom it was done to, its day and place are those of the accusation.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple

from msgspec.structs import replace

from relasi.events.quotes import source_of
from relasi.events.rules import Draft, drafted, ground
from relasi.events.speech import admitting
from relasi.events.status import classes_before, status_words
from relasi.events.told import BACK, Past, Setting, Told, known_codes
from relasi.lang import load
from relasi.mentions import Marked
from relasi.phrases import Phrases, index
from relasi.records import Quote

# Acts that one is accused of and denies; what is said or agreed is not.
_ACTS = {"ASSAULT", "COERCE", "MOBILIZE", "AID", "SANCTION", "RETREAT"}
_DEEDS = (_ACTS - {"SANCTION"}) | {"SUPPORT", "COOPERATE"}  # "no longer welcome" is the sanction itself
_VERB = 5  # tokens between a negation and the words between it and its verb
_BESIDE, _LONG = 150, 5  # characters around the first telling in which a word of more letters stands again
_ASIDE = 4  # tokens before a verb in which its own relative clause opens
_OWN = 12  # tokens of a clause, before a negation and behind it, in which one's own side is named


class _Denial(NamedTuple):
    """Tokens that deny something, up to the act; what they are tells how much beside them must point to an act.

    `who`: the states of who denies it; `source`: the words that are his, None if the sentence itself tells it.
    """

    start: int
    end: int
    how: Literal["untrue", "nobody", "never"]
    who: set[str]
    source: Quote | None


def answered(
    marked: Marked, said: Sequence[Quote], drafts: Sequence[Draft], kept: Sequence[Told], before: Sequence[Past]
) -> list[Told]:
    """The events of a sentence; what somebody accused denies is one, and whatever stands on its words is denied.

    `drafts`: the rules' candidates, loose ones too.
    """
    kept = [_disowned(marked, said, one) for one in kept]
    if not before or any(one.status == "denied" for one in kept):
        return kept
    for denial in _denials(marked, said):
        found = _answer(marked, denial, drafts, before) or _charge(marked, denial, drafts, before)
        if found:
            others = [one for one in kept if one.end <= found.start or found.end <= one.start]
            return sorted([*others, found], key=lambda one: one.start)
    return kept


def _disowned(marked: Marked, said: Sequence[Quote], one: Told) -> Told:
    """A deed of which who did it says himself, in its own clause, that it was not.

    Of 75 such on annotated sentences 72 were denials.
    """
    actors = known_codes(one.actors)
    if one.type not in _DEEDS or one.status != "actual" or not actors:
        return one
    base, tokens = marked.sentence.start, marked.tokens
    source = source_of(said, base + tokens.starts[one.start], base + tokens.ends[one.end - 1])
    who = known_codes(one.said_by) or (set(source.said_by[0].codes) if source else set())
    owned_up = any(admitting(marked.article.lang).find(tokens.lows[: one.start]))
    relative = load(marked.article.lang).grammar.relative
    aside = not relative.isdisjoint(tokens.lows[max(one.start - _ASIDE, 0) : one.start])  # "yang mereka bajak"
    if not actors <= who or owned_up or aside:  # "setelah membantah, Iran mengakui pernah memasok"
        return one
    clauses = ground(marked).clauses
    cues = (clauses.cue_at[at] for at in range(one.start, one.end) if at in clauses.cue_at)
    classes = {c for cue in cues for c in classes_before(cue, clauses, marked.article.lang)}
    return one if classes.isdisjoint(("denial", "negation")) else replace(one, status="denied")


def _answer(marked: Marked, denial: _Denial, drafts: Sequence[Draft], before: Sequence[Past]) -> Told | None:
    """The act told before that is denied."""
    acts = []
    for past in reversed(before[-BACK:]):
        actors = known_codes(past.told.actors)
        against = (known_codes(past.told.recipients) | known_codes(past.told.said_by)) - actors
        if past.told.type not in _ACTS or past.told.status not in ("actual", "denied") or not (actors and against):
            continue
        mine = _is_own(marked, denial, actors)
        if actors <= denial.who if denial.who else mine and _has_office(denial.source):
            acts.append((past, mine))
    if not acts:
        return None
    past, mine = max(acts, key=lambda act: len(_shared(marked, act[0], range(len(marked.tokens)))))
    if _names_another(marked, past, denial):
        return None
    # "said not a single post had been shifted": reported, it is of what he is asked.
    reported = denial.source is not None and not denial.source.direct
    if (
        denial.how == "untrue"
        or (denial.how == "nobody" and (mine or reported))
        or (mine and _is_act(marked, denial, drafts, past))
    ):
        return _denied(denial, past.told, past.setting)
    return None


def _has_office(source: Quote | None) -> bool:
    """Whether who speaks is told by more than a name or a pronoun: "a spokesman", "kementerian pertahanannya"."""
    return source is not None and len(source.said_by[0].text.split()) > 1


def _is_act(marked: Marked, denial: _Denial, drafts: Sequence[Draft], past: Past) -> bool:
    """Whether a negation is of the act told: a word for acts of its type, or one that was used of it."""
    if any(d.type == past.told.type and _meets(d, denial) for d in drafts):
        return True
    return bool(_shared(marked, past, range(denial.start, denial.end + 1)))


def _shared(marked: Marked, past: Past, among: range) -> set[str]:
    """The longer words, of some tokens, that stand where an act was told first."""
    text = _first_words(marked, past)
    return {low for low in marked.tokens.lows[among.start : among.stop] if len(low) > _LONG and low in text}


def _names_another(marked: Marked, past: Past, denial: _Denial) -> bool:
    """Whether what is denied bears a name that was not there when the act was told: "no part in the Kashan attack"."""
    words, lows = marked.tokens.words, marked.tokens.lows
    named = [at for at in range(denial.start + 1, min(denial.end + 1, len(words))) if words[at][0].isupper()]
    text = _first_words(marked, past)
    return bool(named) and not any(lows[at] in text for at in named)


def _first_words(marked: Marked, past: Past) -> str:
    """The text around the place where an act was told first."""
    at = past.setting.first_told
    if at is None:
        return ""
    return marked.article.text[max(at - _BESIDE, 0) : min(at + _BESIDE, marked.sentence.start)].lower()


def _meets(draft: Draft, denial: _Denial) -> bool:
    return draft.cue.start <= denial.end and denial.start < draft.cue.end


def _denied(denial: _Denial, told: Told, setting: Setting | None, how: str = "rules:answer_again") -> Told:
    return Told(
        start=denial.start,
        end=denial.end,
        type=told.type,
        mode=told.mode,
        contexts=told.contexts,
        status="denied",
        actors=told.actors,
        recipients=told.recipients,
        said_by=(),
        how=how,
        setting=setting,
    )


def _charge(marked: Marked, denial: _Denial, drafts: Sequence[Draft], before: Sequence[Past]) -> Told | None:
    """The act that is denied, where before only the accusation was told: its word tells what it was."""
    act = next((d for d in drafts if d.type in _ACTS and _meets(d, denial)), None)
    if act is None:
        return None
    for past in reversed(before[-BACK:]):
        accused = known_codes(past.told.recipients)
        if past.told.type == "ACCUSE" and past.told.status == "actual" and accused:
            mine = _is_own(marked, denial, accused)
            if mine and (accused <= denial.who if denial.who else _has_office(denial.source)):
                told = replace(drafted(act), actors=past.told.recipients, recipients=())
                return _denied(denial, told, None, "rules:answer")
    return None


def _speaker(marked: Marked, said: Sequence[Quote], start: int, end: int) -> tuple[set[str], Quote | None]:
    """The states of who says some tokens, and the words that are his; without a quote who is named last before ("Minsk
    disclaimed any part in it")."""
    base, tokens = marked.sentence.start, marked.tokens
    source = source_of(said, base + tokens.starts[start], base + tokens.ends[end - 1])
    if source:
        return set(source.said_by[0].codes), source
    acting = (f for f in marked.found if not (f.reference or f.place))
    near = [f for f in acting if start - _OWN <= f.start and f.end <= start]
    return known_codes(near[-1:]), None


def _is_own(marked: Marked, denial: _Denial, codes: set[str]) -> bool:
    """Whether the clause of a denial is about the speaker's own side: "our troops", "prajuritnya", its name."""
    source = denial.source
    if source is None:
        return False
    pack, tokens, base = load(marked.article.lang), marked.tokens, marked.sentence.start
    inside = [
        at
        for at in range(max(denial.start - _OWN, 0), min(denial.end + _OWN, len(tokens)))
        if source.start <= base + tokens.starts[at] < source.end
    ]
    endings = pack.grammar.possessives
    lows = [tokens.lows[at] for at in inside]
    owned = (low in pack.again.own or any(low.endswith(e) and len(low) > len(e) + 2 for e in endings) for low in lows)
    named = {at for f in marked.found if known_codes([f]) == codes for at in range(f.start, f.end)}
    return any(owned) or not named.isdisjoint(inside)


@cache
def _phrases(lang: str) -> Phrases[Literal["untrue", "nobody", "never"]]:
    again = load(lang).again
    return index([("untrue", again.untrue), ("nobody", again.nobody), ("never", again.never)])


def _denials(marked: Marked, said: Sequence[Quote]) -> Iterator[_Denial]:
    """The words that may deny an act, the longest first where several begin at one."""
    lang, tokens = marked.article.lang, marked.tokens
    seen: set[int] = set()
    for hit in _phrases(lang).find(tokens.lows):
        if hit.start in seen:
            continue
        seen.add(hit.start)
        end = _noun(marked, hit.end) if hit.value == "untrue" else _verb(marked, hit.end)
        if end:
            yield _Denial(hit.start, end, hit.value, *_speaker(marked, said, hit.start, end))


def _noun(marked: Marked, at: int) -> int:
    """The end of the noun that a phrase with a preposition denies: "nothing to do with the launch"."""
    grammar, lows = load(marked.article.lang).grammar, marked.tokens.lows
    if lows[at - 1] not in grammar.prepositions:
        return at
    first = next((n for n in range(at, min(at + _VERB, len(lows))) if lows[n] not in grammar.determiners), at)
    return first + 1 if first < len(lows) and lows[first][0].isalnum() else at


def _verb(marked: Marked, at: int) -> int | None:
    """The end of the verb that a negation denies; None where it is of what is to come or may be."""
    lang, lows = marked.article.lang, marked.tokens.lows
    aspect, words = load(lang).again.aspect, status_words(lang)
    near = (hit.value.status for n in range(max(at - 3, 0), min(at + 2, len(lows))) for hit in words.at(lows, n))
    if not {"future", "hypothetical"}.isdisjoint(near):
        return None
    window = range(at, min(at + _VERB, len(lows)))
    last = max((n for n in window if lows[n] in aspect), default=at - 1)
    verb = last + 1
    return verb + 1 if verb < len(lows) and lows[verb][0].isalpha() else None
