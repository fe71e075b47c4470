"""What a page's address asks for: states by code or name, days, a period."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, Any, TypeVar

from fastapi import Query
from starlette.exceptions import HTTPException

from relasi.errors import InputError
from relasi.records import Record
from relasi.relations.select import Filter
from relasi.store import Store

Day = Annotated[date | None, Query()]
From = Annotated[date | None, Query(alias="from")]
To = Annotated[date | None, Query(alias="to")]


Part = TypeVar("Part")
YEARS = range(1000, 3000)


class Days(Record, frozen=True, kw_only=True):
    """The first and the last day that are asked for; None is open."""

    first: date | None
    last: date | None

    @property
    def since(self) -> str | None:
        return self.first.isoformat() if self.first else None

    @property
    def until(self) -> str | None:
        return self.last.isoformat() if self.last else None

    def filter(self, **wanted: Any) -> Filter:
        """A filter of events or stories of these days."""
        return Filter(since=self.since, until=self.until, **wanted)

    def holds(self, day: date | None) -> bool:
        """Whether a day is one of these; one that is not known is, where all are asked for."""
        return (self.first or date.min) <= day <= (self.last or date.max) if day else not (self.first or self.last)

    def query(self) -> str:
        """As the query of an address, beginning with `?`, or nothing."""
        given = [f"{name}={day}" for name, day in (("from", self.first), ("to", self.last)) if day]
        return "?" + "&".join(given) if given else ""


def days_of(first: date | None, last: date | None) -> Days:
    """Two days in their order; InputError if they are not, or in years that no record is of."""
    for name, day in (("from", first), ("to", last)):
        if day and day.year not in YEARS:
            raise InputError(name, f"{day} is not in the years {YEARS.start} to {YEARS.stop - 1}")
    if first and last and first > last:
        raise InputError("from", f"{first} is after to {last}")
    return Days(first=first, last=last)


def newest_day(store: Store) -> date | None:
    """The day of the newest article that is not dated after today."""
    sql = "SELECT max(date) FROM articles WHERE date <= $today"
    found: date | None = store.query(sql, {"today": date.today()})[0][0]
    return found


def latest(store: Store, length: int) -> Days:
    """So many days up to the newest article; open, if no article has a day."""
    last = newest_day(store)
    return Days(first=last - timedelta(days=length - 1) if last else None, last=last)


def part_of(parts: Mapping[str, Part], name: str) -> Part:
    """What makes a part of a page; HTTPException if there is none of that name."""
    if name not in parts:
        raise HTTPException(404, f"no part {name!r}; there are {', '.join(parts)}")
    return parts[name]
