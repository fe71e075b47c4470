"""Actors: title, nationality and name are one mention; languages, leagues and places are none."""

import pytest

from relasi.jobs.check import mark


def actors(text: str, lang: str = "id") -> list[tuple[str, str | None]]:
    return [(f.mention.text, f.mention.code) for m in mark(text, lang) for f in m.found if not f.place]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Menteri Luar Negeri Rusia Sergei Lavrov tiba.", [("Menteri Luar Negeri Rusia Sergei Lavrov", "RUS")]),
        (
            "Menteri Luar Negeri (Menlu) Iran Hossein Amir-Abdollahian bicara.",
            [("Menteri Luar Negeri (Menlu) Iran Hossein Amir-Abdollahian", "IRN")],
        ),
        (
            "Juru bicara Kementerian Luar Negeri China menolaknya.",
            [("Juru bicara Kementerian Luar Negeri China", "CHN")],
        ),
        ("Amerika Serikat (AS) mundur.", [("Amerika Serikat (AS)", "USA")]),
        ("Irlandia-Norwegia-Spanyol sepakat.", [("Irlandia", "IRL"), ("Norwegia", "NOR"), ("Spanyol", "ESP")]),
        ("Pasukan Israel dan warga Palestina.", [("Pasukan Israel", "ISR"), ("warga Palestina", "PSE")]),
        ("Raja dan Ratu Belanda hadir.", [("Raja dan Ratu Belanda", "NLD")]),
        ("Dewan Keamanan PBB bersidang.", [("Dewan Keamanan PBB", "UNO")]),
        ("Ia belajar bahasa Inggris dan sastra Rusia.", []),
        ("Zelensky bertemu Jokowi.", [("Zelensky", "UKR"), ("Jokowi", "IDN")]),
        ("Paus Fransiskus berdoa.", [("Paus Fransiskus", "VAT")]),
        ("Menko Perekonomian Budi Raharja berangkat.", [("Menko Perekonomian Budi Raharja", "IDN")]),
    ],
)
def test_indonesian_actors(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [a for a in actors(text) if a[0] != "Ia"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russian Foreign Minister Sergei Lavrov arrived.", [("Russian Foreign Minister Sergei Lavrov", "RUS")]),
        ("Iran's Foreign Ministry objected.", [("Iran's Foreign Ministry", "IRN")]),
        ("U.S. forces withdrew.", [("U.S. forces", "USA")]),
        ("President Donald Trump spoke.", [("President Donald Trump", "USA")]),
        (
            "Israeli military and the Palestinian Authority.",
            [("Israeli military", "ISR"), ("Palestinian Authority", "PSE")],
        ),
    ],
)
def test_english_actors(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert actors(text, "en") == expected


@pytest.mark.parametrize(
    "text",
    ["Gempa terjadi di Iran.", "Virus ditemukan di Prancis, Spanyol, dan Swiss.", "Ia tampil di Horsens, Denmark."],
)
def test_a_place_is_no_actor(text: str) -> None:
    assert [a for a in actors(text) if a[0] != "Ia"] == []


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("JAKARTA - Kapal China menabrak kapal Filipina.", "id", ["CHN", "PHL"]),
        ("Contohmedia.id, Jakarta – Iran mengecam Israel.", "id", ["IRN", "ISR"]),
        ("WASHINGTON, contoh.id - Iran mengecam Israel.", "id", ["IRN", "ISR"]),
        ("MOSCOW (Reuters) - Russia attacked Ukraine.", "en", ["RUS", "UKR"]),
        ("Rusia - Ukraina berunding.", "id", ["RUS", "UKR"]),
        ("RI - Malaysia sepakat.", "id", ["IDN", "MYS"]),
        ("Hamas - Israel berunding.", "id", ["PSE", "ISR"]),
        ("Menlu AS - yang tiba di Teheran - mengecam Israel.", "id", ["USA", "ISR"]),
    ],
)
def test_a_dateline_names_no_actor(text: str, lang: str, expected: list[str]) -> None:
    assert [code for _, code in actors(text, lang)] == expected


