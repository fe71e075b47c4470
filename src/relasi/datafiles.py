"""YAML data files shipped with relasi, decoded into typed structures."""

from importlib.resources.abc import Traversable
from typing import TypeVar

import msgspec
import msgspec.yaml

from relasi.errors import DataError

T = TypeVar("T")


def decode(file: Traversable, kind: type[T]) -> T:
    """A YAML data file as `kind`; DataError names file and place where it breaks the schema."""
    try:
        return msgspec.yaml.decode(file.read_bytes(), type=kind)
    except (msgspec.MsgspecError, OSError) as error:
        raise DataError(f"{file}: {error}") from error
