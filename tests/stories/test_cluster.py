"""Links and scores in, groups out."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relasi.stories.cluster import components, groups


def grouped(nodes: str, **scores: float) -> list[str]:
    """Groups of nodes by the scores of pairs, ab=2; those not given cannot be one."""
    matrix = np.full((len(nodes), len(nodes)), -4.0)
    for (a, b), score in scores.items():
        matrix[nodes.index(a), nodes.index(b)] = matrix[nodes.index(b), nodes.index(a)] = score
    return ["".join(group) for group in groups(list(nodes), matrix)]


# -- links ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("nodes", "links", "found"),
    [
        ("", "", []),
        ("ba", "", ["a", "b"]),
        ("dcba", "ad", ["ad", "b", "c"]),
        ("abcd", "ab bc cd", ["abcd"]),
        ("abcd", "cd ca", ["acd", "b"]),
        ("abcd", "aa ba ab", ["ab", "c", "d"]),
    ],
)
def test_links_tie_nodes_together_in_chains_too(nodes, links, found):
    assert ["".join(group) for group in components(nodes, [(a, b) for a, b in links.split()])] == found


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh"))).flatmap(
        lambda links: st.tuples(st.just(links), st.permutations(links))
    )
)
def test_the_order_of_links_does_not_matter(links):
    told, shuffled = links
    found = components("abcdefgh", told)
    assert components(reversed("abcdefgh"), [(b, a) for a, b in shuffled]) == found
    assert sorted(node for group in found for node in group) == list("abcdefgh")


# -- groups ---------------------------------------------------------------------------------------------------------


def test_a_chain_is_cut_where_its_ends_do_not_match():
    assert grouped("abc", ab=2, bc=1, ac=-4) == ["ab", "c"]
    assert grouped("abcde", ab=2, bc=1, cd=2, de=1) == ["ab", "cd", "e"]


def test_two_that_do_not_match_are_one_where_the_whole_does():
    assert grouped("abc", ab=2, bc=2, ac=-1) == ["abc"]


def test_what_matches_best_is_joined_first():
    assert grouped("abc", ab=1, bc=2) == ["a", "bc"]
    assert grouped("abcd", ab=3, cd=3, bc=2.9, ad=-4) == ["ab", "cd"]


@pytest.mark.parametrize(("score", "found"), [(0.01, ["ab"]), (0.0, ["a", "b"]), (-0.01, ["a", "b"])])
def test_two_match_if_more_speaks_for_it_than_against(score, found):
    assert grouped("ab", ab=score) == found


def test_a_person_s_word_counts_more_than_all_scores():
    assert grouped("abc", ab=5, bc=5, ac=-1000) in (["ab", "c"], ["a", "bc"])
    assert grouped("abc", ab=5, ac=1000, bc=5) == ["abc"]


def test_few_nodes_need_no_scores():
    assert groups([], np.zeros((0, 0))) == []
    assert groups(["a"], np.zeros((1, 1))) == [["a"]]


@settings(max_examples=40)
@given(st.integers(2, 7).flatmap(lambda n: st.lists(st.floats(-4, 6), min_size=n * n, max_size=n * n)))
def test_every_node_is_in_one_group_and_groups_match_on_the_average(values):
    count = int(len(values) ** 0.5)
    upper = np.triu(np.array(values).reshape(count, count), 1)
    matrix = upper + upper.T
    found = groups([str(n) for n in range(count)], matrix)
    assert sorted(node for group in found for node in group) == [str(n) for n in range(count)]
    assert found == sorted(sorted(group) for group in found)
    parts = [[int(node) for node in group] for group in found]
    # What is left apart does not match: average linkage would have joined it.
    for n, one in enumerate(parts):
        assert all(matrix[np.ix_(one, other)].mean() <= 1e-5 for other in parts[n + 1 :])
        if len(one) > 1:
            assert matrix[np.ix_(one, one)].sum() > 0
