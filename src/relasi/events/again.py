"""Events told again or in part, completed from what the article told before.

"Pertemuan itu" has the parties of the meeting told before, "mereka ditangkap" those of the arrest; "Kenya pledged to
send police" needs no second party where the article has told what Kenya does with another state. Words for it, looser
than those of `events/`, are in the pack's `again.yaml`.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from relasi.events.answers import answered
from relasi.events.beside import Look, completed
from relasi.events.known import is_another, is_definite, is_ordered, named_day, owners
from relasi.events.rules import Draft, candidates, drafted, is_domestic
from relasi.events.sides import charged, is_abroad, is_promised, joining, own, paired, suffered
from relasi.events.told import BACK, Past, Setting, Told, codes_in, codes_of, is_known, is_plain, known_codes
from relasi.events.when import setting
from relasi.lang import load
from relasi.mentions import Marked
from relasi.mentions.times import times_in
from relasi.records import Quote

# Types that the rules' nouns tell again where the encoder is not sure; words of others are looser ("daftar hitam").
_RULED = {"CONSULT", "ASSAULT", "ACCUSE", "AID", "RETREAT", "COERCE"}
# Types whose nouns somebody has: "tuduhan Malaysia" is one that the reader knows.
_OWNED = {"CONSULT", "ASSAULT", "ACCUSE"}
# Types whose passives tell again whatever it is done to; people are killed by many.
_HANDED = {"COERCE", "AID", "RETREAT"}
_BARE = 0.9  # an event that names nobody is told again if the encoder is surer of it than this
_JOINED = 3  # tokens between "and" and the word of a further act: "and the reported abduction"
_WITH = 2  # tokens between "talks" and "with Iran"; further on it may go with anything ("the border with Belarus")
# What is promised may be told by either: "janji itu" to withdraw is the CONCEDE told before.
_SAME = {"CONCEDE": "AGREE", "RETREAT": "AID"}  # a swap of prisoners may be either


class Read(NamedTuple):
    """What a coder makes of a sentence: what it tells, its event words, what it is not sure of by itself, and how it
    looks for the other side of an event."""

    told: Sequence[Told]
    drafts: Sequence[Draft]
    parts: Sequence[Told]
    look: Look | None = None


Part = tuple[Marked, Read]


def whole(parts: Iterable[Part], said: Sequence[Quote] = ()) -> Iterator[list[Told]]:
    """The events of an article's sentences, in order: those of whom enough is known, of all that a coder is sure of."""
    before: list[Past] = []
    named = Counter[str]()
    for marked, (told_surely, drafts, perhaps, look) in parts:
        named.update(code for f in marked.found if not f.place for code in f.mention.codes)
        sure, faint = list(map(own, told_surely)), list(map(own, perhaps))
        told = [*sure, *faint]
        foreign = not is_domestic(marked)
        kept = [one for one in sure if (foreign and is_known(one)) or is_abroad(one, marked, drafts, before)]
        kept += [one for one in faint if is_promised(one, drafts) and is_abroad(one, marked, drafts, before)]
        kept = suffered(marked, kept, told, before)
        loose = _loose(marked, before)
        for draft in loose:
            here = _timed(marked)
            again = _again(here, draft, sure, [*before[-BACK:], *_here(here, draft, kept, said)])
            again = again or charged(here, draft) or joining(here, draft, kept)
            others = [one for one in kept if len(codes_in(one)) > 1 or not _meets(one, draft)]
            if again and not any(_is_same(here, again, one) or _meets(one, draft) for one in others):
                kept = [*others, again]
            elif again and not draft.cue.finite:
                kept = [_dated(here, one, again) if _meets(one, draft) else one for one in kept]
        kept = paired(marked, told, kept, before)
        kept = completed(marked, told, kept, before, named, look) if look else kept
        kept = _distinct(marked, answered(marked, said, loose, sorted(kept, key=lambda one: one.start), before))
        before += [_past(marked, one, kept, said) for one in kept if _is_between(one)]
        yield kept


def _dated(marked: Marked, one: Told, again: Told) -> Told:
    """An event told again in full, with the day and place of the first telling: "Seusai pertemuan, keduanya ..."."""
    same = one.type == again.type and codes_in(one) == codes_in(again)
    same = same and setting(marked, one, [one]).why not in ("clause", "sentence")
    return replace(one, setting=again.setting) if same else one


def _loose(marked: Marked, before: Sequence[Past]) -> list[Draft]:
    """What a sentence may tell again, also if it names nobody; or, before anything is told, what it may charge with."""
    return candidates(marked, loose=True) if before or not is_domestic(marked) else []


