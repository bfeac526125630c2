"""The dense side: FAISS over unit vectors.

Owns the choice of the index by size, and opening what was written. Similarity is the inner product of unit vectors, so
higher is better throughout. How each kind searches is told in its own file; the figures that the choice rests on stand
in docs/decisions/0016-scale.md.
"""

from pathlib import Path
from typing import Protocol

import faiss
import numpy as np
import numpy.typing as npt

from index.encoder.base import Vectors
from index.errors import GenerationError
from index.exact_vectors import ExactVectors
from index.quantised_vectors import QuantisedVectors

VECTORS = "vectors.faiss"
STORED = "vectors.f16"
EXACT_UP_TO = 150_000
"""Passages. An exact search of so many takes about 13 ms, and time and memory grow with their number."""


class VectorIndex(Protocol):
    """Search over the vectors of all passages."""

    @property
    def dim(self) -> int:
        """Length of a vector."""

    def __len__(self) -> int: ...

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

    def similarities(self, vector: Vectors, numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        """Return float32, (n,): the cosine of a unit vector and each of the passages ``numbers``."""

    def rows(self, first: int, count: int) -> Vectors:
        """Return float32, (count, dim): the vectors of some passages as they are stored."""


def write_vectors(vectors: Vectors, folder: Path, *, exact_up_to: int = EXACT_UP_TO) -> None:
    """Index float32, (n_passages, dim), rows of unit length, in files of a folder."""
    if len(vectors) <= exact_up_to:
        ExactVectors.write(vectors, folder / VECTORS)
    else:
        QuantisedVectors.write(vectors, folder / VECTORS, folder / STORED)


def open_vectors(folder: Path) -> VectorIndex:
    """Open what ``write_vectors`` wrote.

    Raises:
        GenerationError: A file is absent or damaged.
    """
    path = folder / VECTORS
    try:
        index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP)  # maps the lists; an exact index has none
    except RuntimeError as error:
        raise GenerationError(f"cannot read {path}: {error}; run `space-news index build`") from error
    if isinstance(index, faiss.IndexIVF):
        return QuantisedVectors(index, folder / STORED)
    return ExactVectors(index)
