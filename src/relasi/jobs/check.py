"""`relasi lang check`: a pack's rules against their own example sentences."""

from collections import Counter
from collections.abc import Iterator

import msgspec

from relasi import articles, lang, mentions
from relasi.articles.clean import foreign, pattern
from relasi.events.clauses import Clauses
from relasi.events.quotes import quotes
from relasi.events.rules import candidates
from relasi.events.speech import claims
from relasi.events.status import classes_before
from relasi.events.triggers import cues
from relasi.jobs.local import analyse
from relasi.lang.circumstances import Measure, TimeRule
from relasi.lang.pack import Pack
from relasi.lang.schema import Channels, CleaningRule, Entry, Head, MembershipRule, Reference, Speech, StatusRule
from relasi.mentions import Marked
from relasi.mentions.times import matched
from relasi.records import Page
from relasi.relations.positions import taken
from relasi.stories.statements import BODY, STATE, statements
from relasi.world import event_types, issues, plover, sorts


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What a pack holds and what is wrong with it."""

    entries: int
    forms: int
    rules: int
    faults: tuple[str, ...]


def check(code: str) -> Report:
    """Check one pack; DataError if it cannot be loaded at all."""
    pack = lang.load(code)
    faults = [
        *_labels(pack),
        *_repeated(pack),
        *_copied(pack),
        *_glosses(pack),
        *(fault for entry in pack.entries for fault in _entry(entry, code)),
        *(fault for entry in pack.again.words for fault in _loose(entry, code)),
        *(fault for head in pack.actors.heads for fault in _head(head, code)),
        *(fault for reference in pack.actors.references for fault in _reference(reference, code)),
        *(fault for speech in pack.speech for fault in _speech(speech, code)),
        *(fault for rule in pack.status for fault in _status(rule, code)),
        *(fault for rule in pack.memberships.rules for fault in _membership(rule, code)),
        *(fault for rule in pack.times.rules for fault in _time(rule, code)),
        *(fault for measure in pack.figures.measures for fault in _measure(measure, code)),
        *_places(pack, code),
        *_channels(pack.quoting.channels, code),
        *_issues(pack, code),
        *(fault for rule in pack.cleaning.rules for fault in _cleaning(rule, pack)),
    ]
    listed = (
        pack.actors.heads,
        pack.actors.references,
        pack.speech,
        pack.status,
        pack.times.rules,
        pack.memberships.rules,
        pack.issues.issues,
        pack.cleaning.rules,
    )
    rules = sum(map(len, (*listed, pack.figures.measures)))
    return Report(entries=len(pack.entries), forms=len(set(forms_of(pack))), rules=rules, faults=tuple(faults))


def forms_of(pack: Pack) -> Iterator[str]:
    """Every form of the event words, alternatives spelled out."""
    for entry in pack.entries:
        for forms in entry.forms.values():
            for form in forms:
                yield from _spelled(form.split())


def _spelled(parts: list[str]) -> Iterator[str]:
    if not parts:
        yield ""
        return
    for word in parts[0].split("|") if len(parts[0]) > 1 else parts[:1]:
        for rest in _spelled(parts[1:]):
            yield f"{word} {rest}".strip()


def _labels(pack: Pack) -> Iterator[str]:
    types, contexts = event_types(), plover().contexts
    for entry in pack.entries:
        if entry.type not in types:
            yield f"{entry.lemma}: no PLOVER type {entry.type!r}"
        elif entry.mode and entry.mode not in types[entry.type].modes:
            yield f"{entry.type} {entry.lemma}: no mode {entry.mode!r}"
        for context in entry.ctx:
            if context not in contexts:
                yield f"{entry.type} {entry.lemma}: no context {context!r}"
    yield from (f"sorts: no sort of states {sort!r}" for sort in pack.actors.sorts if sort not in sorts())


def _repeated(pack: Pack) -> Iterator[str]:
    """A form that two entries list, neither of them guarded: only one of them could ever count."""
    owners: dict[str, list[Entry]] = {}
    for entry in pack.entries:
        for forms in entry.forms.values():
            for form in {s for f in forms for s in _spelled(f.split())}:
                owners.setdefault(form, []).append(entry)
    for form, entries in owners.items():
        if sum(not e.near and not e.not_near for e in entries) > 1:
            yield f"{form!r} stands in {', '.join(f'{e.type} {e.lemma}' for e in entries)}, none of them guarded"
    for (kind, lemma), count in Counter((e.type, e.lemma) for e in pack.entries).items():
        if count > 1:
            yield f"{kind} {lemma}: {count} entries of this name"


def _copied(pack: Pack) -> Iterator[str]:
    """Word lists that are the same as another language's."""
    for other in lang.installed():
        if other == pack.meta.code:
            continue
        theirs = lang.load(other)
        for name in ("coordinators", "prepositions", "openers", "light", "common"):
            if getattr(pack.grammar, name) == getattr(theirs.grammar, name):
                yield f"grammar {name}: the same list as {other}'s"
        for name in ("wanting", "doubting", "without"):
            if getattr(pack.memberships, name) == getattr(theirs.memberships, name):
                yield f"memberships {name}: the same list as {other}'s"
        for name in ("about", "others", "vague", "clauses"):
            if getattr(pack.figures, name) == getattr(theirs.figures, name):
                yield f"figures {name}: the same list as {other}'s"
        mine, them = (
            {
                *(e.yes for e in p.entries),
                *(i.yes for i in p.issues.issues.values()),
                *(r.yes for r in p.cleaning.rules),
            }
            for p in (pack, theirs)
        )
        for sentence in sorted(mine & them):
            yield f"example not translated: {sentence!r} stands in {other} too"


