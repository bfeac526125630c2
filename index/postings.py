"""From the terms of documents to BM25's scores of every term in every document.

Owns the arithmetic of building; what bm25s does one document at a time is done here over whole arrays, with the same
result. Asking is the lexical index's work.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Postings:
    """A sparse matrix of scores, in compressed columns: one column a term, one row a document.

    Attributes:
        vocabulary: Column by term, numbered as the terms come.
        n_documents: How many documents, the empty ones included.
        data: float32, (n_entries,): scores, by term and then by document.
        indices: int32, (n_entries,): their documents.
        starts: int64, (n_terms + 1,): where each term's entries start.
    """

    vocabulary: dict[str, int]
    n_documents: int
    data: npt.NDArray[np.float32]
    indices: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int64]

    def bounds(self) -> npt.NDArray[np.float32]:
        """Return float32, (n_terms,): the highest score of each term, of which every one stands in some document."""
        return np.maximum.reduceat(self.data, self.starts[:-1]) if self.data.size else np.zeros(0, dtype=np.float32)


def bm25_postings(documents: Iterable[list[str]], *, k1: float, b: float) -> Postings:
    """Score documents that are already split into terms (Lucene's variant, Kamphuis et al. 2020)."""
    vocabulary, terms, lengths = _numbered(documents)
    n_documents, n_terms = len(lengths), len(vocabulary)
    rows = np.repeat(np.arange(n_documents, dtype=np.int64), lengths)
    entries, counts = _runs((terms << 32) | rows)
    columns, indices = entries >> 32, entries & 0xFFFFFFFF
    frequencies = np.bincount(columns, minlength=n_terms)
    idf = np.log(1 + (n_documents - frequencies + 0.5) / (frequencies + 0.5)).astype(np.float32)
    norms = k1 * ((1 - b) + b * lengths / (lengths.mean() or 1.0)) if n_documents else lengths
    shares = counts / (norms[indices] + counts)
    return Postings(
        vocabulary=vocabulary,
        n_documents=n_documents,
        data=(idf[columns] * shares).astype(np.float32),
        indices=indices.astype(np.int32),
        starts=np.concatenate([[0], np.cumsum(frequencies)]).astype(np.int64),
    )


def _numbered(
    documents: Iterable[list[str]],
) -> tuple[dict[str, int], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the vocabulary, int64 terms of all documents in a row, and int64 lengths; no document is kept."""
    vocabulary: defaultdict[str, int] = defaultdict()
    vocabulary.default_factory = vocabulary.__len__
    numbered, lengths = [np.zeros(0, dtype=np.int32)], []
    for document in documents:
        numbered.append(np.fromiter(map(vocabulary.__getitem__, document), dtype=np.int32, count=len(document)))
        lengths.append(len(document))
    return dict(vocabulary), np.concatenate(numbered).astype(np.int64), np.asarray(lengths, dtype=np.int64)


def _runs(values: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
    """Return the different values, ascending, and how often each stands (float32)."""
    values = np.sort(values)
    is_first = np.concatenate([[True], values[1:] != values[:-1]]) if values.size else np.zeros(0, dtype=bool)
    firsts = np.flatnonzero(is_first)
    return values[firsts], np.diff(np.append(firsts, values.size)).astype(np.float32)
