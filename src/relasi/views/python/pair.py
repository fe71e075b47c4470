"""The relation of two states, as tables, as a picture and as a summary for notebooks."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from relasi.relations import PairRecord, Period, Point
from relasi.relations.origins import Foreign
from relasi.relations.select import Story
from relasi.relations.turning import Turn
from relasi.views.python.frames import flat_of
from relasi.views.python.kept import plain_rows, stories_of
from relasi.views.python.marked import safe, say_of_display, ui_of_display
from relasi.views.python.result import Result
from relasi.views.rows import PeriodRow, period_row
from relasi.views.texts import state_name


class Pair:
    """What is known of two states: periods with three counts and the index, the index a day, turns and stories.

    `record` is the whole of it as a frozen record (`relasi.relations.PairRecord`).
    """

    def __init__(self, record: PairRecord, stories: Sequence[Story]) -> None:
        self.record, self._stories = record, stories

    @cached_property
    def periods(self) -> Result[Period]:
        """A row a period: articles read, reports, one a day and stories by quad class 1 to 4, and the index."""
        rows = [period_row(self.record, period) for period in self.record.periods]
        shown = ("first", "last", "articles", *(f"stories_{quad}" for quad in (1, 2, 3, 4)), "index", "low", "high")
        return Result(self.record.periods, lambda: flat_of(PeriodRow, rows), shown=shown)

    @property
    def points(self) -> Result[Point]:
        """The index of every day, its band and its parts; null on days before which nothing was read."""
        return plain_rows(self.record.points, Point.__struct_fields__)

    @property
    def turns(self) -> Result[Turn]:
        """Turning points: first day of a new level, mean weekly value before and after, ids of the stories behind."""
        return plain_rows(self.record.turns, Turn.__struct_fields__)

    @property
    def stories(self) -> Result[Story]:
        """The stories of the two in your own record, newest first; none if only other data sets are asked for."""
        return stories_of(self._stories)

    @property
    def imported(self) -> Result[Foreign]:
        """The newest events of other data sets, as far as they are asked for."""
        return plain_rows(self.record.imported, Foreign.__struct_fields__)

    def draw(self, path: str | Path, lang: str = "en") -> Path:
        """Draw it to a PNG, PDF or SVG file: stories by period, the index with its band, what was read."""
        from relasi.views.picture import draw_pair  # noqa: PLC0415  matplotlib is optional and slow to load

        draw_pair(self.record, Path(path), lang)
        return Path(path)

    def __repr__(self) -> str:
        return f"<Pair: {self.record.a} and {self.record.b}, {len(self.periods)} x {self.record.unit}>"

    def _repr_html_(self) -> str:
        say, record = say_of_display(), self.record
        lang = ui_of_display()
        names = {side: state_name(code, lang) for side, code in (("a", record.a), ("b", record.b))}
        told = say("python_pair", **names, stories=sum(record.types.values()), reports=record.reports)
        return f"<p>{safe(told)}</p>{self.periods._repr_html_()}<p>{safe(say('index_note'))}</p>"
