"""Figures: numbers with their unit, what they measure, whether they rose or fell, and of whom they are said.

A row of the tables: the words of each figure, then measure (dead and wounded for casualties), value, unit and change,
then the states. Sentences without figures hold numbers that are none.
"""

import pytest

from relasi import articles, lang, mentions
from relasi.jobs.check import mark
from relasi.mentions.numbers import value_of
from relasi.records import Figure, Page

INDONESIAN: dict[str, tuple[str, ...]] = {
    "Perdagangan Rusia dan Iran turun 17 persen menjadi 4,5 miliar dolar AS pada 2023.": (
        "17 persen | trade 17 % down | RUS IRN",
        "4,5 miliar dolar AS | trade 4500000000 USD down | RUS IRN",
    ),
    "Volume perdagangan antara Indonesia dan India naik seperempat menjadi 38,8 miliar dolar AS.": (
        "seperempat | trade 25 % up | IDN IND",
        "38,8 miliar dolar AS | trade 38800000000 USD up | IDN IND",
    ),
    "Ekspor Indonesia ke China mencapai 62,3 miliar dolar AS, sedangkan impor tercatat 70 miliar dolar AS.": (
        "62,3 miliar dolar AS | trade 62300000000 USD - | IDN CHN",
        "70 miliar dolar AS | trade 70000000000 USD - | IDN CHN",
    ),
    "Neraca perdagangan Vietnam dengan Amerika Serikat surplus US$ 104,6 miliar pada 2023.": (
        "US$ 104,6 miliar | trade 104600000000 USD - | VNM USA",
    ),
    "Investasi Korea Selatan di Vietnam naik dua kali lipat menjadi Rp3,2 triliun.": (
        "Rp3,2 triliun | investment 3200000000000 IDR up | KOR VNM",
    ),
    "Jepang mengumumkan bantuan senilai 5 juta dolar AS untuk Filipina.": (
        "5 juta dolar AS | aid 5000000 USD - | JPN PHL",
    ),
    "Bantuan Jepang untuk Filipina mencapai US$ 1,5 juta.": ("US$ 1,5 juta | aid 1500000 USD - | JPN PHL",),
    "Uni Eropa akan menyalurkan hibah 50 juta euro kepada Moldova.": ("50 juta euro | aid 50000000 EUR - | EUR MDA",),
    "Bank Pembangunan China menyetujui pinjaman 2 miliar dolar AS untuk Pakistan.": (
        "2 miliar dolar AS | loan 2000000000 USD - | CHN PAK",
    ),
    "Pakistan menerima pinjaman US$3 miliar dari Arab Saudi.": ("US$3 miliar | loan 3000000000 USD - | PAK SAU",),
    "Sebanyak 1,2 juta wisatawan China berkunjung ke Thailand pada kuartal pertama, naik 20 persen dari tahun lalu.": (
        "1,2 juta wisatawan | tourism 1200000 persons up | CHN THA",
        "20 persen | tourism 20 % up | CHN THA",
    ),
    "Kunjungan wisatawan Rusia ke Turki melonjak 30 persen menjadi 6,3 juta orang.": (
        "30 persen | tourism 30 % up | RUS TUR",
        "6,3 juta orang | tourism 6300000 persons up | RUS TUR",
    ),
    "Amerika Serikat mengerahkan 2 ribu tentara ke Polandia.": ("2 ribu tentara | troops 2000 persons - | USA POL",),
    "Korea Utara mengirim sekitar 10.000 tentara ke Rusia, kata pejabat Korea Selatan.": (
        "10.000 tentara | troops 10000 persons - | PRK RUS",
    ),
    "Pasukan perdamaian Indonesia di Lebanon berjumlah 1.232 personel.": (
        "1.232 personel | troops 1232 persons - | IDN LBN",
    ),
    "Serangan Israel di Gaza menewaskan sedikitnya 40 orang dan melukai 100 lainnya.": (
        "40 orang | dead 40 persons - | PSE",
        "100 lainnya | wounded 100 persons - | PSE",
    ),
    "Sedikitnya 12 tentara Rusia tewas dan belasan lainnya luka-luka dalam serangan drone Ukraina.": (
        "12 tentara | dead 12 persons - | RUS",
        "belasan lainnya | wounded none persons - | RUS",
    ),
    "Jumlah korban tewas di Gaza bertambah menjadi 38.000 orang.": ("38.000 orang | dead 38000 persons up | PSE",),
    "Gempa Turki menewaskan lebih dari 50 ribu orang.": ("50 ribu orang | dead 50000 persons - | TUR",),
    "Dua warga Indonesia tewas di Yaman.": ("Dua warga | dead 2 persons - | IDN",),
    "Sebanyak 40 orang, termasuk 12 anak-anak, tewas dalam serangan udara di Rafah.": (
        "40 orang | dead 40 persons - | PSE",
        "12 anak-anak | dead 12 persons - | PSE",
    ),
    "Ribuan pengungsi Sudan menyeberang ke Chad.": ("Ribuan pengungsi | refugees none persons - | SDN TCD",),
    "Turki menampung 3,2 juta pengungsi Suriah.": ("3,2 juta pengungsi | refugees 3200000 persons - | TUR SYR",),
    "Lebih dari 500 ribu orang mengungsi akibat perang di Sudan.": (
        "500 ribu orang | refugees 500000 persons - | SDN",
    ),
    "Presiden AS Donald Trump menaikkan tarif atas baja Kanada dari 25 persen menjadi 50 persen.": (
        "25 persen | tariff 25 % up | USA CAN",
        "50 persen | tariff 50 % up | USA CAN",
    ),
    "China membalas dengan tarif 34 persen atas semua barang AS.": ("34 persen | tariff 34 % - | CHN USA",),
    "Majelis Umum PBB mengesahkan resolusi itu dengan 143 suara mendukung, 9 menolak dan 25 abstain.": (
        "143 suara mendukung | votes 143 votes - | UNO",
        "9 | votes 9 votes - | UNO",
        "25 | votes 25 votes - | UNO",
    ),
    "Sebanyak 143 negara mendukung resolusi PBB tentang Palestina, sementara 25 negara abstain.": (
        "143 negara | votes 143 votes - | UNO",
        "25 negara | votes 25 votes - | UNO",
    ),
    "Iran menembakkan 180 rudal ke Israel.": ("180 rudal | arms 180 items - | IRN ISR",),
    "Kementerian Pertahanan Turki mengumumkan pembelian 40 jet tempur F-16 dari Amerika Serikat.": (
        "40 jet tempur F-16 | arms 40 items - | TUR USA",
    ),
    "AS menyetujui penjualan senjata senilai 2,2 miliar dolar AS kepada Taiwan.": (
        "2,2 miliar dolar AS | arms 2200000000 USD - | USA TWN",
    ),
    "Impor minyak India dari Rusia turun menjadi 1,5 juta barel per hari.": (
        "1,5 juta barel per hari | trade 1500000 barrels down | IND RUS",
    ),
    "Mesir membeli 480 ribu ton gandum dari Rusia.": ("480 ribu ton | trade 480000 tonnes - | EGY RUS",),
    "Inflasi Turki naik menjadi 75 persen.": (),
    "Presiden Iran Ebrahim Raisi, 63 tahun, tiba di Moskow pada 19 Januari 2024 pukul 10.30.": (),
    "Harga minyak naik 3 persen setelah Iran menyerang Israel.": (),
    "Polisi Prancis menahan 40 orang dalam unjuk rasa di Paris.": (),
    "Resolusi 1701 Dewan Keamanan PBB disepakati pada 2006.": (),
    "Israel membebaskan 90 tahanan Palestina.": (),
    "Rusia dan Ukraina bertukar 230 tawanan perang.": (),
    "Dua pertiga ekspor Mongolia dikirim ke China.": ("Dua pertiga | trade 66.67 % - | MNG CHN",),
    "Investasi China ke Indonesia diperkirakan mencapai 3-4 miliar dolar AS.": (
        "3-4 miliar dolar AS | investment 3000000000 USD - | CHN IDN",
    ),
    "Antara 20 dan 30 tentara Ukraina tewas di Bakhmut.": ("20 dan 30 tentara | dead 20 persons - | UKR",),
    "Ledakan di Beirut melukai sebelas orang.": ("sebelas orang | wounded 11 persons - | LBN",),
    "Seratus dua puluh tentara Armenia gugur.": ("Seratus dua puluh tentara | dead 120 persons - | ARM",),
    "Menteri Perdagangan Jepang mengatakan ekspor ke Vietnam naik 5 persen.": ("5 persen | trade 5 % up | JPN VNM",),
    "Menurut data Kementerian Perdagangan China, ekspor ke Rusia naik 12,5 persen menjadi 111 miliar dolar AS.": (
        "12,5 persen | trade 12.5 % up | CHN RUS",
        "111 miliar dolar AS | trade 111000000000 USD up | CHN RUS",
    ),
    "Setelah invasi Rusia ke Ukraina, bantuan militer AS untuk Polandia naik menjadi 5 miliar dolar AS.": (
        "5 miliar dolar AS | aid 5000000000 USD up | USA POL",
    ),
    "Israel melancarkan serangan ke Lebanon, menewaskan 20 orang, termasuk tiga anak.": (
        "20 orang | dead 20 persons - | LBN",
        "tiga anak | dead 3 persons - | LBN",
    ),
    "Kemlu RI menyatakan lima WNI terluka akibat serangan di Haifa.": ("lima WNI | wounded 5 persons - | IDN",),
    "Serangan Rusia di Kharkiv pada Jumat (5/7) menewaskan tujuh warga sipil, kata Gubernur Oleh Synehubov.": (
        "tujuh warga sipil | dead 7 persons - | UKR",
    ),
    "Pertempuran antara India dan Pakistan menewaskan puluhan orang.": (
        "puluhan orang | dead none persons - | IND PAK",
    ),
    "Ratusan ribu orang tewas dalam perang Rusia-Ukraina.": ("Ratusan ribu orang | dead none persons - | RUS UKR",),
    "Bank Dunia mengucurkan kredit US$ 500 juta kepada Kenya.": ("US$ 500 juta | loan 500000000 USD - | IGO KEN",),
    "China meminjamkan 1,5 miliar dolar AS kepada Laos.": ("1,5 miliar dolar AS | loan 1500000000 USD - | CHN LAO",),
    "Belanda akan mengirim 18 unit F-16 ke Ukraina.": ("18 unit F-16 | arms 18 items - | NLD UKR",),
    "Uni Eropa menerapkan bea masuk hingga 38 persen terhadap mobil listrik China.": (
        "38 persen | tariff 38 % - | EUR CHN",
    ),
    "Vietnam memangkas tarif impor AS menjadi nol persen.": ("nol persen | tariff 0 % down | VNM USA",),
    "Partai itu meraih 54 persen suara dalam pemilu Turki.": ("54 persen | votes 54 % - | TUR",),
    "Sekitar 70 persen warga Ukraina mendukung bantuan AS.": (),
    "Arab Saudi menanamkan modal US$ 40 miliar di Pakistan.": (
        "US$ 40 miliar | investment 40000000000 USD - | SAU PAK",
    ),
    "Sebanyak 5.000 personel dari Malaysia dan Australia ikut latihan.": (
        "5.000 personel | troops 5000 persons - | MYS AUS",
    ),
    "Turki menghibahkan 20 truk bantuan untuk Gaza.": ("20 truk | aid 20 trucks - | TUR PSE",),
    "Qatar mengirim 50 ton bantuan kemanusiaan ke Suriah.": ("50 ton | aid 50 tonnes - | QAT SYR",),
    "Korban tewas akibat gempa Myanmar mencapai 3.600 orang, sementara lebih dari 5.000 orang terluka.": (
        "3.600 orang | dead 3600 persons - | MMR",
        "5.000 orang | wounded 5000 persons - | MMR",
    ),
    "Iran memperkaya uranium hingga 60 persen.": (),
    "Anggaran pertahanan Jepang naik 8 persen menjadi 50 miliar dolar AS.": (),
    "Serangan itu menewaskan 3 tentara Israel dan 5 pejuang Hamas.": (
        "3 tentara | dead 3 persons - | ISR",
        "5 pejuang | dead 5 persons - | PSE",
    ),
    "Amerika Serikat menarik 2.500 tentara dari Afghanistan.": ("2.500 tentara | troops 2500 persons - | USA AFG",),
    "Perdagangan Indonesia-Turki baru 2,5 miliar dolar AS, padahal targetnya 10 miliar dolar AS.": (
        "2,5 miliar dolar AS | trade 2500000000 USD - | IDN TUR",
        "10 miliar dolar AS | trade 10000000000 USD - | IDN TUR",
    ),
    "Tarif 19 persen untuk Indonesia lebih rendah dari tarif 25 persen untuk Malaysia.": (
        "19 persen | tariff 19 % - | IDN",
        "25 persen | tariff 25 % - | MYS",
    ),
    "Ekspor minyak Iran turun separuh menjadi 700 ribu barel per hari akibat sanksi AS.": (
        "separuh | trade 50 % down | IRN",
        "700 ribu barel per hari | trade 700000 barrels down | IRN",
    ),
    "Rusia kehilangan 300 tank sejak awal perang.": ("300 tank | arms 300 items - | RUS",),
    "Uni Emirat Arab menyumbangkan 15 juta dolar AS untuk pengungsi Sudan di Chad.": (
        "15 juta dolar AS | aid 15000000 USD - | ARE SDN TCD",
    ),
}

