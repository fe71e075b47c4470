import re
from collections import Counter
from pathlib import Path

import pytest

import relasi.views.web
from relasi.views.texts import catalogue

WEB = Path(relasi.views.web.__file__).parent
CODE = "\n".join(file.read_text(encoding="utf-8") for kind in ("*.py", "*.html") for file in WEB.rglob(kind)).replace(
    "'", '"'
)
ASKED = sorted(set(re.findall(r'say\(\s*"(\w+)"[,)]', CODE)))
OWN = sorted(catalogue(web=True).keys() - catalogue().keys())


@pytest.mark.parametrize("file", [WEB / "texts.yaml", WEB.parent / "texts.yaml"], ids=lambda f: f.parent.name)
def test_no_text_stands_twice(file):
    keys = Counter(re.findall(r"^(\w+):", file.read_text(encoding="utf-8"), re.MULTILINE))
    assert [key for key, times in keys.items() if times > 1] == []


def test_every_text_that_a_page_asks_for_is_there():
    assert len(ASKED) > 100
    assert [key for key in ASKED if key not in catalogue(web=True)] == []


def test_every_text_of_the_pages_is_used():
    """By its name, or by the beginning that a name is made of: "web_by_" ~ unit."""
    begun = {*re.findall(r'"([a-z_]+_)"', CODE), *re.findall(r'"([a-z_]+_)\{', CODE)} - {"web_"}
    begun |= {f"{kind}_" for kind in re.findall(r"term\([\"'](\w+)", CODE)}
    unused = [key for key in OWN if f'"{key}"' not in CODE and not key.startswith(tuple(begun))]
    assert [key for key in unused if f'"{key.removeprefix("web_")}"' not in CODE] == []


@pytest.mark.parametrize("key", OWN)
def test_a_text_is_in_both_languages_and_says_the_same_values(key):
    said = catalogue(web=True)[key]
    assert set(said) == {"id", "en"}
    assert all(said.values())
    assert len({frozenset(re.findall(r"\{(\w+)\}", text)) for text in said.values()}) == 1
