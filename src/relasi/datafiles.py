"""Data files shipped with relasi, YAML or lines of JSON, decoded into typed structures."""

from importlib.resources.abc import Traversable
from typing import TypeVar

import msgspec
import msgspec.json
import msgspec.yaml

from relasi.errors import DataError

T = TypeVar("T")


def decode(file: Traversable, kind: type[T]) -> T:
    """A YAML data file as `kind`; DataError names file and place where it breaks the schema."""
    try:
        return msgspec.yaml.decode(file.read_bytes(), type=kind)
    except (msgspec.MsgspecError, OSError) as error:
        raise DataError(f"{file}: {error}") from error


def decode_lines(file: Traversable, kind: type[T]) -> tuple[T, ...]:
    """A file with a JSON object a line, and comments behind #; for long tables, which YAML takes long to read."""
    decoder = msgspec.json.Decoder(kind)
    found = []
    for number, line in enumerate(file.read_bytes().splitlines(), 1):
        if line.startswith(b"#"):
            continue
        try:
            found.append(decoder.decode(line))
        except msgspec.MsgspecError as error:
            raise DataError(f"{file}, line {number}: {error}") from error
    return tuple(found)