def _glosses(pack: Pack) -> Iterator[str]:
    """A word with two meanings: which of them would count is chance."""
    counts = Counter(word for words in pack.glossary.words.values() for word in words)
    yield from (f"glossary: {word!r} stands {count} times" for word, count in counts.items() if count > 1)


def mark(text: str, code: str) -> tuple[Marked, ...]:
    """A text's sentences with their actors, for checks and tests."""
    return mentions.find(articles.read(Page(path="check", text=text, lang=code)))


def _entry(entry: Entry, code: str) -> Iterator[str]:
    for sentence, wanted in ((entry.yes, True), (entry.no, False)):
        got = any(d.cue.entry is entry for m in mark(sentence, code) for d in candidates(m))
        if got != wanted:
            yield f"{entry.type} {entry.lemma}: {'does not code' if wanted else 'codes'} {sentence!r}"


def _loose(entry: Entry, code: str) -> Iterator[str]:
    """A word that tells again is held by the last sentence of its examples; the one before tells the event first."""
    if entry.type not in event_types():
        yield f"again {entry.lemma}: no PLOVER type {entry.type!r}"
    for text, wanted in ((entry.yes, True), (entry.no, False)):
        coded = analyse(Page(path="check", text=text, lang=code, date="2026-08-20"))
        got = any(e.again is not None and e.sentence == coded.article.sentences[-1].number for e in coded.events)
        if got != wanted:
            yield f"again {entry.type} {entry.lemma}: {'not told again in' if wanted else 'told again in'} {text!r}"


def _head(head: Head, code: str) -> Iterator[str]:
    forms = {form.lower() for form in head.forms}
    for sentence, wanted in ((head.yes, True), (head.no, False)):
        texts = [f.mention.text.lower() for m in mark(sentence, code) for f in m.found]
        got = any(form in text for text in texts for form in forms)
        if got != wanted:
            yield f"actor {head.forms[0]}: {'not found in' if wanted else 'found in'} {sentence!r}"


def _reference(reference: Reference, code: str) -> Iterator[str]:
    for sentence, wanted in ((reference.yes, True), (reference.no, False)):
        found = [f for m in mark(sentence, code) for f in m.found if f.reference and f.mention.codes]
        every = lang.load(code).actors.forms(reference)
        forms = {form for words in every for form in _spelled(words.split())}
        got = any(f.mention.text.lower().startswith(tuple(forms)) for f in found)
        if got != wanted:
            yield f"reference {reference.forms[0]}: {'not resolved in' if wanted else 'found in'} {sentence!r}"


