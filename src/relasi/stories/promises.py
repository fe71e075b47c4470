"""Promises: what a party undertook to do, until when, and which later act kept or broke it."""

import re
from bisect import bisect_right
from calendar import monthrange
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from relasi import lang
from relasi.events.speech import promising
from relasi.events.triggers import cues
from relasi.mentions.times import times_in
from relasi.phrases import Phrases, Tokens, index
from relasi.records import INFERRED, PROMISES, Event, Record, Time
from relasi.store import Store, among
from relasi.store.store import decode_event
from relasi.stories.between import between
from relasi.stories.rarity import Rarity, content_of

Outcome = Literal["kept", "broken", "lapsed", "open"]

_MADE = ("actual", "planned")  # "siap berhenti" is said, though it is to come
# What keeps a promise of each type of act, or one whose words do not tell what is promised; and what breaks it.
_KEEPS = {
    "CONSULT": {"CONSULT"},
    "SUPPORT": {"SUPPORT", "AGREE"},
    "COOPERATE": {"COOPERATE", "AID", "SUPPORT"},
    "AID": {"AID", "COOPERATE"},
    "RETREAT": {"RETREAT", "AID", "CONCEDE"},
    "AGREE": {"AID", "RETREAT", "COOPERATE", "SUPPORT", "CONSULT"},
    "CONCEDE": {"AID", "RETREAT", "COOPERATE", "SUPPORT"},
}
_BREAKS = {
    "CONSULT": {"REJECT"},
    "SUPPORT": {"REJECT", "ACCUSE"},
    "COOPERATE": {"REJECT", "SANCTION"},
    "AID": {"REJECT"},
    "RETREAT": {"REJECT", "ASSAULT", "COERCE", "MOBILIZE", "SANCTION"},
}
# What breaks a promise whose words do not tell what is promised: to give, or to give in.
_REFUSES = {"AGREE": {"REJECT", "SANCTION"}, "CONCEDE": {"REJECT", "SANCTION", "COERCE", "ASSAULT"}}
# A promise without a deadline may be kept within so many days; one with it also so many days late.
_LONGEST, _LATE = 400, 45
# How much must be shared with an act that keeps it, that does if what is promised is vague, that breaks it, that is
# said to do either.
_KEPT, _VAGUE, _BROKEN, _LITTLE = 0.25, 0.35, 0.3, 0.1
_REFUSED = 0.15  # the same of a refusal towards the one to whom it was promised, around the day it is due
_RECALLED, _REPEATED = 0.2, 0.6  # how much what recalls a promise shares with it, or what tells it as new
_IN_TIME = 0.2  # what it counts that an act was when the promise was due
_UNNAMED = 0.4  # how much must be shared with an act that names only who promised
_EARLY = 3  # days before it is due that a promise may be kept
_REPORTED = timedelta(days=3)  # that a report may come after an act of which it does not say when it was
_BESIDE = 3  # tokens before an event word in which a word of promising belongs to it
_SENTENCES = 20_000  # that are remembered: each is held against many promises
_COMING = 300  # days in which a date begins again that is told without its year
_WITHIN = 3  # tokens between words for a deadline and a length of time
_AGES = 36_525  # days, beyond which a length of time is no deadline
_NEXT = 6  # tokens from the words of promising to those of what is promised


class Act(Record, frozen=True, kw_only=True):
    """A report that a promise is made or met by."""

    event_id: str
    story: str
    event: Event
    day: date


Report = tuple[Act, date | None]  # and the day on which its article was written


class Promise(Record, frozen=True, kw_only=True):
    """Who undertook what towards whom; `due` is the interval named for it, None if none is.

    `act` is the PLOVER type of what is promised, "" where the words do not tell. `met_by` kept or broke it; `why` says
    by what it was recognised.
    """

    made: Act
    by: tuple[str, ...]
    to: tuple[str, ...]
    act: str
    due: tuple[date, date] | None
    outcome: Outcome
    met_by: Act | None
    why: str  # the type of the act and how well it fits; else `due` (nothing heard till then), `not_due`, `no_day`


