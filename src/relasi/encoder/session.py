"""Weights on disk, checked, and run by ONNX Runtime."""

import hashlib
import json
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
# Pieces of a sentence that are read; the rest of a longer one is left out.
MOST = 160
_FILES = ("reader.onnx", "pairs.onnx", "tokenizer.json")

Floats = NDArray[np.float32]


class Seen(NamedTuple):
    """What the reader made of a sentence: x (pieces, wide), tag scores (pieces, tags)."""

    x: Floats
    mention: Floats
    trigger: Floats


class Encoder:
    """The model, loaded. `tokeniser` splits, `read` encodes and tags, `pairs` gives roles and status.

    A run takes one core; several threads may run it at once.
    """

    def __init__(self, folder: Path) -> None:
        self.manifest = _checked(folder)
        self.tokeniser = Tokenizer.from_file(str(folder / "tokenizer.json"))
        options = ort.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = 1
        self._reader = ort.InferenceSession(str(folder / "reader.onnx"), options, providers=["CPUExecutionProvider"])
        self._pairs = ort.InferenceSession(str(folder / "pairs.onnx"), options, providers=["CPUExecutionProvider"])

    def read(self, ids: list[int], cue: list[int], actor: list[int]) -> Seen:
        """Encode and tag a sentence given as pieces with the rules' hints."""
        feeds = {"ids": ids, "mask": [1] * len(ids), "cue": cue, "actor": actor}
        run = self._reader.run(["x", "mention", "trigger"], {k: np.array([v], np.int64) for k, v in feeds.items()})
        return Seen(*(each[0] for each in run))

    def pairs(self, *, t: Floats, m: Floats, **numbers: list[int]) -> tuple[Floats, Floats]:
        """Probabilities of roles (pairs, roles) and of status (pairs, statuses), for pooled triggers t and mentions m.

        `numbers`, one a pair: `kind` of the trigger and `far`, the bucket of the distance.
        """
        feeds = {"t": t, "m": m} | {name: np.array(values, np.int64) for name, values in numbers.items()}
        roles, status = self._pairs.run(["roles", "status"], feeds)
        return roles, status


@cache
def load(folder: Path | None = None) -> Encoder:
    """The model in a folder, by default the one shipped; DataError says what is missing or damaged, and what to do."""
    return Encoder(folder or Path(str(resources.files("relasi.encoder").joinpath("weights"))))


def _checked(folder: Path) -> dict[str, Any]:
    advice = "install relasi again, or read with the rules alone: --coder rules"
    try:
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        for name in _FILES:
            digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
            if manifest["sha256"][name] != digest:
                raise DataError(f"{folder / name} is damaged (its checksum is not the manifest's); {advice}")
    except (OSError, ValueError, KeyError) as error:
        raise DataError(
            f"the encoder's weights under {folder} are missing or unreadable ({error}); {advice}"
        ) from error
    return manifest
