"""The world tables keep their schema, and no name is left ambiguous."""

from collections import defaultdict

import pytest

from relasi import world
from relasi.errors import UnknownStateError
from relasi.lang import installed, load
from relasi.phrases import Tokens
from relasi.world.tables import Membership, NameRule, State

QUADS = {"verbal cooperation": 1, "material cooperation": 2, "verbal conflict": 3, "material conflict": 4}
BODIES = {"UN", "ASEAN", "EU", "NATO", "SCO", "EAEU", "BRICS", "OIC", "GCC", "G7", "G20", "APEC", "OPEC", "CIS", "CSTO"}
OTHER_CODES = {"UNO", "EUR", "IGO", "NGO", "IMG", "MNC", "ESH", "COK"}


def codes() -> set[str]:
    return {s.code for s in world.states()}


def found(text: str, lang: str) -> list[tuple[str, str | None]]:
    tokens = Tokens(text)
    return [(tokens.span(h.start, h.end), h.value.code) for h in world.names(lang).find(tokens)]


def test_every_state_is_there_once() -> None:
    listed = [s.code for s in world.states()]
    assert len(listed) == len(set(listed)) >= 198
    assert {"VAT", "XKX", "PSE", "TWN", "HKG", "IDN", "TLS", "SSD"} <= set(listed)


@pytest.mark.parametrize("state", world.states(), ids=lambda s: s.code)
def test_every_state_has_names_in_both_languages(state: State) -> None:
    for lang in ("id", "en"):
        assert state.names[lang] and all(name.strip() for name in state.names[lang])
        assert state.label(lang) == state.names[lang][0]


def test_the_states_of_every_sort_are_states_and_parts_lie_in_their_whole() -> None:
    sorts = world.sorts()
    assert all(some <= codes() and some for some in sorts.values())
    assert sorts["west_africa"] < sorts["africa"] and sorts["island"] < sorts["islands"]
    assert sorts["island"] & sorts["arctic"] == {"GRL"}


def test_codes_of_states_are_unique() -> None:
    for numbers in ([s.cow.number for s in world.states() if s.cow], [s.gw for s in world.states() if s.gw]):
        assert len(numbers) == len(set(numbers))
    assert sum(s.cow is not None for s in world.states()) >= 194


@pytest.mark.parametrize("lang", ["id", "en"])
def test_no_name_belongs_to_two_states_without_a_rule(lang: str) -> None:
    ruled = {rule.name for rule in world.name_rules() if rule.lang in (None, lang)}
    owners: dict[str, set[str]] = defaultdict(set)
    for state in world.states():
        for table in (state.names, state.demonyms, state.capital, state.seats):
            for name in table.get(lang, ()):
                owners[name].add(state.code)
    assert {name: who for name, who in owners.items() if len(who) > 1 and name not in ruled} == {}


@pytest.mark.parametrize("rule", world.name_rules(), ids=lambda r: f"{r.name}-{r.lang or 'all'}")
def test_a_name_rule_decides_its_own_examples(rule: NameRule) -> None:
    for lang in [rule.lang] if rule.lang else installed():
        if lang not in installed():
            continue
        if rule.lang or _language(rule.yes) == lang:
            assert (rule.name, rule.code) in found(rule.yes, lang)
        assert (rule.name, rule.code) not in found(rule.no, lang)


def _language(text: str) -> str:
    """A rule for all languages gives its example in one of them."""
    indonesian = load("id").grammar
    words = set(text.lower().split())
    return "id" if words & {*indonesian.prepositions, *indonesian.openers, "itu", "ini"} - {"the"} else "en"


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("AS mengecam Korut dan Tiongkok", "id", ["USA", "PRK", "CHN"]),
        ("Kremlin dan Gedung Putih berunding", "id", ["RUS", "USA"]),
        ("Kiev, Kyiv, Moskow, Moskwa", "id", ["UKR", "UKR", "RUS", "RUS"]),
        ("UEA menjamu Inggris dan Korsel", "id", ["ARE", "GBR", "KOR"]),
        ("gempa di Azerbaijan Timur", "id", ["IRN"]),
        ("Guinea Khatulistiwa dan Papua Nugini", "id", ["GNQ", "PNG"]),
        ("Nigeria dan Niger", "id", ["NGA", "NER"]),
        ("The U.S. and the UK met as planned", "en", ["USA", "GBR"]),
        ("South Korea, North Korea", "en", ["KOR", "PRK"]),
        ("South Sudan and Sudan", "en", ["SSD", "SDN"]),
    ],
)
def test_everyday_names_are_found(text: str, lang: str, expected: list[str]) -> None:
    assert [code for _, code in found(text, lang)] == expected


