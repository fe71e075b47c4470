"""The small multilingual model: tokeniser, ONNX sessions, weights, manifest. It needs neither torch nor network."""

from relasi.encoder.session import KINDS, MOST, ROLES, STATUSES, TYPES, Encoder, Seen, load

__all__ = ["KINDS", "MOST", "ROLES", "STATUSES", "TYPES", "Encoder", "Seen", "load"]
