"""Datelines, whose places and agencies are no actors: "JAKARTA, Kompas.com - "."""

from relasi.mentions.scan import Scan
from relasi.phrases import Hit
from relasi.world import Name

_ENDS = ([","], ["("], ["-"], ["–"], ["—"])


def past_dateline(scan: Scan) -> int:
    """The token after the dateline of an article's first sentence; 0 if there is none."""
    tokens, text = scan.tokens, scan.sentence.text
    if scan.sentence.number > 0:
        return 0
    match = next((m for m in (pattern.match(text) for pattern in scan.words.datelines) if m), None)
    if match is None:
        return 0
    body = sum(end <= match.end() for end in tokens.ends)
    first = next((at for at in range(body) if tokens.words[at] in (",", "(")), body)
    named = (hit for hit in scan.names.values() if hit.start < body)
    if any(at < first for at in scan.heads) or not all(_may_stand(scan, first, hit) for hit in named):
        return 0  # "Rusia - Ukraina berunding"
    return body


def _may_stand(scan: Scan, first: int, hit: Hit[Name]) -> bool:
    """Whether a name may stand in a dateline whose town ends at a token: a town, a state in capitals, an agency."""
    word, sort = scan.tokens.words[hit.start], hit.value.sort
    shouted = sort == "state" and word.isupper() and len(word) > 3
    opens = sort in ("capital", "region") or shouted or hit.value.kind == "company"
    return opens or (first < hit.start and _is_outlet(scan, first, hit))


def _is_outlet(scan: Scan, first: int, hit: Hit[Name]) -> bool:
    """Whether a name is part of what follows the town in a dateline: "DAKAR, Senegal (Warta Dakar) -"."""
    words = scan.tokens.words
    return "(" in words[first : hit.start] or (hit.value.sort == "state" and words[hit.end : hit.end + 1] in _ENDS)
