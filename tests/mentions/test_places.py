"""Places: which names say where, and which of several places of a name is meant."""

import subprocess
import sys

import pytest

from relasi import articles, mentions
from relasi.errors import DataError
from relasi.jobs import analyse
from relasi.jobs.check import mark
from relasi.records import Page, Place
from relasi.world import own, towns
from relasi.world.places import key


def places(text: str, lang: str = "id") -> list[Place]:
    return [place for m in mark(text, lang) for _, place in m.places]


def coded(text: str, lang: str = "id") -> list[tuple[str, str | None]]:
    return [(p.text, p.code) for p in places(text, lang)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Para utusan bertemu di Jenewa, Swiss.", [("Jenewa", "CHE"), ("Swiss", "CHE")]),
        ("KAIRO, Contoh - Para utusan dari berbagai negara telah tiba.", [("KAIRO", "EGY")]),
        ("Jenewa (Contoh) - Para utusan dari berbagai negara telah tiba.", [("Jenewa", "CHE")]),
        ("Gempa melanda Provinsi Azerbaijan Timur.", [("Provinsi Azerbaijan Timur", "IRN")]),
        ("Drone menghantam kota pelabuhan Odesa.", [("Odesa", "UKR")]),
        ("Pasukan itu mundur dari Khan Younis, Gaza selatan.", [("Khan Younis", "PSE"), ("Gaza selatan", "PSE")]),
        ("Bantuan masuk lewat perlintasan Kerem Shalom.", [("Kerem Shalom", "ISR")]),
        ("Kapal asing memasuki Laut Natuna Utara.", [("Laut Natuna Utara", "IDN")]),
        ("Dua kapal bertabrakan di Laut China Selatan.", [("Laut China Selatan", None)]),
        ("Tanker tertahan di Selat Hormuz.", [("Selat Hormuz", None)]),
        ("Nelayan diusir dari Beting Scarborough.", [("Beting Scarborough", None)]),
        ("Pengungsi Rohingya mendarat di Lhokseumawe, Aceh.", [("Lhokseumawe", "IDN"), ("Aceh", "IDN")]),
        ("Jemaah bergerak dari Makkah ke Madinah.", [("Makkah", "SAU"), ("Madinah", "SAU")]),
        ("Bentrokan pecah di dekat kota tua Yerusalem Timur.", [("Yerusalem Timur", "PSE")]),
        ("Ledakan terdengar di sekitar Baitul Maqdis.", [("Baitul Maqdis", None)]),
        ("Rudal jatuh di bagian utara Israel.", [("Israel", "ISR")]),
        ("Mereka ditahan di perbatasan Rusia.", [("Rusia", "RUS")]),
        ("Kapal itu karam di lepas pantai Yaman.", [("Yaman", "YEM")]),
        ("Konser digelar di Prancis, Spanyol, dan Swiss.", [("Prancis", "FRA"), ("Spanyol", "ESP"), ("Swiss", "CHE")]),
        ("Ia singgah di Damaskus, Beirut, dan Amman.", [("Damaskus", "SYR"), ("Beirut", "LBN"), ("Amman", "JOR")]),
        ("Di Suriah, Israel menyerang gudang senjata.", [("Suriah", "SYR")]),
        ("Pabrik itu berdiri di Oblast Belgorod.", [("Oblast Belgorod", "RUS")]),
        ("Pertempuran berkecamuk di Rakhine, Myanmar.", [("Rakhine", "MMR"), ("Myanmar", "MMR")]),
        ("Pengawas memeriksa fasilitas di Natanz.", [("Natanz", "IRN")]),
        ("Ia lahir di Cherkasy.", [("Cherkasy", "UKR")]),
        ("Pertemuan di ibu kota Suriah, Damaskus, batal.", [("Suriah", "SYR"), ("Damaskus", "SYR")]),
        ("LIMA, Harian Contoh - Para utusan telah tiba.", [("LIMA", "PER")]),
        ("Quito (Warta Laut Merah) - Para utusan telah tiba.", [("Quito", "ECU")]),
        ("TUNIS/RABAT (KBC) — Para utusan telah tiba.", [("TUNIS", "TUN"), ("RABAT", "MAR")]),
        ("NAIROBI, Kenya (KBC) - Para utusan telah tiba.", [("NAIROBI", "KEN"), ("Kenya", "KEN")]),
        ("Truk itu melewati Rwanda menuju Goma.", [("Rwanda", "RWA"), ("Goma", "COD")]),
        ("Lima perawat berasal dari Nepal.", [("Nepal", "NPL")]),
        ("Barang masuk lewat perbatasan darat dengan Oman.", [("Oman", "OMN")]),
        ("Pemberontak merebut Bukavu.", [("Bukavu", "COD")]),
        ("Ia menemui mitranya di Praha.", [("Praha", "CZE")]),
        ("Kapal itu berlayar di Selat Gibraltar.", [("Selat Gibraltar", None)]),
        ("Pedagang menyeberangi Sungai Salween.", [("Sungai Salween", None)]),
        ("Pameran dibuka di Xi'an.", [("Xi'an", "CHN")]),
        ("Polisi dikerahkan ke Ladakh dan Pulwama.", [("Ladakh", None), ("Pulwama", None)]),
    ],
)
def test_indonesian_places(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert coded(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The envoys met in Geneva.", [("Geneva", "CHE")]),
        ("CAIRO (Sample) - Envoys from many countries arrived.", [("CAIRO", "EGY")]),
        ("Shells hit the Ukrainian city of Kharkiv.", [("Kharkiv", "UKR")]),
        ("They fled from Russia's Belgorod region.", [("Russia", "RUS"), ("Belgorod region", "RUS")]),
        ("Troops moved through the occupied West Bank.", [("West Bank", "PSE")]),
        ("A tanker burned in the Strait of Hormuz.", [("Strait of Hormuz", None)]),
        ("Ships queued off the coast of Yemen.", [("Yemen", "YEM")]),
        ("The minister travelled to Kyiv.", [("Kyiv", "UKR")]),
        ("Fighting spread in northern Syria.", [("northern Syria", "SYR")]),
        ("US troops in Iraq and Syria came under fire.", [("Iraq", "IRQ"), ("Syria", "SYR")]),
        ("The two met in Sharm el-Sheikh, Egypt.", [("Sharm el-Sheikh", "EGY"), ("Egypt", "EGY")]),
        ("A bomb went off near Mazar-e-Sharif.", [("Mazar-e-Sharif", "AFG")]),
        ("Rain fell across Nova Scotia.", [("Nova Scotia", "CAN")]),
        ("Farmers blocked roads in Brussels.", [("Brussels", "BEL")]),
        ("He was arrested in the US.", [("US", "USA")]),
        ("LA PAZ, Bolivia (Sample) - Envoys arrived.", [("LA PAZ", "BOL"), ("Bolivia", "BOL")]),
        ("AMMAN, Jordan - Egypt and Qatar urged calm.", [("AMMAN", "JOR"), ("Jordan", "JOR")]),
        ("LAGOS, Aug 8 (Sample) - Envoys arrived.", [("LAGOS", "NGA")]),
        ("Ferries reach the Danish islands.", [("Danish islands", "DNK")]),
        ("Millions of people have left Sudan.", [("Sudan", "SDN")]),
        ("Missiles struck Kharkiv, Sumy and a village.", [("Kharkiv", "UKR"), ("Sumy", "UKR")]),
        ("They will send wheat to Yemen, to Chad.", [("Yemen", "YEM"), ("Chad", "TCD")]),
        ("The tanker was bound for Oman.", [("Oman", "OMN")]),
        ("Firms built plants in Ghana, and Accra runs them.", [("Ghana", "GHA")]),
    ],
)
def test_english_places(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert coded(text, "en") == expected


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Mereka menandatangani Perjanjian Paris.", "id"),
        ("Israel melanggar Konvensi Jenewa.", "id"),
        ("Bank of China membuka kantor baru.", "id"),
        ("Ia fasih berbahasa Inggris dan bahasa Rusia.", "id"),
        ("Ia bermain di Liga Champions.", "id"),
        ("Wali Kota Gaza menolak usul itu.", "id"),
        ("Washington memperingatkan Teheran.", "id"),
        ("Pemerintah di Moskow menolak usul itu.", "id"),
        ("Delegasi dari Mesir ikut berunding.", "id"),
        ("Ada tekanan dari AS.", "id"),
        ("Ia menulis di Twitter dan di Telegram.", "id"),
        ("Rapat digelar pada Senin di Kementerian Luar Negeri.", "id"),
        ("Gubernur Jawa Barat hadir.", "id"),
        ("Mereka mengecam Permukiman Ilegal Israel.", "id"),
        ("Produk asal China dikenai bea masuk.", "id"),
        ("Podium ketiga ia raih di Moto3 Thailand.", "id"),
        ("Ia menunggu kabar dari Riyadh.", "id"),
        ("Rusia menyerang Ukraina.", "id"),
        ("Tim itu kalah dari Peru di Piala Thomas.", "id"),
        ("He sent a letter to Iran.", "en"),
        ("It backed a plan for Oman.", "en"),
        ("The city's Muslim traders prayed.", "en"),
        ("The film opens at the Center.", "en"),
        ("They defended the Paris Agreement.", "en"),
        ("The Geneva Conventions forbid it.", "en"),
        ("The Bank of China opened a branch.", "en"),
        ("Paris Hilton sang.", "en"),
        ("He handed the letter to Jordan Henderson.", "en"),
        ("Washington warned Moscow.", "en"),
        ("It sold gas to Italy.", "en"),
        ("A delegation from Egypt joined the talks.", "en"),
        ("He was held in US custody.", "en"),
        ("The talks resumed in January.", "en"),
        ("The Africa Cup of Nations began.", "en"),
    ],
)
def test_what_is_no_place(text: str, lang: str) -> None:
    assert places(text, lang) == []


