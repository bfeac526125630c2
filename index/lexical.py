"""The lexical side: BM25 over the terms and concepts of passages.

Owns the bm25s index and its files. Returns plain score arrays; fusing them is another file's work.
"""

import logging
from collections.abc import Iterable
from pathlib import Path

import bm25s
import numpy as np
import numpy.typing as npt

from index.errors import GenerationError
from index.lexicon import Lexicon, is_concept
from index.postings import Postings, bm25_postings
from index.terms import terms

logging.getLogger("bm25s").setLevel(logging.WARNING)  # it sets itself to DEBUG

K1 = 1.2
B = 0.75
BACKGROUND_PASSAGES = 1_000
CONCEPT_WEIGHT = 0.5
"""What a shared concept counts beside a shared stem: the words that name it are counted as well."""


def lexical_terms(text: str, lexicon: Lexicon) -> list[str]:
    """Return what is counted for a text: its stems, then its concepts."""
    return [*terms(text), *lexicon.terms_with_concepts(text)]


class LexicalIndex:
    """BM25 (Lucene's variant, Kamphuis et al. 2020) with one row a passage."""

    def __init__(self, engine: bm25s.BM25, n_passages: int) -> None:
        self._engine = engine
        self._n_passages = n_passages

    @classmethod
    def build(cls, documents: Iterable[list[str]]) -> "LexicalIndex":
        """Index documents that are already split into terms; an empty document scores 0 for every question."""
        postings = bm25_postings(documents, k1=K1, b=B)
        engine = bm25s.BM25(k1=K1, b=B, method="lucene")
        engine.vocab_dict = postings.vocabulary
        engine.scores = {
            "data": postings.data,
            "indices": postings.indices,
            "indptr": postings.starts,
            "num_docs": postings.n_documents,
        }
        engine.nonoccurrence_array = None
        return cls(engine, postings.n_documents)

    @classmethod
    def load(cls, folder: Path, n_passages: int) -> "LexicalIndex":
        """Open an index that ``save`` wrote, mapped into memory rather than read.

        Raises:
            GenerationError: A file is absent or damaged.
        """
        try:
            return cls(bm25s.BM25.load(str(folder), mmap=True, load_corpus=False), n_passages)
        except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
            raise GenerationError(f"cannot read {folder}: {error}; run `space-news index build`") from error

    def save(self, folder: Path) -> None:
        """Write the index into a folder of its own."""
        self._engine.save(str(folder), show_progress=False)

    def scores(self, question_terms: list[str]) -> npt.NDArray[np.float32]:
        """Score every passage.

        Returns:
            float32, (n_passages,); 0 where no term is shared.
        """
        known = [term for term in question_terms if term in self._vocabulary]
        scores = np.zeros(self._n_passages, dtype=np.float32)
        for weight, of_kind in (
            (1.0, [term for term in known if not is_concept(term)]),
            (CONCEPT_WEIGHT, [term for term in known if is_concept(term)]),
        ):
            if of_kind:
                scores += np.float32(weight) * np.asarray(self._engine.get_scores(of_kind), dtype=np.float32)
        return scores

    def idf(self, question_terms: list[str]) -> dict[str, float]:
        """Return how telling each term is: ln(1 + (N - n + 0.5) / (n + 0.5)), where n of N passages hold it.

        N counts ``BACKGROUND_PASSAGES`` more than there are, none of which holds the term: in a corpus of one article
        every name of the article would tell nothing otherwise.
        """
        total = self._n_passages + BACKGROUND_PASSAGES
        counts = {term: self._document_frequency(term) for term in question_terms}
        return {term: float(np.log(1 + (total - n + 0.5) / (n + 0.5))) for term, n in counts.items()}

    def postings(self) -> Postings:
        """Return the scores of every term in every passage, as they were built."""
        scores = self._engine.scores
        return Postings(self._vocabulary, self._n_passages, scores["data"], scores["indices"], scores["indptr"])

    @property
    def has_terms(self) -> bool:
        """Whether any document holds a term."""
        return bool(self._vocabulary)

    @property
    def _vocabulary(self) -> dict[str, int]:
        vocabulary: dict[str, int] = self._engine.vocab_dict
        return vocabulary

    def _document_frequency(self, term: str) -> int:
        number = self._vocabulary.get(term)
        if number is None:
            return 0
        starts = self._engine.scores["indptr"]
        return int(starts[number + 1] - starts[number])
