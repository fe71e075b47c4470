"""HTML in; text, title, day, author and agency out, as the page itself has them."""

import json
from datetime import date

import pytest

from relasi.records import Page
from relasi.sources.decoding import MAX_BYTES
from relasi.sources.html import page_of
from relasi.sources.unreadable import UnreadableError

SENTENCE = "Indonesia mengecam serangan Israel ke Gaza pada hari Jumat, kata juru bicara kementerian."
TODAY = date(2026, 8, 20)


def html(*head: str, body: str = "", text: str = SENTENCE) -> str:
    paragraphs = f"<p>{text}</p>" * 5
    return f"<html><head>{''.join(head)}</head><body>{body}<article>{paragraphs}</article></body></html>"


LD = '<script type="application/ld+json">{}</script>'


def ld(**fields: object) -> str:
    return LD.format(json.dumps({"@type": "NewsArticle"} | fields))


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def page(*head: str, body: str = "", **given: object) -> Page:
    return page_of("a.html", html(*head, body=body).encode(), **{"fetched": TODAY} | given)


def why(data: bytes, **given: object) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        page_of("a.html", data, **given)
    return caught.value


# -- the day --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (ld(datePublished="2026-08-12T12:17:40+07:00"), "2026-08-12T12:17:40+07:00"),
        (ld(**{"@type": ["NewsArticle", "Article"]}, datePublished="2026-08-12"), "2026-08-12"),
        (ld(datePublished=1786500000), None),
        (ld(datePublished="Wed Aug 12 12:17:40 XYZ 2026"), "2026-08-12"),
        (ld(**{"@type": "WebPage", "@graph": [{"@type": "BlogPosting", "datePublished": "2026-08-12"}]}), "2026-08-12"),
        (LD.format("{rusak") + meta("pubdate", "2026-08-12T01:02"), "2026-08-12T01:02"),
        (LD.format('{"@type": "NewsArticle",\n"headline": "a\n b", "datePublished": "2026-08-12"}'), "2026-08-12"),
        (meta("article:published_time", "Wed, 12 Aug 2026 12:17:40 +0700"), "2026-08-12T12:17:40+07:00"),
        (meta("publishdate", "2026/08/12 10:00:00"), "2026-08-12 10:00:00"),
        (meta("publishdate", "2026/08/12 10:00 WITA"), "2026-08-12 10:00+08:00"),
        (meta("content_PublishedDate", "2026-08-12 10:00:00"), "2026-08-12 10:00:00"),
        (meta("article:modified_time", "2026-08-15"), "2026-08-15"),
        ("<title>Judul | DW | 12.08.2026</title>", "2026-08-12"),
        ("<title>Judul | DW | 32.13.2026</title>", None),
    ],
)  # fmt: skip
def test_the_day_is_the_one_in_the_page_s_metadata(head, expected):
    assert page(head).date == expected


def test_the_day_of_publication_stands_before_that_of_a_change_and_those_of_other_articles():
    head = meta("article:modified_time", "2026-08-15T01:00:00Z")
    body = (
        '<time datetime="2026-08-11">kemarin</time><time datetime="2026-08-12T10:00" itemprop="datePublished"></time>'
    )
    assert page(head, body=body).date == "2026-08-12T10:00"


def test_a_time_that_stands_alone_in_the_page_is_the_article_s():
    assert page(body='<div><time datetime="2026-08-12 05:28:29">12 Agustus</time></div>').date == "2026-08-12 05:28:29"


def test_a_zone_that_nobody_knows_leaves_the_day_and_warns_nobody():
    assert page(meta("article:published_time", "2026-08-12T10:00Q")).date == "2026-08-12"


def test_a_day_in_the_text_of_the_page_is_found():
    assert page(body="<div class='date'>Rabu, 12 Agustus 2026 19:30 WIB</div>").date == "2026-08-12"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<footer>Hak cipta © 2025 Contoh</footer>", None),
        ("<div class='date'>Agustus 2026</div>", None),
        (meta("article:published_time", "2026-08"), None),
        ("<div class='date'>1 Agustus 2026</div>", "2026-08-01"),
        ("<div class='date'>August 1, 2026</div>", "2026-08-01"),
        ("<div class='date'>01/08/2026</div>", "2026-08-01"),
    ],
)
def test_a_day_is_not_made_of_a_month_or_a_year(body, expected):
    assert page(body=body).date == expected


@pytest.mark.parametrize(
    ("moment", "taken"),
    [
        ("2026-08-20", True),
        ("2026-08-21", False),
        ("2026-08-21T05:00:00+07:00", True),  # still the 20th in London
        ("2026-08-21T08:00:00+07:00", False),
        ("9999-12-31T23:59:59-12:00", False),
    ],
)
def test_a_day_after_the_fetching_is_not_taken(moment, taken):
    assert page(ld(datePublished=moment)).date == (moment if taken else None)


def test_where_the_first_day_lies_ahead_the_next_is_taken():
    found = page(ld(datePublished="2030-01-01"), meta("pubdate", "2026-08-12"))
    assert found.date == "2026-08-12"


# -- title, author, agency, address ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "heading", "expected"),
    [
        ("Menlu RI ke Iran - Contoh News", "Menlu RI ke Iran", "Menlu RI ke Iran"),
        ("Menlu RI ke Iran | Contoh News", "Contoh", "Menlu RI ke Iran"),
        ("Menlu RI ke Iran &amp; Irak", "Menlu  RI ke Iran &amp; Irak", "Menlu RI ke Iran & Irak"),
        ("Iran-Irak berunding", "Iran", "Iran-Irak berunding"),
    ],
)
def test_a_title_is_without_the_name_of_its_site(title, heading, expected):
    head = meta("og:title", title) + meta("og:site_name", "Contoh News")
    assert page(head, body=f"<h1>{heading}</h1><h1>Lain</h1>").title == expected


