"""Text in, quotes out: which words, whose, through whom, where."""

import pytest

from relasi import articles, mentions
from relasi.events import quotes, source_of
from relasi.events.marks import quoted
from relasi.jobs import analyse
from relasi.records import Page, Quote


def found(text: str, lang: str = "id") -> tuple[Quote, ...]:
    return quotes(mentions.find(articles.read(Page(path="t", id="t", text=text, lang=lang, date="2024-07-04"))))


def who(quote: Quote) -> str:
    """The chain: names, or words in brackets where no name is known."""
    return " < ".join(p.name or f"({p.text})" for p in quote.said_by)


def told(text: str, lang: str = "id") -> list[str]:
    """Quotes as 'D words | chain', I for reported ones, with ! for those that are denied."""
    return [
        f"{'D' if q.direct else 'I'}{'!' if q.denies else ''} {q.text} | {who(q)}".rstrip(" |")
        for q in found(text, lang)
    ]


# -- marks ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"Kami siap," kata Lavrov. "Kami berani."', ["Kami siap,", "Kami berani."]),
        ("“Kami siap. Kami berani,” kata Lavrov.", ["Kami siap. Kami berani,"]),
        ("”Kami siap,” kata Lavrov.", ["Kami siap,"]),  # one glyph at both ends
        ("„Kami siap“, kata Lavrov.", ["Kami siap"]),
        ("«Kami siap», kata Lavrov.", ["Kami siap"]),
        ("''Kami siap,'' kata Lavrov.", ["Kami siap,"]),
        ('“Kami siap," kata Lavrov.', ["Kami siap,"]),  # glyphs mixed
        ('"Dia bilang "siap" kemarin," kata Lavrov.', ['Dia bilang "siap" kemarin,']),
        ("“Dia bilang ‘siap’ kemarin,” kata Lavrov.", ["Dia bilang ‘siap’ kemarin,"]),
        ("'He said \"no way\" to us,' she said.", ['He said "no way" to us,']),
        ("‘We’re ready,’ he said.", ["We’re ready,"]),
        ("'We heard the students' plan,' he said.", ["We heard the students' plan,"]),
        ("Jum'at pagi Ma'ruf Amin dan Al-Qur'an.", []),
        ("Iran's don't and the ministers' plans.", []),
        ('Layar 15" dan tinggi 6\'2" dijual.', []),
        ('"Layar 15" itu bagus," katanya.', ['Layar 15" itu bagus,']),
        ('" Kami siap " kata dia', ["Kami siap"]),
        ('Ia menjawab:"Kami siap"', ["Kami siap"]),
        ('("Kami siap")', ["Kami siap"]),
        ('"Kami siap. Lavrov pergi.', ["Kami siap."]),  # not closed: to the end of the sentence
        ('"Kami siap. Lavrov pergi. "Kami berani," katanya.', ["Kami siap.", "Kami berani,"]),
        ('"Satu kata.\n\n"Dua kata," katanya.', ["Satu kata.", "Dua kata,"]),
        ('"Satu kata.\nLavrov pergi.', ["Satu kata."]),
        ('Kami siap," kata Lavrov.', []),  # not opened
        ("", []),
        ('"', []),
        ('""', []),
        ('""""', []),
    ],
)
def test_what_stands_between_the_outermost_marks(text: str, expected: list[str]) -> None:
    assert [text[s.start : s.end] for s in quoted(text)] == expected