# An interval that goes on is when a promise is due ("will meet in August"): it was made when it was told.
_CHOSEN = """
    SELECT event_id, max(CASE WHEN list_contains($kinds, type) AND last_day > written THEN written ELSE day END) AS made
    FROM dyads WHERE {between}
        AND (status IN ('actual', 'denied') OR (status = 'planned' AND list_contains($kinds, type)))
    GROUP BY event_id HAVING made <= $today ORDER BY made DESC, event_id DESC LIMIT $most
"""
_TOLD = """
    SELECT e.id, s.story_id, e.record, a.date
    FROM events e JOIN story_reports s ON s.event_id = e.id JOIN articles a ON a.id = e.article_id
    WHERE {} AND {}
"""


def promises(store: Store, today: date, codes: Sequence[str] = (), *, most: int | None = None) -> list[Promise]:
    """The promises between some states, or all, as they stand on a day; one a story, the newest first.

    `most`: only so many reports are looked at, the newest; each promise is compared with all that came after it.
    """
    condition, values = between(codes)
    asked = values | {"today": today, "kinds": list(PROMISES), "most": most}
    days = dict(store.query(_CHOSEN.format(between=condition), asked))
    rows = store.query(_TOLD.format(among("e.id", days), among("s.event_id", days)), {"ids": list(days)})
    by_story: dict[str, list[Report]] = defaultdict(list)
    for id_, story, record, written in sorted(rows, key=lambda row: (days[row[0]], row[0])):
        event = decode_event(record)
        if set(codes) <= {code for party in (*event.actors, *event.recipients) for code in party.codes}:
            by_story[story].append((Act(event_id=id_, story=story, event=event, day=days[id_]), written))
    acts = sorted((act for some in by_story.values() for act, _ in some), key=lambda act: act.day)
    common = Rarity.of(store)
    made: list[list[Report]] = []
    for some in by_story.values():
        undertaken = [(a, w) for a, w in some if a.event.type in PROMISES and a.event.status in _MADE]
        undertaken = undertaken if any(_undertakes(a.event) or _due(a.event, w or a.day) for a, w in undertaken) else []
        if 2 * len(undertaken) >= len(some):
            made.append(undertaken)
    told: list[list[Report]] = []
    theirs: dict[frozenset[str], list[list[Report]]] = defaultdict(list)  # by who promised, the newest last
    for reports in sorted(made, key=lambda some: (some[0][0].day, some[0][0].event_id)):
        by = frozenset(_codes(reports, "actors"))
        recalled = all(_is_earlier(a.event) for a, _ in reports)
        before = (other for other in reversed(theirs[by]) if _is_same(reports, other, common, recalled=recalled))
        same = next(before, None)
        if same is not None:
            same += reports
        elif not all(_recalls(a.event) for a, _ in reports):
            told.append(list(reports))
            theirs[by].append(told[-1])
    found = [p for reports in told if (p := _promise(reports, acts, common, today))]
    return sorted(found, key=lambda p: (p.made.day, p.made.event_id), reverse=True)


def _codes(reports: Sequence[Report], side: Literal["actors", "recipients"]) -> set[str]:
    return {code for a, _ in reports for p in getattr(a.event, side) for code in p.codes}


def _is_same(reports: Sequence[Report], before: Sequence[Report], rarity: Rarity, *, recalled: bool) -> bool:
    """Whether reports tell again of a promise that the same party made before: "the 15 million that it promised"."""
    if reports[0][0].day - before[0][0].day > timedelta(days=_LONGEST if recalled else _LATE):
        return False
    to, theirs = _codes(reports, "recipients"), _codes(before, "recipients")
    if to and theirs and not to & theirs:
        return False
    least = _RECALLED if recalled else _REPEATED
    return any(
        _shared(content_of(x.event), content_of(y.event), x.event.lang == y.event.lang, rarity) >= least
        for x, _ in reports
        for y, _ in before
    )


