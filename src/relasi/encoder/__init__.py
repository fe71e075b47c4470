"""The small multilingual model: tokeniser, ONNX sessions, weights, manifest. It needs neither torch nor network."""

from relasi.encoder.session import (
    FILES,
    FOCUS,
    KINDS,
    MOST,
    NAMES,
    ROLES,
    STATUSES,
    TYPES,
    Encoder,
    Floats,
    Judged,
    Seen,
    load,
)

__all__ = [
    "FILES",
    "FOCUS",
    "KINDS",
    "MOST",
    "NAMES",
    "ROLES",
    "STATUSES",
    "TYPES",
    "Encoder",
    "Floats",
    "Judged",
    "Seen",
    "load",
]