@pytest.mark.parametrize(
    "piece",
    ['"', "'", "“", '" ', ' "a', '. "a', 'a" ', '"a\n', 'x" ', " 'a", '"\n\n', '"Ya," kata dia. ', "«a» ", "' \""],
)
def test_half_a_megabyte_of_marks_is_read(piece: str) -> None:
    text = piece * (400_000 // len(piece))  # would not end in quadratic time
    spans = quoted(text)
    assert all(0 <= s.start < s.end <= len(text) for s in spans)


def test_a_megabyte_of_quotation_marks_is_nothing_said() -> None:
    assert quoted('"' * 1_000_000) == ()


@pytest.mark.parametrize(
    "piece", ['"', "“", "'", '"a, kata ', ", kata dia", "menurut ", "Lavrov mengatakan bahwa ", ': "']
)
def test_an_article_of_hostile_text_is_read_to_its_end(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    for quote in found(text):
        assert text[quote.start : quote.end] == quote.text


# -- direct ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # behind the words
        (
            '"Kami siap berunding," kata Menlu Rusia Sergei Lavrov.',
            ["D Kami siap berunding, | Sergei Lavrov"],
        ),
        (
            '"Kami tidak tunduk. Israel menyerang kapal kami, dan dunia diam," tegas Menlu Iran Abbas Araghchi.',
            ["D Kami tidak tunduk. Israel menyerang kapal kami, dan dunia diam, | Abbas Araghchi"],
        ),
        # a pronoun is who spoke before
        (
            '"Kami siap berunding," kata Menlu Rusia Sergei Lavrov. "Kami tak takut," ujarnya. "Kami kuat," imbuh dia.',
            [
                "D Kami siap berunding, | Sergei Lavrov",
                "D Kami tak takut, | Sergei Lavrov",
                "D Kami kuat, | Sergei Lavrov",
            ],
        ),
        # or the subject of the sentence before
        (
            'Presiden Rusia Vladimir Putin tiba di Teheran. "Perjalanan ini penting sekali," katanya.',
            ["D Perjalanan ini penting sekali, | Vladimir Putin"],
        ),
        # an office that acts is not the one whom `katanya` stands for
        (
            '"Kami siap berunding," kata Lavrov. Kemlu Iran menggelar rapat. "Waktunya tepat," tuturnya.',
            ["D Kami siap berunding, | Sergei Lavrov", "D Waktunya tepat, | Sergei Lavrov"],
        ),
        # no verb at all
        (
            '"Kami siap berunding," kata Lavrov. "Kami tidak takut pada siapa pun."',
            ["D Kami siap berunding, | Sergei Lavrov", "D Kami tidak takut pada siapa pun. | Sergei Lavrov"],
        ),
        (
            '"Kami siap," kata Lavrov, "dan kami tidak takut."',
            ["D Kami siap, | Sergei Lavrov", "D dan kami tidak takut. | Sergei Lavrov"],
        ),
        # before the words
        (
            'Lavrov mengatakan, "Kami siap berunding."',
            ["D Kami siap berunding. | Sergei Lavrov"],
        ),
        ('Menurut Lavrov, "Barat berbohong lagi."', ["D Barat berbohong lagi. | Sergei Lavrov"]),
        ('Lavrov: "Barat berbohong lagi."', ["D Barat berbohong lagi. | Sergei Lavrov"]),
        (
            'Lavrov menulis di Telegram:\n"Barat berbohong lagi."',
            ["D Barat berbohong lagi. | Sergei Lavrov"],
        ),
        # a verb that the pack does not know
        ('"Kami siap berunding," kelit Lavrov.', ["D Kami siap berunding, | Sergei Lavrov"]),
        # surnames and titles
        (
            '"Kami siap," kata Menlu Turki Hakan Fidan. "Kami tunggu," tambah Fidan. "Cukup sudah," ujar sang menteri.',
            ["D Kami siap, | Hakan Fidan", "D Kami tunggu, | Hakan Fidan", "D Cukup sudah, | Hakan Fidan"],
        ),
        # several paragraphs, each reopened
        (
            '"Perundingan berjalan baik.\n\n"Kami akan bertemu lagi," kata Lavrov.',
            ["D Perundingan berjalan baik. | Sergei Lavrov", "D Kami akan bertemu lagi, | Sergei Lavrov"],
        ),
        # not closed
        ('"Kami siap berunding, kata Lavrov. Iran diam.', ["D Kami siap berunding, | Sergei Lavrov"]),
        # people that no table knows
        (
            '"Laba kami naik tajam," ujar Direktur Utama Bank Samudra, Rudi Hartono Wijaya, di Jakarta.',
            ["D Laba kami naik tajam, | Rudi Hartono Wijaya"],
        ),
        (
            '"Situasi aman terkendali," kata Kapolres Bogor AKBP Wahyu Pradipta. "Warga tenang," ucap Wahyu.',
            ["D Situasi aman terkendali, | Wahyu Pradipta", "D Warga tenang, | Wahyu Pradipta"],
        ),
        (
            'Peneliti utama, dr Sari Utami, SpPD-KHOM, mengatakan, "Hasilnya menggembirakan sekali."',
            ["D Hasilnya menggembirakan sekali. | Sari Utami"],
        ),
        (
            'Seorang diplomat senior berbicara. "Tidak ada hasil sama sekali," kata seorang pejabat.',
            ["D Tidak ada hasil sama sekali, | (seorang pejabat)"],
        ),
        ('"Ini luar biasa sekali," canda @warga_bumi.', ["D Ini luar biasa sekali, | (@warga_bumi)"]),
        (
            '"Warga tenang sekali," ujar Wakil Gubernur DKI Jakarta, Rano Karno, di Jakarta.',
            ["D Warga tenang sekali, | Rano Karno"],
        ),
        (
            'Martin Wijaya, Director of Samudra Group, mengatakan, "Kami siap sekali."',
            ["D Kami siap sekali. | Martin Wijaya"],
        ),
        (
            'Menurut Wawan, "Ini baik sekali." "Mahal juga," kata CEO di Samudra Group, Nigel Hartono, Kamis.',
            ["D Ini baik sekali. | Wawan", "D Mahal juga, | Nigel Hartono"],
        ),
        (
            'Kemlu Iran mengatakan AS menyerang. "Kami siap," tulis kementerian itu. "Baik," demikian isi dokumen itu.',
            [
                "I AS menyerang | (Kemlu Iran)",
                "D Kami siap, | (kementerian itu)",
                "D Baik, | (isi dokumen itu)",
            ],
        ),
        # nobody
        ('"Tidak ada hasil sama sekali," katanya.', ["D Tidak ada hasil sama sekali,"]),
        # no quotations: titles, a word in quotation marks
        ('Pameran "Nusantara Raya Abadi" dibuka Presiden Prabowo.', []),
        ('Trump menyebut Iran "musuh".', []),
    ],
)
def test_direct_quotes(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '"We are ready," Russian Foreign Minister Sergei Lavrov told reporters in Moscow. "We are not afraid."',
            ["D We are ready, | Sergei Lavrov", "D We are not afraid. | Sergei Lavrov"],
        ),
        (
            "“We are ready,” said Lavrov. “We are not afraid,” he added.",
            ["D We are ready, | Sergei Lavrov", "D We are not afraid, | Sergei Lavrov"],
        ),
        ('Lavrov said: "We are ready. We are not afraid."', ["D We are ready. We are not afraid. | Sergei Lavrov"]),
        ("'We are ready for talks,' Lavrov said on Monday.", ["D We are ready for talks, | Sergei Lavrov"]),
        ('"The deal is dead," said analyst Alan Vesey, who works in Geneva.', ["D The deal is dead, | Alan Vesey"]),
        ('"We will answer in kind," said a senior official.', ["D We will answer in kind, | (a senior official)"]),
        ('"The port was hit," Energy Minister Oleh Kuleba said.', ["D The port was hit, | Oleh Kuleba"]),
        (
            'Trump called the attack "an act of war against all of us".',
            ["D an act of war against all of us | Donald Trump"],
        ),
    ],
)
def test_direct_quotes_in_english(text: str, expected: list[str]) -> None:
    assert told(text, "en") == expected


