"""CAMEO and PLOVER: there and back, and what is lost on the way."""

import pytest

from relasi import world
from relasi.formats import states
from relasi.world.crosswalk import cameo_codes, cameo_of, round_trips


def test_every_code_stands_for_a_type_of_ours_or_for_none():
    codes = cameo_codes()
    assert len(codes) == 317
    assert {c.type for c in codes.values()} - {None} == set(world.event_types())
    assert {code for code, c in codes.items() if c.type is None} == {"01", *(f"01{n}" for n in range(10))}


@pytest.mark.parametrize(
    ("code", "kind", "mode", "contexts"),
    [
        ("042", "CONSULT", "visit", ()),
        ("0311", "AGREE", None, ("economic",)),
        ("0831", "CONCEDE", None, ("political_institutions",)),
        ("0871", "RETREAT", "ceasefire", ("military",)),
        ("0233", "REQUEST", "assist", ("humanitarian",)),
        ("163", "COERCE", "restrict", ("diplomatic",)),
        ("175", "ASSAULT", None, ("pro_autocracy", "military")),
        ("195", "ASSAULT", "heavy-weapons", ("military",)),
    ],
)
def test_a_code_says_type_mode_and_contexts(code, kind, mode, contexts):
    found = cameo_codes()[code]
    assert (found.type, found.mode, found.contexts) == (kind, mode, contexts)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (("CONSULT", "visit", ()), "042"),
        (("AGREE", None, ("economic", "health")), "0311"),
        (("AGREE", None, ()), "030"),
        (("RETREAT", None, ()), "084"),
        (("CONCEDE", None, ()), "080"),
        (("ACCUSE", "investigate", ()), "090"),
        (("COERCE", "arrest", ()), "170"),
        (("COERCE", "arrest", ("legal",)), "173"),
        (("MOBILIZE", "militia", ("military",)), "150"),
    ],
)
def test_a_type_becomes_the_code_that_says_most_of_it_and_nothing_else(given, code):
    assert cameo_of(*given) == code


def test_the_way_to_cameo_and_back_keeps_the_type():
    for kind in world.plover().types:
        for mode in (None, *kind.modes):
            for contexts in [(), *((c,) for c in world.plover().contexts)]:
                assert cameo_codes()[cameo_of(kind.type, mode, contexts)].type == kind.type


def test_what_is_lost_is_counted_code_by_code():
    lost = round_trips()
    assert sum(sum(counts.values()) for counts in lost.values()) == 297
    assert lost["01"] == {"none": 10}
    assert lost["02"] == {"other_root": 27}
    assert lost["07"] == {"same": 6}


def test_quad_classes_are_those_of_the_root():
    assert [cameo_codes()[code].quad for code in ("057", "060", "090", "138", "140", "203")] == [1, 2, 3, 3, 4, 4]


def test_every_state_has_its_codes_and_its_name_in_other_lists():
    known = {(scheme, given): code for scheme, given, code, _ in states.rows()}
    for state in world.states():
        assert known["cameo", state.code] == known["iso3", state.code] == state.code
        assert known["name", state.label("en").upper()] == state.code
        if state.cow:
            assert known["cow", str(state.cow.number)] == state.code
    fips = {code for scheme, _, code, why in states.rows() if scheme == "fips" and why == "fips"}
    assert fips >= {state.code for state in world.states()}
    assert (known["iso2", "NA"], known["iso3", "NA"], known["fips", "WA"]) == ("NAM", None, "NAM")
