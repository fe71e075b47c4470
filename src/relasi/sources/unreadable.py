"""Why an input cannot be read."""

from relasi.records import Fault


class UnreadableError(Exception):
    """One input, or one line or record of it, cannot be read; `kind` is a short code for counting."""

    def __init__(self, reason: str, line: int | None = None, kind: str = "unreadable") -> None:
        super().__init__(reason, line, kind)
        self.reason, self.line, self.kind = reason, line, kind

    def fault(self, path: str, line: int | None = None) -> Fault:
        """The same as a record: which input, and where in it."""
        return Fault(path=path, reason=self.reason, line=self.line or line, kind=self.kind)
