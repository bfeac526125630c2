"""Exact search: every question is compared with every vector.

Owns the flat FAISS index, whose time and memory grow with the number of passages: 1.5 KB each with 384 dimensions.
"""

from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from index.encoder.base import Vectors
from index.one_thread import one_thread


class ExactVectors:
    """A ``VectorIndex`` that holds the vectors as they are."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @staticmethod
    def write(vectors: Vectors, path: Path) -> None:
        """Index float32, (n_passages, dim), rows of unit length."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors))
        faiss.write_index(index, str(path))

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return int(self._index.d)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def search(
        self, vector: Vectors, limit: int, allowed: npt.NDArray[np.bool_] | None = None
    ) -> npt.NDArray[np.int64]:
        """Return the numbers of the nearest allowed passages, nearest first."""
        parameters = None
        if allowed is not None:
            # faiss's wrappers take keywords and arrays that its stubs do not know
            parameters = faiss.SearchParameters(sel=bitmap(allowed))  # type: ignore[call-arg]
        with one_thread():
            _, found = self._index.search(vector[None], min(limit, len(self)), params=parameters)
        return np.asarray(found[0][found[0] >= 0], dtype=np.int64)

    def similarities(self, vector: Vectors, numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        """Return float32, (n,): the cosine of a unit vector and each of the passages ``numbers``."""
        rows = np.stack([self._index.reconstruct(int(number)) for number in numbers])
        return (rows @ vector).astype(np.float32)

    def rows(self, first: int, count: int) -> Vectors:
        """Return float32, (count, dim): the vectors of some passages as they are stored."""
        return np.asarray(self._index.reconstruct_n(first, count), dtype=np.float32)


def bitmap(allowed: npt.NDArray[np.bool_]) -> faiss.IDSelectorBitmap:
    """Return what FAISS filters by."""
    packed = np.packbits(allowed, bitorder="little")
    return faiss.IDSelectorBitmap(packed)  # type: ignore[call-arg, arg-type]
