"""A brief as a file: HTML that stands alone, Markdown with its picture beside it, or PDF."""

import base64
import re
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import jinja2
import msgspec
from markupsafe import Markup

from relasi.errors import InputError, RelasiError
from relasi.relations import PairRecord
from relasi.views.brief.page import Page
from relasi.views.picture import COLOURS, draw_pair

KINDS = (".html", ".md", ".pdf")
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~&$^=:@])")


def check(path: Path) -> str:
    """The kind of a file that a brief can be written to; InputError if it is none."""
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise InputError(path, f"unknown kind of brief {path.suffix!r}; known are {', '.join(KINDS)}")
    return kind


def write(page: Page, record: PairRecord, path: Path) -> None:
    """Write a brief; InputError if the file is of no known kind or cannot be written."""
    kind = check(path)
    try:
        if kind == ".md":
            beside = path.with_suffix(".svg")
            beside.write_bytes(_drawn(page, record))
            path.write_text(_fill("brief.md", page, picture=quote(beside.name)), encoding="utf-8")
        else:
            path.write_bytes(made(page, record, kind))
    except OSError as error:
        raise InputError(path, f"cannot be written: {error.strerror or error}") from error


def made(page: Page, record: PairRecord, kind: str) -> bytes:
    """A brief as one file, picture and all: `.html` or `.pdf`."""
    drawn = _drawn(page, record)
    if kind == ".pdf":
        return _pdf(page, drawn)
    inline = f"data:image/svg+xml;base64,{base64.b64encode(drawn).decode()}"
    return _fill("brief.html", page, picture=inline, colours=COLOURS).encode()


def _drawn(page: Page, record: PairRecord) -> bytes:
    with TemporaryDirectory() as folder:
        picture = Path(folder) / "picture.svg"
        draw_pair(record, picture, page.lang)
        return picture.read_bytes()


def _fill(name: str, page: Page, **values: object) -> str:
    escape = name.endswith(".html")
    made = jinja2.Environment(autoescape=escape, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters["md"] = _markdown
    made.globals["csp"] = Markup(_POLICY)
    return made.from_string(_template(name)).render(page=page, **values)


def _template(name: str) -> str:
    return resources.files("relasi.views.brief").joinpath(name).read_text(encoding="utf-8")


def _markdown(text: str) -> str:
    """Text in which no character is taken for a mark of Markdown or HTML."""
    return _MARKS.sub(r"\\\1", text)


def _pdf(page: Page, picture: bytes) -> bytes:
    """Typeset by Typst; the text is handed over as data, so that none of it is taken for markup."""
    try:
        import typst  # noqa: PLC0415  optional, and large
    except ImportError as error:
        raise RelasiError("a PDF needs typst; install it with: pip install 'relasi[pictures]'") from error
    with TemporaryDirectory() as folder:
        main = Path(folder, "brief.typ")
        main.write_text(_template("brief.typ"), encoding="utf-8")
        main.with_name("picture.svg").write_bytes(picture)
        return typst.compile(main, sys_inputs={"page": msgspec.json.encode(page).decode()})
