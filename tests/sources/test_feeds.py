"""What a feed, a site map or a page of links names, however it is written."""

import gzip
import tracemalloc
from datetime import UTC, datetime

import msgspec
import pytest

from relasi.sources.feeds import read_feed
from relasi.sources.items import Item, Listing, address, complete, moment, plain
from relasi.sources.sitemaps import read_links, read_sitemap
from relasi.sources.unreadable import UnreadableError
from tests.conftest import page

NOW = datetime(2024, 8, 1, 12, tzinfo=UTC)
URL = "https://berita.example/rss"
ITEM = "<item><title>Kabar {0}</title><link>https://berita.example/{0}</link></item>"


def rss(*items: str, head: str = "", xml: str = '<?xml version="1.0"?>') -> bytes:
    channel = f"<title>Berita</title>{head}{''.join(items)}"
    return f'{xml}<rss version="2.0"><channel>{channel}</channel></rss>'.encode()


def item(inner: str = "", link: str = "https://berita.example/1") -> str:
    return f"<item><link>{link}</link>{inner}</item>"


def feed(data: bytes, charset: str | None = None, most: int = 5_000) -> Listing:
    return read_feed(URL, data, charset, NOW, most)


def only(data: bytes, charset: str | None = None) -> Item:
    (found,) = feed(data, charset).items
    return found


def reasons(listing: Listing) -> str:
    return " | ".join(fault.reason for fault in listing.faults)


# -- feeds ----------------------------------------------------------------------------------------------------------


def test_rss_tells_title_moment_author_and_who_wrote_it_first():
    inner = """<title>Indonesia mengecam serangan</title><pubDate>Wed, 31 Jul 2024 19:30:00 +0700</pubDate>
        <author>redaksi@berita.example (Siti Aminah)</author><source url="https://agency.example">Kantor Berita</source>
        <description>Jakarta - Indonesia mengecam.</description>"""
    assert only(rss(item(inner))) == Item(
        url="https://berita.example/1",
        title="Indonesia mengecam serangan",
        published="2024-07-31T19:30:00+07:00",
        author="Siti Aminah",
        agency="Kantor Berita",
        summary="Jakarta - Indonesia mengecam.",
    )


def test_atom_is_dated_by_its_publication_and_never_by_its_last_change():
    entry = """<entry><link href="/a"/><title type="html">Kabar &lt;b&gt;baru&lt;/b&gt;</title>
        <updated>2024-07-31T10:00:00Z</updated>{}</entry>"""
    atom = '<feed xmlns="http://www.w3.org/2005/Atom"><title>Berita</title>{}</feed>'
    both = only(atom.format(entry.format("<published>2024-07-30T10:00:00Z</published>")).encode())
    changed = only(atom.format(entry.format("")).encode())
    assert (both.url, both.title) == ("https://berita.example/a", "Kabar baru")
    assert (both.published, changed.published) == ("2024-07-30T10:00:00+00:00", None)


def test_rss_1_is_dated_by_dublin_core():
    rdf = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>B</title></channel>
        <item><link>https://berita.example/1</link><dc:date>2024-07-31T08:00:00+07:00</dc:date></item></rdf:RDF>"""
    assert only(rdf.encode()).published == "2024-07-31T08:00:00+07:00"


def test_the_feed_itself_is_no_agency():
    assert only(rss(item("<source url='https://berita.example'>Berita</source>"))).agency is None


def test_html_in_titles_is_taken_out():
    title = "<title><![CDATA[<b>Putin</b> &amp; Xi<br>bertemu <script>x()</script>&quot;lagi&quot;]]></title>"
    assert only(rss(item(title))).title == 'Putin & Xi bertemu "lagi"'


def test_a_damaged_feed_gives_what_could_be_read_and_says_so():
    listing = feed(rss(*(ITEM.format(n) for n in range(5)))[:-100] + b"<title>A & B")
    assert [i.url for i in listing.items][:3] == [f"https://berita.example/{n}" for n in range(3)]
    assert "the feed is damaged" in reasons(listing)


def test_a_large_damaged_feed_is_read_only_in_part():
    items = [ITEM.format(f"{n}{'x' * 1_000}") for n in range(1_500)]
    listing = feed(rss(*items)[:-10])
    assert 400 < len(listing.items) < 1_000
    assert "only its first megabyte was read" in reasons(listing)


