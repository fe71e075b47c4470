"""What a state does over time: its stories by quad class."""

from datetime import date
from typing import Any, Literal

from relasi.records import Record
from relasi.store import Store
from relasi.views.web.pages.asked import Days
from relasi.views.web.phrasing import Phrasing

Unit = Literal["day", "week", "month", "year"]
# The longest time, in days, that is shown by each unit.
_UNITS: tuple[tuple[int, Unit], ...] = ((45, "day"), (400, "week"), (3_000, "month"))
_COUNTS = """
    SELECT date_trunc($unit, s.day)::DATE AS start, t.quad, count(*) FROM stories s JOIN types t USING (type)
    WHERE s.status = 'actual' AND list_contains(s.actor_codes || s.recipient_codes, $code)
        AND s.day IS NOT NULL AND s.last_day - s.day <= 31
        AND coalesce(s.day >= $first, true) AND coalesce(s.day <= $last, true)
    GROUP BY ALL ORDER BY start
"""
_STARTS = """
    SELECT unnest(generate_series(date_trunc($unit, $begin::DATE), date_trunc($unit, $end::DATE),
        CASE $unit WHEN 'day' THEN INTERVAL 1 DAY WHEN 'week' THEN INTERVAL 7 DAY
            WHEN 'month' THEN INTERVAL 1 MONTH ELSE INTERVAL 1 YEAR END))::DATE
"""


class Activity(Record, frozen=True, kw_only=True):
    """Stories that happened by quad class 1 to 4, for each start of a unit of time, without gaps."""

    unit: Unit
    counts: dict[date, list[int]]


def activity(store: Store, code: str, days: Days, begin: date | None, end: date | None) -> Activity:
    """The stories of a state between its first and last day in a time."""
    if begin is None or end is None:
        return Activity(unit="month", counts={})
    length = (end - begin).days
    unit: Unit = next((unit for most, unit in _UNITS if length <= most), "year")
    starts = store.query(_STARTS, {"unit": unit, "begin": begin, "end": end})
    counts = {start: [0] * 4 for (start,) in starts}
    for start, quad, count in store.query(
        _COUNTS, {"unit": unit, "code": code, "first": days.first, "last": days.last}
    ):
        counts[start][quad - 1] = count
    return Activity(unit=unit, counts=counts)


def chart(found: Activity, view: Phrasing) -> dict[str, Any]:
    """Cooperation above the line, conflict below."""
    series = [
        {
            "name": name, "type": "bar", "stack": "stories", "itemStyle": {"color": f"--q{quad}"},
            "data": [(1 if quad < 3 else -1) * n[quad - 1] if n[quad - 1] else None for n in found.counts.values()],
        }
        for quad, name in view.quads().items()
    ]  # fmt: skip
    length = {"year": 4, "month": 7}.get(found.unit, 10)
    return {
        "grid": {"left": 44, "right": 16, "top": 58, "bottom": 28},
        "legend": {"top": 2, "textStyle": {"color": "--ink"}},
        "tooltip": {"trigger": "axis", "renderMode": "richText", "axisPointer": {"type": "shadow"}},
        "xAxis": {"type": "category", "data": [str(start)[:length] for start in found.counts]},
        "yAxis": [{"type": "value", "minInterval": 1}],
        "series": series,
        "magnitude": True,  # conflict is drawn downwards, and is no number below zero
    }
