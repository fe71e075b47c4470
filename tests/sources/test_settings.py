"""The settings file of watched sources: what is said of mistakes, and the starter list."""

import re
from pathlib import Path

import pytest

from relasi.errors import InputError
from relasi.sources.settings import Settings, Source, read_settings, starter
from relasi.sources.web import Limits

ONE = '[[sources]]\nname = "a"\nurl = "https://a.example/rss"\n'


def read(tmp_path, text: str):
    file = tmp_path / "sources.toml"
    file.write_text(text)
    return read_settings(file)


def test_what_is_not_said_has_its_default(tmp_path):
    settings = read(tmp_path, ONE)
    (source,) = settings.sources
    assert (source.kind, source.lang, source.every, settings.every, settings.limits.pause) == (
        "feed",
        None,
        None,
        30,
        2,
    )


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (ONE + "every = \n", 4, "Invalid value"),
        ("", None, "'sources' is missing; see: relasi sources --starter"),
        ('[[sources]]\nname = "a"', None, "source number 1: 'url' is missing"),
        (ONE + ONE, None, "source 'a' is named 2 times"),
        (ONE + 'kind = "rss"', None, "source number 1, kind: .*; known are feed, sitemap, pages"),
        (ONE + "evry = 5", None, "source number 1: unknown key 'evry'; known are name, url"),
        (ONE + 'every = "5"', None, "source number 1, every: Expected"),
        (ONE + "every = 0", None, "source 'a', every: must be more than 0"),
        (ONE + "most = 0", None, "source 'a', most: must be at least 1"),
        (ONE + 'kind = "pages"', None, "source 'a', pattern: a source of the kind 'pages' needs one"),
        (ONE + 'pattern = "("', None, "source 'a', pattern: no regular expression"),
        (ONE + "[limits]\npaus = 1", None, "limits: unknown key 'paus'; known are pause"),
        (ONE + "[limits]\npause = -1", None, "limits, pause: must not be less than 0"),
        ('contact = "a\\nb"\n' + ONE, None, "contact: must be of printable ASCII"),
        ("every = 0\n" + ONE, None, "every: must be more than 0"),
        (ONE.replace("https:", "file:"), None, "source 'a', url: .* is no address of the web"),
    ],
)
def test_a_mistake_is_told_by_file_and_line_or_key(tmp_path, text, line, reason):
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    assert (caught.value.path, caught.value.line) == (str(tmp_path / "sources.toml"), line)
    assert re.match(reason, caught.value.reason)


def test_a_file_that_is_not_there_says_how_to_make_one(tmp_path):
    with pytest.raises(InputError, match="make one with: relasi sources --starter"):
        read_settings(tmp_path / "tiada.toml")


def test_the_starter_list_is_good_settings_and_claims_nothing(tmp_path):
    settings = read(tmp_path, starter())
    assert len(settings.sources) >= 40
    assert not any(source.checked for source in settings.sources)
    assert len({source.url for source in settings.sources}) == len(settings.sources)
    assert sum(source.lang == "id" for source in settings.sources) >= 20


def test_every_setting_is_documented():
    docs = (Path(__file__).parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")
    keys = {*Settings.__struct_fields__, *Source.__struct_fields__, *Limits.__struct_fields__} - {"sources", "limits"}
    assert [key for key in keys if not re.search(rf"^{key} = ", docs, re.MULTILINE)] == []
