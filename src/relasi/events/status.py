"""Did it happen? Words before an event word make it denied, planned or hypothetical, and may change its type."""

from functools import cache

from relasi.events.clauses import Clauses
from relasi.events.triggers import Cue
from relasi.lang import load
from relasi.lang.schema import StatusClass, StatusRule
from relasi.phrases import Phrases, index
from relasi.records import Status

# After the annotation guide: a future meeting, aid, support or trade is AGREE, a future withdrawal CONCEDE, a future
# attack or arrest THREATEN, all of them actual: the saying of it happened. Others stay what they are, planned.
_FUTURE = {
    "CONSULT": "AGREE",
    "SUPPORT": "AGREE",
    "COOPERATE": "AGREE",
    "AID": "AGREE",
    "AGREE": "AGREE",
    "RETREAT": "CONCEDE",
    "CONCEDE": "CONCEDE",
    "ASSAULT": "THREATEN",
    "THREATEN": "THREATEN",
}
_FAR = 8  # a rule that reaches this far may reach over an actor: "jika Israel menyerang"


@cache
def status_words(lang: str, *, after: bool = False) -> Phrases[StatusRule]:
    """The status words of a language; `after`: those that stand behind a noun."""
    return index((rule, rule.forms) for rule in load(lang).status if rule.after == after)


@cache
def _farthest(lang: str) -> int:
    """How far the rule reaches that reaches farthest."""
    return max(rule.reach for rule in load(lang).status)


def status_of(cue: Cue, clauses: Clauses, lang: str) -> tuple[str, Status]:
    """The event's type and status, given the words that stand before its trigger."""
    classes = classes_before(cue, clauses, lang)
    kind = cue.entry.type
    if "denial" in classes or "negation" in classes:
        return kind, "denied"
    if "hypothetical" in classes:
        return kind, "hypothetical"
    if "future" in classes:
        return (_FUTURE[kind], "actual") if kind in _FUTURE else (kind, "planned")
    return kind, "actual"


def classes_before(cue: Cue, clauses: Clauses, lang: str) -> set[StatusClass]:
    """The classes of status words that reach an event word."""
    rules, tokens, words = status_words(lang), clauses.tokens, clauses.words
    classes = classes_behind(cue, clauses)
    farthest = _farthest(lang)
    # "gagal menghentikan serangan" denies the stopping, "belum menanggapi soal serangan" the answer
    walls = frozenset() if cue.finite else words.stopping | (words.prepositions - words.locative)
    distance, crossed = 0, False
    for at in range(cue.start - 1, -1, -1):
        word, low = tokens.words[at], tokens.lows[at]
        if at in clauses.ending:
            crossed = True
        for hit in rules.at(tokens.lows, at) if distance <= farthest and low in rules else ():
            if hit.end <= cue.start and distance <= hit.value.reach and (not crossed or hit.value.reach >= _FAR):
                classes.add(hit.value.status)
                break
        if low in words.that:  # "tidak benar bahwa"
            before = (hit for start in range(max(at - 3, 0), at) for hit in rules.at(tokens.lows, start))
            classes |= {hit.value.status for hit in before if hit.end == at + 1}
            break
        if low in words.contrast or low in walls or word in ".;:" or (word in '"“”' and clauses.quoted[at]):
            break
        other = clauses.cue_at.get(at)
        if low not in words.light and not (other and other.start < at):
            distance += 1
        if word == ",":
            distance += 3
    return classes


def classes_behind(cue: Cue, clauses: Clauses) -> set[StatusClass]:
    """The classes of what is said of a noun behind it, up to the next verb."""
    classes: set[StatusClass] = set()
    lows, rules = clauses.tokens.lows, status_words(clauses.lang, after=True)
    for at in range(cue.end, len(lows) if not cue.finite else cue.end):
        other = clauses.cue_at.get(at)
        if (other and other.finite) or clauses.tokens.words[at] in ".;:,":
            break
        classes |= {hit.value.status for hit in rules.at(lows, at) if at - cue.end <= hit.value.reach}
    return classes