def test_a_minister_in_a_city_may_be_a_visitor() -> None:
    text = "Menlu Rusia Sergei Lavrov tiba di Teheran. Menlu di Teheran mengecam Israel."
    assert reference(text, "Menlu")[0] == ("RUS",)


def test_a_government_belongs_to_the_state_it_sits_in() -> None:
    text = "Jepang mengecam Rusia, namun pemerintah di Moskow bersedia berunding."
    assert reference(text, "pemerintah") == (("RUS",), "seat_in_capital")


def reference(text: str, words: str) -> tuple[tuple[str, ...], str]:
    found = [f.mention for m in mark(text, "id") for f in m.found if f.mention.text == words]
    return found[-1].codes, found[-1].why


def test_kedua_negara_are_the_two_named_before() -> None:
    assert reference("Rusia dan Iran berunding. Kedua negara sepakat.", "Kedua negara")[0] == ("RUS", "IRN")


def test_negara_itu_is_the_nearest_state_before() -> None:
    assert reference("Iran diancam. Uni Eropa menekan negara itu.", "negara itu") == (("IRN",), "nearest_state")


def test_his_counterpart_is_told_by_the_words_that_follow() -> None:
    assert reference("Lavrov menemui rekannya dari Mesir.", "rekannya dari Mesir") == (("EGY",), "named_after")


def test_what_cannot_be_told_stays_unknown_with_a_reason() -> None:
    assert reference("Kedua negara sepakat.", "Kedua negara") == ((), "not_2_before")


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        (
            "Menteri Luar Negeri dan Perdagangan Selandia Baru Winston Peters tiba di Wellington.",
            "id",
            ("Menteri Luar Negeri dan Perdagangan Selandia Baru Winston Peters", "NZL"),
        ),
        (
            "Menteri Pendidikan, Kebudayaan, dan Ilmu Pengetahuan Belanda Eppo Bruins berpidato.",
            "id",
            ("Menteri Pendidikan, Kebudayaan, dan Ilmu Pengetahuan Belanda Eppo Bruins", "NLD"),
        ),
        ("KBRI Ankara membantu mahasiswa.", "id", ("KBRI", "IDN")),  # the city it is in is no actor
        ("The Islamic Republic rejected the offer.", "en", ("Islamic Republic", "IRN")),
        ("The Republic of Azerbaijan rejected the offer.", "en", ("Republic of Azerbaijan", "AZE")),
    ],
)
def test_a_name_is_taken_whole_with_nobody_beside_it(text: str, lang: str, expected: tuple[str, str]) -> None:
    assert actors(text, lang) == [expected]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Kementerian Pertahanan di Minsk membantahnya.", "id", ("Kementerian Pertahanan", "BLR")),
        ("Ia dihukum oleh pengadilan di Chinandega, Nikaragua.", "id", ("pengadilan", "NIC")),
        ("The foreign ministry in Beijing said no.", "en", ("foreign ministry", "CHN")),
        ("Police in Phuket, Thailand, held three men.", "en", ("Police", "THA")),
    ],
)
def test_an_authority_is_of_the_state_where_it_sits(text, lang, expected):
    assert expected in actors(text, lang)


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Armed groups in southern Iraq attacked US troops.", "en", ("Armed groups", "IRQ")),
        ("Kelompok bersenjata di Irak menyerang pasukan AS.", "id", ("Kelompok bersenjata", "IRQ")),
        ("A farmer was beaten by settlers near Nablus in the West Bank.", "en", ("settlers", "ISR")),
        ("Israel struck the West Bank.", "en", ("the West Bank", "PSE")),
        ("Saudi-led coalition strikes Yemen", "en", ("Saudi", "SAU")),
        ("European leaders voiced support for Denmark.", "en", ("European leaders", "EUR")),
        ("European countries voiced support for Denmark.", "en", ("European countries", None)),
        ("Israel barred aid groups from Gaza.", "en", ("aid groups", "NGO")),
        ("Unification minister urges N. Korea to talk", "en", ("Unification minister", "KOR")),
        ("Seoul urged Pyongyang to talk. The North refused.", "en", ("North", "PRK")),
        ("The People’s Liberation Army drilled.", "en", ("People’s Liberation Army", "CHN")),
    ],
)
def test_a_group_is_told_by_where_it_is_or_by_its_name(text, lang, expected):
    assert expected in actors(text, lang)


