"""The encoder reads what the rules mark, and tells events in the same terms."""

import numpy as np
import pytest

from relasi import articles
from relasi.encoder import Encoder, Floats, load
from relasi.events import encoded
from relasi.events.encoded import bucket, pieces, tagged
from relasi.jobs import analyse, analyse_all
from relasi.jobs.check import mark
from relasi.records import Page


def test_pieces_are_those_that_a_span_touches() -> None:
    assert pieces([(-1, -1), (0, 5), (6, 9), (9, 12)], 7, 12) == (2, 4)
    assert pieces([(0, 5)], 8, 9) is None


def test_distance_tells_side_and_grows_with_it() -> None:
    before, near = bucket((9, 10), (0, 2)), bucket((9, 10), (8, 9))
    inside, after, farther = bucket((3, 5), (4, 6)), bucket((1, 2), (2, 3)), bucket((1, 2), (20, 21))
    assert 0 <= before < near < inside < after < farther < encoded.DISTANCES


def test_a_run_of_tags_is_a_span() -> None:
    scores = np.full((5, len(encoded.TAGS)), -9.0, np.float32)
    for at, tag in enumerate([0, 3, 4, 0, 5]):
        scores[at, tag] = 9.0
    assert [(t.span, t.kind) for t in tagged(scores)] == [((1, 3), 1), ((4, 5), 2)]


@pytest.mark.parametrize(
    ("text", "kind", "actors", "recipients"),
    [
        ("Rusia menyerang Ukraina dengan puluhan drone pada Selasa malam.", "ASSAULT", "RUS", "UKR"),
        ("Ukraina diserang Rusia dengan puluhan drone pada Selasa malam.", "ASSAULT", "RUS", "UKR"),
        ("Uni Eropa menjatuhkan sanksi baru terhadap Iran.", "SANCTION", "EUR", "IRN"),
        ("Russia attacked Ukraine with dozens of drones.", "ASSAULT", "RUS", "UKR"),
    ],
)
def test_plain_sentences_are_read_right(text: str, kind: str, actors: str, recipients: str) -> None:
    lang = "en" if text.startswith("Russia ") else "id"
    (event,) = analyse(Page(path="t", text=text, lang=lang), load()).events
    assert event.type == kind
    assert [p.code for p in event.actors] == [actors] and [p.code for p in event.recipients] == [recipients]
    assert event.method.startswith("encoder") and 0 < event.confidence <= 1
    assert text[event.trigger.start : event.trigger.end] == event.trigger.text


def test_articles_read_together_are_read_as_alone() -> None:
    long = "Iran membantah memasok drone ke Rusia, kata juru bicara itu. " * 3
    texts = ["Rusia menyerang Ukraina.", "Cuaca cerah.", long]
    pages = [Page(path="t", text=text, lang="id") for text in texts]
    together = list(analyse_all([articles.read(p) for p in pages], load()))
    alone = [analyse(p, load()) for p in pages]
    told = [[(e.type, e.trigger, e.actors, e.recipients, e.status) for e in c.events] for c in (*together, *alone)]
    assert told[:3] == told[3:]


def test_a_sentence_that_is_cut_is_still_read_and_its_actors_are_kept() -> None:
    (marked,) = mark("Rusia menyerang Ukraina " + "dan seterusnya " * 130 + " kata Iran.", "id")
    (reading,) = encoded.read([marked], load())
    assert [t.type for t in reading.told] == ["ASSAULT"]
    assert {f.mention.code for f in reading.actors} >= {"RUS", "IRN"}


