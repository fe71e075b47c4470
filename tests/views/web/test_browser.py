"""The pages in a real browser: no error in its console, no request that leaves the machine, open to everybody."""

import csv
import json
import os
import shutil
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import uvicorn

from relasi.views.web import Settings, make_app

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: apt-get install chromium"),
    # Playwright's own loop is closed after pytest looks.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
PERIOD = "?from=2022-01-01&to=2024-12-31"


@pytest.fixture(scope="module")
def address(examples) -> Iterator[str]:
    """Where the site answers."""
    server = uvicorn.Server(uvicorn.Config(make_app(Settings(store=examples)), port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.05)
        assert thread.is_alive()
    host, port = server.servers[0].sockets[0].getsockname()[:2]
    yield f"http://{host}:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    with sync_playwright() as playwright:
        # Chromium has no sandbox of its own where it is run by root, as in containers.
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"] if root else [])
        yield opened
        opened.close()


@pytest.fixture
def page(browser, address):
    """A page that fails the test if anything goes wrong in it."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-US", base_url=address)
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("request", lambda request: wrong.append(request.url) if _leaves(request.url, address) else None)
    opened.on("response", lambda answer: wrong.append(f"{answer.status} {answer.url}") if answer.status > 399 else None)
    yield opened
    context.close()
    assert wrong == []


def _leaves(url: str, address: str) -> bool:
    return urlsplit(url).scheme not in ("data", "blob") and not url.startswith(address)


def drawn(page, id_: str) -> None:
    """Wait until a chart is there."""
    page.wait_for_selector(f"#{id_} canvas")


def option(page, id_: str):
    """What a chart shows."""
    return page.evaluate("id => echarts.getInstanceByDom(document.querySelector(`#${id} .canvas`)).getOption()", id_)


PAGES = (f"/{PERIOD}", "/pair/RUS/IRN", "/state/IRN?days=0", "/network?days=all", "/claims", "/promises", "/sources",
         "/search?q=rudal", "/try")  # fmt: skip


@pytest.mark.parametrize(("width", "theme"), [(390, "light"), (1440, "dark")])
@pytest.mark.parametrize("path", [*PAGES, "story", "article"])
def test_a_page_is_open_to_everybody(page, path, width, theme):
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415

    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme)
    if path in ("story", "article"):
        page.goto("/pair/RUS/IRN")
        path = page.locator(f"a[href^='/{path}/']").first.get_attribute("href")
    page.goto(path)
    if page.locator(".canvas").count():
        page.wait_for_selector("canvas")
    page.wait_for_load_state("networkidle")
    found = Axe().run(page).response["violations"]
    serious = [v for v in found if v["impact"] in ("serious", "critical")]
    assert [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in serious] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width  # nothing to push sideways


def test_the_chosen_time_of_the_chart_filters_what_is_below(page):
    page.goto("/pair/RUS/IRN")
    drawn(page, "index")
    assert "All of the time" in page.inner_text("#below")
    with page.expect_response(lambda answer: "/below" in answer.url) as answer:
        page.evaluate(
            "echarts.getInstanceByDom(document.querySelector('#index .canvas'))"
            ".dispatchAction({type: 'dataZoom', start: 80, end: 100})"
        )
    assert answer.value.status == 200
    page.wait_for_function("!document.querySelector('#below h2').innerText.includes('All')")
    chosen = page.input_value("input[name=from]")
    assert chosen > "2023-12-31"
    assert f"from={chosen}" in page.url
    assert "19 Jul 2022" not in page.inner_text("#below")
    page.reload()  # the address holds the choice
    drawn(page, "index")
    assert page.input_value("input[name=from]") == chosen
    assert option(page, "index")["dataZoom"][0]["start"] > 50


def test_parts_come_when_they_are_looked_at(page):
    page.goto("/pair/RUS/IRN")
    page.locator("h2", has_text="Claims").scroll_into_view_if_needed()
    page.wait_for_selector(".versions .admits")
    assert "mengakui" in page.inner_text(".versions .admits")


def test_the_language_is_switched_and_stays(page):
    page.goto("/pair/RUS/IRN")
    page.click("text=Bahasa Indonesia")
    assert page.get_attribute("html", "lang") == "id"
    assert page.inner_text("h1") == "Rusia – Iran"
    page.goto(f"/{PERIOD}")
    assert page.inner_text("nav a[aria-current]") == "Dunia"


def test_light_and_dark_are_switched_and_stay(page):
    page.emulate_media(color_scheme="light")
    page.goto("/pair/RUS/IRN")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("#theme")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light


@pytest.mark.parametrize(("kind", "start"), [("png", b"\x89PNG"), ("svg", b"<svg")])
def test_a_chart_is_saved_as_a_picture(page, kind, start):
    page.goto("/pair/RUS/IRN")
    drawn(page, "index")
    with page.expect_download() as saved:
        page.click(f"#index button[data-save={kind}]")
    assert saved.value.suggested_filename == f"relasi-index.{kind}"
    with open(saved.value.path(), "rb") as file:  # noqa: PTH123
        assert file.read().startswith(start)


def test_the_map_is_drawn_and_a_state_can_be_chosen(page):
    page.goto(f"/{PERIOD}")
    drawn(page, "map")
    states = {one["name"] for one in option(page, "map")["series"][0]["data"]}
    assert {"RUS", "IRN", "IDN"} <= states
    page.select_option("select[name=toward]", "IRN")
    page.click("form.asked:has(select[name=toward]) button")
    page.wait_for_url("**toward=IRN**")
    assert "Index towards Iran" in page.inner_text("#map")


def test_the_keyboard_reaches_the_content_first(page):
    page.goto("/pair/RUS/IRN")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_without_scripts_everything_is_said_in_tables(browser, address):
    context = browser.new_context(java_script_enabled=False, base_url=address, locale="en-US")
    page = context.new_page()
    page.goto("/pair/RUS/IRN")
    assert page.locator("#periods table tbody tr").count() >= 8
    assert json.loads(page.locator("#index script").text_content())["series"]
    page.click("section:has-text('Claims') a")
    assert page.locator(".versions .admits").count() >= 1
    context.close()


def test_a_search_leads_to_a_story_and_to_its_words(page):
    page.goto("/")
    page.fill("header input[name=q]", "rudal balistik")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=rudal+balistik**")
    page.locator("a[href^='/story/']").first.click()
    page.wait_for_url("**/story/*")
    words = page.locator("q mark").first.inner_text()
    page.locator("a[href^='/article/']").first.click()
    page.wait_for_url("**/article/**")
    assert words in page.inner_text("main")


def test_two_states_in_the_search_lead_to_their_pair(page):
    page.goto("/search?q=Rusia+Iran")
    page.click("a[href='/pair/RUS/IRN']")
    assert page.inner_text("h1") == "Russia – Iran"


def test_a_csv_of_a_chart_has_what_the_interface_says(page):
    page.goto("/pair/RUS/IRN")
    with page.expect_download() as saved:
        page.click("#periods a[download]")
    with open(saved.value.path(), encoding="utf-8", newline="") as file:  # noqa: PTH123
        rows = list(csv.DictReader(file))
    said = page.request.get(page.get_attribute("#periods a:text('JSON')", "href")).json()["items"]
    assert len(rows) == len(said) > 10
    assert [row["first"] for row in rows] == [one["first"] for one in said]
    assert [int(row["reports_1"]) for row in rows] == [one["reports_1"] for one in said]


def test_a_pasted_text_is_coded_and_shown(page):
    page.goto("/try")
    page.fill("textarea", "Menteri Luar Negeri Indonesia mengecam serangan Israel ke Gaza pada Senin (20/5).")
    page.fill("input[name=date]", "2024-05-21")
    page.select_option("select[name=coder]", "rules")
    page.click("main form button")
    page.wait_for_selector("text=mengecam")
    shown = page.inner_text("main")
    assert "accuse" in shown
    assert "Indonesia → Israel" in shown


def test_a_dropped_file_is_coded_and_shown(page, tmp_path):
    file = tmp_path / "berita.txt"
    file.write_text("title: Uji\n\nRusia memulangkan 50 tahanan ke Ukraina.", encoding="utf-8")
    page.goto("/try")
    page.set_input_files("input[type=file]", file)
    page.get_by_text("memulangkan").first.wait_for()
    assert "Ukraine" in page.inner_text("main")
