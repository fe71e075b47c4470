"""Near-copies: articles that share most of their runs of words, as reprints of one agency's text do."""

from collections.abc import Iterator

from rensa import RMinHash

from relasi.phrases import Tokens

# Articles whose smaller set of runs is to this part in the other's are copies: a reprint may be cut or lead in anew.
COPY = 0.6
# Copies appear within so many days of each other.
DAYS = 4
_RUN = 3  # words
_ROWS, _BANDS = 3, 32
_SEED = 7
_LONGEST = 1500  # words of an article that are compared
_FEWEST = 12  # runs; a text of fewer is too short to tell

# What a sketch is made by, and of what; sketches of another algorithm cannot be compared with ours.
ALGORITHM = f"rensa-r2-{_ROWS}x{_BANDS}-{_RUN}-prose"


def runs(text: str) -> frozenset[str]:
    """Every run of three words of a text, in lower case; marks do not count."""
    words = [word for word in Tokens(text).lows[:_LONGEST] if word[0].isalnum()]
    return frozenset(" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))


def bands(found: frozenset[str]) -> Iterator[int]:
    """Numbers of which two texts have one in common if they are alike (MinHash, in bands); none for short texts."""
    if len(found) < _FEWEST:
        return
    sketch = RMinHash(num_perm=_ROWS * _BANDS, seed=_SEED)
    sketch.update(sorted(found))
    digest = sketch.digest()
    for band in range(_BANDS):
        number = band
        for value in digest[band * _ROWS : (band + 1) * _ROWS]:
            number = (number * 0x9E3779B97F4A7C15 + value + 1) % (1 << 63)
        yield number


def is_copy(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether most runs of the shorter text stand in the other."""
    return len(one & other) >= COPY * max(min(len(one), len(other)), 1)
