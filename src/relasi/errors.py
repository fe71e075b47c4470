"""Errors that a user can act on: what was given, what was allowed or tried, what to do next."""

from pathlib import Path


class RelasiError(Exception):
    """Base of all errors that relasi raises on purpose; the CLI prints them without a traceback."""


class InputError(RelasiError):
    """A file, or one line of it, cannot be read. The rest of the input goes on."""

    def __init__(self, path: str | Path, reason: str, line: int | None = None) -> None:
        super().__init__(str(path), reason, line)
        self.path, self.reason, self.line = str(path), reason, line

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.reason}" if self.line else f"{self.path}: {self.reason}"


class StoreError(RelasiError):
    """The store cannot be opened, written, or has another schema version."""


class RefusedError(StoreError):
    """What was to be written breaks a rule of the store; nothing of it was written."""


class DataError(RelasiError):
    """A data file of relasi itself (world tables, language pack) breaks its schema."""


class UnknownStateError(RelasiError):
    """A code or name given by the user is no state or body that relasi knows."""
