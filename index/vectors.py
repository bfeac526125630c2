"""The dense side: FAISS over unit vectors.

Owns the FAISS index and its file. Similarity is the inner product of unit vectors, so higher is better throughout.
"""

from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from index.encoder.base import Vectors
from index.errors import GenerationError


class VectorIndex:
    """Exact search over all passages."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: Vectors) -> "VectorIndex":
        """Index float32, (n_passages, dim), rows of unit length."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors))
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> "VectorIndex":
        """Open an index that ``save`` wrote.

        Raises:
            GenerationError: The file is absent or damaged.
        """
        try:
            return cls(faiss.read_index(str(path)))
        except RuntimeError as error:
            raise GenerationError(f"cannot read {path}: {error}; run `space-news index build`") from error

    def save(self, path: Path) -> None:
        """Write the index to a file."""
        faiss.write_index(self._index, str(path))

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return int(self._index.d)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def search(
        self, vector: Vectors, limit: int, allowed: npt.NDArray[np.bool_] | None = None
    ) -> npt.NDArray[np.int64]:
        """Return the numbers of the nearest passages, nearest first.

        Args:
            vector: float32, (dim,), of unit length.
            limit: At most so many.
            allowed: bool, (n_passages,), the passages that may be found; None allows all.

        Returns:
            int64, (at most limit,).
        """
        parameters = None
        if allowed is not None:
            packed = np.packbits(allowed, bitorder="little")
            # faiss's wrappers take keywords and arrays that its stubs do not know
            selector = faiss.IDSelectorBitmap(packed)  # type: ignore[call-arg, arg-type]
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        _, found = self._index.search(vector[None], min(limit, len(self)), params=parameters)
        return np.asarray(found[0][found[0] >= 0], dtype=np.int64)

    def similarities(self, vector: Vectors, numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        """Return float32, (n,): the cosine of a unit vector and each of the passages ``numbers``."""
        rows = np.stack([self._index.reconstruct(int(number)) for number in numbers])
        return (rows @ vector).astype(np.float32)

    def rows(self, first: int, count: int) -> Vectors:
        """Return float32, (count, dim): the vectors of some passages as they are stored."""
        return np.asarray(self._index.reconstruct_n(first, count), dtype=np.float32)