ENGLISH: dict[str, tuple[str, ...]] = {
    "Trade between Russia and Iran fell 17 percent to $4.5 billion in 2023.": (
        "17 percent | trade 17 % down | RUS IRN",
        "$4.5 billion | trade 4500000000 USD down | RUS IRN",
    ),
    "Bilateral trade between India and Australia reached US$31.5bn, up 12 percent from a year earlier.": (
        "US$31.5bn | trade 31500000000 USD up | IND AUS",
        "12 percent | trade 12 % up | IND AUS",
    ),
    "Chinese exports to Vietnam rose by a quarter last year.": ("a quarter | trade 25 % up | CHN VNM",),
    "Washington announced $500 million in military aid for Ukraine.": ("$500 million | aid 500000000 USD - | UKR",),
    "Japan pledged a $1.2 billion loan to Bangladesh.": ("$1.2 billion | loan 1200000000 USD - | JPN BGD",),
    "At least 40 people were killed and 100 wounded in Israeli strikes on Gaza, health officials said.": (
        "40 people | dead 40 persons - | PSE",
        "100 wounded | wounded 100 persons - | PSE",
    ),
    "The strike killed 12 soldiers and wounded dozens in eastern Congo.": (
        "12 soldiers | dead 12 persons - | COD",
        "dozens | wounded none persons - | COD",
    ),
    "The death toll in Gaza has risen to more than 38,000.": ("38,000 | dead 38000 persons up | PSE",),
    "Russia has about 3,000 troops in Niger, a U.S. official said.": (
        "3,000 troops | troops 3000 persons - | RUS NER",
    ),
    "North Korea sent 10,000 troops to Russia.": ("10,000 troops | troops 10000 persons - | PRK RUS",),
    "More than half a million refugees fled Sudan to Chad.": (
        "half a million refugees | refugees 500000 persons - | SDN TCD",
    ),
    "Trump imposed a 25% tariff on goods from Canada and Mexico.": ("25% | tariff 25 % - | USA CAN MEX",),
    "The resolution passed with 143 votes in favor, nine against and 25 abstentions at the United Nations.": (
        "143 votes | votes 143 votes - | UNO",
        "nine | votes 9 votes - | UNO",
        "25 | votes 25 votes - | UNO",
    ),
    "Iran fired 180 missiles at Israel.": ("180 missiles | arms 180 items - | IRN ISR",),
    "Thailand welcomed 6.7 million Chinese tourists in 2024, down from 11 million in 2019.": (
        "6.7 million Chinese tourists | tourism 6700000 persons down | THA CHN",
        "11 million | tourism 11000000 persons down | THA CHN",
    ),
    "China invested $7.3 billion in Indonesia.": ("$7.3 billion | investment 7300000000 USD - | CHN IDN",),
    "The United States approved a $2.2 billion arms sale to Taiwan.": (
        "$2.2 billion | arms 2200000000 USD - | USA TWN",
    ),
    "Police in Paris arrested 40 people.": (),
    "The 63-year-old president of Iran met 12 ministers on 5 May.": (),
    "Oil prices rose 3 percent after Iran attacked Israel.": (),
    "Turkey doubled its tariffs on U.S. cars to 120 percent.": ("120 percent | tariff 120 % up | TUR USA",),
    "Hundreds of thousands of Rohingya refugees live in Bangladesh.": (
        "Hundreds of thousands of Rohingya refugees | refugees none persons - | MMR BGD",
    ),
    "Germany's imports from Russia plunged by more than half to 3.7 billion euros.": (
        "half | trade 50 % down | DEU RUS",
        "3.7 billion euros | trade 3700000000 EUR down | DEU RUS",
    ),
    "The EU approved 50 billion euros in aid to Ukraine.": ("50 billion euros | aid 50000000000 EUR - | EUR UKR",),
    "The IMF approved a $7 billion bailout for Pakistan.": ("$7 billion | loan 7000000000 USD - | IGO PAK",),
    "Saudi Arabia's foreign minister said exports to Egypt grew 8%.": ("8% | trade 8 % up | SAU EGY",),
    "Two U.S. soldiers were killed in Syria.": ("Two U.S. soldiers | dead 2 persons - | USA",),
    "Clashes between India and Pakistan left 20 dead.": ("20 | dead 20 persons - | IND PAK",),
    "Three Filipino sailors were injured when a Chinese ship rammed their boat.": (
        "Three Filipino sailors | wounded 3 persons - | PHL",
    ),
    "The earthquake in Myanmar killed more than 3,600 people and injured about 5,000.": (
        "3,600 people | dead 3600 persons - | MMR",
        "5,000 | wounded 5000 persons - | MMR",
    ),
    "Poland hosts nearly a million Ukrainian refugees.": (
        "a million Ukrainian refugees | refugees 1000000 persons - | POL UKR",
    ),
    "About 4 million people have been displaced by the war in Sudan.": (
        "4 million people | refugees 4000000 persons - | SDN",
    ),
    "South Korea agreed to buy 20 F-35 fighter jets from the United States.": (
        "20 F-35 fighter jets | arms 20 items - | KOR USA",
    ),
    "Germany will send 18 Leopard tanks to Ukraine.": ("18 Leopard tanks | arms 18 items - | DEU UKR",),
    "Ukraine lost 31,000 soldiers in two years of war.": ("31,000 soldiers | dead 31000 persons - | UKR",),
    "The tariff on Chinese cars will rise from 10 percent to 38 percent, the European Commission said.": (
        "10 percent | tariff 10 % up | EUR CHN",
        "38 percent | tariff 38 % up | EUR CHN",
    ),
    "The U.N. General Assembly voted 141-5 to condemn Russia, with 35 abstentions.": (
        "141-5 | votes 141 votes - | UNO",
        "35 | votes 35 votes - | UNO",
    ),
    "Tourist arrivals from China to Japan slumped 60 percent in December.": (
        "60 percent | tourism 60 % down | CHN JPN",
    ),
    "Kenya's exports to Uganda were worth 126 billion shillings.": (
        "126 billion shillings | trade 126000000000 KES - | KEN UGA",
    ),
    "The alliance will keep 2,500 peacekeepers in Kosovo.": ("2,500 peacekeepers | troops 2500 persons - | XKX",),
    "Inflation in Turkey rose to 75 percent.": (),
}


