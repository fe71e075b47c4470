"""Who denies or admits an act, and the accusation that he answers."""

import pytest

from tests.conftest import coded


@pytest.mark.parametrize(
    ("text", "lang", "told"),
    [
        (
            "Iran menepis tudingan Ukraina memasok drone ke Rusia.",
            "id",
            {("ACCUSE", "actual", "UKR", "IRN"), ("AID", "denied", "IRN", "RUS")},
        ),
        (
            "Uni Emirat Arab membantah tuduhan Sudan bahwa pihaknya memasok senjata ke RSF.",
            "id",
            {("ACCUSE", "actual", "SDN", "ARE"), ("AID", "denied", "ARE", "SDN")},
        ),
        (
            "Rusia menolak tuduhan Estonia bahwa pesawatnya menyerang kapal Polandia.",
            "id",
            {("ACCUSE", "actual", "EST", "RUS"), ("ASSAULT", "denied", "RUS", "POL")},
        ),
        (
            "Iran denied US accusations that it supplied drones to Russia.",
            "en",
            {("ACCUSE", "actual", "USA", "IRN"), ("AID", "denied", "IRN", "RUS")},
        ),
        (
            "Iran denied accusations that it had secretly supplied drones to Russia.",
            "en",
            {("AID", "denied", "IRN", "RUS")},
        ),
        ("The UAE has denied sending weapons to the RSF.", "en", {("AID", "denied", "ARE", "SDN")}),
        (
            "Iran admitted for the first time that it had supplied drones to Russia.",
            "en",
            {("AID", "actual", "IRN", "RUS")},
        ),
        (  # whoever else is named did it
            "Iran denied that Belarus had supplied drones to Russia.",
            "en",
            {("AID", "denied", "BLR", "RUS")},
        ),
    ],
)
def test_who_denies_or_admits_an_act_is_who_did_it(text: str, lang: str, told: set[tuple[str, ...]]) -> None:
    events = coded(text, lang=lang).events
    assert {(e.type, e.status, e.actors[0].code, e.recipients[0].code) for e in events} == told
