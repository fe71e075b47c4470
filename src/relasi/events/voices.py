"""Whose voice it is: pronouns, titles and surnames of speakers, resolved by who spoke or acted before."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from relasi.events.line import Line
from relasi.events.speaker import Voice
from relasi.events.subject import opening
from relasi.records import Party, party

_RECENT = 30  # parties remembered

Known = tuple[tuple[Party, ...], str]


class Voices:
    """The speakers of an article so far. Reasons: `named`, `medium`, `words` (nobody that the tables know),
    `named_before` (a surname), `speaker_before` (a pronoun or title for who spoke last), `subject_before` (for the
    subject of the sentence before), `titled_before`, `reference` (resolved by mentions), `same_speaker` (no verb of
    saying at all), `no_speaker`.
    """

    def __init__(self) -> None:
        self._last: tuple[Party, ...] = ()
        self._last_at = -1
        self._subject: tuple[Party, ...] = ()
        self._subject_at = -1
        self._seen: list[Party] = []
        self._people: dict[str, Party] = {}

    def resolve(self, voice: Voice, line: Line) -> Known:
        """The parties that a voice stands for; empty if the text does not tell."""
        if voice.sort == "pronoun":
            return self._pronoun(voice.parties[0])
        if voice.sort == "title":
            return self._title(voice.parties[0], _sort_of_title(line, voice.start))
        if voice.is_medium:
            return voice.parties, "medium"
        parties = tuple(self._full(p) for p in voice.parties)
        return parties, "named_before" if parties != voice.parties else voice.sort

    def _full(self, one: Party) -> Party:
        """A person with the name and state that were told when he was named first."""
        words = (one.name or "").split()
        known = self._people.get(words[-1].lower()) if words and one.kind == "person" else None
        if known is None or known.name is None or (one.codes and known.codes and one.codes != known.codes):
            return one
        if not set(" ".join(words).lower().split()) <= set(known.name.lower().split()) and len(words) > 1:
            return one  # of the same family name
        name = known.name if len(known.name) > len(one.name or "") else one.name
        return replace(
            one,
            name=name,
            code=one.code or known.code,
            codes=one.codes or known.codes,
            sector=one.sector or known.sector,
        )

    def _pronoun(self, word: Party) -> Known:
        mine, why = self._latest()
        if word.name or (word.codes and not mine):  # resolved among the mentions
            return (word,), "reference"
        return tuple(_as(word, p) for p in mine), why

    def _title(self, phrase: Party, sort: str) -> Known:
        """`diplomat itu`: who was named with that title last, else a person who spoke last; `dokumen itu`: itself."""
        if phrase.codes:
            return (phrase,), "reference"
        words = phrase.text.lower().split()
        for one in reversed(self._seen):
            if any(len(w) > 3 and one.text.lower().startswith(w) for w in words[:2]):
                return (_as(phrase, one),), "titled_before"
        mine, why = self._latest()
        if mine and sort and all((p.kind == "person") == (sort == "person") for p in mine):
            return tuple(_as(phrase, p) for p in mine), why
        return (phrase,), "words"

    def _latest(self) -> Known:
        if self._subject_at > self._last_at:
            return self._subject, "subject_before"
        return self._last, "speaker_before" if self._last else "no_speaker"

    def same(self, number: int) -> Known:
        """Whose a quotation without a verb of saying is, in the sentence of this number."""
        who, why = self._latest()
        if not who or max(self._last_at, self._subject_at) < number - 1:
            return (), "no_speaker"
        return who, "same_speaker" if why == "speaker_before" else why

    # -- what is remembered -------------------------------------------------------------------------------------

    def heard(self, who: Sequence[Party], number: int) -> None:
        """Somebody speaks in the sentence of this number."""
        self._last, self._last_at = tuple(self._first(p) for p in who), number
        self._remember(self._last)

    def _first(self, one: Party) -> Party:
        """The words that named a speaker, where these are but a pronoun or title for him."""
        if not one.name or one.name.split()[-1] in one.text:
            return one
        same = (p for p in reversed(self._seen) if (p.name, p.codes) == (one.name, one.codes))
        return next((p for p in same if p.name and p.name.split()[-1] in p.text), one)

    def acted(self, line: Line) -> None:
        """A sentence without a verb of saying: its subject may be the speaker of what follows."""
        number = line.marked.sentence.number
        subject = subject_of(line, len(line.tokens))
        if subject is None:
            return
        if subject.sort == "pronoun":
            self._subject, self._subject_at = self._pronoun(subject.parties[0])[0], number
        else:
            who = tuple(self._full(p) for p in subject.parties)
            if self._last and not all(p.kind == "person" and (p.name or p.codes) for p in who):
                return  # "Polisi menyita ...", "Nenek korban ...": after it `ujarnya` is still the person who spoke
            if subject.sort == "named" or who != subject.parties:
                self._subject, self._subject_at = who, number
                self._remember(who)

    def seen(self, line: Line) -> None:
        """Remember the people of a sentence, for their surnames and titles."""
        self._remember(party(f.mention) for f in line.marked.found if f.mention.kind in ("person", "government"))

    def _remember(self, parties: Iterable[Party]) -> None:
        for one in parties:
            self._seen.append(one)
            words = (one.name or "").split()
            if one.kind == "person" and words:
                known = self._people.get(words[-1].lower())
                if known is None or len(known.name or "") < len(one.name or "") or (one.codes and not known.codes):
                    for word in words if len(words) < 5 else words[-2:]:
                        self._people[word.lower()] = one
        del self._seen[:-_RECENT]


def subject_of(line: Line, before: int) -> Voice | None:
    """The subject that opens a sentence, up to a token: a person or office, a pronoun, a phrase with a name."""
    if not line.tokens.lows or line.is_mark(0):
        return None
    for found in line.marked.found[:2]:
        if found.start >= before or line.inside[found.start]:
            break
        governed = line.clauses.governor((found,)) is not None
        if found.place or governed or found.mention.kind not in ("person", "government", "igo"):
            continue
        pronoun = found.reference and line.tokens.lows[found.start] in line.words.pronouns
        return Voice("pronoun" if pronoun else "named", (party(found.mention),), found.start, found.end)
    if line.tokens.lows[0] in line.words.pronouns and not line.inside[0]:
        return Voice("pronoun", (_blank(line),), 0, 1)
    return opening(line, before, 0)


def _sort_of_title(line: Line, at: int) -> str:
    """Whether a title at a token, behind `sang` and the like, is a person's or an office's; empty: `dokumen itu`."""
    at += line.tokens.lows[at] in line.words.honorifics
    if any(next(known.at(line.tokens.lows, at), None) for known in (line.words.titles, line.words.indefinites)):
        return "person"
    return "office" if line.tokens.lows[at] in line.words.offices else ""


def _blank(line: Line) -> Party:
    text, start, end = line.tokens.words[0], line.start(0), line.end(0)
    return Party(text=text, start=start, end=end, name=None, kind="person", code=None, codes=(), sector=None)


def _as(words: Party, meant: Party) -> Party:
    """The words of one for the person or office of the other."""
    return replace(meant, text=words.text, start=words.start, end=words.end)