def test_a_relation_is_asked_for_a_pair_of_phrases() -> None:
    (marked,) = mark("Ukraine was attacked by Russia.", "en")
    likely = encoded.relation(marked, [(24, 30)], [(0, 7)], load())
    assert sum(likely.values()) == pytest.approx(1, abs=1e-3) and max(likely, key=lambda t: likely[t]) == "ASSAULT"
    assert encoded.relation(marked, [], [], load()).keys() == likely.keys()


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Kementerian Luar Negeri Turki menyangkal telah menyerang Armenia.", "id", ["ASSAULT denied"]),
        ("Korea Utara menepis laporan soal pengiriman pasukan ke Rusia.", "id", ["MOBILIZE denied"]),
        ("Armenia dismissed reports of shelling of Azerbaijani positions as fabricated.", "en", ["ASSAULT denied"]),
        ("The attack on the Armenian convoy never happened, Azerbaijan said.", "en", ["ASSAULT denied"]),
        ("Azerbaijan attacked an Armenian convoy, Armenia said.", "en", ["ASSAULT actual"]),
    ],
)
def test_what_is_denied_is_denied_and_the_denial_is_no_event(text: str, lang: str, expected: list[str]) -> None:
    assert [f"{e.type} {e.status}" for e in analyse(Page(path="t", text=text, lang=lang), load()).events] == expected


def test_pieces_of_one_word_are_one_trigger() -> None:
    text = "Suriah, yang dulu sekutu dekat Iran, mengusir penasihat militer Iran."
    events = analyse(Page(path="t", text=text, lang="id"), load()).events
    assert [(e.type, e.trigger.text) for e in events if "mengusir" in e.trigger.text] == [("SANCTION", "mengusir")]


@pytest.mark.parametrize(
    ("text", "lang", "recipients"),
    [
        ("India has recalled its ambassador from Canada.", "en", ["CAN"]),
        ('"Iran attacked our ships," Saudi Arabia\'s foreign minister said.', "en", ["SAU"]),
        ('"Iran menyerang kapal kami," kata Menlu Arab Saudi.', "id", ["SAU"]),
    ],
)
def test_whom_the_speaker_or_the_doer_calls_his_own(text: str, lang: str, recipients: list[str]) -> None:
    (event,) = analyse(Page(path="t", text=text, lang=lang), load()).events
    assert [p.code for p in event.recipients] == recipients


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AS menyerang Venezuela. Iran mengecam serangan terhadap Venezuela.", ["USA"]),
        ("Iran mengecam serangan terhadap Venezuela.", []),
        ("Rusia memprotes sanksi terhadap Iran di Moskow.", []),
        ("Rusia menuduh Ukraina atas serangan ke Belgorod.", ["UKR"]),
    ],
)
def test_who_suffers_what_is_condemned_is_not_accused(text: str, expected: list[str]) -> None:
    events = analyse(Page(path="t", text=text, lang="id"), load()).events
    assert [p.code for e in events if e.type == "ACCUSE" for p in e.recipients] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Menteri itu mengatakan Rusia telah meluncurkan lebih dari 2.000 drone buatan Iran sejak September.",
        "Russia fired Iranian-made missiles at Ukraine on Sunday.",
    ],
)
def test_who_made_a_weapon_is_no_party(text: str) -> None:
    coded = analyse(Page(path="t", text=text, lang="en" if text.startswith("Russia ") else "id"), load())
    assert "IRN" in {m.code for m in coded.mentions}
    assert "IRN" not in {p.code for e in coded.events for p in (*e.actors, *e.recipients)}


def test_being_about_to_act_is_no_act_of_its_own() -> None:
    text = "Gedung Putih pekan lalu menyatakan Iran bersiap memasok ratusan pesawat nirawak kepada Rusia."
    (event,) = analyse(Page(path="t", text=text, lang="id"), load()).events
    # Help that is to come is AGREE, or AID that is planned: the annotation guide admits both.
    assert (event.type in ("AID", "AGREE"), event.status, event.trigger.text) == (True, "planned", "memasok")


class Sure(Encoder):
    """The shipped model, but sure of which mention is of which state: those of a table."""

    def __init__(self, likely: float) -> None:
        vars(self).update(vars(load()))
        self.likely = likely

    def belongs(self, m: Floats, other: Floats, far: list[int]) -> Floats:
        assert len(m) == len(other) == len(far)
        return np.full(len(far), self.likely, np.float32)


