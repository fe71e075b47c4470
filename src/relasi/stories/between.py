"""Reports between some states."""

from collections.abc import Sequence
from typing import Any

from relasi.store import Store


def between(codes: Sequence[str]) -> tuple[str, dict[str, Any]]:
    """SQL over `dyads`, and its values: reports of what happened between two states or more, of one, or all reports."""
    values = {f"code_{n}": code for n, code in enumerate(codes)}
    # By names of parameters, not by a list of codes, only the part of the table that has them is read.
    named = ", ".join(f"${name}" for name in values)
    if not codes:
        return "true", {}
    return f"a IN ({named}) {'AND' if len(set(codes)) > 1 else 'OR'} b IN ({named})", values


def reports(store: Store, codes: Sequence[str]) -> int:
    """How many there are, each as often as it has pairs."""
    condition, values = between(codes)
    return int(store.query(f"SELECT count(*) FROM dyads WHERE {condition}", values)[0][0])
