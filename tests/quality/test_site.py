"""The documentation site: it builds without a warning, and asks nothing of other hosts."""

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
_OUTSIDE = re.compile(r"^(?:https?:)?//", re.IGNORECASE)
# Addresses in the theme's own script, each behind a feature that the site has not switched on: diagrams by mermaid, the
# stars of a repository, a stand-in for browsers without ResizeObserver. The rest are credits in comments.
_ASLEEP = {
    "https://unpkg.com/mermaid@11/dist/mermaid.min.js",
    "https://unpkg.com/resize-observer-polyfill",
    "https://api.github.com/repos/${e}/${t}",
    "https://api.github.com/users/${e}",
}
_ASKS = re.compile(r"""["'`]((?:https?:)?//[\w.-]+\.[a-z]{2,}[^"'`\s]*)""")


class Resources(HTMLParser):
    """What a browser fetches of itself when it shows a page; links that a reader may follow are none."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.policy = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Addresses of any attribute that is fetched; of `link` all but the page's own name."""
        given = dict(attrs)
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"] or ""
        names = ["src", "srcset", "data", "poster", "action"] + (["href"] if tag not in ("a", "area") else [])
        if given.get("rel") not in ("canonical",):
            self.found += [value for name in names if (value := given.get(name))]


def built(folder: Path) -> subprocess.CompletedProcess[str]:
    """A run of the builder, strict: a broken link, a page outside the navigation, a missing name end it."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)],
        cwd=ROOT,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site."""
    folder = tmp_path_factory.mktemp("site")
    ran = built(folder)
    assert ran.returncode == 0, ran.stderr
    return folder


def resources(page: Path) -> Resources:
    found = Resources()
    found.feed(page.read_text(encoding="utf-8"))
    return found


def test_every_page_is_built(site: Path) -> None:
    wanted = {page.stem for page in (ROOT / "docs").glob("*.md")}
    assert {page.stem for page in site.glob("*.html")} == wanted | {"404"}


def test_no_page_takes_anything_from_another_host(site: Path) -> None:
    found = {page.name: [a for a in resources(page).found if _OUTSIDE.match(a)] for page in site.glob("*.html")}
    assert {name: addresses for name, addresses in found.items() if addresses} == {}


def test_no_style_sheet_takes_anything_from_another_host(site: Path) -> None:
    sheets = {file.name: file.read_text(encoding="utf-8") for file in site.rglob("*.css")}
    sheets |= {
        page.name: "".join(re.findall(r"(?s)<style.*?</style>", page.read_text())) for page in site.glob("*.html")
    }
    asked = {name: re.findall(r"""(?:url\(|@import)\s*["']?((?:https?:)?//[^)"']+)""", t) for name, t in sheets.items()}
    assert len(sheets) > 2
    assert {name: addresses for name, addresses in asked.items() if addresses} == {}


def test_scripts_name_other_hosts_only_for_what_is_switched_off(site: Path) -> None:
    scripts = [file for file in site.rglob("*.js") if file.name != "search_index.js"]
    named = {a for file in scripts for a in _ASKS.findall(file.read_text(encoding="utf-8"))}
    assert len(scripts) > 2
    assert named <= _ASLEEP
    pages = [page.read_text(encoding="utf-8") for page in site.glob("*.html")]
    assert not any('class="mermaid"' in page or 'data-md-component="source"' in page for page in pages)


def test_every_page_forbids_the_browser_to_ask_another_host(site: Path) -> None:
    for page in site.glob("*.html"):
        policy = resources(page).policy
        assert policy.startswith("default-src 'self'"), page.name
        assert "http" not in policy and "*" not in policy, page.name


def test_the_search_needs_no_server(site: Path) -> None:
    index = (site / "search" / "search_index.js").read_text(encoding="utf-8")
    assert index.startswith("var __index = ")
    assert "codebook.html" in index
    assert "iframe-worker.js" in (site / "index.html").read_text(encoding="utf-8")
