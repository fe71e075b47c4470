"""What kind of file one is, by the names in its first line or by how many columns it has; and the SQL that reads it."""

from collections.abc import Sequence

import msgspec

from relasi.errors import InputError
from relasi.formats.files import Lines
from relasi.formats.layouts import LAYOUTS, Layout, plain

_TAB = "\t"
_BLOCK, _LANES = 2048, 2
_READ = "header=false, auto_detect=false, comment='', strict_mode=false, store_rejects=true, rejects_limit=0"


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A file whose kind is known: the names of its columns in order, and what stands between them.

    `quoted`: a column may stand in quotation marks, and may hold the end of a line. `spare`: how many tabs too many
    the first line ends in. A tab too many anywhere else would put the columns after it in wrong places.
    """

    file: Lines
    layout: Layout
    names: tuple[str, ...]
    between: str = _TAB
    quoted: bool = False
    spare: int = 0

    @property
    def json(self) -> bool:
        return self.layout.columns == ("line",)

    @property
    def rows(self) -> str:
        """SQL for the rows: `row` from 1 and `f`, the list of columns; or `line`, a JSON object.

        Who counts lines reads them one after another. So two read the file, and each parts every other block of its
        lines in columns, which takes longer by far.
        """
        path = str(self.file.path).replace("'", "''")
        if self.quoted:
            columns = ", ".join(f"'c{n}': 'VARCHAR'" for n in range(len(self.names)))
            listed = ", ".join(f"c{n}" for n in range(len(self.names)))
            return f"""
                SELECT row_number() OVER () AS row, [{listed}] AS f FROM read_csv('{path}', delim='{self.between}',
                    quote='"', escape='"', columns={{{columns}}}, {_READ})
            """
        told = "line" if self.json else "string_split(line, chr(9)) AS f"
        return " UNION ALL ".join(
            f"""
            SELECT row, {told} FROM (
                SELECT row_number() OVER () AS row, line FROM read_csv('{path}', delim='\x01', quote='', escape='',
                    new_line='\\n', columns={{'line': 'VARCHAR'}}, {_READ})
            ) WHERE row // {_BLOCK} % {_LANES} = {lane}
            """
            for lane in range(_LANES)
        )

    @property
    def fits(self) -> str:
        """Which rows are of this kind."""
        if self.json:
            return "CASE WHEN json_valid(line) THEN json_type(line) = 'OBJECT' ELSE false END"
        return f"{self._wide} AND NOT ({self._header})"

    @property
    def fault(self) -> str:
        """Why a row is not of this kind: a reason code."""
        if self.json:
            return f"""CASE WHEN trim(coalesce(line, '')) = '' THEN 'blank' WHEN NOT ({self.fits}) THEN 'no_json'
                WHEN coalesce(line->>'$.id', '') = '' THEN 'no_id' END"""
        at = next((n for n, name in enumerate(self.names, 1) if plain(name) == plain(self.layout.columns[0])), 1)
        return f"""CASE WHEN trim(coalesce(array_to_string(f, ''), '')) = '' THEN 'blank'
            WHEN {self._header} THEN 'header' WHEN NOT ({self._wide}) THEN 'columns'
            WHEN coalesce(f[{at}], '') = '' THEN 'no_id' END"""

    @property
    def _wide(self) -> str:
        """As many columns as names; or as many tabs as the first line has, which may end in some."""
        width = len(self.names)
        if not self.spare:
            return f"len(f) = {width}"
        return f"len(f) IN ({width}, {width + self.spare}) AND array_to_string(f[{width + 1}:], '') = ''"

    @property
    def _header(self) -> str:
        names = {self.layout.columns[0].lower(), self.names[0].lower(), plain(self.names[0])}
        return f"lower(f[1]) IN ({', '.join(repr(name) for name in sorted(names) if chr(39) not in name)})"


def recognise(dataset: str, file: Lines) -> Source:
    """What a file is; InputError says what was expected."""
    known = [x for x in LAYOUTS if x.dataset == dataset]
    if dataset == "plover":
        return Source(file=file, layout=known[0], names=("line",))
    head = [line for line in file.head if line.strip()]
    if not head:
        raise InputError(file.name, "the file is empty")
    between = "," if _TAB not in head[0] and "," in head[0] else _TAB
    quoted = between == "," or head[0].startswith('"')
    first = head[0].rstrip(_TAB)
    names = tuple(name.strip().strip('"') for name in first.split(between))
    for layout in known:
        if layout.needs and {plain(n) for n in layout.needs} <= {plain(n) for n in names}:
            spare = 0 if quoted else len(head[0]) - len(first)
            return Source(file=file, layout=layout, names=names, between=between, quoted=quoted, spare=spare)
    # Without names in the first line, the number of columns says what it is.
    widths = [len(line.split(_TAB)) for line in head]
    for layout in known:
        if not layout.headed and 2 * widths.count(len(layout.columns)) >= len(widths):
            return Source(file=file, layout=layout, names=layout.columns)
    raise InputError(file.name, f"{_wanted(dataset, known)}; its first line has {widths[0]} columns{_other(widths[0])}")


def _wanted(dataset: str, known: Sequence[Layout]) -> str:
    if known[0].headed:
        return f"this is no {dataset} file: its first line must name {', '.join(known[0].needs)}"
    return (
        f"this is no {dataset} file: it must have {' or '.join(str(len(x.columns)) for x in known)} columns with tabs"
    )


def _other(width: int) -> str:
    other = next((x.dataset for x in LAYOUTS if not x.headed and len(x.columns) == width), None)
    return f", as {other} has: relasi import {other} FILE" if other else ""
