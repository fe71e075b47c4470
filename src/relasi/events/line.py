"""A sentence as the grammar of saying looks at it: its clauses, and which of its words stand in quotation marks."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache, cached_property
from typing import NamedTuple

from relasi.events.clauses import Clauses
from relasi.events.marks import Span
from relasi.events.speech import verbs
from relasi.events.triggers import cues
from relasi.lang import load
from relasi.mentions import Marked
from relasi.phrases import Phrases, index

MARKS = frozenset("\"“”„‟«»＂'‘’‛`")
_OPEN, _CLOSE = "(", ")"


class Lexicon(NamedTuple):
    """What a pack says of speech, as sets and phrases."""

    pronouns: frozenset[str]
    demonstratives: frozenset[str]
    honorifics: frozenset[str]
    indefinites: Phrases[bool]
    summing: Phrases[bool]
    media: Phrases[bool]
    like: frozenset[str]
    heads: Phrases[bool]
    titles: Phrases[bool]
    offices: frozenset[str]  # titles, ministries, forces, of one word
    relayed: frozenset[str]  # words right before a medium that passes on what another says
    stops: frozenset[str]  # words that no speaker's name or title holds
    ends: frozenset[str]
    negations: frozenset[str]
    that: frozenset[str]
    prepositions: frozenset[str]
    joiners: frozenset[str]
    weekdays: frozenset[str]
    openers: frozenset[str]
    nouns: Phrases[bool]
    towards: Phrases[bool]
    audiences: Phrases[bool]
    told: frozenset[str]
    asking: frozenset[str]  # opens what somebody is told to do
    close: frozenset[str]
    strict: frozenset[str]
    suffix: str
    first: frozenset[str]  # words of saying open with one of these


@cache
def lexicon(lang: str) -> Lexicon:
    """The lexicon of a language."""
    pack = load(lang)
    grammar, quoting, channels = pack.grammar, pack.quoting, pack.quoting.channels
    weekdays = frozenset(pack.times.weekdays)
    said = frozenset(form.split()[0] for s in pack.speech for form in (*s.before, *s.after, *s.suffixed, *s.medium))
    heads = [form for head in pack.actors.heads if head.kind == "person" for form in head.forms]
    return Lexicon(
        pronouns=frozenset(word for word in quoting.pronouns if word[0] != "-"),
        demonstratives=frozenset(quoting.demonstratives),
        honorifics=frozenset(quoting.honorifics),
        indefinites=_phrases(quoting.indefinites),
        summing=_phrases(quoting.summing),
        media=_phrases(quoting.media),
        like=frozenset(quoting.like),
        heads=_phrases(heads),
        titles=_phrases([*heads, *quoting.titles]),
        offices=frozenset(form.lower() for head in pack.actors.heads for form in head.forms),
        relayed=frozenset(form.split()[-1] for s in pack.speech for form in s.medium),
        stops=(frozenset((*grammar.prepositions, *grammar.openers, *quoting.ends, *weekdays)) | said)
        - grammar.belonging,
        ends=frozenset(quoting.ends),
        negations=frozenset(form for rule in pack.status if rule.status == "negation" for form in rule.forms),
        that=grammar.that,
        prepositions=grammar.prepositions,
        joiners=grammar.coordinators,
        weekdays=weekdays,
        openers=frozenset(channels.openers),
        nouns=_phrases(channels.nouns),
        towards=_phrases(channels.towards),
        audiences=_phrases(channels.audiences),
        told=frozenset(channels.told),
        asking=grammar.purpose,
        close=frozenset(form for s in pack.speech for form in s.close),
        strict=frozenset(form for s in pack.speech for form in s.strict),
        suffix=next((word[1:] for word in quoting.pronouns if word[0] == "-"), ""),
        first=frozenset(verbs(lang).first_words()),
    )


def _phrases(forms: Sequence[str]) -> Phrases[bool]:
    return index([(True, forms)])


class Line:
    """A sentence and the quotations that it shares words with."""

    def __init__(self, marked: Marked, spans: Sequence[Span]) -> None:
        self.marked, self.spans = marked, spans
        self.tokens = marked.tokens
        self.base = marked.sentence.start
        self.words = lexicon(marked.article.lang)
        self.inside = [False] * len(self.tokens)
        for span in spans:
            for at in range(self.first(span.start), len(self.tokens)):
                if self.base + self.tokens.starts[at] >= span.end:
                    break
                self.inside[at] = True

    @cached_property
    def clauses(self) -> Clauses:
        """Who stands where, asked only if somebody says something."""
        return Clauses(self.marked, cues(self.tokens, self.marked.article.lang, ()))

    def first(self, offset: int) -> int:
        """The first token that ends behind an offset of the article."""
        return bisect_right(self.tokens.ends, offset - self.base)

    def start(self, at: int) -> int:
        """The offset in the article where a token starts."""
        return self.base + self.tokens.starts[at]

    def end(self, at: int) -> int:
        """The offset in the article where a token ends."""
        return self.base + self.tokens.ends[at]

    def low(self, at: int) -> int:
        """The first token of the stretch outside quotations that a token stands in."""
        while at > 0 and not self.inside[at - 1]:
            at -= 1
        return at

    def high(self, at: int) -> int:
        """The end of that stretch."""
        while at < len(self.tokens) and not self.inside[at]:
            at += 1
        return at

    def is_mark(self, at: int) -> bool:
        """Whether a quotation mark stands at a token; not an apostrophe inside a word."""
        if self.tokens.words[at] not in MARKS:
            return False
        return not (
            0 < at < len(self.tokens) - 1
            and self.tokens.ends[at - 1] == self.tokens.starts[at]
            and self.tokens.ends[at] == self.tokens.starts[at + 1]
            and self.tokens.words[at + 1].isalnum()
        )

    def past_bracket(self, at: int) -> int:
        """Past a bracket that opens at a token, if it closes soon."""
        for end in range(at + 1, min(at + 12, len(self.tokens))):
            if self.tokens.words[end] == _CLOSE:
                return end + 1
        return at + 1

    def before_bracket(self, at: int) -> int:
        """The token before a bracket that closes at a token."""
        for start in range(at - 1, max(at - 12, -1), -1):
            if self.tokens.words[start] == _OPEN:
                return start - 1
        return at - 1

    def past_day(self, at: int, high: int) -> int:
        """Past a day that opens at a token: "Jumat (29/5/2026),"."""
        end = at
        while end < high and self.tokens.lows[end] in self.words.weekdays:
            end += 1
        if end < high and self.tokens.words[end] == _OPEN and self.tokens.words[end + 1 : end + 2] != []:
            end = self.past_bracket(end) if self.tokens.words[end + 1][:1].isdigit() else end
        return end + 1 if at < end < high and self.tokens.words[end] == "," else end

    def channel(self, at: int, high: int) -> int:
        """The end of a channel that opens at a token (`di Telegram`, `kepada Reuters`); 0 if none does."""
        towards = next(self.words.towards.at(self.tokens.lows, at), None)
        if towards and towards.end < high:
            return self.audience(towards.end, high)
        if self.tokens.lows[at] not in self.words.openers:
            return 0
        for skipped in range(1, 4):
            noun = next(self.words.nouns.at(self.tokens.lows, at + skipped), None) if at + skipped < high else None
            if noun and self._proper(noun.start):
                return self._name_end(noun.end, high)
            if at + skipped >= high or not self.tokens.words[at + skipped].isalnum():
                return 0
        return 0

    def _proper(self, at: int) -> bool:
        """X and the like are channels only as written: not the letter in a formula."""
        return len(self.tokens.words[at]) > 1 or self.tokens.words[at].isupper()

    def hears(self, at: int, high: int) -> bool:
        """Whether `kepada` or the like opens an audience: reporters or a medium, not anybody."""
        towards = next(self.words.towards.at(self.tokens.lows, at), None)
        if towards is None or towards.end >= high:
            return False
        found = self.clauses.starting.get(towards.end)
        known = next(self.words.audiences.at(self.tokens.lows, towards.end), None)
        return bool(known) or (found is not None and found.mention.sector == "MED")

    def audience(self, at: int, high: int) -> int:
        """The end of an audience: one that the pack knows, an actor, else capitalised words or one other."""
        while at < high - 1 and self.tokens.lows[at] in self.clauses.words.articles:
            at += 1
        known = next(self.words.audiences.at(self.tokens.lows, at), None)
        if known:
            return known.end
        if at in self.clauses.starting:
            return self.clauses.starting[at].end
        return max(self._name_end(at, high), at + 1)

    def _name_end(self, at: int, high: int) -> int:
        while at < high and self.tokens.words[at][:1].isupper() and self.tokens.lows[at] not in self.words.stops:
            at += 1
        return at
