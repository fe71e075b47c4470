"""What fuzzing starts from: our own examples in every form that is read, and pieces that have broken readers before."""

import csv
import gzip
import io
import json
import zipfile
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import duckdb

HERE = Path(__file__).parent
TOKENS = (
    *(
        "\0",
        "\ufeff",
        "\u202e",
        "\u2028",
        "\ud800",
        "😀",
        "e\u0301\u0301",
        "\u00ad",
        "\r\n",
        "\n\n",
        "\t",
        " ",
        "\u00a0",
    ),
    *(
        "(",
        ")",
        "[",
        '"',
        "“",
        "”",
        "'",
        ".",
        "...",
        "…",
        "-",
        "–",
        "—",
        ",",
        ";",
        ":",
        "/",
        "\\",
        "%",
        "$",
        "Rp",
        "US$",
    ),
    *("0", "1", "99999999999999999999", "1.000.000,5", "31/02/2024", "2024-13-45", "0000-00-00", "Senin", "pekan lalu"),
    *("Presiden ", "Menlu ", "Rusia", "Amerika Serikat", "kedua negara", "mengecam", "menyerang", "kata ", "bahwa "),
    *(
        "President ",
        "Iran",
        "the ",
        "said ",
        "attacked",
        "agreed to ",
        "last week",
        "St. ",
        "a.n. ",
        "x" * 300,
        "Aa" * 100,
    ),
    *(
        "<",
        ">",
        "<p>",
        "</div>",
        "<script>",
        "<!--",
        "]]>",
        "<![CDATA[",
        "&amp;",
        "&#x0;",
        "&#99999999;",
        "<table>",
        "<a href=",
    ),
    *(
        "{",
        "}",
        "[[",
        "null",
        '"text":',
        "\\u0000",
        "\\ud800",
        "NaN",
        "1e999",
        ",,,",
        '""',
        '"\n"',
        "title: ",
        "date: ",
        "url: ",
    ),
)
# A megabyte without spaces, with brackets, dots, quotes, digits; and words that open what never closes.
HOSTILE = (
    *(one * (1_000_000 // len(one)) for one in ("x", "(", ".", '"', "1", "-", "“", "\n", "\u0301", "A", "a.", "😀")),
    *(f"{word} " * 20_000 for word in ("Rusia", "Presiden", "kata", "mengecam", "dan", "1", "the", "Dr.", "said")),
    "Rusia mengecam Iran " * 3000,
    "Rusia, Iran, " * 3000 + "sepakat.",
    '"Rusia" (Iran) ' * 3000,
    "(" * 100_000 + "Rusia menyerang Ukraina" + ")" * 100_000,
    "2024-07-04 Juli 1.000.000 " * 3000,
)  # fmt: skip
_PAGE = """<!DOCTYPE html><html lang="id"><head><meta charset="utf-8"><title>{title} - Contoh</title>
<meta property="article:published_time" content="2024-07-04T10:00:00+07:00">
<link rel="canonical" href="https://contoh.id/1">
<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "2024-07-04",
"author": {{"name": "Rina"}}}}</script>
</head><body><nav><a href="/">Beranda</a></nav><article><h1>{title}</h1>
<time datetime="2024-07-04">Kamis, 4 Juli 2024</time>
{paragraphs}</article><footer>Hak cipta</footer></body></html>"""
_FEED = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Contoh</title>
<link>https://contoh.id/</link>
<item><title>{title}</title><link>https://contoh.id/1</link><pubDate>Thu, 04 Jul 2024 10:00:00 +0700</pubDate>
<description><![CDATA[<p>{text}</p>]]></description>
<source url="https://kantor.id/">Kantor Berita</source></item></channel></rss>"""
_MAP = """<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://contoh.id/1</loc><lastmod>2024-07-04</lastmod></url></urlset>"""


def weights() -> dict[str, int]:
    """The kinds of inputs, and how many of a thousand are of each; feeds where their readers are."""
    kinds = {"code": 520, "encoder": 15, "txt": 80, "jsonl": 110, "csv": 80, "tsv": 20, "html": 60}
    kinds |= {"zip": 30, "jsonl.gz": 30, "parquet": 5, "warc": 30, "warc.gz": 20}
    return kinds | ({"feed": 30, "sitemap": 20, "links": 10} if find_spec("relasi.sources.feeds") else {})


@cache
def texts() -> tuple[str, ...]:
    """Sentences and articles of our own."""
    whole = [file.read_text(encoding="utf-8") for file in sorted((HERE.parent / "examples").glob("*.txt"))]
    gold = [HERE / "gold" / f"{lang}.jsonl" for lang in ("id", "en")] + [HERE / "gold_articles" / "dev.jsonl"]
    rows = [json.loads(line)["text"] for file in gold for line in file.read_text(encoding="utf-8").splitlines()]
    return (*whole, *rows)


@cache
def seeds(kind: str) -> tuple[str, ...] | tuple[bytes, ...]:
    """Good inputs of a kind."""
    if kind in ("code", "encoder"):
        return texts()
    return tuple(_made(kind, texts()[at : at + 3]) for at in range(0, 60, 3))


def _made(kind: str, some: tuple[str, ...]) -> bytes:
    rows = [
        {"text": t, "title": t[:40], "date": "2024-07-04", "url": f"https://contoh.id/{n}"} for n, t in enumerate(some)
    ]
    title, body = some[0][:60], "".join(f"<p>{text}</p>" for text in some)
    if kind.endswith(".gz"):
        return gzip.compress(_made(kind.removesuffix(".gz"), some))
    if kind in ("csv", "tsv"):
        return _table(rows, "," if kind == "csv" else "\t")
    if kind == "zip":
        return _zip({"a.txt": some[0].encode(), "b/c.jsonl": _made("jsonl", some), "d.html": _made("html", some)})
    if kind == "parquet":
        return _parquet(rows)
    if kind == "warc":
        page = _made("html", some)
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://contoh.id/{len(page)}\r\n"
        head += "WARC-Date: 2024-07-05T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        head += f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
        return (head.encode() + answer + b"\r\n\r\n") * 2
    plain = {
        "txt": f"title: {title}\ndate: 2024-07-04\n\n{some[0]}",
        "jsonl": "".join(json.dumps(row) + "\n" for row in rows),
        "html": _PAGE.format(title=title, paragraphs=body),
        "links": _PAGE.format(title=title, paragraphs='<a href="https://contoh.id/2">dua</a>'),
        "feed": _FEED.format(title=title.replace("&", ""), text=some[0]),
        "sitemap": _MAP,
    }
    return plain[kind].encode()


def _table(rows: list[dict[str, str]], mark: str) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0], delimiter=mark)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def _zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def _parquet(rows: list[dict[str, str]]) -> bytes:
    file = Path(f"/tmp/{id(rows)}.parquet")
    with duckdb.connect() as db:
        db.execute("CREATE TABLE t AS SELECT unnest($rows, recursive := true)", {"rows": rows})
        db.execute(f"COPY t TO '{file}' (FORMAT parquet)")
    data = file.read_bytes()
    file.unlink()
    return data