# -- indirect -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lavrov mengatakan bahwa Iran siap berunding.", ["I Iran siap berunding | Sergei Lavrov"]),
        ("Lavrov mengklaim AS menyerang Suriah.", ["I AS menyerang Suriah | Sergei Lavrov"]),
        ("Menurut Lavrov, AS menyerang Suriah.", ["I AS menyerang Suriah | Sergei Lavrov"]),
        ("AS menyerang Suriah, menurut Lavrov.", ["I AS menyerang Suriah | Sergei Lavrov"]),
        ("AS menyerang Suriah, kata Lavrov.", ["I AS menyerang Suriah | Sergei Lavrov"]),
        (
            "Serangan itu, kata Lavrov, menewaskan tiga orang.",
            ["I Serangan itu, kata Lavrov, menewaskan tiga orang | Sergei Lavrov"],
        ),
        ("Di sisi lain, menurut Lavrov, AS menyerang Suriah.", ["I AS menyerang Suriah | Sergei Lavrov"]),
        ("Lavrov, Kamis (4/7), mengatakan AS menyerang Suriah.", ["I AS menyerang Suriah | Sergei Lavrov"]),
        ("Lavrov tiba di Teheran. Dia mengatakan Iran siap berunding.", ["I Iran siap berunding | Sergei Lavrov"]),
        # one subject, two verbs
        (
            "Lavrov mengatakan Iran siap berunding dan menambahkan bahwa AS menolak.",
            ["I Iran siap berunding | Sergei Lavrov", "I AS menolak | Sergei Lavrov"],
        ),
        (
            "Trump mengakui Yerusalem sebagai ibu kota Israel dan mengumumkan bahwa kedutaan dipindahkan.",
            ["I kedutaan dipindahkan | Donald Trump"],
        ),
        # denied
        ("Iran membantah memasok drone ke Rusia.", ["I! memasok drone ke Rusia | Iran"]),
        ("Iran membantah memasok drone, tetapi Ukraina punya bukti.", ["I! memasok drone | Iran"]),
        ("Iran tidak membantah memasok drone ke Rusia.", ["I memasok drone ke Rusia | Iran"]),
        # the sentence before
        (
            "Rusia menyerang Ukraina. Hal itu disampaikan Presiden Zelensky dalam pidatonya.",
            ["I Rusia menyerang Ukraina | Volodymyr Zelensky"],
        ),
        # with a quotation inside
        (
            'Trump menyebut serangan itu "tindakan yang tidak bisa diterima" oleh Washington.',
            [
                'I serangan itu "tindakan yang tidak bisa diterima" oleh Washington | Donald Trump',
                "D tindakan yang tidak bisa diterima | Donald Trump",
            ],
        ),
        # media, alone and in chains
        ("Dilansir AFP, Israel menyerang Suriah.", ["I Israel menyerang Suriah | AFP"]),
        ("Israel menyerang Suriah, demikian dilaporkan Reuters.", ["I Israel menyerang Suriah | REUTERS"]),
        ("Menurut media pemerintah, tiga orang tewas.", ["I tiga orang tewas | (media pemerintah)"]),
        (
            "Israel menyerang Suriah, kata Lavrov, seperti dikutip TASS.",
            ["I Israel menyerang Suriah | Sergei Lavrov < TASS"],
        ),
        (
            "Dilansir AFP, Trump mengatakan Iran melanggar perjanjian.",
            ["I Iran melanggar perjanjian | Donald Trump < AFP"],
        ),
        (
            "Reuters melaporkan bahwa Lavrov mengatakan Iran siap berunding.",
            ["I Lavrov mengatakan Iran siap berunding | REUTERS", "I Iran siap berunding | Sergei Lavrov < REUTERS"],
        ),
        # no speech
        ("Polisi berjaga untuk memastikan keamanan warga.", []),
        ("Nilai perdagangan Rusia dan Iran naik.", []),
        ("Spanyol mengakui Palestina.", []),
        ("Menurut rencana, Lavrov tiba besok.", []),
        ("Pajak Pertambahan Nilai barang impor naik.", []),
        ("Rusia menang besar, kata kunci Wawan dicari jutaan orang.", []),
        ("Harga menjadi salah satu nilai jual utamanya.", []),
        ("Penduduk lebih percaya diri sekarang.", []),
        ("Serangan itu dilaporkan menewaskan tiga orang.", []),
    ],
)
def test_indirect_speech(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lavrov said that the US had attacked Syria.", ["I the US had attacked Syria | Sergei Lavrov"]),
        ("The US attacked Syria, Lavrov said on Monday.", ["I The US attacked Syria | Sergei Lavrov"]),
        (
            "The US attacked Syria, Lavrov said on Monday, adding that Moscow would respond.",
            ["I The US attacked Syria | Sergei Lavrov", "I Moscow would respond | Sergei Lavrov"],
        ),
        ("According to Lavrov, the US attacked Syria.", ["I the US attacked Syria | Sergei Lavrov"]),
        ("The US attacked Syria, according to a statement by the Kremlin.", ["I The US attacked Syria | Russia"]),
        ("Israel attacked a ship, Reuters reported.", ["I Israel attacked a ship | REUTERS"]),
        ("Iran seized two ships, state media reported.", ["I Iran seized two ships | (state media)"]),
        ("Iran denied supplying drones to Russia.", ["I! supplying drones to Russia | Iran"]),
        ("The economy added 50,000 jobs.", []),
        ("Lavrov told Iran to stop the attacks.", []),
    ],
)
def test_indirect_speech_in_english(text: str, expected: list[str]) -> None:
    assert told(text, "en") == expected