@pytest.mark.parametrize(
    "data", [b"", b"<!doctype html><html><body><a href='/x'>x</a></body></html>", b"\0\xff\xfe" * 9]
)
def test_what_is_no_feed_is_said_to_be_none(data):
    with pytest.raises(UnreadableError, match="no RSS or Atom feed"):
        feed(data)


@pytest.mark.parametrize("number", ["&#xD800;", "&#99999999999999999999;", "&#0;"])
def test_characters_that_are_none_do_no_harm(number):
    for data in (rss(item(f"<title>{number}</title>")), f"<rss><item>{number}".encode()):
        try:
            found = feed(data)
        except UnreadableError:
            continue
        assert msgspec.json.encode(found)
    with pytest.raises(UnreadableError):
        sitemap(f"<url>{number}<x></url>")


def test_a_tag_that_is_none_is_no_site_map():
    with pytest.raises(UnreadableError, match="no site map"):
        sitemap("<l><:")


def test_a_feed_that_names_nothing_is_a_feed():
    assert feed(rss()) == Listing(items=())


@pytest.mark.parametrize("charset", ["iso-8859-1", "us-ascii", None])
def test_utf_8_proves_itself_whatever_the_server_says(charset):
    assert only(rss(item("<title>Erdoğan – Élysée</title>")), charset).title == "Erdoğan – Élysée"


def test_another_charset_is_the_one_that_the_feed_or_the_server_names():
    data = rss(item("<title>Élysée</title>"), xml="").decode().encode("latin-1")
    declared = b'<?xml version="1.0" encoding="iso-8859-1"?>' + data
    assert only(declared).title == only(data, "iso-8859-1").title == "Élysée"


def test_nothing_outside_the_feed_is_opened(tmp_path):
    secret = tmp_path / "rahasia"
    secret.write_text("rahasia")
    doctype = f'<!DOCTYPE r [<!ENTITY e SYSTEM "file://{secret}">]>'
    assert "rahasia" not in str(feed(rss(item("<title>x&e;</title>"), xml=doctype)))
    with pytest.raises(UnreadableError):
        feed(str(secret).encode())  # Feedparser opens bytes that are the name of a file


def test_entities_that_multiply_are_not_unfolded():
    lines = [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)]
    doctype = f'<!DOCTYPE r [<!ENTITY a0 "haha">{"".join(lines)}]>'
    tracemalloc.start()
    listing = feed(rss(item("<title>&a9;</title>"), xml=doctype))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 50_000_000
    assert len(listing.items[0].title or "") <= 1_000


def test_a_feed_of_5000_items_is_read():
    listing = feed(rss(*(item("<title>Kabar</title>", f"https://berita.example/{n}") for n in range(5_000))))
    assert (len(listing.items), listing.faults) == (5_000, ())


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("redaksi@b.co.id (Siti Aminah)", "Siti Aminah"),
        ("Siti Aminah &lt;s@b.id&gt;", "Siti Aminah"),
        ("Siti Aminah", "Siti Aminah"),
        ("redaksi@b.co.id", None),
    ],
)
def test_an_author_is_a_name(given, name):
    assert only(rss(item(f"<author>{given}</author>"))).author == name


def test_more_items_than_asked_for_are_left_and_told():
    listing = feed(rss(*(ITEM.format(n) for n in range(5))), most=3)
    assert [i.title for i in listing.items] == ["Kabar 0", "Kabar 1", "Kabar 2"]
    assert "names 5 articles; 3 were taken" in reasons(listing)


def test_an_address_named_twice_is_one_and_what_is_no_address_is_told():
    listing = feed(rss(item("<title>A</title>"), item(link="mailto:x@y.z"), item("<title>B</title>")))
    assert [i.title for i in listing.items] == ["A"]
    assert "1 articles of the feed have no address" in reasons(listing)