@pytest.mark.parametrize(
    ("text", "lang", "code", "why"),
    [
        ("Bentrokan pecah di Tripoli, Lebanon.", "id", "LBN", "beside_state"),
        ("Milisi Libya bertempur. Sidang digelar di Tripoli.", "id", "LBY", "country_context"),
        ("Sidang digelar di Tripoli.", "id", "LBY", "largest"),
        ("Polisi Pakistan siaga. Ledakan terjadi di Hyderabad.", "id", "PAK", "country_context"),
        ("Ledakan terjadi di Hyderabad, India.", "id", "IND", "beside_state"),
        ("Mahkamah Agung Argentina memutus. Ia ditahan di Cordoba.", "id", "ARG", "country_context"),
        ("Presiden Chile berpidato di Santiago.", "id", "CHL", "country_context"),
        ("Polisi Spanyol menggerebek rumah di Valencia.", "id", "ESP", "country_context"),
        ("Tentara Venezuela menggerebek rumah di Valencia.", "id", "VEN", "country_context"),
        ("Police in Alexandria, Virginia, made arrests.", "en", "USA", "beside_state"),
        ("Egypt opened a port in Alexandria.", "en", "EGY", "country_context"),
        ("The president of Costa Rica spoke in San Jose.", "en", "CRI", "country_context"),
        ("A court in Victoria heard the case of two Australian men.", "en", "AUS", "country_context"),
        ("He was a judge in Kharkov.", "en", "UKR", "own_table"),
        ("Ia mengajar di Varanasi.", "id", "IND", "own_table"),
        ("A fire broke out in Preston.", "en", "GBR", "largest"),
        ("A fire broke out in Peterborough.", "en", None, "ambiguous"),
        ("Polisi di Atlanta, Georgia, menutup jalan.", "id", "USA", "beside_state"),
        ("Greece moved the families. A camp opened near Alexandria.", "en", "GRC", "country_context"),
        ("The US president left. The envoy waited in Alexandria.", "en", "EGY", "largest"),
        ("Hakim di Tripoli, Lebanon, cuti. Menlu Libya datang. Sidang di Tripoli batal.", "id", "LBN", "told_before"),
        ("Polisi Honduras siaga. Banjir merendam rumah di Juticalpa.", "id", "HND", "country_context"),
        ("Presiden Guatemala lalu berpidato selama dua jam di Xoconub.", "id", "GTM", "sentence_state"),
        ("The Cambodian army dug in near Prey Thmei.", "en", "KHM", "sentence_state"),
    ],
)
def test_one_of_several_places(text: str, lang: str, code: str | None, why: str) -> None:
    place = next(p for p in reversed(places(text, lang)) if p.why != "own_table" or why == "own_table")
    assert (place.code, place.why) == (code, why)


