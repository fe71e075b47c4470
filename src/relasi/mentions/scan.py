"""A sentence with its names, titles and references looked up, and small questions about its words."""

from collections.abc import Iterable

from relasi.lang.schema import Head, Reference
from relasi.mentions.choices import Choice
from relasi.mentions.found import Found, meaning
from relasi.mentions.memory import Memory
from relasi.mentions.seen import Seen
from relasi.mentions.words import Words
from relasi.phrases import Hit, Tokens, longest
from relasi.records import Article, Basis, Mention, Sentence
from relasi.world import Name, names
from relasi.world.names import Sort

STATELY = ("state", "demonym", "capital", "region")
_TABLES: dict[Sort, str] = {"body": "bodies", "group": "groups", "official": "officials", "region": "regions"}


class Scan:
    """A sentence on the way through it, from left to right.

    `names`, `heads`, `alone`, `references`: what starts at a token; `inside`: the name that a token is part of; `body`:
    the token after the dateline. `found`: the actors so far, `bodies`: those that no table knows. `quoted`: for each
    token whether it stands inside quotation marks; `open`: whether what follows the sentence does.
    """

    def __init__(
        self, article: Article, sentence: Sentence, words: Words, memory: Memory, *, quoted: bool = False
    ) -> None:
        self.article, self.sentence, self.words, self.memory = article, sentence, words, memory
        self.grammar, self.actors = words.pack.grammar, words.pack.actors
        self.tokens = tokens = Tokens(sentence.text)
        self.quoted, self.open = _quoted(tokens, quoted)
        self.headline = _is_headline(tokens)
        # A name may need a word near, anywhere in the article: "Santiago" where Chile is spoken of.
        self.hits = names(article.lang).find(tokens, lambda: memory.line(article))
        self.heads = self._titles(longest(words.heads.find(tokens.lows)))
        self.names: dict[int, Hit[Name]] = {h.start: h for h in self.hits if self._may_act(h)}
        self.inside = {at: h for h in self.names.values() for at in range(h.start, h.end)}
        self.alone = self._titles(longest(words.alone.find(tokens.words)))
        refer = longest(words.references.find(tokens.lows))
        self.references: dict[int, Hit[Reference]] = {h.start: h for h in refer if not self._is_named(h)}
        if True not in self.quoted:
            for at in self._unmarked():
                self.quoted[at] = True
        self.found: list[Found] = []
        self.bodies: list[Seen] = []
        self.body = 0

    def _titles(self, found: Iterable[Hit[Head]]) -> dict[int, Hit[Head]]:
        """Titles by where they start, but for those that a name takes in: "[Paus] Fransiskus", "[the West] Bank"."""
        longer = [(n.start, n.end) for n in self.hits]
        return {h.start: h for h in found if not any(h.start <= start < h.end < end for start, end in longer)}

    def _may_act(self, hit: Hit[Name]) -> bool:
        """Whether a name is not just part of a language, a league or a sea, nor of a title."""
        if hit.value.sort not in (*STATELY, "seat"):
            return True
        if hit.value.sort == "region" and any(h.start < hit.start < h.end for h in self.heads.values()):
            return False
        before = self.tokens.window(hit.start - 3, hit.start)
        after = self.tokens.window(hit.end, hit.end + 3)
        return not before.endswith(self.words.not_after) and not after.startswith(self.words.not_before)

    def _unmarked(self) -> range:
        """The tokens of somebody's own words that no marks set apart: "[Kami siap berunding], kata Abbas"."""
        tokens, told = self.tokens, self.words.said_after | self.words.suffixed
        ends = (at for at in range(1, len(tokens) - 1) if tokens.words[at] == "," and tokens.lows[at + 1] in told)
        end = next(ends, 0)
        we = (at for at, hit in self.references.items() if hit.value.to == "we" and at < end)
        return range(end) if next(we, None) is not None else range(0)

    def _is_named(self, hit: Hit[Reference]) -> bool:
        """Whether a reference's words are a name but for the first: "the [Islamic Republic]"; not "kedua Korea"."""
        if hit.value.number > 1:
            return False
        names = (self.names[at] for at in range(hit.start + 1, hit.end) if at in self.names)
        return any(name.end >= hit.end for name in names)

    def reference_at(self, at: int) -> Hit[Reference] | None:
        """The reference that opens at a token, also inside a longer one: "pemimpin tertinggi [negara itu]"."""
        inside = (h for h in self.words.references.at(self.tokens.lows, at) if not self._is_named(h))
        return self.references.get(at) or next(inside, None)

    def actor(
        self,
        start: int,
        end: int,
        of: Head | Name | Mention,
        choice: Choice,
        *,
        office: str | None = None,
        place: bool = False,
        reference: bool = False,
    ) -> Found:
        """An actor of the kind and sector of a title, a name or a mention, standing for what was chosen."""
        return meaning(
            self, (start, end), of.kind, choice, sector=of.sector, office=office, place=place, reference=reference
        )

    def row(self, start: int, end: int, sort: Sort) -> Basis:
        """Words of the sentence that a row of a table stands behind."""
        base, tokens = self.sentence.start, self.tokens
        first, last = base + tokens.starts[start], base + tokens.ends[end - 1]
        return Basis(text=tokens.span(start, end), start=first, end=last, table=_TABLES.get(sort, "states"))

    def row_of(self, hit: Hit[Name]) -> Basis:
        """The row of the table that a name is in."""
        return self.row(hit.start, hit.end, hit.value.sort)

    def low(self, at: int) -> str:
        """A token in lower case; "" before and behind the sentence."""
        return self.tokens.lows[at] if 0 <= at < len(self.tokens.lows) else ""

    def word(self, at: int) -> str:
        """A token as written; "" before and behind the sentence."""
        return self.tokens.words[at] if 0 <= at < len(self.tokens.words) else ""

    def is_event(self, at: int) -> bool:
        """Whether an event's word stands at a token."""
        events, lows = self.words.pack.events, self.tokens.lows
        return lows[at] in events and next(events.at(lows, at), None) is not None

    def is_noun(self, at: int) -> bool:
        """Whether a token is an event's noun: "trade"."""
        return any(hit.value[1] == "noun" for hit in self.words.pack.events.at(self.tokens.lows, at))

    def no_name(self, at: int) -> bool:
        """Whether a word cannot stand inside an actor's name: a preposition, an event word, a verb of saying."""
        low = self.tokens.lows[at]
        if self.headline and low in self.words.pack.events:
            return True  # every word has a capital there: even half an event's words are no name
        return low in self.words.no_name or self.is_event(at)

    def governed(self, at: int) -> bool:
        """Whether a preposition stands right before a token, or before the little words in front of it."""
        while self.low(at - 1) in self.grammar.articles:
            at -= 1
        low = self.low(at - 1)
        return low in self.grammar.prepositions or low in self.grammar.light_passive  # "tim yang dipimpin Belanda"

    def listed(self, start: int, end: int) -> bool:
        """Whether nothing but commas and words like `dan` stands between two tokens, and at least one."""
        return start < end and all(
            low == "," or low in self.grammar.coordinators for low in self.tokens.lows[start:end]
        )

    def past_bracket(self, at: int) -> int:
        """Past a short form in brackets: `Amerika Serikat (AS)`."""
        words = self.tokens.words
        if at + 2 < len(words) and words[at] == "(" and words[at + 2] == ")" and words[at + 1][:1].isupper():
            return at + 3
        return at


def _quoted(tokens: Tokens, inside: bool) -> tuple[list[bool], bool]:
    """For each token whether it stands inside quotation marks, and whether what follows does."""
    words = tokens.words
    first = next((at for at, word in enumerate(words) if word in '"“”'), None)
    inside = inside or (first is not None and (words[first] == "”" or _closes(tokens, first)))
    found = []
    for word in words:
        if word in '"“”':
            inside = word == "“" or (word == '"' and not inside)
        found.append(inside)
    return found, inside


def _closes(tokens: Tokens, at: int) -> bool:
    """Whether a mark stands right behind a comma or a full stop, and apart from what follows: 'hope," he said'."""
    if not at or tokens.words[at] != '"' or tokens.words[at - 1] not in ",.?!":
        return False
    apart = at + 1 == len(tokens) or tokens.ends[at] < tokens.starts[at + 1]
    return tokens.ends[at - 1] == tokens.starts[at] and apart


def _is_headline(tokens: Tokens) -> bool:
    """Most longer words are capitalised, and no full stop ends it."""
    words = [w for w in tokens.words if len(w) > 3 and w[0].isalpha()]
    return len(words) >= 4 and tokens.words[-1] != "." and sum(w[0].isupper() for w in words) >= 0.7 * len(words)
