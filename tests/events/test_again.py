"""What an article tells again, or in part, has the parties that it told before."""

import pytest

from relasi.encoder import load
from relasi.jobs import analyse
from relasi.records import Event, Page, Party


def read(text: str, lang: str) -> list[Event]:
    return list(analyse(Page(path="t", text=text, lang=lang, date="2026-08-20"), load()).events)


def codes(parties: tuple[Party, ...]) -> str:
    return " ".join(sorted({code for p in parties for code in p.codes}))


def told(text: str, lang: str) -> list[str]:
    """Events as 'words: TYPE actors > recipients', with the status if it is not actual."""
    return [
        f"{e.trigger.text}: {e.type} {codes(e.actors)} > {codes(e.recipients)}".rstrip(" >")
        + ("" if e.status == "actual" else f" {e.status}")
        for e in read(text, lang)
    ]


TALKS = "Presiden Turki Recep Tayyip Erdogan bertemu Perdana Menteri Irak Mohammed Shia al-Sudani di Baghdad, Minggu."
PROMISE = "Dalam pertemuan itu, Turki berjanji menarik pasukannya dari Bashiqa paling lambat Desember."
SHELLED = "Azerbaijani artillery shelled two Armenian villages near Tegh on Tuesday, Armenia's Defence Ministry said."


def test_that_meeting_has_the_parties_and_the_day_of_the_one_told_before() -> None:
    met, again, promised = read(f"{TALKS} {PROMISE}", "id")
    assert (again.trigger.text, again.type, codes(again.actors)) == ("pertemuan", "CONSULT", "IRQ TUR")
    assert (again.date_from, again.date_to) == (met.date_from, met.date_to) == ("2026-08-16", "2026-08-16")
    assert again.method.endswith("_again")
    assert (promised.type, codes(promised.actors), codes(promised.recipients)) == ("CONCEDE", "TUR", "IRQ")
    assert promised.method.endswith("_part")


def test_who_promises_alone_is_told_where_the_encoder_is_sure() -> None:
    assert told(PROMISE, "id") == ["berjanji menarik pasukannya: CONCEDE TUR"]


def test_a_meeting_of_others_is_not_that_meeting() -> None:
    other = "Pertemuan Kenya dan Uganda itu membahas kopi."
    assert told(f"{TALKS} {other}", "id")[1:] == ["Pertemuan: CONSULT KEN UGA"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Azerbaijan denied the shelling.", "shelling: ASSAULT AZE > ARM denied"),
        ("The shelling never happened, Defence Minister Zakir Hasanov told reporters.", "ASSAULT AZE > ARM denied"),
    ],
)
def test_the_attack_that_is_denied_is_the_one_told_before(text: str, expected: str) -> None:
    first, denied = told(f"{SHELLED} {text}", "en")
    assert first == "shelled: ASSAULT AZE > ARM"
    assert denied.endswith(expected)


def test_a_name_is_no_attack_told_again() -> None:
    assert told(f"{SHELLED} Armenia's president spoke at the Attack Memorial in Yerevan.", "en")[1:] == []


def again(text: str, lang: str) -> list[str]:
    """What is told with the parties of what was told before, as 'words: TYPE actors > recipients day'."""
    return [
        f"{e.trigger.text}: {e.type} {codes(e.actors)} > {codes(e.recipients)} {e.date_from}"
        for e in read(text, lang)
        if e.method.endswith(("_again", "_part"))
    ]


SENT = "Iran memasok drone kepada Rusia, Senin (10/8)."
MET = "Presiden Turki Recep Tayyip Erdogan bertemu Presiden Irak di Baghdad, Minggu (16/8)."
SEIZED = "Thai troops seized two Cambodian soldiers near Sisaket on August 3."


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        (
            f"{MET} Pertemuan yang berlangsung satu jam itu membahas air.",
            "id",
            "Pertemuan: CONSULT IRQ TUR >  2026-08-16",
        ),
        (f"{MET} Seusai pertemuan, Erdogan terbang ke Doha.", "id", "pertemuan: CONSULT IRQ TUR >  2026-08-16"),
        (f"{SENT} Penyerahan itu berlangsung di Astrakhan.", "id", "Penyerahan: AID IRN > RUS 2026-08-10"),
        (f"{SENT} Sebanyak 12 unit dikapalkan lewat laut.", "id", "dikapalkan: AID IRN > RUS 2026-08-10"),
        (f"{SHELLED} Tuesday’s attack came without warning.", "en", "attack: ASSAULT AZE > ARM 2026-08-18"),
        (f"{SHELLED} The blast tore a hole in a school roof.", "en", "blast: ASSAULT AZE > ARM 2026-08-18"),
        (f"{SEIZED} The men were detained without charge.", "en", "detained: COERCE THA > KHM 2026-08-03"),
    ],
)
def test_what_the_reader_knows_has_parties_and_day_of_what_was_told(text: str, lang: str, expected: str) -> None:
    assert again(text, lang) == [expected]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        (f"{MET} Pertemuan semacam itu jarang terjadi.", "id"),  # one of its kind
        (f"{MET} Ada pertemuan lain yang berlangsung hari ini.", "id"),  # `ini` belongs to the day
        (f"{MET} Sebuah pertemuan digelar di Wina.", "id"),
        (f"{SENT} Penyerahan medali berlangsung di Jenewa.", "id"),
        (f"{SHELLED} Last Friday's attack hurt nobody.", "en"),  # another day
        (f"{SHELLED} A similar attack hurt nobody.", "en"),
        (f"{SHELLED} Such an attack is rare.", "en"),
        ("Tuesday's attack came without warning.", "en"),  # nothing was told before
    ],
)
def test_what_may_be_another_happening_is_left_out(text: str, lang: str) -> None:
    assert again(text, lang) == []


