from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import ARTICLE_SHARE, DENSE_WEIGHT, Scores, fuse, min_max, rank

score = st.floats(-50, 50, width=32)
candidates = st.lists(st.tuples(score, score, score), min_size=1, max_size=30)


def scores(*values: float) -> Scores:
    return np.asarray(values, dtype=np.float32)


def numbers(*values: int) -> np.ndarray:
    return np.asarray(values, dtype=np.int64)


@pytest.mark.parametrize(
    ("given_scores", "expected"),
    [
        (scores(), []),
        (scores(3), [0]),
        (scores(2, 2, 2), [0, 0, 0]),
        (scores(1, 3, 2), [0, 1, 0.5]),
        (scores(-4, 0), [0, 1]),
        (scores(0.5, 0.5 + 1e-10), [0, 0]),
    ],
)
def test_min_max(given_scores: Scores, expected: list[float]) -> None:
    scaled = min_max(given_scores)
    assert scaled.dtype == np.float32
    assert scaled.tolist() == expected


def test_fuse_weighs_both_sides_and_the_whole_article() -> None:
    fused = fuse(scores(0.1, 0.3, 0.2), scores(8, 0, 4), article=scores(0.2, 0.2, 0.4))
    of_article = DENSE_WEIGHT * ARTICLE_SHARE
    of_passage = DENSE_WEIGHT - of_article
    expected = [1 - DENSE_WEIGHT, of_passage, of_passage / 2 + of_article + (1 - DENSE_WEIGHT) / 2]
    np.testing.assert_allclose(fused, expected, rtol=1e-6)


def test_a_side_that_says_the_same_of_all_decides_nothing() -> None:
    assert fuse(scores(0, 1), scores(7, 7), article=scores(1, 1)).tolist() == pytest.approx(
        [0, DENSE_WEIGHT * (1 - ARTICLE_SHARE)]
    )


def test_rank_breaks_ties_by_the_lower_id() -> None:
    assert rank(scores(1, 2, 2, 3), numbers(4, 9, 7, 8), 10).tolist() == [3, 2, 1, 0]
    assert rank(scores(1, 2, 2, 3), numbers(4, 9, 7, 8), 2).tolist() == [3, 2]
    assert rank(scores(), numbers(), 5).tolist() == []


@given(candidates)
def test_fused_scores_lie_within_0_and_1(rows: list[tuple[float, float, float]]) -> None:
    dense, lexical, article = (scores(*side) for side in zip(*rows, strict=True))
    fused = fuse(dense, lexical, article=article)
    assert fused.dtype == np.float32
    assert fused.min() >= 0
    assert fused.max() <= 1 + 1e-6


@given(candidates, st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(rows: list[tuple[float, float, float]], randomness: Random) -> None:
    def ranked(ids: list[int]) -> list[int]:
        dense, lexical, article = (scores(*(rows[number][side] for number in ids)) for side in range(3))
        return [ids[at] for at in rank(fuse(dense, lexical, article=article), numbers(*ids), len(ids))]

    ids = list(range(len(rows)))
    shuffled = ids.copy()
    randomness.shuffle(shuffled)
    assert ranked(shuffled) == ranked(ids)