@pytest.mark.parametrize("text", ["Tersangka berinisial AS ditangkap", "Diplomat itu fasih berbahasa Inggris"])
def test_ambiguous_words_are_left_alone(text: str) -> None:
    assert found(text, "id") == []


def test_bodies_are_many_and_the_main_ones_have_dated_members() -> None:
    bodies = {b.id: b for b in world.bodies()}
    assert len(bodies) >= 150
    for name in BODIES:
        assert bodies[name].members, name
        assert any(m.from_ for m in bodies[name].members), name
    assert {m.code for m in bodies["ASEAN"].members if m.to is None} >= {"IDN", "TLS", "VNM"}
    assert next(m.to for m in bodies["EU"].members if m.code == "GBR") == "2020-01-31"


def test_bodies_have_both_languages_and_known_codes() -> None:
    for body in world.bodies():
        assert body.names["id"] and body.names["en"], body.id
        assert body.code in {"UNO", "EUR", "IGO", "NGO"}, body.id
        for member in body.members + body.observers:
            assert member.code in codes() | OTHER_CODES, (body.id, member.code)
            assert _in_order(member), (body.id, member)


def _in_order(member: Membership) -> bool:
    return not (member.from_ and member.to) or member.from_[:4] <= member.to[:4]


def test_groups_and_officials_belong_to_known_states() -> None:
    allowed = codes() | OTHER_CODES | {None}
    assert {g.code for g in world.groups()} <= allowed
    assert {o.code for o in world.officials()} <= allowed
    assert {r.code for r in world.regions()} <= allowed


def test_every_event_type_has_scores_and_quad_classes() -> None:
    types = world.event_types()
    assert len(types) == 16
    quads = world.plover().quads
    assert {quads[number]["en"] for number in (1, 2, 3, 4)} == set(QUADS)
    for kind in types.values():
        assert (kind.score > 0) == (kind.quad in (1, 2)), kind.type
        assert kind.names["id"] and kind.names["en"]
    assert types["ACCUSE"].score < 0 and types["ACCUSE"].note
    assert types["SANCTION"].quad == 4


def test_cameo_roots_carry_goldstein_values_and_their_plover_type() -> None:
    roots = {r.code: r for r in world.cameo()}
    assert list(roots) == [f"{n:02d}" for n in range(1, 21)]
    assert (roots["19"].goldstein, roots["04"].plover, roots["01"].plover) == (-10.0, "CONSULT", None)
    for kind in world.event_types().values():
        assert kind.goldstein == roots[kind.cameo].goldstein, kind.type


@pytest.mark.parametrize("words", ["RUS", "rus", "Rusia", "Russia", "rusia"])
def test_a_state_is_known_by_code_or_name(words: str) -> None:
    assert world.code_of(words) == "RUS"


def test_an_unknown_state_is_refused_with_the_nearest_names() -> None:
    with pytest.raises(UnknownStateError, match="did you mean"):
        world.code_of("Indonesai")


def test_places_have_coordinates_on_earth_and_states_of_the_table() -> None:
    codes = {s.code for s in world.states()} | {r.code for r in world.regions()}
    for place in world.tables.places():
        assert place.code is None or place.code in codes, place.names
        assert place.lat is not None and -90 <= place.lat <= 90, place.names
        assert place.lon is not None and -180 <= place.lon <= 180, place.names


def test_most_regions_have_coordinates() -> None:
    regions = world.regions()
    assert sum(r.lat is not None for r in regions) > 0.9 * len(regions)


def test_every_state_has_a_capital_on_the_map() -> None:
    missing = [s.code for s in world.states() if not any(p.code == s.code for p in world.tables.places())]
    assert len(missing) < 10, missing


def test_issues_are_named_in_both_languages_and_go_with_contexts_of_plover() -> None:
    for id_, issue in world.issues().items():
        assert set(issue.names) == set(issue.says) == {"id", "en"}, id_
        assert issue.contexts and set(issue.contexts) <= set(world.plover().contexts), id_
