"""Actors in sentences: a title, a nationality and a name together are one mention.

`find` marks every sentence of an article; references (`kedua negara`) are resolved along the way.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import msgspec

from relasi.mentions.actors import actors_in
from relasi.mentions.found import Found, Marked
from relasi.mentions.memory import Memory
from relasi.mentions.placing import Atlas
from relasi.mentions.scan import STATELY, Scan
from relasi.mentions.standing import seen_in
from relasi.mentions.teaching import stands_alone
from relasi.mentions.ties import Look
from relasi.mentions.times import NOTHING, UNPLAIN, times_in
from relasi.mentions.words import Words, words_of
from relasi.phrases import Tokens
from relasi.records import Article, Sentence, Time

_WEEK = 7  # days


def find(article: Article) -> tuple[Marked, ...]:
    """The article's sentences with their actors. DataError if its language has no pack."""
    words = words_of(article.lang)
    first = _memory(words)
    marked = _marked(article, words, first)
    if not any(_named_early(one, first) for one in marked):
        return marked
    # A headline or a lead calls by surname whom the text introduces later.
    second = _memory(words)
    second.names = first.names
    return _marked(article, words, second)


def _memory(words: Words) -> Memory:
    return Memory(words.pack.meta.home, words.pack.actors.bearers)


def _marked(article: Article, words: Words, memory: Memory) -> tuple[Marked, ...]:
    atlas = Atlas(article.lang, memory.home)
    if article.title:
        # Its offsets are negative: they are none in the text.
        title = Sentence(number=-1, start=-len(article.title) - 1, text=article.title)
        _read(Scan(article, title, words, memory), atlas, None)
    marked: list[Marked] = []
    inside, last, spoken = False, 0, NOTHING
    for sentence in article.sentences:
        if "\n" in article.text[last : sentence.start]:
            inside = False  # a quotation opens anew with each paragraph
        scan = Scan(article, sentence, words, memory, quoted=inside)
        inside, last = scan.open, sentence.start + len(sentence.text)
        found = _read(scan, atlas, sentence.start)
        times = tuple(times_in(scan.tokens, article.lang, article.date, spoken, sentence.start)) if found else ()
        spoken = spoken.after(times)
        opens = sentence.start + scan.tokens.starts[scan.body] if scan.body < len(scan.tokens) else last
        times = tuple(t for t in times if t.start >= opens)  # "SEOUL, Feb 10 (Reuters) -" dates the report
        one = Marked(
            article=article, sentence=sentence, tokens=scan.tokens, found=found, times=times, headline=scan.headline
        )
        marked.append(one)
    located = zip(marked, _days(marked), atlas.place(), strict=True)
    return tuple(msgspec.structs.replace(m, day=day, places=at.places, ranks=at.ranks) for m, day, at in located)


def _days(marked: Sequence[Marked]) -> Iterator[str | None]:
    """The day that an article is at in each sentence: the one named last before it, else the first behind.

    Only days of its last week count; of an article without a date that up to the last day named with its weekday.
    """
    named = [[t.from_ for t in m.times if t.from_ and _is_day(t, m.article)] for m in marked]
    last = next((m.article.date for m in marked), None) or max((day for days in named for day in days), default="")
    named = [[day for day in days if _is_recent(day, last)] for days in named]
    behind, after = list[str | None](), None
    for days in reversed(named):
        behind.append(after)
        after = days[0] if days else after
    before = None
    for days, first in zip(named, reversed(behind), strict=True):
        yield before or first
        before = days[-1] if days else before


def _is_day(time: Time, article: Article) -> bool:
    """Whether a time is one day; without an article's date one like "Jumat (3/7/2026)", which tells what is news."""
    plain = time.type in ("DATE", "TIME") and time.why not in UNPLAIN and time.from_ == time.to
    weekdays = words_of(article.lang).pack.times.weekdays
    return plain and (article.date is not None or not weekdays.keys().isdisjoint(Tokens(time.text).lows))


def _is_recent(day: str, last: str) -> bool:
    return 0 <= (date.fromisoformat(last) - date.fromisoformat(day)).days < _WEEK


def _read(scan: Scan, atlas: Atlas, start: int | None) -> tuple[Found, ...]:
    """The actors of a sentence, which the memory and the search for places have seen; `start`: None for a title."""
    found = actors_in(scan)
    where = atlas.see(_look(scan, found), (f.mention for f in found), start)
    found = _with_places(found, where) if start is not None else found
    scan.memory.see(seen_in(scan, found))
    return found


def _with_places(found: tuple[Found, ...], where: frozenset[int]) -> tuple[Found, ...]:
    """Actors, of which those that stand where a place is named are places."""
    return tuple(
        msgspec.structs.replace(f, place=True) if f.start in where and not f.place and f.mention.why in STATELY else f
        for f in found
    )


def _named_early(marked: Marked, memory: Memory) -> bool:
    """Whether a name stands in a sentence before the one that teaches it, and was not known there."""
    taken = {at for f in marked.found for at in range(f.start, f.end)}
    words = marked.tokens.words
    for at in range(len(words)):
        learned = memory.at(words, at) if words[at] in memory.names and at not in taken else None
        if learned and learned.mention.start > marked.sentence.start and stands_alone(marked.tokens, at, learned):
            return True
    return False


def _look(scan: Scan, found: Iterable[Found]) -> Look:
    """What the search for places needs of the sentence."""
    heads = scan.heads.values()
    return Look(
        tokens=scan.tokens,
        hits=scan.hits,
        heads=frozenset(scan.heads),
        seats=frozenset(h.end - 1 for h in heads if h.value.bare and h.value.kind == "government"),
        actors=[(f.start, f.end) for f in found if not f.place],
        body=scan.body,
        headline=scan.headline,
    )