def _speech(speech: Speech, code: str) -> Iterator[str]:
    for sentence, wanted in ((speech.yes, True), (speech.no, False)):
        got = any(c.denies == speech.denies for m in mark(sentence, code) for c in claims(_clauses(m), code))
        if got != wanted:
            yield f"speech {speech.lemma}: {'no speaker in' if wanted else 'a speaker in'} {sentence!r}"


def _status(rule: StatusRule, code: str) -> Iterator[str]:
    for sentence, wanted in ((rule.yes, True), (rule.no, False)):
        got = any(
            rule.status in classes_before(cue, _clauses(m), code)
            for m in mark(sentence, code)
            for cue in cues(m.tokens, code, ())
        )
        if got != wanted:
            yield f"status {rule.status}: {'not seen in' if wanted else 'seen in'} {sentence!r}"


def _membership(rule: MembershipRule, code: str) -> Iterator[str]:
    for form in rule.forms:
        if form.split().count(STATE) != 1 or form.split().count(BODY) != 1:
            yield f"membership {rule.status} {form!r}: must hold STATE and BODY once each"
    for sentence, wanted in ((rule.yes, True), (rule.no, False)):
        if any(s.rule is rule for s in statements(sentence, code, None)) != wanted:
            yield f"membership {rule.status}: {'not said in' if wanted else 'said in'} {sentence!r}"


def _time(rule: TimeRule, code: str) -> Iterator[str]:
    for sentence, wanted in ((rule.yes, True), (rule.no, False)):
        got = any(match.rule is rule for match in matched(sentence, code))
        if got != wanted:
            yield f"time {rule.means} {rule.forms[0]!r}: {'not found in' if wanted else 'found in'} {sentence!r}"


def _measure(measure: Measure, code: str) -> Iterator[str]:
    for sentence, wanted in ((measure.yes, True), (measure.no, False)):
        got = any(
            (f.measure, f.what) == (measure.measure, measure.what) for f in mentions.figures(mark(sentence, code))
        )
        if got != wanted:
            yield f"figure {measure.measure}: {'not read in' if wanted else 'read in'} {sentence!r}"


def _places(pack: Pack, code: str) -> Iterator[str]:
    for sentences, wanted in ((pack.places.yes, True), (pack.places.no, False)):
        for sentence in sentences:
            if any(m.places for m in mark(sentence, code)) != wanted:
                yield f"places: {'none found in' if wanted else 'found in'} {sentence!r}"


def _channels(channels: Channels, code: str) -> Iterator[str]:
    for sentence, wanted in ((channels.yes, True), (channels.no, False)):
        if any(q.channel for q in quotes(mark(sentence, code))) != wanted:
            yield f"channels: {'none in' if wanted else 'one in'} {sentence!r}"


def _issues(pack: Pack, code: str) -> Iterator[str]:
    """An issue without its words, or with a sentence that does not take the side that it shows."""
    words = pack.issues.issues
    yield from (f"issues: {id_!r} is in one of pack and table only" for id_ in sorted(set(words) ^ set(issues())))
    for id_, issue in words.items():
        for sentence, sign in ((issue.yes, 1), (issue.no, -1)):
            events = analyse(Page(path="check", text=sentence, lang=code)).events
            if [t.sign for e in events for t in taken(e, events) if t.issue == id_][:1] != [sign]:
                yield f"issue {id_}: {'not for' if sign > 0 else 'not against'} it: {sentence!r}"


def _cleaning(rule: CleaningRule, pack: Pack) -> Iterator[str]:
    if not pattern([rule], pack.cleaning.parts, rule.where).search(rule.yes):
        yield f"cleaning {rule.pattern!r}: does not take {rule.yes!r}"
    # Beside another line, for a text is never left out whole.
    if foreign(f"{rule.no}\n.\na", pack.meta.code):
        yield f"cleaning {rule.pattern!r}: {rule.no!r} is not left whole"


def _clauses(marked: Marked) -> Clauses:
    return Clauses(marked, cues(marked.tokens, marked.article.lang, ()))
