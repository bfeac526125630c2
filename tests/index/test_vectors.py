from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import quantised_vectors
from index.encoder import Vectors
from index.errors import GenerationError
from index.exact_vectors import ExactVectors
from index.quantised_vectors import QuantisedVectors
from index.vectors import STORED, VECTORS, VectorIndex, open_vectors, write_vectors

N_PASSAGES, DIM = 203, 16  # no multiple of 8, so that the last byte of a bitmap is a part of one


def unit_rows(seed: int, rows: int) -> Vectors:
    drawn = np.random.default_rng(seed).normal(size=(rows, DIM)).astype(np.float32)
    normalised: Vectors = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    return normalised


ROWS = unit_rows(1, N_PASSAGES)
KINDS = {"exact": N_PASSAGES, "quantised": 0}
"""Up to how many passages the search is exact."""
ROUNDING = {"exact": 1e-6, "quantised": 3e-4}
"""Of a cosine; float16 keeps eleven bits of a number."""


@pytest.fixture(scope="module", params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def index(kind: str, tmp_path_factory: pytest.TempPathFactory) -> VectorIndex:
    folder = tmp_path_factory.mktemp(kind)
    write_vectors(ROWS, folder, exact_up_to=KINDS[kind])
    return open_vectors(folder)


def assert_best(
    numbers: npt.NDArray[np.int64], question: Vectors, wanted: list[int], limit: int, rounding: float
) -> None:
    """Of near-equal similarities either may come first: the libraries add up in different orders, and round."""
    found = numbers.tolist()
    similarities = ROWS @ question
    assert len(set(found)) == len(found)
    assert set(found) <= set(wanted)
    best = sorted((float(similarities[number]) for number in wanted), reverse=True)[:limit]
    np.testing.assert_allclose(similarities[found], best, rtol=0, atol=2 * rounding)


def test_the_kind_is_chosen_by_size(index: VectorIndex, kind: str) -> None:
    assert isinstance(index, {"exact": ExactVectors, "quantised": QuantisedVectors}[kind])
    assert (len(index), index.dim) == (N_PASSAGES, DIM)


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 10_000), st.integers(1, 2 * N_PASSAGES))
def test_search_agrees_with_brute_force(index: VectorIndex, kind: str, seed: int, limit: int) -> None:
    question = unit_rows(seed, 1)[0]
    assert_best(index.search(question, limit), question, list(range(N_PASSAGES)), limit, ROUNDING[kind])


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 10_000), st.sets(st.integers(0, N_PASSAGES - 1)), st.integers(1, N_PASSAGES))
def test_a_filter_agrees_with_brute_force(
    index: VectorIndex, kind: str, seed: int, wanted: set[int], limit: int
) -> None:
    question = unit_rows(seed, 1)[0]
    allowed = np.zeros(N_PASSAGES, dtype=np.bool_)
    allowed[sorted(wanted)] = True
    assert_best(index.search(question, limit, allowed), question, sorted(wanted), limit, ROUNDING[kind])


def test_similarities_are_cosines_in_the_order_asked_for(index: VectorIndex, kind: str) -> None:
    question = unit_rows(2, 1)[0]
    numbers = np.asarray([7, 3, 202, 8], dtype=np.int64)
    found = index.similarities(question, numbers)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, ROWS[numbers] @ question, rtol=0, atol=ROUNDING[kind])


def test_rows_come_back(index: VectorIndex, kind: str) -> None:
    rows = index.rows(5, 4)
    assert rows.dtype == np.float32
    assert rows.shape == (4, DIM)
    np.testing.assert_allclose(rows, ROWS[5:9], rtol=0, atol=ROUNDING[kind])
    np.testing.assert_allclose(np.linalg.norm(index.rows(0, N_PASSAGES), axis=1), 1, atol=ROUNDING[kind])


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> tuple[Vectors, QuantisedVectors]:
    """So many that lists are left out of the search, in clouds around 40 places."""
    folder = tmp_path_factory.mktemp("many")
    places = unit_rows(5, 40)
    rows = places[np.arange(6_000) % 40] + 0.4 * unit_rows(6, 6_000)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    write_vectors(rows, folder, exact_up_to=0)
    index = open_vectors(folder)
    assert isinstance(index, QuantisedVectors)
    return rows, index


@pytest.mark.parametrize("share", [1.0, 0.5, 0.2])
def test_nearly_all_of_the_nearest_are_found(
    many: tuple[Vectors, QuantisedVectors], share: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quantised_vectors, "FEW", 1_000)
    rows, index = many
    allowed = np.random.default_rng(8).random(len(rows)) < share
    hits = 0
    for question in unit_rows(9, 50):
        best = np.flatnonzero(allowed)[np.argsort(-(rows[allowed] @ question))[:10]]
        found = index.search(question, 10, allowed)
        assert allowed[found].all()
        assert len(found) == 10
        hits += len(set(best.tolist()) & set(found.tolist()))
    assert hits / 500 >= 0.98


def test_where_few_are_allowed_all_of_them_are_compared(many: tuple[Vectors, QuantisedVectors]) -> None:
    rows, index = many
    allowed = np.zeros(len(rows), dtype=np.bool_)
    allowed[[3, 17, 4_000, 5_999]] = True
    question = unit_rows(10, 1)[0]
    best = np.flatnonzero(allowed)[np.argsort(-(rows[allowed] @ question))]
    assert index.search(question, 10, allowed).tolist() == best.tolist()
    assert index.search(question, 10, np.zeros(len(rows), dtype=np.bool_)).tolist() == []


def test_the_same_rows_give_the_same_files(kind: str, tmp_path: Path) -> None:
    files = []
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        write_vectors(ROWS, tmp_path / name, exact_up_to=KINDS[kind])
        files.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert files[0] == files[1]
    assert set(files[0]) == ({VECTORS} if kind == "exact" else {VECTORS, STORED})


@pytest.mark.parametrize("content", [None, b"", b"no index", 0.5])
def test_a_damaged_file_is_named(kind: str, tmp_path: Path, content: bytes | float | None) -> None:
    write_vectors(ROWS, tmp_path, exact_up_to=KINDS[kind])
    for path in sorted(tmp_path.iterdir()):
        whole = path.read_bytes()
        path.unlink()
        if content is not None:
            path.write_bytes(content if isinstance(content, bytes) else whole[: int(len(whole) * content)])
        with pytest.raises(GenerationError, match=rf"cannot read .*{path.name}.*space-news index build"):
            open_vectors(tmp_path)
        path.write_bytes(whole)


def test_files_close_with_the_index(tmp_path: Path) -> None:
    write_vectors(ROWS, tmp_path, exact_up_to=0)
    index = open_vectors(tmp_path)
    assert isinstance(index, QuantisedVectors)
    index.close()
    with pytest.raises(OSError, match="Bad file descriptor"):
        index.rows(0, 1)
