"""Web archives in: the HTML pages that were fetched, with their addresses, days and encodings."""

import gzip
import zlib

import pytest

from relasi.records import Fault, Page
from tests.sources.given import file, read

BODY = "<p>Menlu mengecam serangan “keji” Israel ke Gaza pada hari Jumat, kata juru bicaranya.</p>" * 5
PAGE = f"<html><head></head><body><article>{BODY}</article></body></html>"


def record(
    number: int,
    body: bytes = PAGE.encode(),
    status: str = "200 OK",
    kind: str = "text/html; charset=utf-8",
    date: str = "2026-01-02T03:04:05Z",
    http: tuple[str, ...] = (),
    record_type: str = "response",
    address: str | None = None,
) -> bytes:
    head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {kind}", *http, "", ""]).encode()
    fields = {
        "WARC-Type": record_type,
        "WARC-Target-URI": address or f"https://contoh.id/{number}",
        "WARC-Date": date,
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": len(head + body),
    }
    lines = ["WARC/1.0", *(f"{key}: {value}" for key, value in fields.items()), "", ""]
    return "\r\n".join(lines).encode() + head + body + b"\r\n\r\n"


def told(found: list[Page | Fault]) -> list[str]:
    """Addresses of pages; short codes and places of faults."""
    return [f"{one.kind} {one.line}" if isinstance(one, Fault) else str(one.url) for one in found]


def one(tmp_path, **given) -> Page:
    (page,) = read(file(tmp_path, "a.warc", record(1, **given)))
    assert isinstance(page, Page), page
    return page


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("a.warc", b"".join),
        ("a.warc.gz", lambda records: b"".join(map(gzip.compress, records))),
        ("a.warc.gz", lambda records: gzip.compress(b"".join(records))),
    ],
)
def test_each_html_response_is_a_page_with_its_address(tmp_path, name, pack):
    first, second = read(file(tmp_path, name, pack([record(1), record(2)])))
    assert (first.url, first.line, second.url, second.line) == ("https://contoh.id/1", 1, "https://contoh.id/2", 2)
    assert "mengecam serangan “keji” Israel" in second.text


@pytest.mark.parametrize(
    "other",
    [
        {"status": "404 Not Found"},
        {"status": "301 Moved"},
        {"kind": "application/json"},
        {"kind": "image/png", "body": b"\x89PNG"},
        {"record_type": "request"},
        {"record_type": "revisit"},
    ],
)
def test_what_is_no_html_page_is_left_alone(tmp_path, other):
    assert told(read(file(tmp_path, "a.warc", record(1, **other) + record(2)))) == ["https://contoh.id/2"]


def test_the_charset_of_the_http_header_counts(tmp_path):
    page = one(tmp_path, body=PAGE.encode("cp1252"), kind="text/html; charset=windows-1252")
    assert "serangan “keji” Israel" in page.text


def test_the_day_of_the_archive_bounds_the_day_of_the_page(tmp_path):
    def dated(day: str) -> bytes:
        return PAGE.replace("<head>", f'<head><meta property="article:published_time" content="{day}">').encode()

    assert one(tmp_path, body=dated("2026-01-02T01:00:00Z")).date == "2026-01-02T01:00:00Z"
    assert one(tmp_path, body=dated("2026-01-03")).date is None
    assert one(tmp_path, body=dated("2026-01-01"), date="kemarin").date == "2026-01-01"


def test_the_address_of_old_archives_stands_in_brackets(tmp_path):
    assert one(tmp_path, address="<https://contoh.id/x>").url == "https://contoh.id/x"


def chunked(body: bytes) -> bytes:
    return b"%x;a=b\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (9, body[:9], len(body) - 9, body[9:])


@pytest.mark.parametrize(
    ("header", "body"),
    [
        ("Content-Encoding: gzip", gzip.compress(PAGE.encode())),
        ("Content-Encoding: deflate", zlib.compress(PAGE.encode())),
        ("Content-Encoding: gzip", PAGE.encode()),
        ("Content-Encoding: br", PAGE.encode()),
        ("Transfer-Encoding: chunked", chunked(PAGE.encode())),
        ("Transfer-Encoding: chunked", PAGE.encode()),
        ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip", chunked(gzip.compress(PAGE.encode()))),
    ],
)
def test_a_body_is_unpacked_where_it_is_packed_as_its_header_says(tmp_path, header, body):
    assert "Menlu mengecam" in one(tmp_path, body=body, http=(header,)).text


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"body": b"<p>\x93"}, "encoding"),
        ({"body": b""}, "empty"),
        ({"body": b"<html><body></body></html>"}, "no_text"),
        ({"body": b"a" * 4_000_001}, "too_long"),
        ({"body": gzip.compress(b"a" * 99_000_000), "http": ("Content-Encoding: gzip",)}, "too_long"),
    ],
)
def test_a_page_that_cannot_be_read_is_named_by_number_and_address_and_the_rest_is_read(tmp_path, given, kind):
    first, bad, last = read(file(tmp_path, "a.warc", record(1) + record(2, **given) + record(3)))
    assert (bad.kind, bad.line, first.line, last.line) == (kind, 2, 1, 3)
    assert bad.reason.endswith(" (https://contoh.id/2)")


@pytest.mark.parametrize("pack", [lambda data: data, gzip.compress])
@pytest.mark.parametrize("cut", [20, 200])
def test_what_stands_before_a_cut_is_read(tmp_path, pack, cut):
    packed = pack(record(1) + record(2)) + pack(record(3))
    name = "a.warc" if packed.startswith(b"WARC") else "a.warc.gz"
    found = told(read(file(tmp_path, name, packed[:-cut])))
    assert found[:2] == ["https://contoh.id/1", "https://contoh.id/2"]
    assert found[-1].startswith("cut_off")


def test_rubbish_between_records_costs_none(tmp_path):
    found = read(file(tmp_path, "a.warc", record(1) + b"sampah\r\n\r\n" + record(2)))
    assert [f for f in told(found) if f.startswith("http")] == ["https://contoh.id/1", "https://contoh.id/2"]


@pytest.mark.parametrize(
    "content",
    [b"", b"bukan warc\n" * 99, b"\0" * 5_000, b"WARC/1.0\r\n\r\n" * 9, record(1).replace(b"Length: ", b"Length: x")],
)
def test_what_is_no_web_archive_is_one_fault(tmp_path, content):
    (fault,) = read(file(tmp_path, "a.warc", content))
    assert fault.kind in {"empty", "damaged"}


@pytest.mark.parametrize("length", [b"-", b"9", b"99999999999999"])
def test_a_record_that_lies_about_its_length_does_not_stop_the_run(tmp_path, length):
    lying = record(1).replace(b"Content-Length: ", b"Content-Length: " + length)
    found = read(file(tmp_path, "a.warc", lying), file(tmp_path, "b.warc", record(2)))
    assert told(found)[-1] == "https://contoh.id/2"
    assert isinstance(found[0], Fault)
