"""According to whom: the quotations and reported statements of an article, each with its chain of speakers."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from relasi.events.line import MARKS, Line
from relasi.events.marks import Span, quoted
from relasi.events.saying import sayings
from relasi.events.scene import Saying, Tokens
from relasi.events.speech import verbs
from relasi.events.voices import Known, Voices, subject_of
from relasi.mentions import Marked
from relasi.phrases import Tokens as Words
from relasi.records import Party, Quote, Trigger

_SHORT = 3  # fewer quoted words are somebody's only if a verb of saying stands by
_TITLE = 8  # fewer, inside a sentence without a verb of saying, are a title or a name
_GAP = 4  # tokens between a quotation and what tells its speaker


def quotes(sentences: Sequence[Marked]) -> tuple[Quote, ...]:
    """The quotes of an article, in the order of their words; `sentences` are all of the article's, in order."""
    if not sentences:
        return ()
    text, lang = sentences[0].article.text, sentences[0].article.lang
    spans = quoted(text) if not MARKS.isdisjoint(text) else ()
    return _Reader(sentences, [_cut_short(text, span, lang) for span in spans]).read()


def source_of(quotes: Iterable[Quote], start: int, end: int) -> Quote | None:
    """The innermost quote with a speaker that holds a span of the article's characters."""
    holding = (q for q in quotes if q.start <= start and end <= q.end and q.said_by)
    return min(holding, key=lambda q: q.end - q.start, default=None)


def _cut_short(text: str, span: Span, lang: str) -> Span:
    """A quotation whose closing mark is missing ends where ", kata X" begins."""
    if span.closed:
        return span
    tokens, index = Words(text[span.start : span.end]), verbs(lang, ("after", "suffixed"))
    for at in range(1, len(tokens)):
        if tokens.words[at - 1] in ",!?" and next(index.at(tokens.lows, at), None):
            return span._replace(end=span.start + tokens.ends[at - 1])
    return span


class _Said(NamedTuple):
    """A verb of saying, the sentence that it stands in, and its speakers."""

    line: Line
    saying: Saying
    who: tuple[Party, ...]
    why: str


