"""What sentences say of states and bodies."""

from datetime import date

import pytest

from relasi.stories.statements import Party, statements

DAY = date(2026, 5, 2)


def said(text: str, lang: str = "id", day: date | None = DAY, parties: tuple[Party, ...] = ()) -> list[str]:
    """Statements in short: "IDN BRICS member 2025-01-01..2025-01-31"."""
    found = statements(text, lang, day, parties)
    since = [f" {s.since.from_}..{s.since.to}" if s.since else "" for s in found]
    return [f"{','.join(s.codes)} {','.join(s.bodies)} {s.status}{t}" for s, t in zip(found, since, strict=True)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Indonesia resmi menjadi anggota penuh BRICS pada Januari 2025.",
            ["IDN BRICS member 2025-01-01..2025-01-31"],
        ),
        ("Jepang merupakan mitra wicara ASEAN sejak 1973.", ["JPN ASEAN partner 1973-01-01..1973-12-31"]),
        ("Palestina menjadi negara pengamat di PBB sejak 2012.", ["PSE UN observer 2012-01-01..2012-12-31"]),
        ("Malaysia ingin bergabung dengan BRICS.", ["MYS BRICS applies"]),
        ("Arab Saudi belum resmi bergabung dengan BRICS.", ["SAU BRICS none"]),
        ("Ukraina bukan anggota NATO, kata Trump.", ["UKR NATO none"]),
        ("Indonesia keluar dari OPEC pada tahun 2008.", ["IDN OPEC left 2008-01-01..2008-12-31"]),
        ("AS menarik diri dari UNESCO untuk ketiga kalinya.", ["USA UNESCO leaving"]),
        ("Uni Emirat Arab berencana keluar dari OPEC.", ["ARE OPEC leaving"]),
        ("Mesir, Etiopia, dan Iran bergabung dengan BRICS.", ["EGY,ETH,IRN BRICS member"]),
        ("AS resmi keluar dari Organisasi Kesehatan Dunia (WHO).", ["USA WHO left"]),
        ("Rudal itu mencapai negara-negara anggota NATO dekat Rusia.", []),
        ("Trump mengancam AS akan keluar dari NATO.", []),
        ("Jika Swedia bergabung dengan NATO, Rusia akan membalas.", []),
        ("India mundur dari FIFA ASEAN Cup.", []),
    ],
)
def test_an_indonesian_sentence(text, wanted):
    assert said(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Iran joined the SCO as a full member in 2023.", ["IRN SCO member 2023-01-01..2023-12-31"]),
        ("The border with Poland, a NATO member, was closed.", ["POL NATO member"]),
        ("NATO member Turkey and Russia held talks.", ["TUR NATO member"]),
        ("Finland and Sweden joined NATO.", ["FIN,SWE NATO member"]),
        (
            "Oman is not an OPEC member, and Qatar left OPEC in 2019.",
            ["OMN OPEC none", "QAT OPEC left 2019-01-01..2019-12-31"],
        ),
        ("The UAE is leaving OPEC.", ["ARE OPEC leaving"]),
        ("Turkey wants to join BRICS.", ["TUR BRICS applies"]),
        ("Serbia is a candidate for EU membership.", ["SRB EU candidate"]),
        ("Non-NATO member Austria stays neutral.", []),
        ("Greenland, a territory of Denmark, is a member of the EU.", []),
        ("Britain's decision to leave the EU was a surprise.", ["GBR EU leaving"]),
        ("The US withdrawal from UNESCO was regretted.", ["USA UNESCO leaving"]),
        ("Morocco moved to prevent Algeria's membership of the AU.", []),
        ("Germany left NATO headquarters empty-handed.", []),
        ("China joined NATO patrols in the Baltic.", []),
        ("Russia joined China in vetoing the UN resolution.", []),
    ],
)
def test_an_english_sentence(text, wanted):
    assert said(text, "en") == wanted


def test_a_time_ahead_is_not_since_when():
    assert said("Indonesia menjadi anggota OECD pada 2027.") == ["IDN OECD member"]


def test_a_reference_is_whom_it_stands_for_and_a_minister_is_not_his_state():
    text = "Negara itu bergabung dengan ASEAN."
    assert said(text) == []
    assert said(text, parties=(Party(0, 10, ("TLS",)),)) == ["TLS ASEAN member"]
    assert said("Menteri Laos bergabung dengan ASEAN.", parties=(Party(0, 12, ()),)) == []
