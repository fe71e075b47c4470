"""A text and its outlet in, who wrote it first out."""

import pytest

from relasi.stories.origin import origin

REST = (
    " Para utusan membahas kuota ikan tuna, jadwal feri antarpulau, dan beasiswa bagi pelaut muda sampai larut malam."
)


def credited(text: str, code: str = "id") -> tuple[str, str]:
    return origin(text, code, "Warta Laut Merah")


# -- credits --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "medium"),
    [
        ("SUVA (ANTARA) -", "ANTARA"),
        ("Suva (Antara) –", "ANTARA"),
        ("\n  SUVA (ANTARA) —", "ANTARA"),
        ("SUVA, Fiji (ANTARA):", "ANTARA"),
        ("SUVA, July 3 (Reuters) —", "REUTERS"),
        ("SUVA (AP) --", "AP"),
        ("SUVA (Kantor Berita AFP) -", "AFP"),
        ("SUVA (Al-Jazeera) -", "AL_JAZEERA"),  # a hyphen in a name does not part two names
        ("SUVA (ANTARA/Xinhua) -", "XINHUA"),
        ("SUVA (Antara dan AFP) -", "AFP"),
        ("SUVA (Antara, Kyodo) -", "KYODO"),
        ("SUVA (Xinhua/Warta Laut Merah) -", "XINHUA"),
    ],
)
def test_a_dateline_credits_a_medium_and_of_two_the_one_whose_text_was_passed_on(start, medium):
    assert credited(f"{start} Para utusan bertemu.{REST}") == (medium, "dateline")


@pytest.mark.parametrize(
    ("end", "medium"),
    [
        (" (ANTARA)", "ANTARA"),
        (" (AFP).", "AFP"),
        (" [Reuters]\n", "REUTERS"),
        ("\n(Antara/Xinhua)", "XINHUA"),
        (" (BBC News Indonesia)", "BBC"),
        (" (Yonhap; Warta Laut Merah)", "YONHAP"),
    ],
)
def test_the_end_of_an_article_credits_a_medium(end, medium):
    assert credited(f"Para utusan bertemu.{REST}{end}") == (medium, "tail")


def test_the_end_of_a_short_article_is_no_dateline():
    assert credited("Para utusan bertemu. (AFP)") == ("AFP", "tail")


@pytest.mark.parametrize(
    ("text", "code", "medium"),
    [
        ("Para utusan bertemu di Suva, seperti dilansir AFP.", "id", "AFP"),
        ("Para utusan bertemu di Suva, dikutip dari kantor berita Yonhap.", "id", "YONHAP"),
        ("Para utusan bertemu di Suva, menurut Xinhua.", "id", "XINHUA"),
        ("Reuters melaporkan bahwa para utusan bertemu di Suva.", "id", "REUTERS"),
        ("The envoys met in Suva, according to Reuters.", "en", "REUTERS"),
        ("The envoys met in Suva, Kyodo News reported.", "en", "KYODO"),
        ("The envoys met in Suva, as reported by AFP and others.", "en", "AFP"),
    ],
)
def test_the_beginning_says_where_the_news_is_from(text, code, medium):
    assert credited(text + REST, code) == (medium, "cited")


@pytest.mark.parametrize(
    "text",
    [
        f"Presiden Fiji (60) - yang baru dilantik - tiba.{REST}",
        f"SUVA (Harian Karang) - Para utusan bertemu.{REST}",  # in no table
        f"Para utusan (AFP) bertemu.{REST}",
        f"Wartawan AFP ditahan di Suva.{REST}",
        f"Para utusan bertemu, dilansir Menteri Pariwisata dari AFP.{REST}",  # what the minister passes on
        f"Para utusan bertemu, dilansir oleh kantor berita resmi negara itu AFP.{REST}",  # too far from the verb
        f"Para utusan bertemu.{REST * 6} Demikian dilansir AFP.{REST}",  # only a later paragraph has it from there
        f"Para utusan bertemu.{REST} (AFP) Rapat berlanjut.{REST}",
        "",
    ],
)
def test_a_text_without_a_credit_is_its_outlet_s_own(text):
    assert credited(text) == credited("Para utusan bertemu.")
    assert credited(text)[1] == "outlet"


