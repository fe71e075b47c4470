"""Lists: pages, filters, formats."""

import csv
import io

import msgspec
import pyarrow as pa
import pytest

from relasi.relations import Filter, select
from relasi.store import Store
from relasi.views.web.api.answer import filled
from relasi.views.web.api.articles import ArticleRow
from tests.views.web.api.conftest import pages

LISTS = ["events", "stories", "articles", "search?q=kereta", "pairs", "pairs/RUS/IRN/series", "pairs/RUS/IRN/periods",
         "claims?all=true", "promises?on=2024-12-31", "figures", "states?from=2024-01-01&to=2024-12-31", "network",
         "sources", "runs"]  # fmt: skip


def _split(address):
    path, _, query = address.partition("?")
    return path, dict(part.split("=") for part in query.split("&") if part)


@pytest.mark.parametrize("address", LISTS)
def test_pages_of_any_size_give_every_row_once_and_in_the_same_order(site, address):
    path, asked = _split(address)
    whole = site.get(path, params=asked | {"limit": 1000}).json()
    assert whole["items"] and whole["next"] is None
    size = 40 if "series" in address else 4
    some = list(pages(site, path, **asked, limit=size))
    assert [row for page in some for row in page] == whole["items"]
    assert all(len(page) == size for page in some[:-1])


@pytest.mark.parametrize("address", LISTS)
def test_csv_and_arrow_say_what_json_says(site, address):
    path, asked = _split(address)
    said = site.get(path, params=asked | {"limit": 1000}).json()["items"]
    table = pa.ipc.open_stream(site.get(path, params=asked | {"limit": 1000, "format": "arrow"}).content).read_all()
    assert msgspec.json.decode(msgspec.json.encode(table.to_pylist())) == said
    rows = list(csv.DictReader(io.StringIO(site.get(path, params=asked | {"limit": 1000, "format": "csv"}).text)))
    assert len(rows) == len(said)
    assert list(rows[0]) == list(said[0])
    texts = [name for name, value in said[0].items() if name in ("id", "a", "type", "article_id", "day", "name")]
    assert [[row[name] for name in texts] for row in rows] == [[str(row[name] or "") for name in texts] for row in said]


@pytest.mark.parametrize(
    ("accepted", "kind"),
    [
        ("text/csv", "text/csv; charset=utf-8"),
        ("application/vnd.apache.arrow.stream", "application/vnd.apache.arrow.stream"),
        ("text/html, application/json;q=0.9", "application/json"),
        ("*/*", "application/json"),
    ],
)
def test_the_format_is_that_which_is_accepted(site, accepted, kind):
    assert site.get("runs", headers={"accept": accepted}).headers["content-type"] == kind


def test_the_format_asked_for_goes_before_that_which_is_accepted(site):
    answer = site.get("runs?format=json", headers={"accept": "text/csv"})
    assert answer.headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ({}, Filter()),
        ({"state": "Indonesia"}, Filter(state="IDN")),
        ({"pair": "RUS-IRN"}, Filter(pair=("RUS", "IRN"))),
        ({"pair": "Rusia-Iran", "type": "aid"}, Filter(pair=("RUS", "IRN"), type="AID")),
        ({"status": "denied"}, Filter(status="denied")),
        ({"from": "2024-02-11", "to": "2024-04-30"}, Filter(since="2024-02-11", until="2024-04-30")),
        ({"state": "IRN", "from": "2024-05-01"}, Filter(state="IRN", since="2024-05-01")),
    ],
)
def test_filters_of_events_agree_with_select(site, path, asked, wanted):
    with Store(path, read_only=True) as store:
        expected = sorted((s.event.article_id, s.event.trigger.start, s.day, s.story) for s in select(store, wanted))
    items = site.get("events", params=asked | {"limit": 1000}).json()["items"]
    assert expected
    assert sorted((e["article_id"], e["trigger_start"], e["from"], e["story_id"]) for e in items) == expected