def _timed(marked: Marked) -> Marked:
    """A sentence with its times, which are not looked for where nobody is named: "Thursday's attack came at dawn"."""
    if marked.found:
        return marked
    article = marked.article
    return replace(marked, times=tuple(times_in(marked.tokens, article.lang, article.date, base=marked.sentence.start)))


def _past(marked: Marked, one: Told, kept: Sequence[Told], said: Sequence[Quote]) -> Past:
    return Past(one, one.setting or setting(marked, one, kept, said))


def _here(marked: Marked, draft: Draft, kept: Sequence[Told], said: Sequence[Quote]) -> list[Past]:
    """What the sentence itself told up to a word: a noun means it again only where one of the two is a denial."""
    told = [one for one in kept if one.end <= draft.cue.start and _is_between(one)]
    if not draft.cue.finite:
        told = [one for one in told if _differ(one.status, draft.status)]
        told = [one for one in told if not is_ordered(marked, one.end, draft.cue.start)]
    return [_past(marked, one, kept, said) for one in told[-BACK:]]


def _differ(one: str, other: str) -> bool:
    return (one == "denied") != (other == "denied")


def _codes(one: Told) -> set[str]:
    return known_codes(one.actors + one.recipients)


def _is_between(one: Told) -> bool:
    """Whether an event is between states, if only because one tells it of the other: "India: Pakistan shelled us"."""
    return len(codes_in(one) | known_codes(one.said_by)) > 1 and bool(codes_in(one)) and is_plain(one)


def _kind(kind: str) -> str:
    return _SAME.get(kind, kind)


def _is_same(marked: Marked, one: Told, other: Told) -> bool:
    """Whether a sentence tells an event already: not one that was before or after it, nor what somebody denies."""
    first, last = sorted((one, other), key=lambda t: t.start)
    if is_ordered(marked, first.end, last.start) or _differ(one.status, other.status):
        return False
    return _kind(one.type) == _kind(other.type) and codes_in(one) <= codes_in(other)


def _meets(one: Told, draft: Draft) -> bool:
    return draft.cue.start < one.end and one.start < draft.cue.end


def _again(marked: Marked, draft: Draft, told: Sequence[Told], before: Sequence[Past]) -> Told | None:
    """The event of a word with the parties of the last one of its type that has those which it names."""
    one = _meant(marked, draft, told)
    if one is None:
        return None
    known = _is_incomplete(draft, marked) if draft.cue.finite else is_definite(marked, draft, _OWNED)
    if not (known or _is_bare(one, marked, draft)):
        return None
    meant = [p for p in _past_of(one.type, before) if _is_meant(marked, draft, one, p)]
    if not meant:
        return None
    past = max(meant, key=lambda p: p.setting.first or "") if _is_news(marked, draft) else meant[0]
    status = "actual" if one.type == "ACCUSE" else one.status  # who denies an accusation was accused
    parties = {"actors": past.told.actors, "recipients": past.told.recipients}
    return replace(one, **parties, status=status, how=f"{one.how}_again", setting=_when(marked, one, draft, past))


def _is_news(marked: Marked, draft: Draft) -> bool:
    """Whether a noun is what the article reports, not what it recalls: "The seizure comes two days after ..."."""
    news = load(marked.article.lang).again.news
    return not draft.cue.finite and not news.isdisjoint(marked.tokens.lows[draft.cue.end : draft.cue.end + 1])


def _is_bare(one: Told, marked: Marked, draft: Draft) -> bool:
    """Whether the encoder is sure of an event that names nobody: "Pertemuan berlangsung tiga jam".

    A person by name is somebody, though of no state that is known ("Murkomen mendesak warga"); and what something is
    for is no act yet: "it is costly to shoot drones down".
    """
    sure = one.confidence is not None and one.confidence > _BARE and not codes_in(one)
    if not draft.cue.finite:
        return sure and not is_another(marked, draft)
    before = marked.tokens.lows[max(draft.cue.start - 1, 0) : draft.cue.start]
    aim = not load(marked.article.lang).grammar.purpose.isdisjoint(before)
    named = (f.mention for f in one.actors if f.mention.kind == "person" and not f.reference)
    return sure and not aim and not any(mention.text.istitle() for mention in named)


def _past_of(kind: str, before: Sequence[Past]) -> list[Past]:
    """What was told of a type, the last first, and first those of whom both sides are known."""
    told = [past for past in reversed(before[-BACK:]) if _kind(past.told.type) == _kind(kind)]
    return sorted(told, key=lambda past: len(codes_in(past.told)) < 2)