def test_an_event_told_again_says_where_it_was_told_first() -> None:
    first, second, third = read(f"{MET} Pertemuan itu singkat. Pertemuan tersebut membahas air.", "id")
    assert first.again is None
    assert (second.again, third.again) == (first.trigger.start, first.trigger.start)


def test_what_is_told_again_in_full_has_the_day_of_the_first_telling() -> None:
    first, second = read(f"{MET} Seusai pertemuan, keduanya makan siang.", "id")
    assert (second.date_from, second.again) == (first.date_from, first.trigger.start)


def test_a_happening_before_another_of_its_kind_is_one_of_its_own() -> None:
    text = f"{MET} Pertemuan itu digelar sebulan setelah keduanya berunding di Ankara."
    assert told(text, "id") == [
        "bertemu: CONSULT IRQ TUR",
        "Pertemuan: CONSULT IRQ TUR",
        "berunding: CONSULT IRQ TUR",
    ]


def test_what_somebody_denies_is_told_beside_what_another_says_of_it() -> None:
    text = (
        "Militer Israel membantah menyerang Lebanon, sementara pejabat Lebanon menyebut serangan Israel itu mematikan."
    )
    assert {"menyerang: ASSAULT ISR > LBN denied", "serangan: ASSAULT ISR > LBN"} <= set(told(text, "id"))


def test_who_denies_or_admits_an_act_without_a_doer_is_the_doer() -> None:
    text = "Iran mengakui sejumlah Mohajer-6 memang diserahkan kepada Rusia."
    assert told(text, "id") == ["diserahkan: AID IRN > RUS"]
    asked = told("Iran menanyakan mengapa sejumlah Mohajer-6 diserahkan kepada Rusia.", "id")
    assert not any("AID" in one for one in asked)  # who asks about an act did not do it


def test_an_accusation_after_anothers_is_of_the_same() -> None:
    assert "kecaman: ACCUSE QAT > ISR" in told("Mesir mengecam Israel, menyusul kecaman Qatar sehari sebelumnya.", "id")


def test_who_did_a_thing_is_who_did_the_last_such_thing_to_the_same() -> None:
    text = "Israeli jets bombed Lebanon on Monday. Three Lebanese soldiers were killed."
    assert told(text, "en")[-1].endswith("ASSAULT ISR > LBN")
    other = "Israeli jets bombed Lebanon on Monday. Three Syrian soldiers were killed."
    assert told(other, "en")[-1].endswith("ASSAULT  > SYR")


def test_the_word_of_an_event_is_the_one_that_the_rules_know() -> None:
    assert told("Saudi Lantang Tolak Rujuk dengan Israel Tanpa Palestina Merdeka", "id") == [
        "Tolak Rujuk: REJECT SAU > ISR"
    ]


def test_a_promise_on_a_month_without_a_year_is_of_the_next_one() -> None:
    page = Page(path="t", text="Raja Yordania berjanji datang ke Jakarta pada April.", lang="id", date="2026-02-11")
    assert [e.date_from for e in analyse(page, load()).events if e.type == "AGREE"] == ["2026-02-11"]


def test_a_promise_beside_a_third_state_gets_no_recipient_from_the_article() -> None:
    text = PROMISE.replace("Desember", "Desember, menurut media Suriah")
    assert codes(read(f"{TALKS} {text}", "id")[-1].recipients) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Amerika Serikat mendesak Israel mundur dari Gaza, Senin. Kipchumba Murkomen mendesak kesabaran.",
        "Jet tempur Israel menyerang Qatar pada Selasa. "
        "Tidaklah hemat biaya untuk menembak jatuh drone murah menggunakan rudal mahal.",
    ],
)
def test_what_a_person_of_no_known_state_does_or_something_is_for_is_not_told_again(text: str) -> None:
    assert len(told(text, "id")) == 1


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("US strikes on Venezuela and the capture of Nicolás Maduro drew condemnation.", 2),
        ("Russia attacked Ukraine and bombed Kyiv.", 2),
        ("Iran said that Israel shot and killed two of its officers.", 1),
    ],
)
def test_what_is_joined_to_an_act_with_its_own_words_is_a_further_act(text: str, count: int) -> None:
    assert sum(one.type == "ASSAULT" for one in read(text, "en")) == count