@pytest.mark.parametrize(("likely", "codes", "why"), [(0.9, ("IRN",), "encoder_same_state"), (0.1, (), "encoder_only")])
def test_an_actor_whom_no_table_knows_is_of_the_state_beside_him_if_the_model_is_sure(
    likely: float, codes: tuple[str, ...], why: str
) -> None:
    (marked,) = mark("Para pengunjuk rasa bentrok dengan pasukan Iran di jalan.", "id")
    (reading,) = encoded.read([marked], Sure(likely))
    crowd = next(f.mention for f in reading.actors if "unjuk rasa" in f.mention.text)
    assert (crowd.codes, crowd.why) == (codes, why)
    assert [b.text for b in crowd.basis] == (["pasukan Iran"] if codes else [])


def test_the_government_is_of_the_state_that_the_sentence_is_about_not_of_the_home_press() -> None:
    page = Page(path="t", text="Pemerintah menyerang pasukan Kenya, kata kelompok oposisi Somalia.", lang="id")
    told = [analyse(page, Sure(likely)).events for likely in (0.1, 0.9)]
    codes = [{code for one in events for party in one.actors for code in party.codes} for events in told]
    assert codes == [{"IDN"}, {"KEN", "SOM"}]


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Tentara Yaman menyerang posisi Houthi di Taizz.", "YEM"),
        ("Pengadilan Suriah menjatuhkan hukuman mati kepada mantan Presiden Bashar al-Assad.", "SYR"),
    ],
)
def test_two_of_one_state_may_deal_with_each_other(text: str, parties: str) -> None:
    coded = analyse(Page(path="t", text=text, lang="id"), load())
    sides = [({c for p in e.actors for c in p.codes}, {c for p in e.recipients for c in p.codes}) for e in coded.events]
    assert ({parties}, {parties}) in sides


@pytest.mark.parametrize("text", ["Otoritas Israel menegur Israel.", "Putin mengancam Moskow."])
def test_a_states_own_name_does_not_stand_on_both_sides(text: str) -> None:
    assert not analyse(Page(path="t", text=text, lang="id"), load()).events


@pytest.mark.parametrize(
    "text",
    [
        "Iran menyerahkan sejumlah kecil drone kepada Moskow sebelum perang.",
        "Iran mengirim drone kepada Rusia sebelum perang, kata Menlu Iran kepada wartawan.",
    ],
)
def test_a_war_that_only_says_when_is_none_of_theirs_and_who_listens_is_no_source(text: str) -> None:
    events = analyse(Page(path="t", text=text, lang="id"), load()).events
    assert [e.type for e in events] == ["AID"]
    assert all(p.codes for p in events[0].said_by)


def test_who_is_captured_is_not_accused_where_the_capture_is_condemned() -> None:
    text = "China condemns Maduro capture but some see it as a chance."
    told = {e.type: e for e in analyse(Page(path="t", text=text, lang="en"), load()).events}
    assert [p.code for p in told["ACCUSE"].actors] == ["CHN"] and told["ACCUSE"].recipients == ()


def test_a_part_of_a_state_that_acts_is_of_that_state() -> None:
    text = "Alberta will send firefighters to Mexico on Monday, its premier said."
    (event,) = analyse(Page(path="t", text=text, lang="en"), load()).events
    (one,) = event.actors
    assert (one.text, one.code) == ("Alberta", "CAN") and [p.code for p in event.recipients] == ["MEX"]


def test_another_state_may_charge_one_with_what_it_did_to_its_own() -> None:
    text = "Moskow menuduh Kyiv menyerang warga Ukraina di Donetsk."
    (_, act) = analyse(Page(path="t", text=text, lang="id"), load()).events
    assert [p.code for p in (*act.actors, *act.recipients, *act.said_by)] == ["UKR", "UKR", "RUS"]


def test_speaking_up_is_no_talk_with_whom_it_is_about() -> None:
    text = "Juru bicara Kementerian Luar Negeri Iran Esmaeil Baghaei angkat bicara soal ancaman Trump tersebut."
    assert [e.type for e in analyse(Page(path="t", text=text, lang="id"), load()).events] == ["THREATEN"]
