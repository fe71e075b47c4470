"""Charts as ECharts options, which the page's script draws.

Colours are names (`--q1`) that the script reads from the style.
"""

from collections.abc import Container, Iterable, Sequence
from datetime import date
from typing import Any

from relasi.relations import Brief, PairRecord
from relasi.relations.index import Point
from relasi.views.web.phrasing import Phrasing

Option = dict[str, Any]
# More points than this would stand in less than a pixel each.
MOST_POINTS = 1200


def index(record: PairRecord, view: Phrasing, beside: Sequence[Point] = (), name: str = "") -> Option:
    """The index of a pair with its band, turning points and main stories; another pair's line on demand."""
    points = thinned(record.points, {s.day for s in record.main} | {t.day for t in record.turns})
    low = [[str(p.day), p.low if p.index is not None else None] for p in points]
    width = [[str(p.day), round(p.high - p.low, 3) if p.high is not None and p.low is not None else None]
             for p in points]  # fmt: skip
    levels = {p.day: p.index for p in points if p.index is not None}
    band = {"type": "line", "stack": "band", "stackStrategy": "all", "symbol": "none", "silent": True,
            "lineStyle": {"opacity": 0}, "tooltip": {"show": False}}  # fmt: skip
    lines = [
        band | {"id": "low", "data": low},
        band | {"id": "band", "name": view.say("band"), "data": width, "areaStyle": {"color": "--band", "opacity": 1}},
        {
            "id": "index", "name": view.say("index"), "type": "line", "symbol": "none", "z": 3,
            "data": [[str(p.day), p.index] for p in points], "lineStyle": {"width": 2, "color": "--line"},
            "itemStyle": {"color": "--line"},
            "markLine": {
                "symbol": "none", "silent": True, "label": {"formatter": "{b}", "color": "--soft"},
                "lineStyle": {"color": "--turn", "type": "dashed"},
                "data": [{"name": str(n), "xAxis": str(t.day)} for n, t in enumerate(record.turns, 1)],
            },
        },
        {
            "id": "stories", "name": view.say("web_main"), "type": "scatter", "symbolSize": 9, "z": 5,
            "data": [_marker(s, levels.get(s.day), view) for s in record.main if s.day in levels],
        },
    ]  # fmt: skip
    if beside:
        other = {"id": "beside", "name": name, "type": "line", "symbol": "none", "z": 2,
                 "data": [[str(p.day), p.index] for p in thinned(beside)],
                 "lineStyle": {"width": 2, "color": "--other", "type": "dashed"},
                 "itemStyle": {"color": "--other"}}  # fmt: skip
        lines.append(other)
    return {
        "grid": {"left": 44, "right": 16, "top": 34, "bottom": 66},
        "legend": {"top": 2, "left": 40, "textStyle": {"color": "--ink"},
                   "data": [view.say("index"), view.say("web_main"), *([name] if beside else [])]},
        "tooltip": {"trigger": "axis", "renderMode": "richText", "order": "seriesDesc"},
        "xAxis": {"type": "time", "axisLine": {"onZero": False}},
        "yAxis": {"type": "value", "min": -10, "max": 10, "interval": 5},
        "dataZoom": [{"type": "slider", "bottom": 8, "height": 26, "filterMode": "none"},
                     {"type": "inside", "filterMode": "none", "zoomOnMouseWheel": "ctrl"}],
        "series": lines,
    }  # fmt: skip