# -- channels, words, offsets ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "lang", "channel"),
    [
        ('"Kami siap berunding," kata Lavrov kepada Reuters, Kamis (4/7).', "id", "kepada Reuters"),
        ('"Kami siap berunding," kata Lavrov dalam konferensi pers di Moskow.', "id", "dalam konferensi pers"),
        ('"Kami siap berunding," tulis Lavrov di Telegram.', "id", "di Telegram"),
        ('Lewat akun X miliknya, Zelensky menulis, "Rusia menyerang lagi."', "id", "Lewat akun X"),
        ("Lavrov mengatakan kepada wartawan di Moskow bahwa Iran siap.", "id", "kepada wartawan"),
        ("Lavrov dalam keterangan tertulis mengatakan bahwa Iran siap.", "id", "dalam keterangan tertulis"),
        ("Lavrov mengatakan bahwa Iran memberikan bantuan kepada Suriah.", "id", None),
        ('"We are ready," Lavrov told reporters.', "en", "reporters"),
        ("Lavrov said on Telegram that Iran was ready.", "en", "on Telegram"),
        ("Lavrov told Reuters that Iran was ready.", "en", "Reuters"),
        ("Iran was ready, Lavrov said in a statement.", "en", "in a statement"),
    ],
)
def test_where_or_to_whom(text: str, lang: str, channel: str | None) -> None:
    (quote,) = found(text, lang)
    assert (quote.channel.text if quote.channel else None) == channel


