"""Every link on the pages leads somewhere, to the interface and the files as well."""

import re
from html import unescape
from urllib.parse import urldefrag, urlsplit

import pytest

# Pages of one kind are alike: so many of each are looked at.
EACH = 6
START = ("/", "/?from=2022-01-01&to=2024-12-31", "/network?days=all", "/claims?all=1", "/promises", "/sources", "/try",
         "/search?q=rudal", "/search?q=rudal&kind=event", "/search?q=rudal&kind=article", "/state/IRN?days=0",
         "/pair/RUS/IRN")  # fmt: skip


def kind(address: str) -> str:
    """The part of an address that pages of one kind have in common."""
    path = urlsplit(address).path
    return re.sub(r"/(state|story|article|run)/[^/]+|/pair/[^/]+/[^/]+|/pairs/[^/]+/[^/]+", r"/\1*", path)


@pytest.fixture(scope="module")
def answers(site):
    """What every address answers that the pages lead to, and who leads there."""
    waiting, found, looked = [(one, "") for one in START], {}, {}
    while waiting:
        address, source = waiting.pop(0)
        looked[kind(address)] = looked.get(kind(address), 0) + 1
        if address in found or looked[kind(address)] > EACH:
            continue
        answer = site.get(address)
        site.cookies.clear()  # the switch of language leaves one
        found[address] = (answer, source)
        if answer.headers.get("content-type", "").startswith("text/html"):
            links = re.findall(r'(?:href|hx-get|src)="(/[^"]*)"', answer.text)
            waiting += [(urldefrag(unescape(link)).url, address) for link in dict.fromkeys(links)]
    return found


def test_every_link_leads_somewhere(answers):
    broken = [
        f"{a.status_code} {address} from {source}" for address, (a, source) in answers.items() if a.status_code > 399
    ]
    assert broken == []
    assert len(answers) > 80


def test_every_place_that_a_link_names_is_on_its_page(answers):
    missing = []
    for address, (answer, _) in answers.items():
        if answer.headers.get("content-type", "").startswith("text/html"):
            for link, place in re.findall(r'href="(/[^"#]*)#([^"]+)"', answer.text):
                page = answers.get(unescape(link))
                if page and f'id="{place}"' not in page[0].text:
                    missing.append(f"{link}#{place} from {address}")
    assert missing == []


def test_links_that_leave_the_site_are_only_to_the_articles(answers):
    pages = [a.text for a, _ in answers.values() if a.headers.get("content-type", "").startswith("text/html")]
    outside = {
        (tag, url) for text in pages for tag, url in re.findall(r'(<a [^>]*href="(https?://[^"]*)"[^>]*>)', text)
    }
    assert all("noopener" in tag and "nofollow" in tag for tag, _ in outside)