def figures(text: str, code: str = "id", date: str | None = None) -> list[Figure]:
    article = articles.read(Page(path="t", text=text, lang=code, date=date))
    return list(mentions.figures(mentions.find(article)))


def row(figure: Figure) -> str:
    value = "none" if figure.value is None else f"{figure.value:.10g}" if figure.value < 1e9 else f"{figure.value:.0f}"
    said = f"{figure.what or figure.measure} {value} {figure.unit} {figure.change or '-'}"
    return f"{figure.text} | {said} | {' '.join(figure.codes)}"


@pytest.mark.parametrize(("text", "expected"), INDONESIAN.items())
def test_indonesian_sentences(text: str, expected: tuple[str, ...]) -> None:
    assert tuple(map(row, figures(text))) == expected


@pytest.mark.parametrize(("text", "expected"), ENGLISH.items())
def test_english_sentences(text: str, expected: tuple[str, ...]) -> None:
    assert tuple(map(row, figures(text, "en"))) == expected


# Articles of several sentences: the figures of the last one.
CONTEXT: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "the other side of a loan is that of the figure before": (
        "id",
        "Perdagangan Kenya dan China mencapai 8 miliar dolar AS. China juga menjanjikan pinjaman 2 miliar dolar AS.",
        ("2 miliar dolar AS | loan 2000000000 USD - | CHN KEN",),
    ),
    "those who give after others give to the same": (
        "id",
        "Jepang memberi bantuan 5 juta euro kepada Nepal. Italia menambah 2 juta euro, sedangkan Oman 1 juta dolar AS.",
        ("2 juta euro | aid 2000000 EUR up | ITA NPL", "1 juta dolar AS | aid 1000000 USD - | OMN NPL"),
    ),
    "visitors are counted by the state that speaks": (
        "id",
        "Menurut Kementerian Pariwisata Mesir, jumlah wisatawan Jerman anjlok 40 persen menjadi 90 ribu orang, "
        "dari lebih dari 150 ribu orang setahun sebelumnya.",
        (
            "40 persen | tourism 40 % down | DEU EGY",
            "90 ribu orang | tourism 90000 persons down | DEU EGY",
            "150 ribu orang | tourism 150000 persons - | DEU EGY",
        ),
    ),
    "a parliament votes for its state": (
        "id",
        "Parlemen Polandia menyetujui pengiriman pasukan ke Latvia dengan 300 suara mendukung dan 40 menolak.",
        ("300 suara mendukung | votes 300 votes - | POL", "40 | votes 40 votes - | POL"),
    ),
    "a resolution is voted on by the body named before": (
        "en",
        "The U.N. General Assembly met on Kosovo. The resolution by Albania was adopted with 90 votes in favor.",
        ("90 votes | votes 90 votes - | UNO",),
    ),
    "states set apart by commas are not meant": (
        "id",
        "Mesir, yang bersengketa dengan Sudan, menyalurkan bantuan 5 juta dolar AS kepada Chad.",
        ("5 juta dolar AS | aid 5000000 USD - | EGY TCD",),
    ),
    "troops in a body's mission are not those of the body": (
        "en",
        "Rwanda has about 2,000 soldiers in a United Nations mission in Somalia.",
        ("2,000 soldiers | troops 2000 persons - | RWA SOM",),
    ),
    "a dateline is no side": (
        "id",
        "BRUSSEL, Kabar Pagi - Kanada mengenakan tarif 15 persen atas baja Turki.",
        ("15 persen | tariff 15 % - | CAN TUR",),
    ),
    "a new subject behind a comma opens a clause": (
        "en",
        "Norwegian firms invested $2 billion in Ghana, and Oslo opened its largest embassy in Nairobi.",
        ("$2 billion | investment 2000000000 USD - | NOR GHA",),
    ),
    "a second sum of the clause behind goes with its own state": (
        "en",
        "Turkey's trade with Egypt rose 10 percent to $9 billion, while that with Libya came to $3 billion.",
        (
            "10 percent | trade 10 % up | TUR EGY",
            "$9 billion | trade 9000000000 USD up | TUR EGY",
            "$3 billion | trade 3000000000 USD - | TUR LBY",
        ),
    ),
    "a part of the refugees": (
        "id",
        "Menurut PBB, 300 ribu orang mengungsi dari Sudan. Ribuan di antaranya menyeberang ke Chad.",
        ("Ribuan | refugees none persons - | SDN TCD",),
    ),
    "a part hosted elsewhere": (
        "en",
        "Some 3 million people have left Venezuela. Peru hosts 1.2 million of them.",
        ("1.2 million | refugees 1200000 persons - | VEN PER",),
    ),
    "a share of the next number": (
        "id",
        "Sekitar 90 persen dari 2 juta suara di Togo mendukung.",
        ("90 persen | votes 90 % - | TGO", "2 juta suara | votes 2000000 votes - | TGO"),
    ),
    "two sums behind from": (
        "en",
        "Kenya's exports to Uganda fell from about $45 million to $30 million.",
        ("$45 million | trade 45000000 USD down | KEN UGA", "$30 million | trade 30000000 USD down | KEN UGA"),
    ),
    "a vote of so many to so many": (
        "en",
        "Lawmakers in Belgium voted 58 to 5 for the pact.",
        ("58 | votes 58 votes - | BEL", "5 | votes 5 votes - | BEL"),
    ),
    "a quarter is no time where it is a share": (
        "en",
        "Egypt's wheat purchases from Russia fell by a quarter this year.",
        ("a quarter | trade 25 % down | EGY RUS",),
    ),
    "a few thousand": (
        "id",
        "Polandia dapat mengirim beberapa ribu tentara ke Latvia.",
        ("beberapa ribu tentara | troops none persons - | POL LVA",),
    ),
    "one in five counts nobody": ("en", "One in five Cubans have left Cuba.", ()),
    "discounts are no aid": ("id", "Toko di Malaysia dan Singapura memberi diskon 70 persen.", ()),
    "a date is no toll": ("en", "Two men were shot and killed in Kenya on Dec. 30.", ()),
    "aid at home is none": ("id", "Pemerintah Indonesia memberikan bantuan Rp 20 juta kepada warga.", ()),
}


