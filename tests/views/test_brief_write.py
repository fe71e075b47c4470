"""Briefs as files: what strangers wrote is never markup, a link or code in them; the same record, the same file."""

import re
import shutil
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from msgspec.structs import replace

from relasi.records import Figure, Mention
from relasi.relations import relate
from relasi.stories import fuse
from relasi.views.brief import write
from relasi.views.brief.words import parts
from relasi.views.texts import plain
from tests.conftest import event, party
from tests.views.conftest import add, brief, by, fused, items

LINES = "\n\n# Judul\n\n    kode\n\n- butir\n\n---\n\n```\nk\n```\n\n<div>\n\n1. satu\n"
HTML = "<script>alert(1)</script></style><img src=x onerror=y>\" id=\"x' id='x &lt; <!--"
MARKDOWN = "[a](javascript:x) ![g](https://b.example) <https://b.example> **b** `k` ~~c~~"
TYPST = '#panic("") #import "@preview/a:1.0.0" $x^2$ @s1 <b> //'
CONTROL = "\x1b[31m\x00\x07\x9b\u202ehsab\u202c \u2066i\u2069"
EVIL = LINES + HTML + MARKDOWN + TYPST + CONTROL
LONG = "x" * 100_000
OWN_TAGS = "html head meta title style body header section footer h1 h2 p img div span strong a blockquote mark ol li"
OWN_NAMES = "lang charset http-equiv content name class aria-label src alt href id rel"
VOID = {"meta", "img", "link"}
MARKS = {"html_block", "code_inline", "code_block", "fence", "hr", "s_open", "table_open"}
URLS = {
    "javascript:alert(1)": False,
    "JavaScript:alert(1)//https://a.example": False,
    "data:text/html,<script>": False,
    "https://a.example/\n\n# Judul": False,
    "https://a.example/>)<b>": False,
    'https://a.example/" onclick="x': False,
    "https://a.example/\u202elmth": False,
    f"https://a.example/{LONG}": False,
    "https://a.example/a_b*c*(d)[e]?x=1&y=~": True,
    "HTTP://a.example/é#x": True,
}


class Read(HTMLParser):
    """An HTML page: its elements with their attributes, its text; every element must be closed in its place."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data

    def handle_comment(self, data):
        raise AssertionError(data)

    def all(self, name: str) -> list[str | None]:
        return [attrs[name] for _, attrs in self.found if name in attrs]


def _minister(article: str, name: str) -> Mention:
    who = {"kind": "person", "code": "RUS", "codes": ("RUS",), "sector": "GOV", "office": "foreign_minister"}
    text = f"Menlu Rusia {name}"
    return Mention(article_id=article, text=text, start=0, end=len(text), name=name, why="title_and_state", **who)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Everything that strangers write, in every place that a brief shows."""
    who = party("", text=EVIL, name=EVIL, kind="person", codes=())
    spoken = {"said_by": (who, replace(who, kind="other", name=None))}
    act = by(f"{EVIL}membantu{EVIL}", "membantu", "AID", "RUS", "IRN", **spoken)
    whole = event("AID", "IRN", "RUS", text=EVIL)
    denied = by(f"Rusia membantah membantu Iran {EVIL}", "membantu", "AID", "RUS", "IRN", status="denied")
    long = by(f"{LONG} {EVIL} mengancam{LONG}", "mengancam", "THREATEN", "RUS", "IRN")
    number = {"measure": "trade", "codes": ("IRN", "RUS"), "value": 1e300, "unit": EVIL, "change": None}
    with fused(tmp_path_factory.mktemp("jahat") / "relasi.duckdb") as opened:
        for n, url in enumerate(URLS):
            article = {"url": url, "title": EVIL if n % 2 else None, "source": EVIL + str(n)}
            some = (
                denied if n == 3 else replace(whole, trigger=replace(whole.trigger, end=len(EVIL))) if n == 4 else act
            )
            add(opened, f"{EVIL}{n}", f"2024-0{n % 9 + 1}-10", some, **article)
        add(opened, "panjang", "2024-06-02", long, title=LONG, source=LONG)
        for n, name in enumerate((f"Sergei Petrov {EVIL}", "Oleg Ivanov\n\n# **b** <b>")):
            minister = _minister(f"m{n}", name)
            text = f"{minister.text} datang ke sini hari ini untuk bertemu."
            add(opened, f"m{n}", "2024-06-01", mentions=[minister], text=text)
        text = f"{EVIL.strip()} angka {EVIL}"
        figures = [
            Figure(article_id="angka", text=EVIL, start=text.index("angka"), end=text.index("angka") + 5, **number)
        ]
        add(opened, "angka", "2024-06-01", text=text, figures=figures)
        opened.query("UPDATE articles SET lang = ? WHERE id = 'angka'", [HTML])
        fuse(opened)
        yield opened