def test_dates_in_the_future_are_not_taken():
    listing = feed(rss(item("<pubDate>Fri, 02 Aug 2024 09:00:00 GMT</pubDate>")))
    assert listing.items[0].published is None
    assert "1 dates were not taken" in reasons(listing)


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("Wed, 31 Jul 2024 19:30:00 +0700", "2024-07-31T19:30:00+07:00"),
        ("Wed, 31 Jul 2024 19:30:00 WIB", "2024-07-31T19:30:00+07:00"),
        ("31 Jul 2024 19:30 WITA", "2024-07-31T19:30:00+08:00"),
        ("Wed, 31 Jul 2024 12:30:00 GMT", "2024-07-31T12:30:00+00:00"),
        ("2024-07-31T12:30:00Z", "2024-07-31T12:30:00+00:00"),
        ("2024-07-31 12:30:00", "2024-07-31T12:30:00"),
        ("Wed, 31 Jul 2024 12:30:00 XYZ", "2024-07-31T12:30:00"),
        ("2024-07-31", "2024-07-31"),
        ("20240731", "2024-07-31"),
        ("2024-08-01T12:30:00Z", "2024-08-01T12:30:00+00:00"),
        ("2024-08-02T01:30:00", "2024-08-02T01:30:00"),
        ("2024-08-01T13:30:00Z", None),
        ("2024-08-03T09:00:00", None),
        ("0001-01-01", None),
        ("9999-12-31T23:59:59Z", None),
        ("kemarin", None),
        ("32 Jul 2024 10:00", None),
        ("", None),
        (None, None),
    ],
)
def test_a_moment_keeps_its_zone_and_is_never_guessed(given, found):
    assert moment(given, NOW) == found


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (" https://b.example/a?utm_source=rss&id=5&utm_medium=x#atas ", "https://b.example/a?id=5"),
        ("https://b.example/a?at_medium=RSS&at_campaign=x", "https://b.example/a"),
        ("https://b.example/a?b=2&a=1", "https://b.example/a?b=2&a=1"),
        ("ftp://b.example/a", None),
        ("javascript:alert(1)", None),
        ("/a", None),
        ("http://[::1/a", None),
        ("", None),
        (None, None),
    ],
)
def test_an_address_is_without_what_counts_its_readers(given, found):
    assert address(given) == found


@pytest.mark.parametrize(
    ("given", "found"),
    [("A &lt; B", "A < B"), ("5 < 6 > 4", "5 < 6 > 4"), ("<p>a</p><p>b</p>", "a b"), ("<b>a</b>b", "ab"), ("  ", None)],
)
def test_plain_words(given, found):
    assert plain(given) == found


# -- site maps ------------------------------------------------------------------------------------------------------

SPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)


def sitemap(data: bytes | str, others: dict[str, bytes] | None = None, most: int = 100) -> Listing:
    def fetch(url: str) -> bytes:
        if url not in (others or {}):
            raise UnreadableError("answers 404", kind="gone")
        return (others or {})[url]

    given = data.encode() if isinstance(data, str) else data
    return read_sitemap("https://b.example/sitemap.xml", given, fetch, NOW, most, 1_000_000)


def urlset(*urls: str) -> str:
    return f"<urlset {SPACES}>{''.join(urls)}</urlset>"


def loc(name: str, inner: str = "") -> str:
    return f"<url><loc>https://b.example/{name}</loc>{inner}</url>"


def index(*names: str) -> str:
    maps = "".join(f"<sitemap><loc>https://b.example/{n}</loc></sitemap>" for n in names)
    return f"<sitemapindex {SPACES}>{maps}</sitemapindex>"


def test_a_news_map_tells_title_and_moment():
    news = """<news:news><news:publication_date>2024-07-31T10:00:00+07:00</news:publication_date>
        <news:title>Kabar &amp; berita</news:title></news:news><image:image xmlns:image="i"><image:loc>https://x/y.jpg
        </image:loc><image:title>Foto</image:title></image:image>"""
    (found,) = sitemap(urlset(loc("a", news))).items
    assert found == Item(url="https://b.example/a", title="Kabar & berita", published="2024-07-31T10:00:00+07:00")


def test_the_last_change_orders_a_map_but_dates_nothing():
    days = {"lama": "2024-01-01", "baru": "2024-07-31", "tengah": "2024-05-05"}
    listing = sitemap(urlset(*(loc(n, f"<lastmod>{day}</lastmod>") for n, day in days.items())), most=2)
    assert [(i.url[18:], i.published) for i in listing.items] == [("baru", None), ("tengah", None)]
    assert "the newest 2 were taken" in reasons(listing)