def test_the_north_is_a_state_only_where_korea_is_spoken_of():
    assert actors("Lebanon was calm. The North refused.", "en") == [("Lebanon", "LBN")]


def test_an_embassy_is_not_of_the_state_where_it_sits():
    found = actors("Pegawai kedutaan di Moskow pulang.")
    assert ("kedutaan", "RUS") not in found
    assert all(code is None for _, code in found)


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Massa pro-Rusia menyerang polisi.", "id", []),
        ("Kelompok anti-Israel menyerang kedutaan AS.", "id", [("kedutaan AS", "USA")]),
        ("Sekutu Ukraina mengecam Rusia.", "id", [("Rusia", "RUS")]),
        ("The pro-Kremlin party accused Ukraine.", "en", [("Ukraine", "UKR")]),
        ("Iran accused Ukraine's allies.", "en", [("Iran", "IRN")]),
        ("Former ambassador to Russia Michael McFaul blamed Iran.", "en", [("Iran", "IRN")]),
        (
            "Former UN ambassador Bill Richardson met Iran.",
            "en",
            [("UN ambassador Bill Richardson", None), ("Iran", "IRN")],
        ),
    ],
)
def test_whom_somebody_is_for_or_sent_to_does_not_act(text: str, lang: str, expected: list[tuple[str, str]]) -> None:
    found = [a for a in actors(text, lang) if a[0] not in ("polisi", "Massa", "Kelompok")]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("KRI Usman Harun menangkap nelayan.", "id", ("KRI Usman Harun", "IDN")),
        ("The USS Carney fired back.", "en", ("USS Carney", "USA")),  # nor is it Canada's prime minister
        ("NATO ambassador Matthew Whitaker agreed.", "en", ("NATO ambassador Matthew Whitaker", "USA")),
        ("UN envoy Hans Grundberg agreed.", "en", ("UN envoy Hans Grundberg", "UNO")),
        ("Kemenkes Kongo mengirim obat.", "id", ("Kemenkes Kongo", "COD")),
        ("RS Indonesia diserang.", "id", ("RS Indonesia", "PSE")),
        ("Masalah itu dibawa ke Dewan Keamanan.", "id", ("Dewan Keamanan", "UNO")),
    ],
)
def test_a_name_says_whose_it_is(text: str, lang: str, expected: tuple[str, str]) -> None:
    assert actors(text, lang) == [expected]


def test_a_states_own_security_council_is_not_that_of_the_united_nations() -> None:
    assert ("Security Council", "UNO") not in actors("Russia's Security Council met on Ukraine.", "en")


@pytest.mark.parametrize(
    ("text", "lang", "codes"),
    [
        ("Menteri mengunjungi kantor Petro Muba di Iran.", "id", "IRN"),
        ("Menteri Iran menemui Petro di Madrid.", "id", "IRN COL ESP"),
        ("The Trump Tower in Serbia will not be built.", "en", "SRB"),
        ("Trump called for talks with Serbia.", "en", "USA SRB"),
    ],
)
def test_what_only_bears_a_leaders_name_is_not_he(text: str, lang: str, codes: str) -> None:
    assert [code for m in mark(text, lang) for f in m.found for code in f.mention.codes] == codes.split()


def test_a_ministry_without_a_state_is_of_the_home_press():
    assert ("Kementerian Kesehatan", "IDN") in actors("Kementerian Kesehatan berkoordinasi dengan WHO.")
    assert ("Mendag", "IDN") in actors("Indonesia menaikkan ekspor. Mendag bertemu delegasi Jepang.")