def test_a_quote_keeps_its_words_and_what_tells_its_speaker() -> None:
    text = 'Rapat usai.\n\n"Kami siap berunding," ujar Menlu Rusia Sergei Lavrov di Telegram. "Baik sekali," katanya.'
    for quote in found(text):
        assert quote.cue
        for part in (quote, quote.cue, *quote.said_by, *([quote.channel] if quote.channel else [])):
            assert text[part.start : part.end] == part.text
    first, second = found(text)
    assert (first.cue and first.cue.text, first.why, second.why) == ("ujar", "named", "speaker_before")
    assert [p.text for p in second.said_by] == ["nya"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('"Kami siap berunding," kata Lavrov.', "named"),
        ('"Laba kami naik tajam," kata Rudi Hartono.', "words"),
        ('"Tidak ada hasil apa pun," katanya.', "no_speaker"),
        ("Dilansir AFP, Israel menyerang Suriah.", "medium"),
    ],
)
def test_every_speaker_has_a_reason(text: str, why: str) -> None:
    assert [q.why for q in found(text)] == [why]


# -- what becomes of them -------------------------------------------------------------------------------------------


def codes(text: str, kind: str, lang: str = "id") -> list[str]:
    """Who says the events of a type."""
    events = analyse(Page(path="t", text=text, lang=lang)).events
    return [" ".join(c for p in e.said_by for c in p.codes) for e in events if e.type == kind]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ('"Kapal rusak. Israel menyerang Suriah. Dunia diam," kata Menlu Iran Abbas Araghchi.', "ASSAULT", ["IRN"]),
        ('Presiden Zelensky tiba. "Kami lelah. Rusia menyerang Ukraina," ujarnya.', "ASSAULT", ["UKR"]),
        ("Israel menyerang Suriah, kata Lavrov, seperti dikutip AFP.", "ASSAULT", ["RUS FRA"]),
        ("Rusia menyerang Ukraina. Hal itu disampaikan Presiden Zelensky.", "ASSAULT", ["UKR"]),
        ("Iran menuduh Israel menyerang Suriah.", "ASSAULT", ["IRN"]),
        ("Iran menuduh Israel menyerang Suriah.", "ACCUSE", [""]),
        ("Israel menyerang Suriah. Lavrov mengatakan Iran siap.", "ASSAULT", [""]),
    ],
)
def test_an_event_inside_a_quote_is_according_to_its_speaker(text: str, kind: str, expected: list[str]) -> None:
    assert codes(text, kind) == expected


def test_a_figure_inside_a_quote_is_according_to_its_speaker() -> None:
    text = "Menurut Presiden Zelensky, 300 orang tewas akibat serangan Rusia ke Ukraina."
    (figure,) = analyse(Page(path="t", text=text, lang="id")).figures
    assert [p.name for p in figure.said_by] == ["Volodymyr Zelensky"]


def test_the_innermost_quote_is_the_source() -> None:
    text = "Reuters melaporkan bahwa Lavrov mengatakan Iran siap berunding."
    source = source_of(found(text), text.index("siap"), text.index("siap") + 4)
    assert source and source.text == "Iran siap berunding"
    assert source_of(found(text), 0, 7) is None


def test_an_article_without_sentences_has_no_quotes() -> None:
    assert quotes(()) == ()
    assert found("") == ()


@pytest.mark.parametrize(("text", "lang"), [("Sinn S teas dalam", "id"), (", told dres that", "en")])
def test_a_phrase_that_ends_the_text_with_what_would_go_on_is_no_crash(text: str, lang: str) -> None:
    assert analyse(Page(path="t", text=text, lang=lang)).article.text == text