def thinned(points: Sequence[Point], kept: Container[date | None] = ()) -> list[Point]:
    """Points of a line so long that a chart cannot show each day: every so many, the last, and those of some days."""
    step = max(-(-len(points) // MOST_POINTS), 1)
    return [p for n, p in enumerate(points) if n % step == 0 or n == len(points) - 1 or p.day in kept]


def _marker(story: Brief, level: float | None, view: Phrasing) -> Option:
    """A story on the line; a click opens it."""
    return {
        "value": [str(story.day), level],
        "name": f"{view.type(story.type)}: {view.text(story.event.text, 90)}",
        "itemStyle": {"color": f"--q{view.quad(story.type)}", "borderColor": "--paper", "borderWidth": 1.5},
        "href": view.path("story", story.id),
    }


def periods(record: PairRecord, view: Phrasing) -> Option:
    """Stories by quad class in each period: cooperation above the line, conflict below; under it the articles read."""
    starts = [_short(str(p.first), record.unit) for p in record.periods]
    bars = [
        {
            "name": name, "type": "bar", "stack": "stories", "itemStyle": {"color": f"--q{quad}"},
            "data": [(1 if quad < 3 else -1) * n if n else None for n in (p.stories[quad - 1] for p in record.periods)],
        }
        for quad, name in view.quads().items()
    ]  # fmt: skip
    read = {"name": view.say("articles"), "type": "bar", "xAxisIndex": 1, "yAxisIndex": 1,
            "itemStyle": {"color": "--rule"}, "data": [p.articles for p in record.periods]}  # fmt: skip
    return {
        "grid": [{"left": 52, "right": 12, "top": 58, "bottom": 84},
                 {"left": 52, "right": 12, "height": 32, "bottom": 26}],
        "legend": {"top": 2, "textStyle": {"color": "--ink"}},
        "tooltip": {"trigger": "axis", "renderMode": "richText", "axisPointer": {"type": "shadow"}},
        "axisPointer": {"link": [{"xAxisIndex": "all"}]},
        "xAxis": [{"type": "category", "data": starts, "axisLabel": {"show": False}, "axisTick": {"show": False}},
                  {"type": "category", "data": starts, "gridIndex": 1}],
        "yAxis": [{"type": "value", "minInterval": 1},
                  {"type": "value", "minInterval": 1, "gridIndex": 1, "splitNumber": 1, "splitLine": {"show": False}}],
        "series": [*bars, read],
        "magnitude": True,  # conflict is drawn downwards, and is no number below zero
    }  # fmt: skip


def _short(day: str, unit: str) -> str:
    return day[: {"year": 4, "month": 7}.get(unit, 10)]


def world_map(values: dict[str, float], names: dict[str, str], view: Phrasing, *, toward: str | None) -> Option:
    """States shaded: by activity, or by the index towards one of them."""
    most = max((abs(v) for v in values.values()), default=1.0) or 1.0
    scale: Option = (
        {"min": -10, "max": 10, "inRange": {"color": ["--q4", "--q3", "--land", "--q1", "--q2"]}}
        if toward
        else {"min": 0, "max": most, "inRange": {"color": ["--land", "--q1", "--q2"]}}
    )
    data = [{"name": code, "value": value, "label": names[code], "href": view.path("state", code)}
            for code, value in values.items()]  # fmt: skip
    if toward:
        data.append({"name": toward, "label": names.get(toward, toward), "itemStyle": {"areaColor": "--chosen"},
                     "href": view.path("state", toward)})  # fmt: skip
    return {
        "map": "world",
        "tooltip": {"trigger": "item", "renderMode": "richText"},
        "visualMap": scale | {"left": 8, "bottom": 8, "calculable": False, "itemHeight": 70,
                              "precision": 1 if toward else 0, "textStyle": {"color": "--soft"},
                              "outOfRange": {"color": "--land"}},
        "series": [{
            "type": "map", "map": "world", "roam": True, "scaleLimit": {"min": 1, "max": 12}, "data": data,
            "nameProperty": "name", "selectedMode": False, "top": 8, "bottom": 8,
            "itemStyle": {"areaColor": "--land", "borderColor": "--paper", "borderWidth": 0.5},
            "emphasis": {"label": {"show": False}, "itemStyle": {"areaColor": "--chosen"}},
        }],
    }  # fmt: skip


def spark(values: Iterable[float]) -> str:
    """The points of a small line, in a box of 100 by 24; the middle is zero."""
    given = list(values)
    most = max((abs(v) for v in given), default=0) or 1.0
    step = 100 / max(len(given) - 1, 1)
    return " ".join(f"{n * step:.1f},{12 - 11 * v / most:.1f}" for n, v in enumerate(given))
