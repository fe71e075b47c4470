"""The scorer of gold articles: what it counts as right, and that it fails what is wrong."""

from typing import Any

import pytest

from quality import articles
from quality.gold import locate

TEXT = 'Menlu Rusia Sergei Lavrov tiba di Teheran. "Kami siap berunding," kata dia. '
TEXT += "Perdagangan Rusia dan Iran turun 5 persen."
ROW: dict[str, Any] = {
    "id": "a",
    "lang": "id",
    "date": "2024-07-04",
    "title": "Lavrov di Teheran",
    "text": TEXT,
    "references": [{"m": "dia", "codes": ["RUS"], "name": "Lavrov"}],
    "people": [],
    "quotes": [{"q": "Kami siap berunding", "direct": True, "by": ["RUS"], "name": "Lavrov"}],
    "places": [{"p": "Teheran", "code": "IRN"}],
    "figures": [
        {"f": "5 persen", "measure": "trade", "value": 5, "unit": "%", "change": "down", "codes": ["RUS", "IRN"]}
    ],
}
ALL = {"reference": 1, "speaker": 1, "place": 1, "change": 1, "pair": 1}


def scored(**changes: Any) -> dict[str, Any]:
    row = ROW | changes
    counts, _ = articles.score(row, articles.read(row, None))
    return articles.figures(counts)


def test_what_agrees_is_right() -> None:
    found = scored()
    assert {sort: found[sort]["share"] for sort in ALL} == ALL
    assert (found["direct"]["f1"], found["figure"]["f1"]) == (1, 1)


@pytest.mark.parametrize(
    ("sort", "changes"),
    [
        ("reference", {"references": [{"m": "dia", "codes": ["IRN"]}]}),
        ("reference", {"references": [{"m": "dia", "codes": ["RUS"], "name": "Putin"}]}),
        ("speaker", {"quotes": [ROW["quotes"][0] | {"by": ["IRN"]}]}),
        ("place", {"places": [{"p": "Teheran", "code": "IRQ"}]}),
        ("change", {"figures": [ROW["figures"][0] | {"change": "up"}]}),
        ("pair", {"figures": [ROW["figures"][0] | {"codes": ["RUS"]}]}),
    ],
)
def test_what_disagrees_is_wrong(sort: str, changes: dict[str, Any]) -> None:
    assert scored(**changes)[sort]["share"] == 0


def test_what_is_missed_or_too_much_lowers_f1() -> None:
    assert scored(figures=[ROW["figures"][0] | {"value": 6}])["figure"]["f1"] == 0
    assert scored(quotes=[])["direct"]["p"] == 0


@pytest.mark.parametrize("path", sorted(articles.GOLD.glob("*.jsonl")), ids=lambda path: path.stem)
def test_every_quoted_word_of_the_gold_stands_in_its_article(path: Any) -> None:
    for row in articles.rows([path]):
        for key, words in (("references", "m"), ("people", "m"), ("quotes", "q"), ("places", "p"), ("figures", "f")):
            for item in row[key]:
                locate(item[words], row["text"])