@pytest.fixture(scope="module")
def files(store, tmp_path_factory):
    """The brief in all kinds, written twice; the picture is drawn once, which takes long enough."""
    folder, made = tmp_path_factory.mktemp("berkas"), brief(store)
    record, drawn = relate(store, "RUS", "IRN"), {}
    module = sys.modules["relasi.views.brief.write"]
    draw = module.draw_pair

    def once(record_, path, ui):
        if not drawn:
            draw(record_, path, ui)
            drawn["svg"] = path.read_bytes()
        path.write_bytes(drawn["svg"])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "draw_pair", once)
        for day, name in enumerate(("satu dua", "lagi/satu dua")):
            patch.setenv("SOURCE_DATE_EPOCH", str(day * 86400))
            (folder / name).parent.mkdir(exist_ok=True)
            for kind in (".html", ".md", ".PDF"):
                write(made, record, (folder / name).with_suffix(kind))
    return made, folder


def test_the_record_is_written_the_same_twice(files):
    _, folder = files
    for path in folder.glob("satu*"):
        assert path.read_bytes() == (folder / "lagi" / path.name).read_bytes()
    assert {path.suffix for path in folder.glob("satu*")} == {".html", ".md", ".svg", ".PDF"}


def test_the_html_stands_alone_and_has_only_elements_of_its_own(files):
    made, folder = files
    page = Read((folder / "satu dua.html").read_text(encoding="utf-8"))
    assert {tag for tag, _ in page.found} == set(OWN_TAGS.split())
    names = {name for _, attrs in page.found for name in attrs}
    assert names == set(OWN_NAMES.split())
    (policy,) = [a["content"] for _, a in page.found if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; img-src data:")
    (picture,) = page.all("src")
    assert picture.startswith("data:image/svg+xml;base64,")
    assert "url(" not in page.text and "@import" not in page.text.split("body {")[0]
    anchors, links = set(page.all("id")), page.all("href")
    assert {a for a in links if a.startswith("#")} == {f"#{a}" for a in anchors}
    assert {a for a in links if not a.startswith("#")} == {s.url for s in made.sources if s.url}
    assert "<script>alert(1)</script>" in page.text


def test_in_markdown_only_the_page_itself_has_marks(files):
    made, folder = files
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse((folder / "satu dua.md").read_text())
    flat = [t for token in tokens for t in [token, *(token.children or [])]]
    titles = [made.title, *(s.title for s in made.sections), made.sources_title, made.labels["brief_method"]]
    assert [tokens[n + 1].children[0].content for n, t in enumerate(tokens) if t.type == "heading_open"] == titles
    assert {t.attrs["href"] for t in flat if t.type == "link_open" and not t.attrs["href"].startswith("#s")} == {
        MarkdownIt().normalizeLink(s.url) for s in made.sources if s.url
    }
    assert [t.attrs["src"] for t in flat if t.type == "image"] == ["satu%20dua.svg"]
    assert all(re.fullmatch(r'<a id="s\d+">|</a>', t.content) for t in flat if t.type == "html_inline")
    assert not {t.type for t in flat} & MARKS
    assert {t.type for t in tokens if t.type.endswith("_list_open")} == {"bullet_list_open", "ordered_list_open"}
    strong = sum(len(s.items) + sum(bool(q.words) for i in s.items for q in i.quotes) for s in made.sections)
    assert sum(t.type == "strong_open" for t in flat) <= strong
    assert sum(t.type == "em_open" for t in flat) == 1 + sum(bool(s.note) for s in made.sections)
    assert "<script>alert(1)</script>" in "".join(t.content for t in flat if t.type == "text")


def test_no_line_of_markdown_begins_with_words_of_others(files):
    _, folder = files
    starts = {line.lstrip()[:1] for line in (folder / "satu dua.md").read_text().splitlines() if line.strip()}
    assert not starts & set("<`=~$\t")


def test_the_pdf_has_no_links_but_to_articles_and_runs_no_words_of_others(files):
    _, folder = files
    pdf = (folder / "satu dua.PDF").read_bytes()
    assert pdf.startswith(b"%PDF-")
    found = set(re.findall(rb"/URI\(([^)]*)", pdf))
    assert found and all(link.lower().startswith(b"http") for link in found)
    assert not re.search(rb"javascript|CreationDate", pdf, re.I)


def test_only_pages_of_the_web_are_linked(files):
    made, _ = files
    assert {s.url for s in made.sources} - {None} <= {url for url, good in URLS.items() if good}


def test_nothing_of_others_turns_words_or_breaks_lines(files):
    _, folder = files
    for name in ("satu dua.html", "satu dua.md"):
        text = (folder / name).read_text(encoding="utf-8")
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
        assert len(text) < 1_000_000


def test_what_strangers_wrote_is_shown_on_one_line_and_cut(files):
    made, _ = files
    titles = "Main events", "Contested claims", "Office holders according to the news", "Figures"
    assert all(any("<script>" in str(item) for item in items(made, title)) for title in titles)
    for source in made.sources:
        for text in (source.outlet, source.title, source.article_id):
            assert "\n" not in text and len(text) < 400
    words = [(q.before, q.words, q.after, q.who) for s in made.sections for i in s.items for q in i.quotes]
    assert words and all(len(part) < 700 and "\n" not in part for some in words for part in some)


def test_what_turns_the_direction_of_writing_is_left_out():
    turning = "".join(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
    assert plain(f"a{turning}b\u200fג") == "ab\u200fג"


TEXT = "Rusia membantu Iran."


@pytest.mark.parametrize(
    ("start", "end", "wanted"),
    [
        (0, 5, ("", "Rusia", " membantu Iran.")),
        (15, 20, ("Rusia membantu ", "Iran.", "")),
        (0, 20, ("", TEXT, "")),
        (20, 20, (TEXT, "", "")),
        (15, 99, ("Rusia membantu ", "Iran.", "")),
        (-9, 5, ("", "Rusia", " membantu Iran.")),
        (99, 3, (TEXT, "", "")),
    ],
)
def test_an_event_word_may_stand_anywhere(start, end, wanted):
    made = event("AID", "RUS", "IRN", text=TEXT, sentence_start=7)
    assert parts(replace(made, trigger=replace(made.trigger, start=start + 7, end=end + 7))) == wanted


# -- the command ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    with fused(
        tmp_path_factory.mktemp("kecil") / "relasi.duckdb", ("a", "2024-01-31", event("AID", "RUS", "IRN"))
    ) as s:
        return s.path


@pytest.fixture
def here(relasi, small, tmp_path):
    """A store under its default name in the folder where the command line runs."""
    return Path(shutil.copy(small, tmp_path))


def test_the_command_writes_the_page_in_the_language_asked_for(relasi, here):
    ran = relasi("brief", "Rusia", "IRN", "-o", "a.md", "--lang-ui", "id", "--on", "2024-02-03", "--to", "2024-02-01")
    assert (ran.code, ran.err, ran.out) == (0, "", "ringkasan ditulis ke a.md\n")
    text = Path("a.md").read_text(encoding="utf-8")
    assert text.startswith("# Rusia dan Iran\n")
    assert "sampai 1 Februari 2024" in text and "Keadaan per 3 Februari 2024" in text
    assert Path("a.svg").read_text(encoding="utf-8").startswith("<?xml ")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["RUS", "IRN", "-o", "a.docx"], "a.docx: unknown kind of brief '.docx'; known are .html, .md, .pdf"),
        (["RUS", "IRN", "-o", "a"], "a: unknown kind of brief ''; known are .html, .md, .pdf"),
        (["RUS", "IRN", "-o", "tiada/a.html"], "tiada/a.html: cannot be written: No such file or directory"),
        (["RUS", "IRN", "-o", "folder.pdf"], "folder.pdf: cannot be written: Is a directory"),
        (["RUS", "IRN", "-o", "a.md", "--store", "tiada.duckdb"], "no store at tiada.duckdb; make one with: .*"),
        (["RUS", "Wakanda", "-o", "a.md"], "unknown state 'Wakanda'.*"),
        (["RUS", "Rusia", "-o", "a.md"], "pair: 'RUS' and 'Rusia' are the same state"),
        (["RUS", "IRN", "-o", "a.md", "--on", "kemarin"], "--on: 'kemarin' is no day; .*"),
    ],
    ids=str,
)
def test_what_cannot_be_written_is_an_error_that_says_why(relasi, here, words, message):
    Path("folder.pdf").mkdir()
    ran = relasi("brief", *words)
    assert (ran.code, ran.out) == (1, "")
    assert re.fullmatch(f"relasi: {message}\n", ran.err)
    assert not Path("a.md").exists()
