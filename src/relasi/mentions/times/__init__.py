"""Time expressions: found by the grammar of the language's pack (`times.yaml`), resolved to intervals and TIMEX3.

A time that cannot be resolved has no interval and says why: `no_anchor` (the article is undated), `no_such_day` (31/2),
`no_antecedent` (`hari itu`, and nothing was spoken of), `moving_holiday`, `duration`, `repeated`, `vague`. It never
takes the day of publication instead. Resolved ones say `written`, `anchored` (counted from the article's day),
`in_text` (from a date spoken of before), `now`, or `vague` (`beberapa hari lalu`: the week before).
"""

import re
from datetime import date

from relasi.mentions.times.grammar import Grammar, Match, grammar
from relasi.mentions.times.meaning import sense
from relasi.mentions.times.points import years
from relasi.mentions.times.ranges import joined
from relasi.mentions.times.scene import NOTHING, UNPLAIN, Scene, Spoken
from relasi.mentions.times.sense import Sense
from relasi.mentions.times.words import Line
from relasi.phrases import Tokens
from relasi.records import Article, Time

__all__ = ["NOTHING", "UNPLAIN", "Spoken", "matched", "times_in", "times_of"]

_REACH = 6  # tokens before a weekday or a month in which the tense shows
_LIMIT = 2  # tokens from "by" to the day that is the limit: "by next Friday"
_SITE = re.compile(r"\.[a-z]")  # "Monday.com"
_STOPS = frozenset({".", ";", ":", "!", "?", '"', "“", "”"})


def times_in(text: str | Tokens, lang: str, anchor: str | None, spoken: Spoken = NOTHING, base: int = 0) -> list[Time]:
    """The times said in a text, in order, as intervals; offsets count in `text`, from `base` on.

    `anchor` is the article's ISO date, `spoken` what the article spoke of before. DataError if the language has no
    pack.
    """
    line = Line(text if isinstance(text, Tokens) else Tokens(text), grammar(lang).lexicon)
    day = date.fromisoformat(anchor) if anchor else None
    read = _Reading(line, grammar(lang), day, spoken)
    senses = joined([(m, read.sense(m)) for m in read.matches()], line, grammar(lang).times, day, read.sense)
    tokens = line.tokens
    return [
        Time(
            text=tokens.span(m.start, m.end),
            start=base + tokens.starts[m.start],
            end=base + tokens.ends[m.end - 1],
            from_=s.first.isoformat() if s.first else None,
            to=s.last.isoformat() if s.last else None,
            type=s.type,
            value=s.value,
            why=s.why,
        )
        for m, s in senses
    ]


def times_of(article: Article) -> list[Time]:
    """The times of a whole article, in order; offsets count in its text."""
    found: list[Time] = []
    spoken = NOTHING
    for sentence in article.sentences:
        times = times_in(sentence.text, article.lang, article.date, spoken, sentence.start)
        spoken = spoken.after(times)
        found += times
    return found


def matched(text: str, lang: str) -> list[Match]:
    """The rules that find the times of a text, for the check of packs."""
    line = Line(Tokens(text), grammar(lang).lexicon)
    return _Reading(line, grammar(lang), None, NOTHING).matches()


class _Reading:
    """One pass over a sentence."""

    def __init__(self, line: Line, rules: Grammar, anchor: date | None, spoken: Spoken) -> None:
        self.line, self.grammar, self.times = line, rules, rules.times
        self.anchor, self.spoken = anchor, spoken

    def matches(self) -> list[Match]:
        """The longest match at each token, from left to right, without overlaps."""
        found: list[Match] = []
        free = 0
        for at, low in enumerate(self.line.lows):
            if at >= free and self.grammar.may_start(low):
                match = next((m for m in self.grammar.matches(self.line, at) if self._stands(m)), None)
                if match:
                    found.append(match)
                    free = match.end
        return found

    def sense(self, match: Match) -> Sense:
        """What a match means where it stands; a day becomes the one last spoken of in the sentence."""
        found = sense(match.rule.means, match.slots, self._scene(match))
        if found.first and found.last and found.type in ("DATE", "TIME") and found.why not in UNPLAIN:
            self.spoken = self.spoken.seen(found.first, found.last, written=found.why == "written")
        return found

    def _stands(self, match: Match) -> bool:
        """Whether the words before allow the match: `May` alone is a month after `in`, `since` and the like."""
        before = self.line.lows[match.start - 1] if match.start else ""
        if match.rule.after and before not in match.rule.after:
            return False
        if match.rule.means == "years":  # "2022/23", not the "2022/11" of an address
            first, last = years(match.slots)
            return 0 < last - first < (100 if "-" in self.line.lows[match.start : match.end] else 2)
        if match.end > match.start + 1 or match.rule.means not in ("month", "weekday") or before in self.times.leads:
            return True
        return self.line.lows[match.start] not in self.times.doubtful and not self._name(match)

    def _name(self, match: Match) -> bool:
        """Whether a word for a month or a day stands in a name: `April Hartono`, `Universitas Sebelas Maret`."""
        words, tokens = self.line.tokens.words, self.line.tokens
        follows = match.end < len(words) and words[match.end][:1].isupper()
        follows = follows or bool(_SITE.match(tokens.text, tokens.ends[match.end - 1]))
        before = words[match.start - 1] if match.rule.means == "month" and not self.line.opens(match.start) else ""
        led = before.isdigit() or (before[:1].isupper() and not self.line.opens(match.start - 1))
        return follows or led

    def _scene(self, match: Match) -> Scene:
        near = self.line.lows[max(0, match.start - 2) : match.start]
        return Scene(
            anchor=self.anchor,
            spoken=self.spoken,
            ahead=self._ahead(match),
            due=any(low in self.times.due for low in near),
            within=any(low in self.times.within for low in near),
        )

    def _ahead(self, match: Match) -> bool | None:
        lows, words, reach = self.line.lows, self.line.tokens.words, _REACH
        for at in range(match.start - 1, -1, -1):
            if lows[at] in self.times.past or lows[at] in self.times.since:
                return False
            limit = lows[at] in self.times.leads  # "by Friday", but "hit by a drone on Friday"
            if lows[at] in self.times.future and not (limit and match.start - at > _LIMIT):
                return True
            reach -= words[at][:1].islower()  # "akan bertemu Sultan Brunei Hassanal Bolkiah pada Kamis"
            if lows[at] in _STOPS or lows[at] in self.grammar.relative or not reach:
                break
        return True if lows[match.end : match.end + 1] and lows[match.end] in self.times.future else None