def test_an_index_leads_to_its_maps_packed_or_not_and_one_that_is_lost_stops_no_other():
    others = {
        "https://b.example/1.xml": urlset(loc("a")).encode(),
        "https://b.example/2.xml.gz": gzip.compress(urlset(loc("b")).encode()),
    }
    listing = sitemap(index("1.xml", "2.xml.gz", "hilang.xml"), others)
    assert {i.url for i in listing.items} == {"https://b.example/a", "https://b.example/b"}
    assert [(f.path, f.kind) for f in listing.faults] == [("https://b.example/hilang.xml", "gone")]


def test_an_index_of_itself_ends():
    circle = index("sitemap.xml")
    assert sitemap(circle, {"https://b.example/sitemap.xml": circle.encode()}).items == ()


def test_a_packed_map_that_unpacks_to_too_much_is_refused():
    with pytest.raises(UnreadableError, match="more than 1,000,000 bytes"):
        sitemap(gzip.compress(bytes(50_000_000)))


@pytest.mark.parametrize(
    "data", [b"", b"<html><body>x</body></html>", b"{}", b"\x1f\x8bxx", b"<rss version='2.0'/>", b"<?x?><url/>"]
)
def test_what_is_no_map_is_said_to_be_none(data):
    with pytest.raises(UnreadableError):
        sitemap(data)


def test_a_map_cut_off_gives_what_is_there():
    whole = urlset(*(loc(str(n)) for n in range(10)))
    assert len(sitemap(whole[: len(whole) // 2]).items) >= 3


def test_a_map_opens_nothing_outside(tmp_path):
    (tmp_path / "x").write_text("https://b.example/rahasia")
    doctype = f'<!DOCTYPE r [<!ENTITY e SYSTEM "file://{tmp_path}/x">]>'
    assert "rahasia" not in str(sitemap(doctype + urlset("<url><loc>&e;</loc></url>", loc("a"))))


# -- pages of links -------------------------------------------------------------------------------------------------


def links(body: str, pattern: str = r"/berita/", most: int = 10) -> list[str]:
    found = read_links("https://b.example/indeks/", body.encode(), None, pattern, most).items
    return [i.url for i in found]


def test_links_that_match_are_articles_once_each_in_their_order():
    body = """<a href="/berita/2">x</a><a href="../berita/1#k">y</a><a href="/berita/2?utm_source=z">z</a>
        <a href="/tentang">t</a><a href="javascript:x">j</a><a>tanpa</a><a href="http://[::1/berita/">rusak</a>"""
    assert links(body) == ["https://b.example/berita/2", "https://b.example/berita/1"]
    assert links(body, most=1) == ["https://b.example/berita/2"]


def test_a_base_counts():
    assert links('<base href="https://c.example/x/"><a href="berita/1">a</a>') == ["https://c.example/x/berita/1"]


def test_a_charset_that_nobody_knows_is_a_fault():
    with pytest.raises(UnreadableError):
        read_links("https://b.example/", b"<a href='/berita/1'>x</a>", "klingon", "berita", 9)


@pytest.mark.parametrize("body", ["", "<p>tidak ada</p>", '<a href="/lain">x</a>'])
def test_a_page_without_such_links_is_a_fault(body):
    with pytest.raises(UnreadableError):
        links(body)


# -- the page and its source ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("in_page", "in_feed", "taken"),
    [
        ("2024-07-31T10:00:00+07:00", "2024-07-30T01:00:00+00:00", "2024-07-31T10:00:00+07:00"),
        ("2024-07-29", "2024-07-30T01:00:00+00:00", "2024-07-30T01:00:00+00:00"),
        ("2024-07-29", None, "2024-07-29"),
        (None, "2024-07-30", "2024-07-30"),
        (None, None, None),
    ],
)
def test_a_date_is_the_pages_moment_else_the_feeds_else_the_pages_day(in_page, in_feed, taken):
    made = complete(page(date=in_page), Item(url=URL, published=in_feed), "Berita", None)
    assert made.date == taken


def test_a_source_fills_what_the_page_leaves_open():
    told = Item(url=URL, title="Judul umpan", author="Umpan", agency="Kantor")
    bare = complete(page(lang=None), told, "Berita", "id")
    full = complete(page(title="Judul", author="Siti", agency="A", source="Situs", lang=None), told, "Berita", None)
    assert (bare.title, bare.author, bare.agency, bare.source, bare.lang) == (
        "Judul umpan",
        "Umpan",
        "Kantor",
        "Berita",
        "id",
    )
    assert (full.title, full.author, full.agency, full.source, full.lang) == ("Judul", "Siti", "A", "Situs", None)
