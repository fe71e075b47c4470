"""The table of officials: spellings, codes and bodies in order, and how far it reaches."""

import pytest

from relasi import world
from relasi.world.tables import Office, Official


@pytest.mark.parametrize(
    ("name", "spellings"),
    [
        ("Sergei Lavrov", {"Lavrov", "Sergey Lavrov"}),
        ("Volodymyr Zelensky", {"Zelensky", "Zelenskyy", "Zelenskiy", "Volodymyr Zelenskyy"}),
        ("Mohammed bin Salman", {"MBS", "Mohammad bin Salman", "Muhammad bin Salman"}),
        ("Joko Widodo", {"Jokowi"}),
        ("Kim Jong-un", {"Kim Jong Un"}),
        ("Recep Tayyip Erdoğan", {"Erdogan", "Recep Tayyip Erdogan"}),
    ],
)
def test_spellings(name: str, spellings: set[str]) -> None:
    assert spellings <= {alias for who in world.officials() if who.name == name for alias in who.aliases}


def offices() -> list[tuple[Official, Office]]:
    return [(who, office) for who in world.officials() for office in who.offices]


def test_every_office_of_a_body_names_it_under_its_code() -> None:
    groups = {g.id: g.code for g in world.groups()}
    bodies = {b.id: b.code for b in world.bodies()}
    for who, office in offices():
        code = office.code or who.code
        if office.body in bodies:
            assert bodies[office.body] == code, who
        elif office.body:
            assert groups[office.body] in (code, None), who
        else:
            assert code not in set(bodies.values()), who


def test_who_served_two_sides_has_a_code_on_every_office() -> None:
    for who in world.officials():
        assert len({office.code is None for office in who.offices}) <= 1, who


def test_names_are_unique_and_terms_in_order() -> None:
    names = [who.name for who in world.officials()]
    assert len(names) == len(set(names))
    for who, office in offices():
        assert not (office.from_ and office.to) or office.from_ <= office.to + "~", who


def test_no_spelling_belongs_to_two_states_without_a_rule() -> None:
    ruled = {rule.name for rule in world.name_rules()}
    owners: dict[str, set[str]] = {}
    for who in world.officials():
        for text in {who.name, *who.aliases} - ruled:
            owners.setdefault(text, set()).add(who.code)
    assert {text: codes for text, codes in owners.items() if len(codes) > 1} == {}


LEADERS = ("president", "monarch", "prime_minister", "chancellor")
DAYS = [f"{year}-{month}-01" for year in range(2015, 2027) for month in ("01", "07")]


def reach(titles: tuple[str, ...], day: str) -> int:
    return sum(any(world.holders(state.code, title, day) for title in titles) for state in world.states())


@pytest.mark.parametrize("day", DAYS)
def test_how_many_states_have_their_leaders_and_ministers_listed(day: str) -> None:
    assert reach(LEADERS, day) >= 190
    assert reach(("foreign_minister",), day) >= 155
    assert reach(("defence_minister",), day) >= 125


COVERED = """
USA RUS CHN GBR FRA DEU JPN IDN MYS SGP THA PHL VNM MMR AUS IND PAK IRN ISR PSE SAU ARE QAT EGY TUR SYR IRQ YEM
LBN JOR UKR KOR PRK TWN ITA ESP CAN BRA ZAF AFG
"""


@pytest.mark.parametrize("year", range(2000, 2015))
def test_the_most_covered_states_reach_back_to_2000(year: int) -> None:
    day, states = f"{year}-07-01", set(COVERED.split())
    led = {code for code in states if any(world.holders(code, title, day) for title in LEADERS)}
    served = {code for code in states if world.holders(code, "foreign_minister", day)}
    assert len(states) == 40
    assert len(led) >= 38, states - led
    assert len(served) >= 38, states - served
