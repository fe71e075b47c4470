"""Texts in, which are near-copies out."""

import pytest

from relasi.stories.copies import bands, is_copy, runs

LEAD = "Menteri Perikanan Fiji bertemu mitranya dari Tonga di Suva pada Rabu untuk membahas kuota ikan tuna."
SECOND = "Keduanya sepakat membagi wilayah tangkap di sekitar terumbu utara selama tiga musim ke depan."
THIRD = "Nelayan kedua negara sudah lama mengeluhkan kapal asing yang memasang jaring tanpa izin pada malam hari."
LAST = "Perundingan berikutnya akan digelar di Nukualofa setelah musim badai berakhir, kata juru bicara kementerian."
TEXT = "\n".join([LEAD, SECOND, THIRD, LAST])
OTHER = (
    "Pemerintah Samoa menandatangani kontrak pembangunan pembangkit tenaga surya dengan sebuah perusahaan Selandia "
    "Baru. Panel pertama dipasang bulan depan di atap rumah sakit umum Apia. Warga berharap harga listrik turun."
)


def are_copies(one: str, other: str) -> bool:
    """As the store finds them: by a number in common, then by their runs of words."""
    near = set(bands(runs(one))) & set(bands(runs(other)))
    return bool(near) and is_copy(runs(one), runs(other))


@pytest.mark.parametrize(
    "other",
    [
        TEXT,
        TEXT.upper(),
        TEXT.replace("\n", "  ").replace(",", ";"),
        TEXT.replace(LEAD, "Fiji dan Tonga kembali berunding soal tuna, Rabu (10/7)."),  # led in anew
        "\n".join([LEAD, SECOND, LAST]),  # a paragraph dropped
        "\n".join([LEAD, SECOND]),  # cut short
        f"SUVA (ANTARA) - {TEXT} (Antara)",
        f"{TEXT}\nBaca juga: {OTHER}",
        TEXT.replace("tiga", "dua").replace("Rabu", "kemarin"),
    ],
    ids=["same", "capitals", "marks", "lead", "dropped", "cut", "credits", "added", "words"],
)
def test_a_reprint_is_a_copy(other):
    assert are_copies(TEXT, other)
    assert are_copies(other, TEXT)


@pytest.mark.parametrize(
    "other",
    [
        OTHER,
        f"{LEAD} {OTHER}",  # a sentence in common
        f"{LEAD} {SECOND} {OTHER}",  # not quite half of it
        " ".join(reversed(TEXT.split())),  # the same words
        "",
    ],
    ids=["other", "sentence", "half", "order", "empty"],
)
def test_another_text_is_no_copy(other):
    assert not is_copy(runs(TEXT), runs(other))
    assert not is_copy(runs(other), runs(TEXT))


def test_texts_too_short_to_tell_are_no_copies():
    short = "Menteri Perikanan Fiji bertemu mitranya dari Tonga di Suva pada Rabu"
    assert not are_copies(short, short)
    assert are_copies(f"{short} untuk membahas tuna.", f"{short} untuk membahas tuna.")


def test_nothing_is_a_copy_of_nothing():
    assert not is_copy(frozenset(), frozenset())


def test_the_runs_of_a_text_are_of_three_words_without_case_or_marks():
    assert runs("Fiji — dan 'Tonga' — BERTEMU.") == {"fiji dan tonga", "dan tonga bertemu"}
    assert runs("Fiji bertemu") == frozenset()


def test_the_numbers_of_a_text_are_those_that_stores_keep():
    """Whoever changes them gives `copies.ALGORITHM` another name, so that stores make theirs anew."""
    assert next(bands(runs(TEXT))) == 172165587534517974
    assert len(set(bands(runs(TEXT)))) == 32