def test_stories_are_chosen_by_the_same_filters(site):
    items = site.get("stories", params={"state": "IDN", "status": "denied"}).json()["items"]
    assert items
    assert {(s["type"], s["status"], *s["actors"], *s["recipients"]) for s in items} == {
        ("REJECT", "denied", "IRN", "IDN")
    }


def test_articles_are_those_that_tell_of_a_state(site):
    ids = {a["id"] for a in site.get("articles", params={"state": "IDN", "limit": 1000}).json()["items"]}
    assert ids == {f"a{n:02}" for n in range(0, 30, 3)}


def test_words_must_all_occur(site):
    texts = [e["text"] for e in site.get("events", params={"q": "KERETA ke-7."}).json()["items"]]
    assert texts == ["Iran membahas jalur kereta dengan Rusia, kali ke-7."]


def test_words_with_quotation_marks_are_found(site):
    (found,) = site.get("events", params={"q": 'alert("x")'}).json()["items"]
    assert found["article_id"] == "jahat0"


def test_the_search_finds_articles_and_stories_and_shows_the_words_around(site):
    found = site.get("search", params={"q": "tarif 12"}).json()["items"]
    assert [(f["kind"], f["article_id"]) for f in found] == [("article", "a12"), ("story", "a12")]
    assert all("tarif 12" in f["text"] for f in found)
    only = site.get("search", params={"q": "tarif 12", "kind": "story"}).json()["items"]
    assert [f["kind"] for f in only] == ["story"]


def test_the_header_link_leads_to_the_next_page(site):
    first = site.get("events?limit=3&format=csv&state=IRN")
    address, relation = first.headers["link"].removeprefix("<").split(">; ")
    assert relation == 'rel="next"'
    second = site.get(f"http://localhost{address}")
    assert len(second.text.splitlines()) == 4
    assert not {*second.text.splitlines()[1:]} & {*first.text.splitlines()}


def test_no_cell_of_csv_is_a_formula(site):
    rows = csv.DictReader(io.StringIO(site.get("events?state=FJI&format=csv").text, newline=""))
    assert {row["text"][:2] for row in rows if "1+1" in row["text"]} == {"'="}


def test_a_story_has_its_reports_and_an_article_all_that_was_read_in_it(site):
    event = site.get("events?q=ke-12.").json()["items"][0]
    story = site.get(f"stories/{event['story_id']}").json()
    assert event["text"] in [r["event"]["text"] for r in story["reports"]]
    article = site.get(f"articles/{event['article_id']}").json()
    start = event["trigger_start"]
    assert article["text"][start : start + len(event["trigger"])] == event["trigger"]
    assert {e["record"] for e in article["events"]} == {"event"} and article["figures"][0]["value"] == 12


def test_the_index_by_day_is_that_of_the_pair(site):
    days = site.get("pairs/Iran/Rusia/series?from=2024-03-01&to=2024-03-31").json()["items"]
    assert days[0]["day"] == "2024-03-01"
    known = [d for d in days if d["index"] is not None]
    assert known and all(-10 <= d["low"] <= d["index"] <= d["high"] <= 10 for d in known)


def test_states_are_measured_towards_one(site):
    asked = {"from": "2024-01-01", "to": "2024-12-31"}
    assert {s["code"]: s["measure"] for s in site.get("states", params=asked).json()["items"]}["RUS"] == "stories"
    toward = site.get("states", params=asked | {"toward": "Tonga"}).json()["items"]
    assert [(s["code"], s["measure"], s["value"] < 0) for s in toward] == [("FJI", "index", True)]


def test_runs_tell_no_folder_of_the_machine(site):
    assert "rahasia" not in site.get("runs").text


def test_a_row_with_too_few_values_is_an_error():
    with pytest.raises(ValueError, match="zip"):
        filled(ArticleRow, ("a",))
