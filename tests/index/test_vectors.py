from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.encoder import Vectors
from index.errors import GenerationError
from index.vectors import VectorIndex

N_PASSAGES, DIM = 203, 16  # no multiple of 8, so that the last byte of a bitmap is a part of one


def unit_rows(seed: int, rows: int) -> Vectors:
    drawn = np.random.default_rng(seed).normal(size=(rows, DIM)).astype(np.float32)
    normalised: Vectors = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    return normalised


VECTORS = unit_rows(1, N_PASSAGES)
INDEX = VectorIndex.build(VECTORS)


def assert_best(numbers: npt.NDArray[np.int64], question: Vectors, wanted: list[int], limit: int) -> None:
    """Of near-equal similarities either may come first: the two libraries add up in different orders."""
    found = numbers.tolist()
    similarities = VECTORS @ question
    assert len(set(found)) == len(found)
    assert set(found) <= set(wanted)
    best = sorted((float(similarities[number]) for number in wanted), reverse=True)[:limit]
    np.testing.assert_allclose(similarities[found], best, rtol=1e-5, atol=1e-6)


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 10_000), st.integers(1, 2 * N_PASSAGES))
def test_search_agrees_with_brute_force(seed: int, limit: int) -> None:
    question = unit_rows(seed, 1)[0]
    assert_best(INDEX.search(question, limit), question, list(range(N_PASSAGES)), limit)


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 10_000), st.sets(st.integers(0, N_PASSAGES - 1)), st.integers(1, N_PASSAGES))
def test_a_filter_agrees_with_brute_force(seed: int, wanted: set[int], limit: int) -> None:
    question = unit_rows(seed, 1)[0]
    allowed = np.zeros(N_PASSAGES, dtype=np.bool_)
    allowed[sorted(wanted)] = True
    assert_best(INDEX.search(question, limit, allowed), question, sorted(wanted), limit)


def test_similarities_are_cosines_in_the_order_asked_for() -> None:
    question = unit_rows(2, 1)[0]
    numbers = np.asarray([7, 3, 202], dtype=np.int64)
    found = INDEX.similarities(question, numbers)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, VECTORS[numbers] @ question, rtol=1e-5)


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    INDEX.save(tmp_path / "vectors.faiss")
    loaded = VectorIndex.load(tmp_path / "vectors.faiss")
    question = unit_rows(3, 1)[0]
    assert (len(loaded), loaded.dim) == (N_PASSAGES, DIM)
    assert loaded.search(question, 20).tolist() == INDEX.search(question, 20).tolist()


@pytest.mark.parametrize("content", [None, b"", b"no index"])
def test_a_damaged_file_is_named(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "vectors.faiss").write_bytes(content)
    with pytest.raises(GenerationError, match=r"cannot read .*vectors\.faiss.*space-news index build"):
        VectorIndex.load(tmp_path / "vectors.faiss")