@pytest.mark.parametrize(
    ("text", "name", "code", "why"),
    [
        ("Pasukan menggerebek desa Beit Qarnun, Tepi Barat.", "Beit Qarnun", "PSE", "beside_state"),
        ("Gempa mengguncang Desa Sukamaju.", "Sukamaju", None, "unknown_name"),
        ("Tentara memasuki desa Beit Qarnun dan kota Jenin.", "Beit Qarnun", "PSE", "neighbour"),
        ("Kopi dari Desa Sukamaju diekspor ke Mesir.", "Sukamaju", None, "unknown_name"),
        ("Ia dimakamkan di Svetograd, Kroasia.", "Svetograd", "HRV", "beside_state"),
    ],
)
def test_a_village_that_no_table_knows_keeps_its_name(text: str, name: str, code: str | None, why: str) -> None:
    place = places(text)[0]
    assert (place.name, place.code, place.why, place.lat) == (name, code, why, None)


def test_the_states_of_the_title_and_of_later_sentences_count() -> None:
    page = Page(
        path="t", text="Ia ditahan di Cordoba. Polisi menolak bicara.", title="Argentina tahan hakim", lang="id"
    )
    ((_, place),) = mentions.find(articles.read(page))[0].places
    assert (place.code, place.why) == ("ARG", "country_context")