def test_the_author_is_the_person_whom_the_page_names():
    people = [{"@type": "Person", "name": "Ani  Sari"}, {"@type": "Person", "name": "Budi"}]
    assert page(ld(author=people)).author == "Ani Sari; Budi"


def test_a_site_that_names_itself_is_no_author():
    assert (
        page(
            '<meta property="og:site_name" content="Contoh.id"><meta name="author" content="Redaksi Contoh id">'
        ).author
        is None
    )


@pytest.mark.parametrize(
    ("head", "agency"),
    [
        (ld(author={"@type": "Organization", "name": "Reuters"}, publisher={"name": "Contoh"}), "Reuters"),
        (ld(author={"@type": "Organization", "name": "Contoh"}, publisher={"name": "Contoh News"}), None),
        (ld(author={"@type": "Person", "name": "Reuters"}), None),
        (ld(sourceOrganization={"@type": "NewsMediaOrganization", "name": "AFP"}), "AFP"),
        (ld(author="Reuters", sourceOrganization=[7, None]), None),
        (meta("agency", "Xinhua"), "Xinhua"),
        ("", None),
    ],
)
def test_the_agency_is_only_what_the_metadata_says(head, agency):
    assert page(head).agency == agency


def test_the_address_given_stands_before_the_page_s_own():
    head = '<link rel="canonical" href="https://contoh.id/asli">'
    assert page(head).url == "https://contoh.id/asli"
    assert page(head, url="https://contoh.id/lain").url == "https://contoh.id/lain"


def test_a_text_that_a_script_would_fill_in_is_taken_from_the_metadata():
    shell = f"<html><head>{ld(articleBody=SENTENCE * 9 + ' A &amp; B')}</head><body><p>Muat ulang.</p></body></html>"
    assert page_of("a.html", shell.encode()).text == SENTENCE * 9 + " A & B"


# -- encodings ------------------------------------------------------------------------------------------------------

QUOTED = html(text="Kata “kutipan” naïf dari Israel dan Iran tentang perundingan di Wina pekan ini.")


def says(tag: str) -> str:
    return QUOTED.replace("<head>", f"<head>{tag}")


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (QUOTED.encode(), None),
        (QUOTED.encode("cp1252"), "ISO-8859-1"),
        (QUOTED.encode("cp1252"), "'windows-1252'"),
        (QUOTED.encode("utf-8-sig"), "ISO-8859-1"),
        (QUOTED.encode("utf-16"), None),
        (QUOTED.encode("utf-16"), "utf-8"),
        (says('<meta charset="cp1252">').encode("cp1252"), None),
        (says('<meta charset="cp1252">').encode("cp1252"), "utf-8"),
        (says("<meta http-equiv='x' content='text/html; charset=UTF-8'>").encode(), "latin-1"),
        (says('<meta charset="utf-16">').encode(), None),
        (QUOTED.encode(), "utf8mb4"),
        (QUOTED.encode(), "a\0b"),
    ],
)
def test_a_page_is_read_in_the_encoding_that_is_declared_and_fits(data, charset):
    assert "Kata “kutipan” naïf" in page_of("a.html", data, charset=charset).text


@pytest.mark.parametrize(
    ("data", "charset", "reason"),
    [
        (b"<p>\x93", None, "not utf-8 (byte 0x93 at 3)"),
        (b"<meta charset=utf-8><p>\x93", "shift_jis", "not utf-8 (byte 0x93 at 23), not shift_jis (byte 0x93 at 23)"),
    ],
)
def test_a_page_in_another_encoding_is_an_error_that_says_what_was_tried(data, charset, reason):
    error = why(data, charset=charset)
    assert (error.kind, error.reason) == ("encoding", f"{reason}; if you know its encoding, read it with --encoding")


# -- what is no article ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b" \n", "empty"),
        (b"x" * (MAX_BYTES + 1), "too_long"),
        (b"<html><body></body></html>", "no_text"),
        (b"\x00\x01\x02", "no_text"),
        (b"<!-- <p>", "no_text"),
        (html(ld(articleBody="a" * 1_000_001)).encode(), "too_long"),
        (html(body="<p>Iran</p>" * 30_000).encode(), "too_many"),
        (html(body=f"<p {' '.join(f'a{n}=b' for n in range(8_000))}>").encode(), "too_many"),
    ],
)
def test_what_is_no_article_is_told_by_a_reason_and_a_short_code(data, kind):
    assert why(data).kind == kind


@pytest.mark.parametrize(
    "data",
    [
        b"<div>" * 25_000 + SENTENCE.encode() * 5,
        html(ld() * 2_000).encode(),
        html('<script type="application/ld+json">' + "[" * 100_000 + "</script>").encode(),
        html("<meta name=author content=x>" * 10_000).encode(),
        html(text="Iran\0 dan \x08 Israel &#0; &#xD800; " + SENTENCE).encode(),
    ],
    ids=["deep", "many", "nested", "metas", "controls"],
)
def test_a_hostile_page_is_read_or_refused(data):
    try:
        text = page_of("a.html", data).text
    except UnreadableError:
        return
    assert "Indonesia mengecam" in text
    assert "\0" not in text