class _Reader:
    """One pass over an article, from its first sentence to its last, with the speakers so far in mind."""

    def __init__(self, sentences: Sequence[Marked], spans: Sequence[Span]) -> None:
        self.sentences, self.spans = sentences, spans
        self.text, self.id = sentences[0].article.text, sentences[0].article.id
        self.voices = Voices()
        self.quotes: list[Quote] = []
        self.reopened: list[int] = []  # quotes that the next paragraph goes on with
        self.ahead: tuple[Span, Line, _Said | None] | None = None  # a quotation that began in an earlier sentence
        self.announced: _Said | None = None  # a sentence that ends with a colon

    def read(self) -> tuple[Quote, ...]:
        first = 0
        for marked in self.sentences:
            start, end = marked.sentence.start, marked.sentence.start + len(marked.sentence.text)
            while first < len(self.spans) and self.spans[first].end <= start:
                first += 1
            last = first
            while last < len(self.spans) and self.spans[last].start < end:
                last += 1
            self._sentence(Line(marked, self.spans[first:last]))
        return _chained(_shared(self.quotes, self.reopened))

    def _sentence(self, line: Line) -> None:
        said = [self._told(line, saying) for saying in sayings(line)]
        start, end = line.base, line.base + len(line.tokens.text)
        before = len(self.quotes)
        for span in line.spans:
            if span.start >= start:
                self.ahead = (span, line, _leading(line, said, span) or self._announced(line, span))
            if span.end <= end and self.ahead and self.ahead[0] == span:
                self._direct(line, said, *self.ahead)
        for one in said:
            self._indirect(one)
        self._media(said, before)
        self._remember(line, said)

    def _told(self, line: Line, saying: Saying) -> _Said:
        if saying.voice is None:
            return _Said(line, saying, (), "no_speaker")
        who, why = self.voices.resolve(saying.voice, line)
        if who and not saying.voice.is_medium:
            self.voices.heard(who, line.marked.sentence.number)
        return _Said(line, saying, who, why)

    def _remember(self, line: Line, said: Sequence[_Said]) -> None:
        self.voices.seen(line)
        if not any(one.who and not _is_medium(one) for one in said):
            self.voices.acted(line)
        colon = line.tokens.words[-1:] == [":"]
        self.announced = said[-1] if colon and said else None

    def _announced(self, line: Line, span: Span) -> _Said | None:
        return self.announced if line.first(span.start) <= 1 else None

    # -- direct -------------------------------------------------------------------------------------------------

    def _direct(self, line: Line, said: Sequence[_Said], span: Span, opened: Line, leading: _Said | None) -> None:
        words = sum(word[0].isalnum() for word in self.text[span.start : span.end].split())
        trailing = _trailing(line, said, span)
        if trailing and leading and _is_medium(trailing):
            trailing = None
        told = trailing or leading
        inner = told is not None and told is leading and told.saying.clause is not None
        if (words < _SHORT and (told is None or inner)) or (inner and _is_title(self.text[span.start : span.end])):
            return
        if told:
            self._add(span.start, span.end, told, direct=True)
        else:
            alone = opened.first(span.start) <= 1
            who, why = self._unsaid(opened, span, alone)
            if not (who or alone or words >= _TITLE) or (not alone and _is_title(self.text[span.start : span.end])):
                return
            self._add(span.start, span.end, None, direct=True, who=who, why=why)
        if span.goes_on:
            self.reopened.append(len(self.quotes) - 1)

    def _unsaid(self, line: Line, span: Span, alone: bool) -> Known:
        """The speaker of a quotation without a verb of saying: the subject before its colon, or who spoke before."""
        number = line.marked.sentence.number
        first = line.first(span.start)
        part = self.text[span.start].islower()  # "... menyebutnya "tindakan yang gila"": no title of a book
        if not alone and first >= 2 and (part or line.tokens.words[first - 2] in (":", ",")):
            subject = subject_of(line, first)
            if subject:
                who, _ = self.voices.resolve(subject, line)
                if who:
                    self.voices.heard(who, number)
                    return who, "subject"
        return self.voices.same(number) if alone else ((), "no_speaker")

    # -- indirect -----------------------------------------------------------------------------------------------

    def _indirect(self, told: _Said) -> None:
        line, saying = told.line, told.saying
        if saying.back:
            self._back(told)
        elif saying.clause and saying.position != "medium" and _is_reported(line, saying.clause):
            start, end = saying.clause
            self._add(line.start(start), line.end(end - 1), told, direct=False)

    def _back(self, told: _Said) -> None:
        """ "Hal itu disampaikan X": what the sentence before says, unless somebody else says it."""
        number = told.line.marked.sentence.number
        before = self.sentences[number - 1].sentence if number else None
        if before is None:
            return
        start, end = before.start, before.start + len(before.text)
        inside = [n for n, q in enumerate(self.quotes) if q.end > start]
        if not inside:
            while end > start and not self.text[end - 1].isalnum():
                end -= 1
            self._add(start, end, told, direct=False)
        elif self.quotes[inside[-1]].cue is None:
            last = self.quotes[inside[-1]]
            cue, channel = _trigger(told.line, told.saying.cue), _trigger(told.line, told.saying.channel)
            self.quotes[inside[-1]] = replace(last, said_by=told.who, why=told.why, cue=cue, channel=channel)

    def _media(self, said: Sequence[_Said], before: int) -> None:
        """A medium that the sentence names is the last link of the chain; alone, it is the speaker."""
        for told in said:
            if not _is_medium(told) or told.saying.position == "before":
                continue
            own = [n for n in range(before, len(self.quotes)) if self._carries(self.quotes[n], told)]
            for n in _outer(self.quotes, own):
                self.quotes[n] = replace(self.quotes[n], said_by=_joined(self.quotes[n].said_by, told.who))
            clause = told.saying.clause
            if not own and told.saying.position == "medium" and clause and _is_reported(told.line, clause):
                self._add(told.line.start(clause[0]), told.line.end(clause[1] - 1), told, direct=False)

    def _carries(self, quote: Quote, told: _Said) -> bool:
        at = told.line.start(told.saying.start)
        if quote.end <= at:
            return True
        clause = told.saying.clause
        return clause is not None and told.line.start(clause[0]) <= quote.start

    def _add(
        self, start: int, end: int, told: _Said | None, *, direct: bool, who: tuple[Party, ...] = (), why: str = ""
    ) -> None:
        self.quotes.append(
            Quote(
                article_id=self.id,
                text=self.text[start:end],
                start=start,
                end=end,
                direct=direct,
                denies=told.saying.denies if told else False,
                said_by=told.who if told else who,
                cue=_trigger(told.line, told.saying.cue) if told else None,
                channel=_trigger(told.line, told.saying.channel) if told else None,
                why=told.why if told else why,
            )
        )