def _promise(reports: Sequence[Report], acts: Sequence[Act], rarity: Rarity, today: date) -> Promise | None:
    """A promise told by some reports: the fullest of them tells what and until when."""
    first = [a for a, _ in reports if a.day == reports[0][0].day]
    made = next((a for a in first if _undertakes(a.event)), first[0])
    kinds = [kind for a, _ in reports if (kind := _promised(a.event))]
    dues = [due for a, written in reports if (due := _due(a.event, written or a.day))]
    until = any(_told(a.event).until for a, _ in reports)  # "paling lambat 30 Juni", "by June 30"
    act = max(sorted(set(kinds)), key=kinds.count) if kinds else ""
    due = min(dues, key=lambda d: (d[1] - d[0], d)) if dues else None
    by = tuple(sorted(_codes(reports, "actors")))
    to = tuple(sorted(_codes(reports, "recipients") - set(by)))
    if not by:
        return None
    words = frozenset(w for a, _ in reports for w in content_of(a.event))
    own = {a.story for a, _ in reports}
    last = max(due[1] if due else made.day, made.day + timedelta(days=_LONGEST))
    inside = slice(bisect_right(acts, made.day, key=_day), bisect_right(acts, last, key=_day))
    later = [a for a in acts[inside] if a.story not in own]
    outcome, met_by, why = _outcome(by, to, act, due, until, words, made, later, rarity, today)
    return Promise(made=made, by=by, to=to, act=act, due=due, outcome=outcome, met_by=met_by, why=why)


def _day(act: Act) -> date:
    return act.day


def _outcome(
    by: tuple[str, ...],
    to: tuple[str, ...],
    act: str,
    due: tuple[date, date] | None,
    until: bool,
    words: frozenset[str],
    made: Act,
    later: Sequence[Act],
    rarity: Rarity,
    today: date,
) -> tuple[Outcome, Act | None, str]:
    found: list[tuple[float, Act, Outcome]] = []
    keeps, vaguely = _KEEPS.get(act or made.event.type, {act}), _KEEPS[made.event.type] - {"CONSULT"}
    breaks = _BREAKS.get(act, set()) | _REFUSES[made.event.type]
    for other in later:
        if not _acts(other.event, by) or not _is_theirs(other.event, by, to):
            continue
        shared = _shared(words, content_of(other.event), other.event.lang == made.event.lang, rarity)
        unnamed = _REFUSED if other.event.type == "REJECT" and due else _UNNAMED
        if to and len(by) == 1 and not _names(other.event, to) and shared < unnamed:
            continue
        late = _REPORTED if other.event.date_why in INFERRED else timedelta()
        not_early = due is None or other.day >= due[0] - timedelta(days=_EARLY)
        in_time = due is not None and not_early and other.day <= due[1] + late
        ahead = until and due is not None and other.day < due[0] and shared >= _VAGUE
        timely, not_early = in_time or ahead or due is None, not_early or ahead
        around = due is not None and abs((other.day - due[1]).days) <= _LATE
        says = _told(other.event)
        if due and other.day > due[1] + timedelta(days=_LATE) and not (says.kept or says.broken):
            continue
        fits = other.event.type in keeps and not (other.event.type in PROMISES and _is_earlier(other.event))
        refused = (other.event.type in breaks and other.event.status == "actual") or (
            other.event.status == "denied" and fits
        )
        # A sentence that says so may tell more than the act: "as it had promised at talks in May".
        told = 1 + fits - (other.event.type in PROMISES)
        score, little = shared + _IN_TIME * in_time, _LITTLE if fits or not act else _KEPT
        recalled = refused and says.kept  # "menolak menyerahkan catatan yang dijanjikan"
        if shared >= little and (says.broken or recalled or (says.dropped and fits and act)):
            found.append((score + told, other, "broken"))
        elif says.kept and not says.dropped and shared >= little and other.event.status == "actual" and not_early:
            found.append((score + told, other, "kept"))
        elif (
            (fits or other.event.type in vaguely)
            and (act or due)
            and other.event.status == "actual"
            and timely
            and (score >= (_KEPT if act and fits else _VAGUE))
        ):
            found.append((score, other, "kept"))
        elif refused and due and shared >= (_REFUSED if around and other.event.type == "REJECT" else _BROKEN):
            found.append((score, other, "broken"))
    if found:
        # Of what one sentence tells, the act that was promised; a meeting beside an act only where one was.
        likely = keeps if act else keeps - {"CONSULT"}
        score, met_by, outcome = max(
            found, key=lambda f: (f[0], -f[1].day.toordinal(), f[1].event.type in likely, f[1].event_id)
        )
        met_by = _act_of(met_by, later, by, keeps)
        return outcome, met_by, f"{met_by.event.type.lower()}, {score:.2f}"
    if due and due[1] < today:
        return "lapsed", None, "due"
    return "open", None, "not_due" if due else "no_day"