def test_a_citation_is_not_looked_for_in_a_language_without_a_pack():
    assert credited("Utusan tiba di Suva, menurut Xinhua.", "ms")[1] == "outlet"
    assert credited(f"SUVA (Bernama) - Utusan tiba.{REST}", "ms") == ("BERNAMA", "dateline")


def test_a_dateline_goes_before_the_end_and_both_before_what_is_cited():
    cited = f"Para utusan bertemu, seperti dilansir AFP.{REST}"
    assert credited(cited)[0] == "AFP"
    assert credited(f"{cited} (Kyodo)")[0] == "KYODO"
    assert credited(f"SUVA (ANTARA) - {cited} (Kyodo)")[0] == "ANTARA"


# -- outlets --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "medium"),
    [
        (["Kompas.com", "KOMPAS", "www.kompas.com", "https://www.kompas.com/global/1", "Harian Kompas"], "KOMPAS"),
        (["ANTARA", "Antara", "Antara News", "antaranews.com", "m.antaranews.com", "LKBN Antara"], "ANTARA"),
        (["detikcom", "Detik.com", "detikNews", "detik"], "DETIK"),
        (["CNN Indonesia", "cnnindonesia.com", "CNNIndonesia"], "CNN_INDONESIA"),
        (["The Jakarta Post", "Jakarta Post", "jakarta_post"], "JAKARTA_POST"),
        (["Xinhua", "Xinhua News Agency", "Kantor Berita Xinhua"], "XINHUA"),
    ],
)
def test_an_outlet_is_the_same_under_every_spelling(names, medium):
    assert {origin("Para utusan bertemu.", "id", name) for name in names} == {(medium, "outlet")}


def test_an_outlet_in_no_table_is_the_same_under_every_spelling_too():
    spellings = ["Warta Laut Merah", "warta laut merah", "WartaLautMerah.com", "https://wartalautmerah.co.id/dunia/1"]
    spellings += ["wartalautmerahcom", "Warta Laut Merah News"]
    assert len({origin("Para utusan bertemu.", "id", name) for name in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Warta Laut Merah", "Warta Laut Hitam"),
        ("CNN", "CNN Indonesia"),
        ("CNBC", "CNN"),
        ("Com", "News"),
        ("berita.com", "kabar.com"),
    ],
)
def test_different_outlets_stay_different(one, other):
    assert origin("", "id", one)[0] != origin("", "id", other)[0] != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Suara.com", "Merdeka.com"),
        ("Jakarta Post", "Jakarta Globe"),
        ("Kontan.co.id", "Katadata"),
        ("Media Indonesia", "Metro TV"),
        ("Kommersant", "Izvestia"),
    ],
)
def test_papers_that_write_by_themselves_are_different_outlets(one, other):
    assert origin("", "id", one)[0] != origin("", "id", other)[0]


def test_an_agency_that_is_given_goes_before_the_outlet_and_behind_what_the_text_credits():
    assert origin("Para utusan bertemu.", "id", "Kompas", "antaranews.com") == ("ANTARA", "agency")
    assert origin("Para utusan bertemu.", "id", None, "Pasific News Service")[1] == "agency"
    assert origin(f"Para utusan bertemu.{REST} (AFP)", "id", "Kompas", "Antara") == ("AFP", "tail")
    assert origin("Para utusan bertemu.", "id", "Kompas", "") == ("KOMPAS", "outlet")


@pytest.mark.parametrize("outlet", [None, ""])
def test_without_an_outlet_nobody_is_known(outlet):
    assert origin("Para utusan bertemu.", "id", outlet) == ("", "unknown")