@pytest.mark.parametrize("name", CONTEXT)
def test_figures_in_their_article(name: str) -> None:
    code, text, expected = CONTEXT[name]
    found = [f for f in figures(text, code) if f.measure != "casualties"]
    assert tuple(row(f) for f in found[len(found) - len(expected) :]) == expected


def test_a_figure_leads_back_to_its_exact_words() -> None:
    text = "Rusia dan Iran bertemu di Teheran.\n\nPerdagangan Rusia dan Iran turun 17 persen menjadi US$4,5 miliar."
    percent, total = figures(text)
    assert text[percent.start : percent.end] == percent.text == "17 persen"
    assert text[total.start : total.end] == total.text == "US$4,5 miliar"


def test_the_period_is_the_time_of_the_clause_not_the_day_on_which_it_was_said() -> None:
    text = "Ekspor Iran ke Rusia mencapai 2 miliar dolar AS pada Maret 2024, kata Menlu Iran, Kamis (4/7)."
    (figure,) = figures(text, date="2024-07-04")
    assert (figure.from_, figure.to) == ("2024-03-01", "2024-03-31")
    (said,) = figures(
        "Ekspor Iran ke Rusia mencapai 2 miliar dolar AS, kata Menlu Iran, Kamis (4/7).", date="2024-07-04"
    )
    assert (said.from_, said.to) == (None, None)