def _act_of(told: Act, later: Sequence[Act], by: tuple[str, ...], kinds: Collection[str]) -> Act:
    """Of a report that a promise is kept, the act itself, if its article tells it: "menyerahkan kapal sesuai janji"."""
    if told.event.type not in PROMISES:
        return told
    same = (a for a in later if a.event.article_id == told.event.article_id and a.event.type in kinds)
    acts = [a for a in same if a.event.type not in PROMISES and a.event.status == "actual" and _acts(a.event, by)]
    return min(acts, key=lambda a: a.event.trigger.start, default=told)


class _Says(NamedTuple):
    """What a sentence says of promises: that one is kept or broken, that something is dropped, that one was made
    before, that there is a deadline."""

    kept: bool
    broken: bool
    dropped: bool
    recalled: bool
    until: bool


@cache
def _words(code: str, field: str) -> Phrases[None]:
    """The words of a field of the pack's claims."""
    return index([(None, getattr(lang.load(code).claims, field))])


def _told(event: Event) -> _Says:
    return _told_in(event.text, event.lang)


@lru_cache(maxsize=_SENTENCES)
def _told_in(text: str, code: str) -> _Says:
    lows = Tokens(text).lows
    fields = ("keeping", "breaking", "dropping", "recalling", "until")
    return _Says(*(any(_words(code, field).find(lows)) for field in fields))


def _recalls(event: Event) -> bool:
    """Whether the sentence tells of a promise that it was kept or broken: it was made before, "sesuai janji Moskow"."""
    says = _told(event)
    return says.kept or says.broken


def _is_earlier(event: Event) -> bool:
    """Whether the sentence tells of a promise made before: "yang dijanjikan Bangkok", "had given its word"."""
    return _recalls(event) or _told(event).recalled


def _undertakes(event: Event) -> bool:
    """Whether the event word undertakes something: "akan mengirim", not "kesepakatan"."""
    tokens = Tokens(event.text)
    start, end = (at - event.sentence_start for at in (event.trigger.start, event.trigger.end))
    near = [n for n in range(len(tokens)) if tokens.ends[n] > start and tokens.starts[n] < end]
    if not near:
        return False
    return any(promising(event.lang).find(tokens.lows[max(near[0] - _BESIDE, 0) : near[-1] + 2]))


def _acts(event: Event, by: tuple[str, ...]) -> bool:
    return any(code in by for p in event.actors for code in p.codes)


def _names(event: Event, codes: Sequence[str]) -> bool:
    return bool({code for p in (*event.actors, *event.recipients) for code in p.codes} & set(codes))


def _is_theirs(event: Event, by: tuple[str, ...], to: tuple[str, ...]) -> bool:
    """Whether those who promised act, and towards those they promised it to, as far as told."""
    actors = {code for p in event.actors for code in p.codes}
    all_ = actors | {code for p in event.recipients for code in p.codes}
    if len(by) > 1 or not to:
        return set(by) <= all_ or bool(set(by) & actors and len(by) == 1)
    # Who acts without a recipient may act towards anybody: the words must tell.
    return bool(set(by) & all_) and (bool(set(to) & all_) or (all_ == actors and len(actors) == 1))


def _shared(a: frozenset[str], b: frozenset[str], same_lang: bool, rarity: Rarity) -> float:
    if not same_lang:
        return 0.15 * min(rarity(a & b), 4)
    return rarity(a & b) / max(min(rarity(a), rarity(b)), 4)