def _is_title(text: str) -> bool:
    """Whether most longer words are capitalised, as in the name of a book or a forum."""
    longer = [word for word in text.split() if len(word) > 3]
    return len(longer) > 1 and sum(word[0].isupper() for word in longer) >= 0.7 * len(longer)


def _is_medium(told: _Said) -> bool:
    return told.saying.voice is not None and told.saying.voice.is_medium


def _trigger(line: Line, span: Tokens | None) -> Trigger | None:
    if span is None:
        return None
    return Trigger(text=line.tokens.span(*span), start=line.start(span[0]), end=line.end(span[1] - 1))


def _is_reported(line: Line, clause: Tokens) -> bool:
    """Whether there is more to a clause than a quotation."""
    return sum(line.tokens.words[at][0].isalnum() and not line.inside[at] for at in range(*clause)) >= 2


def _leading(line: Line, said: Sequence[_Said], span: Span) -> _Said | None:
    """The verb of saying before a quotation that tells its speaker."""
    first = line.first(span.start)
    for one in reversed(said):
        saying = one.saying
        if saying.end > first + 1 or saying.back:
            continue
        if saying.clause and saying.clause[0] <= first < saying.clause[1]:
            return one
        if saying.clause is None and saying.end >= first - 2 and not any(line.inside[saying.start : first]):
            return one
        if saying.clause is None and saying.position in ("after", "suffixed") and first - saying.end <= _GAP:
            return one
    return None


def _trailing(line: Line, said: Sequence[_Said], span: Span) -> _Said | None:
    """The verb of saying right behind a quotation: `," kata X`."""
    at = line.first(span.end - 1) + 1
    last = min(at + _GAP, len(line.tokens))
    while at < last and not line.tokens.words[at][0].isalnum():
        if line.tokens.words[at] in ".;" and line.tokens.words[at - 1] != ".":
            return None
        at += 1
    for one in said:
        saying = one.saying
        ends = saying.clause is None or saying.clause[1] <= saying.start
        if at <= saying.start <= at + _GAP and ends and not any(line.inside[at : saying.start]):
            between = range(at, saying.start)
            if saying.start == at or all(next(line.words.summing.at(line.tokens.lows, i), None) for i in between):
                return one
    return None


def _outer(quotes: Sequence[Quote], some: Sequence[int]) -> list[int]:
    """Those of some quotes that stand in no other of them."""
    spans = [(quotes[n].start, quotes[n].end) for n in some]
    return [
        n for n, s in zip(some, spans, strict=True) if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in spans)
    ]


# -- chains ---------------------------------------------------------------------------------------------------------


def _shared(quotes: list[Quote], reopened: Iterable[int]) -> list[Quote]:
    """A quotation of several paragraphs has one speaker, who may be told only behind the last."""
    for n in sorted(reopened, reverse=True):
        if n + 1 < len(quotes) and quotes[n].cue is None and quotes[n + 1].cue is not None:
            quotes[n] = replace(quotes[n], said_by=quotes[n + 1].said_by, why="goes_on")
    return quotes


def _chained(quotes: list[Quote]) -> tuple[Quote, ...]:
    """Whatever stands inside another's words has him in its chain, behind its own speakers."""
    chained: list[Quote] = []
    around: list[Quote] = []
    for quote in sorted(quotes, key=lambda q: (q.start, -q.end, q.direct)):
        around = [a for a in around if quote.end <= a.end]
        who = quote.said_by
        if who or around:
            for outer in reversed(around):
                who = _joined(who, outer.said_by)
        chained.append(replace(quote, said_by=who) if who != quote.said_by else quote)
        around.append(chained[-1])
    return tuple(chained)


def _joined(nearer: tuple[Party, ...], farther: Iterable[Party]) -> tuple[Party, ...]:
    """A chain with another link, without doubles."""
    known = {_key(p) for p in nearer}
    return nearer + tuple(p for p in farther if _key(p) not in known)


def _key(one: Party) -> tuple[str, ...]:
    return (one.name or one.text, *one.codes)
