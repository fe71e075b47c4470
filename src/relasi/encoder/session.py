"""Weights on disk, checked, and run by ONNX Runtime."""

import hashlib
import json
import os
from collections.abc import Callable
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple, get_args

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from tokenizers import Tokenizer

from relasi.errors import DataError
from relasi.records import Kind, Status

KINDS: tuple[Kind, ...] = get_args(Kind)
TYPES = (
    *("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST"),
    *("ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
)
STATUSES: tuple[Status, ...] = get_args(Status)
ROLES = ("actor", "recipient", "said_by")
# What a name stands for; and what the model can be asked to look at.
NAMES = ("PER", "ORG", "LOC")
FOCUS = ("", "trigger", "source", "target")
# Pieces of a sentence that are read; the rest of a longer one is left out.
MOST = 160
FILES = ("lower.onnx", "upper.onnx", "judge.onnx", "whose.onnx", "relation.onnx", "tokenizer.json")

Floats = NDArray[np.float32]


class Seen(NamedTuple):
    """What the reader made of a sentence: h (pieces, wide) to look again from, x (pieces, wide) as read to the end, and
    scores of tags (pieces, tags)."""

    h: Floats
    x: Floats
    mention: Floats
    trigger: Floats


class Judged(NamedTuple):
    """Probabilities, a row for each pair of a trigger and a mention; all but those of roles are of the trigger alone.

    roles (pairs, roles), verdict (pairs, types + 1; the last: no event), status (pairs, statuses), mode (pairs,
    modes + 1; the first: none).
    """

    roles: Floats
    verdict: Floats
    status: Floats
    mode: Floats


class Encoder:
    """The model, loaded. It reads a sentence once, and again for each trigger that it looks at.

    A run takes one core; several threads may run it at once: so many as `threads`. It is sent to another process as the
    place of its weights, and loaded there.
    """

    def __init__(self, folder: Path) -> None:
        self.manifest = _checked(folder)
        self.modes: tuple[str, ...] = tuple(self.manifest["modes"])
        self.scale, self.shift = (float(self.manifest["calibration"][key]) for key in ("scale", "shift"))
        self.tokeniser = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.threads = os.cpu_count() or 1
        self._folder = folder
        self._lower, self._upper, self._judge, self._whose = (
            _session(folder / f"{part}.onnx") for part in ("lower", "upper", "judge", "whose")
        )

    @property
    def name(self) -> str:
        """The model by a short hash of its weights, as the store keeps who coded an article: `encoder:1a2b3c4d`."""
        sums = "".join(self.manifest["sha256"][name] for name in FILES)
        return f"encoder:{hashlib.sha256(sums.encode()).hexdigest()[:8]}"

    def calibrated(self, *, scale: float, shift: float) -> "Encoder":
        """The same model with another calibration."""
        return self._with(scale=scale, shift=shift)

    def on_threads(self, count: int) -> "Encoder":
        """The same model for so many threads at once."""
        return self._with(threads=count)

    def _with(self, **changed: float) -> "Encoder":
        other = object.__new__(type(self))
        vars(other).update(vars(self) | changed)
        return other

    def __reduce__(self) -> tuple[Callable[..., "Encoder"], tuple[object, ...]]:
        own = None if self._folder == _shipped() else self._folder  # another machine has it elsewhere
        return _loaded, (own, self.scale, self.shift, self.threads)

    def confidence(self, likely: float) -> float:
        """How often an event is right, type and parties, that the model gives this probability."""
        odds = np.clip(likely, 1e-6, 1 - 1e-6) / np.clip(1 - likely, 1e-6, 1)
        return float(1 / (1 + odds**-self.scale * np.exp(-self.shift)))

    def read(self, ids: list[int], cue: list[int], actor: list[int]) -> Seen:
        """Encode and tag a sentence given as pieces with the rules' hints."""
        h = self.lower(ids, cue, actor)
        plain = {"h": h[None], "focus": np.zeros((1, len(ids)), np.int64)}
        return Seen(h, *(each[0] for each in self._upper.run(["x", "mention", "trigger"], plain)))

    def lower(self, ids: list[int], cue: list[int], actor: list[int]) -> Floats:
        """Encode pieces with the rules' hints, as far as is done once: (pieces, wide)."""
        feeds = {"ids": ids, "cue": cue, "actor": actor}
        (h,) = self._lower.run(["h"], {k: np.array([v], np.int64) for k, v in feeds.items()})
        return np.asarray(h[0])

    def names(self, h: Floats) -> Floats:
        """Scores of the tags of persons, organisations and places (pieces, tags), from h (pieces, wide)."""
        (found,) = self._upper.run(["name"], {"h": h[None], "focus": np.zeros((1, len(h)), np.int64)})
        return np.asarray(found[0])

    def look(self, h: Floats, focus: NDArray[np.int64]) -> Floats:
        """Read on from h (pieces, wide) once for each row of focus (looks, pieces): (looks, pieces, wide)."""
        (x,) = self._upper.run(["x"], {"h": h[None], "focus": focus})
        return np.asarray(x)

    def judge(self, t: Floats, m: Floats, far: list[int]) -> Judged:
        """Judge pairs of a pooled trigger t and a pooled mention m, both (pairs, wide), at a distance (a bucket)."""
        feeds = {"t": t, "m": m, "far": np.array(far, np.int64)}
        return Judged(*self._judge.run(list(Judged._fields), feeds))

    def belongs(self, m: Floats, other: Floats, far: list[int]) -> Floats:
        """How likely pooled mentions m are of the state of other ones, both (pairs, wide), at a distance: (pairs,)."""
        (same,) = self._whose.run(["same"], {"m": m, "other": other, "far": np.array(far, np.int64)})
        return np.asarray(same)

    def relation(self, source: Floats, target: Floats, first: Floats) -> Floats:
        """Probabilities of the types, (types,), for a pair of pooled spans and the first piece, each (wide,)."""
        (types,) = _session(self._folder / "relation.onnx").run(
            ["types"], {"x": np.concatenate([source, target, first])[None]}
        )
        return np.asarray(types[0])


@cache
def _session(path: Path) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 1
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


@cache
def load(folder: Path | None = None) -> Encoder:
    """The model in a folder, by default the one shipped; DataError says what is missing or damaged, and what to do."""
    return Encoder(folder or _shipped())


def _shipped() -> Path:
    return Path(str(resources.files("relasi.encoder").joinpath("weights")))


def _loaded(folder: Path | None, scale: float, shift: float, threads: int) -> Encoder:
    return load(folder).calibrated(scale=scale, shift=shift).on_threads(threads)


def _checked(folder: Path) -> dict[str, Any]:
    advice = "install relasi again, or read with the rules alone: --coder rules"
    try:
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        for name in FILES:
            digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
            if manifest["sha256"][name] != digest:
                raise DataError(f"{folder / name} is damaged (its checksum is not the manifest's); {advice}")
        if missing := {"modes", "calibration"} - manifest.keys():
            raise KeyError(*missing)
    except (OSError, ValueError, KeyError) as error:
        raise DataError(
            f"the encoder's weights under {folder} are missing or unreadable ({error}); {advice}"
        ) from error
    return manifest