def test_a_person_of_the_article_is_no_town() -> None:
    text = "Menlu Inggris David Preston tiba. Ia menunggu surat ke Preston."
    assert ("Preston", "GBR") not in coded(text)


def test_offsets_and_coordinates() -> None:
    text = "Ia pergi. Para utusan bertemu di Wina."
    (place,) = places(text)
    assert text[place.start : place.end] == "Wina"
    assert place.lat == pytest.approx(48.2, abs=0.1)
    assert place.lon == pytest.approx(16.4, abs=0.1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Israel menyerang gudang senjata milik Hizbullah di Baalbek, Lebanon.", "Baalbek"),
        ("Menlu Iran tiba dari Bagdad untuk bertemu Menlu Rusia di Moskow.", "Moskow"),
        ("KAIRO, Contoh - Israel menyerang Hamas.", None),
    ],
)
def test_an_event_takes_the_place_that_a_preposition_governs(text: str, expected: str | None) -> None:
    event = analyse(Page(path="t", text=text, lang="id")).events[0]
    assert (event.place.name if event.place else None) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Serangan di kota Homs, Suriah, dan Tripoli menewaskan tiga orang.",
        "Kecelakaan terjadi di Kabupaten Bogor, Jawa Barat.",
        "Polisi bersiaga di sekitar Damaskus.",
    ],
)
def test_a_place_does_not_act(text: str) -> None:
    assert [f.mention.text for m in mark(text, "id") for f in m.found if not f.place and f.mention.code] == []


def test_names_are_compared_without_case_and_accents() -> None:
    assert key("São Paulo") == key("SAO PAULO")
    assert key("Sana’a") == "sanaa"
    assert [s.code for s in own("DEIR EZ-ZOR", "id")] == ["SYR"]


def test_towns_come_largest_first_with_their_state() -> None:
    spots = towns("Hyderabad")
    assert [s.code for s in spots] == ["IND", "PAK"]
    assert spots[0].population > spots[1].population
    assert {s.code for s in towns("Hamilton")} >= {"CAN", "NZL", "USA"}
    assert towns("Tiada Kota Begini") == ()


def test_a_territory_has_the_code_of_its_state() -> None:
    assert [s.code for s in towns("Fort-de-France")] == ["FRA"]


def test_the_gazetteer_is_read_only_when_it_is_needed() -> None:
    code = (
        "from relasi.jobs.check import mark; from relasi.world import places; "
        "mark('Israel menyerang Hamas di Kota Gaza, lalu Menlu Rusia tiba di Moskow.', 'id'); "
        "assert places._towns.cache_info().currsize == 0; "
        "mark('Ia lahir di Wolfsburg.', 'id'); assert places._towns.cache_info().currsize == 1"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_missing_package_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from relasi.world import places as table  # noqa: PLC0415  its private parts are replaced

    monkeypatch.setattr(table, "_PACKAGE", "no_such_package")
    table._towns.cache_clear()
    try:
        with pytest.raises(DataError, match="pip install no_such_package"):
            towns("Paris")
    finally:
        table._towns.cache_clear()


@pytest.mark.parametrize("unit", ["di Kota ", "di A, ", "Suriah, ", "-'di ", "in (X "])
def test_hostile_text_is_read_in_time(unit: str) -> None:
    places(unit * 3000)
