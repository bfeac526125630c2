"""Groups in which every two belong together."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from index.clustering.grouping import Pair, group

N_MEMBERS = 9
pairs = st.sets(st.sampled_from(list(combinations(range(N_MEMBERS), 2)))).map(sorted)


def test_what_is_in_no_pair_stays_alone() -> None:
    assert group(3, []).tolist() == [0, 1, 2]
    assert group(0, []).tolist() == []


def test_a_group_is_named_by_its_lowest_member() -> None:
    assert group(5, [Pair(1, 4, 0.9), Pair(1, 3, 0.9), Pair(3, 4, 0.9)]).tolist() == [0, 1, 2, 1, 1]


def test_a_chain_is_no_group() -> None:
    """The two that are most alike stay together; the third is not like both of them."""
    assert group(3, [Pair(0, 1, 0.7), Pair(1, 2, 0.8)]).tolist() == [0, 1, 1]


@given(pairs)
def test_every_two_of_a_group_are_a_pair(chosen: list[tuple[int, int]]) -> None:
    labels = group(N_MEMBERS, [Pair(first, second, 0.5 + (first + second) / 100) for first, second in chosen]).tolist()

    for first, second in combinations(range(N_MEMBERS), 2):
        if labels[first] == labels[second]:
            assert (first, second) in chosen
    assert all(labels[label] == label <= number for number, label in enumerate(labels))