def _promised(event: Event) -> str:
    """The type of what is promised: that of the event word, or of the next one after it in the sentence."""
    if event.lang not in lang.installed():
        return ""
    tokens = Tokens(event.text)
    at = event.trigger.start - event.sentence_start
    end = event.trigger.end - event.sentence_start
    last = max((n for n, start in enumerate(tokens.starts) if start < end), default=0)
    for cue in cues(tokens, event.lang, ()):
        kind, inside = cue.entry.type, tokens.starts[cue.start] < end
        if tokens.ends[cue.end - 1] <= at or kind in PROMISES:
            continue
        if inside or (kind in _KEEPS and cue.start <= last + _NEXT):
            return kind
    behind = Tokens(event.trigger.text.partition(" ")[2])  # "sepakat bertemu" is one phrase of the pack
    return "CONSULT" if any(c.entry.type == "CONSULT" for c in cues(behind, event.lang, ())) else ""


def _due(event: Event, written: date) -> tuple[date, date] | None:
    """The first interval named in the sentence that ends after the article was written.

    A month or day without its year is the next one where somebody undertakes something: "setuju ... mulai Maret".
    """
    if event.lang not in lang.installed():
        return None
    all_times = _times(event.text, event.lang, written.isoformat())
    all_times = [t for t in all_times if not _is_anothers(event, t)]
    times = [t for t in all_times if t.type in ("DATE", "TIME")]
    spans = [(t, date.fromisoformat(t.from_), date.fromisoformat(t.to)) for t in times if t.from_ and t.to]
    coming = next((_ends(event, t, first, last) for t, first, last in spans if last > written), None)
    coming = coming or next((due for t in all_times if (due := _within(event, t, written))), None)
    if coming or not _undertakes(event):
        return coming
    behind = event.trigger.end - event.sentence_start
    months = lang.load(event.lang).times.months
    for time, first, last in spans:
        words = Tokens(time.text).lows
        if time.start >= behind and months.keys() & set(words) and not any(len(w) == 4 and w.isdigit() for w in words):
            first = _next_year(first)  # noqa: PLW2901
            alone = any(w.isdigit() for w in words)
            last = first if alone else _next_year(last) if last < written else _month_end(first)  # noqa: PLW2901
            first, last = _ends(event, time, first, last)  # noqa: PLW2901
            return (first, last) if written < last and first <= written + timedelta(days=_COMING) else None
    return None


def _is_anothers(event: Event, time: Time) -> bool:
    """Whether a time is that of what is undertaken beside it: "meminta maaf dan berjanji membayar sebelum April"."""
    if _undertakes(event):
        return False
    between = Tokens(event.text[event.trigger.end - event.sentence_start : time.start]).lows
    joining = lang.load(event.lang).grammar.coordinators
    return any(hit.start and between[hit.start - 1] in joining for hit in promising(event.lang).find(between))


def _ends(event: Event, time: Time, first: date, last: date) -> tuple[date, date]:
    """When a promise ends that is due at a time, or before it."""
    before = Tokens(event.text[: time.start]).lows[-1:]
    day, pack = first - timedelta(days=1), lang.load(event.lang)
    opening = Tokens(time.text).lows[0]
    plain = opening.isdigit() or opening in pack.times.months  # not "before the end of the year"
    return (day, day) if plain and pack.claims.before & set(before) else (first, last)


_LENGTH = re.compile(r"P(\d+)([DWM])")
_DAYS = {"D": 1, "W": 7, "M": 30}


def _within(event: Event, time: Time, written: date) -> tuple[date, date] | None:
    """The days that a length of time leaves: "dalam 90 hari", "within a month"."""
    length = _LENGTH.fullmatch(time.value or "") if time.type == "DURATION" else None
    before = Tokens(event.text[max(time.start - 40, 0) : time.start]).lows[-_WITHIN:]
    if not length or not any(_words(event.lang, "within").find(before)):
        return None
    days = int(length[1]) * _DAYS[length[2]]
    return (written, written + timedelta(days=days)) if days <= _AGES else None


def _next_year(day: date) -> date:
    return day.replace(year=day.year + 1, day=min(day.day, 28) if day.month == 2 else day.day)


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


@lru_cache(maxsize=_SENTENCES)
def _times(text: str, code: str, anchor: str) -> list[Time]:
    return times_in(text, code, anchor)