def test_that_figure_is_the_one_of_the_sentence_before() -> None:
    text = "Perdagangan Rusia dan Iran tumbuh pesat. Angka itu naik 12 persen menjadi 5 miliar dolar AS."
    assert [(f.measure, f.codes, f.change, f.why) for f in figures(text)] == [
        ("trade", ("RUS", "IRN"), "up", "figure_before")
    ] * 2


def test_the_dead_of_a_sentence_without_a_place_are_those_of_the_place_before() -> None:
    text = "Israel menggempur sebuah kamp di Gaza. Sebanyak 40 orang tewas."
    (figure,) = figures(text)
    assert (figure.codes, figure.why) == (("PSE",), "place_before")


def test_states_that_nothing_tells_stay_empty_with_a_reason() -> None:
    (figure,) = figures("Rusia memperingatkan NATO. Sebanyak 12 orang tewas dalam insiden itu.")
    assert (figure.codes, figure.why) == ((), "no_state")


def test_numbers_of_no_state_in_domestic_news_are_no_figures() -> None:
    assert figures("Kredit bank itu tumbuh 9 persen menjadi Rp 3 triliun. Sebanyak 2 orang tewas di jalan tol.") == []


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("1,5", ",", 1.5), ("1.500", ",", 1500), ("1.5", ",", 1.5), ("1.234.567,8", ",", 1234567.8),
        ("1,200,000", ",", 1200000), ("1.5", ".", 1.5), ("1,500", ".", 1500), ("10.30.45", ",", None),
        ("26.19.10.72", ",", None), ("7", ".", 7),
    ],
)  # fmt: skip
def test_numbers_are_read_as_the_language_writes_them(text: str, decimal: str, value: float | None) -> None:
    assert value_of(text, decimal) == value


@pytest.mark.parametrize("code", lang.installed())
def test_hostile_text_takes_no_time_and_breaks_nothing(code: str) -> None:
    for piece in ("1,", "satu ", "twenty-", "40 orang, termasuk ", "dari 10 menjadi ", "US$", "(", "tewas 5 killed "):
        text = "Iran: tewas killed perdagangan trade " + piece * (1900 // len(piece))
        for marked in mark(text, code):
            for figure in mentions.figures([marked]):
                assert text[figure.start : figure.end] == figure.text
