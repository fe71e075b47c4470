"""Numbers said of a state, a pair or a conflict: trade, tourists, aid, casualties, with unit, change and period.

A number counts only beside a word for what it measures, with a unit that fits; all else stays unread. A range
(`3-4 juta`) is one figure of the value of its first number.
"""

from collections.abc import Iterable, Iterator

from relasi.mentions.found import Marked
from relasi.mentions.measures import Book, Change, book
from relasi.mentions.numbers import TOKEN
from relasi.mentions.quantities import Quantity
from relasi.mentions.reading import Read, Reading
from relasi.mentions.said import Said, unique
from relasi.mentions.sharing import reads
from relasi.mentions.whose import Whose
from relasi.phrases import Hit, Tokens
from relasi.records import Figure, Time

_CHANGE = 8  # words between a word of change and its number
# Measures told without any state when a conflict or a body is meant; trade or aid of nobody is a firm's or a town's.
_OF_ANYONE = frozenset(("casualties", "refugees", "troops", "arms", "votes"))
_SHARE = 2  # words between a word of change and how much: "came to Japan, up nearly 43 percent"
_PAIR = 2
_BETWEEN = ("aid", "loan")  # which a state's own banks and offices give its people
_OBJECT = 3  # words between a word of change and what changes: "peningkatan nilai ekspor"


def figures(sentences: Iterable[Marked]) -> Iterator[Figure]:
    """The figures of an article's marked sentences, in their order; none before its first state or body."""
    every = tuple(sentences)
    said = Said(every)
    for marked in every:
        words = book(marked.article.lang)
        said.open(marked)
        if said.any_state and not words.first.isdisjoint(marked.tokens.lows):
            yield from _in_sentence(marked, words, said)
        said.close(marked)


def _in_sentence(marked: Marked, words: Book, said: Said) -> Iterator[Figure]:
    if not words.numbers.any_in(marked.tokens):
        topic = words.topic(marked.tokens.lows)
        if topic:  # "Perdagangan Rusia dan Iran tumbuh pesat. Nilainya mencapai 5 miliar dolar AS."
            before = said.figure(marked, topic.measure)
            said.keep(marked, topic, before or unique(f.mention.codes for f in marked.found))
        return
    base, tokens = marked.sentence.start, Tokens(marked.sentence.text, TOKEN)
    reading = Reading(tokens, words, [(t.start - base, t.end - base) for t in marked.times])
    found = reads(reading, said.measure(marked))
    if not found or words.off_topic(tokens):
        return
    whose = Whose(marked, reading, said)
    for read in found:
        codes, why = whose.of(read)
        said.keep(marked, read.measure, codes)
        if read.role == "weak" and len(codes) < _PAIR:
            continue
        if codes == (said.home,) and read.measure.measure in _BETWEEN:
            continue
        if codes or (said.abroad and read.measure.measure in _OF_ANYONE):
            yield _figure(marked, reading, read, codes, why)


def _figure(marked: Marked, reading: Reading, read: Read, codes: tuple[str, ...], why: str) -> Figure:
    base, tokens, quantity = marked.sentence.start, reading.tokens, read.quantity
    start, end = base + tokens.starts[quantity.start], base + tokens.ends[quantity.end - 1]
    time = _period(marked, reading.book, start, end)
    return Figure(
        article_id=marked.article.id,
        text=tokens.span(quantity.start, quantity.end),
        start=start,
        end=end,
        measure=read.measure.measure,
        codes=codes,
        value=quantity.value,
        unit=quantity.unit or read.measure.units[0],
        change=_change(reading, quantity),
        from_=time.from_ if time else None,
        to=time.to if time else None,
        what=read.measure.what,
        why=why,
    )


def _change(reading: Reading, quantity: Quantity) -> Change | None:
    """The word of change that governs a number, before it in its clause or right behind it."""
    before = [h for h in reading.changes if h.end <= quantity.start]
    if before and _governs(reading, before[-1], quantity):
        return before[-1].value
    behind = next((h for h in reading.changes if h.start >= quantity.end), None)
    return behind.value if behind and _behind(reading, quantity, behind) else None


def _behind(reading: Reading, quantity: Quantity, hit: Hit[Change]) -> bool:
    """`4,5 miliar dolar AS pada 2023, turun 17 persen`; of `490 ribu orang, naik menjadi 1 juta` the first rose not."""
    lows, words = reading.tokens.lows, reading.book
    if not words.reached.isdisjoint(lows[hit.end : hit.end + 1]):
        return False
    if all(reading.linking(at) for at in range(quantity.end, hit.start)):
        return True
    share = any(q.unit == "%" and 0 <= q.start - hit.end <= _SHARE for q in reading.quantities)
    between = lows[quantity.end : hit.start]
    apart = share and between[-1:] == [","] and words.clauses.isdisjoint(between) and between.count(",") == 1
    return apart and not reading.number_in(quantity.end, hit.start)


def _governs(reading: Reading, hit: Hit[Change], quantity: Quantity) -> bool:
    lows, words = reading.tokens.lows, reading.book
    first, equal = words.about_before(lows, quantity.start)
    gap = first - hit.end
    if gap > _CHANGE or (lows[hit.start] in words.beside and not words.compared.issuperset(lows[hit.end : first])):
        return False  # "up from 4 million", but not "set up a school for 4 million"
    walls = words.clauses | {";", ":"} | (set() if equal else {","})
    if not walls.isdisjoint(lows[hit.end : first]):
        return False
    things = [h for h in reading.signs if hit.end <= h.start and h.end <= quantity.start]
    # "ekspor naik 5 persen dan impor mencapai 3 miliar" says nothing of the change of imports
    return not any(h.start - hit.end > _OBJECT or reading.number_in(hit.end, h.start) for h in things)


def _period(marked: Marked, words: Book, start: int, end: int) -> Time | None:
    """The time of a number's clause; the day on which it was said stands behind a comma."""
    near = [t for t in marked.times if t.from_ and _same_clause(marked, words, start, end, t)]
    return min(near, key=lambda t: max(t.start - end, start - t.end), default=None)


def _same_clause(marked: Marked, words: Book, start: int, end: int, time: Time) -> bool:
    base, text = marked.sentence.start, marked.sentence.text
    if time.end <= start:
        between = text[time.end - base : start - base].replace(",", " ", 1)  # "Pada 2023, perdagangan mencapai"
    else:
        between = text[end - base : time.start - base]
    return "," not in between and words.clauses.isdisjoint(between.lower().split())