def _is_meant(marked: Marked, draft: Draft, one: Told, past: Past) -> bool:
    """Whether an event told before has the parties that a word names, and the day."""
    other, day, whose = past.told, named_day(marked, draft), owners(marked, draft)
    if not _named(draft, one) <= codes_in(other) or not whose <= known_codes(other.actors):
        return False
    if whose and not other.recipients and draft.cue.entry.frame != "mutual":
        return False  # "serangan Hamas" is no war between Hamas and Israel
    if draft.cue.finite and not _fits(one, other):
        return False
    return day is None or past.setting.covers(day)  # "last Thursday's swap" is another one


def _when(marked: Marked, one: Told, draft: Draft, past: Past) -> Setting:
    """A noun is of the day of what it tells again; a verb may have one of its own."""
    own = setting(marked, one, [one])
    if past.setting.first is None and own.first:  # "menyepakati pertukaran ... Pertukaran itu terlaksana pada Jumat"
        return own._replace(first_told=past.setting.first_told)
    if not draft.cue.finite or own.why not in ("clause", "sentence"):
        return past.setting
    same = own.time is None or past.setting.covers(own.time)
    return own._replace(first_told=past.setting.first_told if same else None)


def _meant(marked: Marked, draft: Draft, told: Sequence[Told]) -> Told | None:
    """What the encoder makes of an event word, else the rules, where they are to be trusted with it."""
    one = next((t for t in told if _meets(t, draft) and t.type == draft.type), None)
    if one or not (draft.type in _RULED or draft.cue.loose):
        return one
    ruled = drafted(draft)
    # "Belum jelas dampak serangan itu": an attack that the reader knows is denied by somebody only.
    pointed = not draft.cue.finite and is_definite(marked, replace(draft, status="actual"), _OWNED)
    return replace(ruled, status="actual") if pointed and not ruled.said_by and ruled.status == "denied" else ruled


def _named(draft: Draft, one: Told) -> set[str]:
    """The states that an event's word takes as its parties."""
    if draft.cue.finite or draft.cue.entry.frame != "mutual":
        return codes_in(one)
    return known_codes(f for f in one.actors + one.recipients if f.start - draft.cue.end <= _WITH)


def _is_incomplete(draft: Draft, marked: Marked) -> bool:
    """Whether a verb leaves out who did it, or to whom: "they were arrested", "the vessels were handed over"."""
    actors, recipients = known_codes(draft.roles.actors), known_codes(draft.roles.recipients)
    if draft.cue.voice == "passive":
        given = not draft.roles.recipients and draft.type in _HANDED  # "the men were detained"
        thing = draft.cue.loose or given or any(f.reference for f in draft.roles.recipients)
        return thing and not draft.roles.actors
    return draft.cue.loose and bool(actors) and not recipients


def _fits(one: Told, other: Told) -> bool:
    """Whether each side of an event lacks nothing but what the other has."""
    sides = (one.actors, other.actors), (one.recipients, other.recipients)
    return all(known_codes(mine) <= known_codes(theirs) for mine, theirs in sides)


def _distinct(marked: Marked, told: Iterable[Told]) -> list[Told]:
    """One event for each action: the same type between the same parties in a sentence is told once, if no word between
    the two says that one came before the other ("berunding, sebulan setelah pertemuan mereka di Wina").

    So is the same type on the same words, which the encoder may tell twice; the fuller telling is kept.
    """
    kept = defaultdict[Hashable, list[Told]](list)
    for one in told:
        seen = one.setting and (one.setting.first, one.setting.last)  # another happening, told before
        group = kept[one.type, codes_of(one.actors), codes_of(one.recipients), seen, one.status == "denied"]
        same = next((n for n, other in enumerate(group) if not _is_further(marked, other, one)), None)
        if same is None:
            group.append(one)
        elif _is_word(one) and not _is_word(group[same]):
            group[same] = one
    words: dict[tuple[str, int, int], Told] = {}
    distinct = [one for group in kept.values() for one in group]
    for one in sorted(distinct, key=lambda t: -len(codes_in(t))):
        words.setdefault((one.type, one.start, one.end), one)
    return [one for one in distinct if words[one.type, one.start, one.end] is one]


def _is_further(marked: Marked, one: Told, other: Told) -> bool:
    """Whether the later of two events of a type is another act: told in order, or joined to what the first one did:
    "strikes on Caracas and the abduction of Maduro", not "shot and killed"."""
    joiners = load(marked.article.lang).grammar.coordinators
    before = marked.tokens.lows[max(other.start - _JOINED, one.end + 1) : other.start]
    joined = any(low in joiners and low.isalpha() for low in before)
    return is_ordered(marked, one.end, other.start) or (joined and _is_word(other))


def _is_word(one: Told) -> bool:
    """Whether the encoder's event stands on a word that the rules know for it: "Saudi Lantang [Tolak] Rujuk"."""
    return one.how.startswith("encoder:")
