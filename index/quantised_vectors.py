"""Approximate search in little memory: short codes propose passages, their stored vectors decide.

    vectors.faiss       an inverted file (IVF) of RaBitQ codes (Gao et al. 2024), mapped into memory
    vectors.f16         float16, little-endian, one row a passage: the vectors, to a cosine's fourth decimal

Owns both files. Rows are read from their file where they are needed and never mapped: a process that has answered long
enough would hold all of them otherwise. The system keeps what is asked for often in its cache, while it has room.
Windows cannot read so (``preadv``).
"""

import math
import os
import weakref
from itertools import pairwise
from pathlib import Path
from typing import cast

import faiss
import numpy as np
import numpy.typing as npt

from index.encoder.base import Vectors
from index.errors import GenerationError
from index.exact_vectors import bitmap
from index.fusion import rank
from index.one_thread import one_thread

BITS = 2
"""Of a code, for each dimension."""
QUESTION_BITS = 8
"""Of the question while it is compared with codes."""
TRAINED_ON_PER_LIST = 64
TRAINING_ROUNDS = 10
SEED = 1
LISTS_SHARE = 4
"""One list in so many is searched."""
PROPOSED, PROPOSED_TIMES = 500, 5
"""So many passages are compared by their stored vectors, or so many times as many as are wanted."""
FEW = 20_000
"""Where no more passages are allowed, all of them are compared by their stored vectors: no list would hold enough."""

_BLOCK = 10_000


class QuantisedVectors:
    """A ``VectorIndex`` that finds nearly all of the nearest."""

    def __init__(self, index: faiss.IndexIVF, stored: Path) -> None:
        """Wrap an index and open its stored vectors.

        Raises:
            GenerationError: They are absent, or not as many as the index has.
        """
        self._index = index
        try:
            self._file = os.open(stored, os.O_RDONLY)
        except OSError as error:
            raise GenerationError(f"cannot read {stored}: {error}; run `space-news index build`") from error
        self.close = weakref.finalize(self, os.close, self._file)
        found, expected = os.fstat(self._file).st_size, len(self) * self._row_bytes
        if found != expected:
            raise GenerationError(
                f"cannot read {stored}: it has {found} bytes, not {expected}; run `space-news index build`"
            )

    @staticmethod
    def write(vectors: Vectors, path: Path, stored: Path) -> None:
        """Index float32, (n_passages, dim), rows of unit length; the same rows give the same files."""
        n_lists = max(1, round(math.sqrt(len(vectors))))
        kind = f"IVF{n_lists},RaBitQ{BITS}"
        index = cast(faiss.IndexIVF, faiss.index_factory(vectors.shape[1], kind, faiss.METRIC_INNER_PRODUCT))
        index.cp.seed, index.cp.niter, index.cp.spherical = SEED, TRAINING_ROUNDS, True
        index.cp.min_points_per_centroid = 1
        size = min(len(vectors), TRAINED_ON_PER_LIST * n_lists)
        index.train(vectors[np.sort(np.random.default_rng(SEED).choice(len(vectors), size, replace=False))])
        with stored.open("wb") as stream:
            for first in range(0, len(vectors), _BLOCK):
                block = np.ascontiguousarray(vectors[first : first + _BLOCK])
                index.add(block)
                stream.write(block.astype("<f2").tobytes())
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
        """Return the numbers of the nearest allowed passages, nearest first, of equal ones the lower number."""
        n_allowed = len(self) if allowed is None else int(np.count_nonzero(allowed))
        if n_allowed <= FEW:
            numbers = np.arange(len(self)) if allowed is None else np.flatnonzero(allowed)
        else:
            numbers = self._proposed(vector, max(PROPOSED, PROPOSED_TIMES * limit), n_allowed, allowed)
        blocks = [numbers[first : first + _BLOCK] for first in range(0, max(1, len(numbers)), _BLOCK)]
        similarities = np.concatenate([self.similarities(vector, block) for block in blocks])
        return numbers[rank(similarities, numbers, limit)]

    def similarities(self, vector: Vectors, numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        """Return float32, (n,): the cosine of a unit vector and each of the passages ``numbers``."""
        order = np.argsort(numbers)
        similarities = np.empty(len(numbers), dtype=np.float32)
        similarities[order] = np.einsum("nd,d->n", self._read(numbers[order]), vector)  # in one thread, as the search
        return similarities

    def rows(self, first: int, count: int) -> Vectors:
        """Return float32, (count, dim): the vectors of some passages as they are stored."""
        return self._read(np.arange(first, first + count))

    def _proposed(
        self, vector: Vectors, limit: int, n_allowed: int, allowed: npt.NDArray[np.bool_] | None
    ) -> npt.NDArray[np.int64]:
        parameters = faiss.IVFRaBitQSearchParameters()
        share = n_allowed / len(self)  # fewer passages are allowed: more lists hold as many
        parameters.nprobe = min(self._index.nlist, math.ceil(self._index.nlist / LISTS_SHARE / share))
        parameters.qb = QUESTION_BITS
        selector = bitmap(allowed) if allowed is not None else None  # kept by name: the parameters do not own it
        parameters.sel = selector
        with one_thread():
            _, found = self._index.search(vector[None], limit, params=parameters)
        return np.asarray(found[0][found[0] >= 0], dtype=np.int64)

    @property
    def _row_bytes(self) -> int:
        return 2 * self.dim

    def _read(self, numbers: npt.NDArray[np.int64]) -> Vectors:
        """Read rows by their ascending numbers; those that follow one another at once."""
        rows = np.empty((len(numbers), self.dim), dtype="<f2")
        into = rows.reshape(-1).view(np.uint8).data
        starts = np.flatnonzero(np.diff(numbers, prepend=-2) != 1)
        for start, end in pairwise([*starts.tolist(), len(numbers)]):
            part = into[start * self._row_bytes : end * self._row_bytes]
            if os.preadv(self._file, [part], int(numbers[start]) * self._row_bytes) != len(part):
                raise GenerationError("the stored vectors end too soon; run `space-news index verify`")
        return rows.astype(np.float32)
