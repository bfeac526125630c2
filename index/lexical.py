"""The lexical side: BM25 over the terms and concepts of passages.

Owns the bm25s index and its files. Returns passages and plain scores; fusing them is another file's work.
"""

import logging
from collections.abc import Iterable
from pathlib import Path

import bm25s
import numpy as np
import numpy.typing as npt

from index.errors import GenerationError
from index.fusion import rank
from index.lexicon import Lexicon, is_concept
from index.matches import Column, best_passages
from index.postings import Postings, bm25_postings
from index.terms import terms

logging.getLogger("bm25s").setLevel(logging.WARNING)  # it sets itself to DEBUG

K1 = 1.2
B = 0.75
BACKGROUND_PASSAGES = 1_000
BOUNDS = "bounds.npy"
CONCEPT_WEIGHT = 0.5
"""What a shared concept counts beside a shared stem: the words that name it are counted as well."""


def lexical_terms(text: str, lexicon: Lexicon) -> list[str]:
    """Return what is counted for a text: its stems, then its concepts."""
    return [*terms(text), *lexicon.terms_with_concepts(text)]


class LexicalIndex:
    """BM25 (Lucene's variant, Kamphuis et al. 2020) with one row a passage."""

    def __init__(self, engine: bm25s.BM25, n_passages: int, bounds: npt.NDArray[np.float32]) -> None:
        """Wrap an engine; ``build`` and ``load`` are the usual ways here.

        Args:
            engine: Knows the scores of every term.
            n_passages: How many passages there are.
            bounds: float32, (n_terms,): the highest score of each term.
        """
        self._engine = engine
        self._n_passages = n_passages
        self._bounds = bounds

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
        return cls(engine, postings.n_documents, postings.bounds())

    @classmethod
    def load(cls, folder: Path, n_passages: int) -> "LexicalIndex":
        """Open an index that ``save`` wrote, mapped into memory rather than read.

        Raises:
            GenerationError: A file is absent or damaged.
        """
        try:
            engine = bm25s.BM25.load(str(folder), mmap=True, load_corpus=False)
            return cls(engine, n_passages, np.load(folder / BOUNDS))
        except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
            raise GenerationError(f"cannot read {folder}: {error}; run `space-news index build`") from error

    def save(self, folder: Path) -> None:
        """Write the index into a folder of its own."""
        self._engine.save(str(folder), show_progress=False)
        np.save(folder / BOUNDS, self._bounds)

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

    def search(
        self, question_terms: list[str], limit: int, allowed: npt.NDArray[np.bool_] | None = None
    ) -> npt.NDArray[np.int64]:
        """Return the numbers of the passages that score highest, the best first, of equal ones the lower number.

        Args:
            question_terms: What is asked for, each term once.
            limit: At most so many; a passage that shares no term is none of them.
            allowed: bool, (n_passages,), the passages that may be found; None allows all.

        Returns:
            int64, (at most limit,).
        """
        columns = [self._column(term) for term in question_terms if term in self._vocabulary]
        numbers = best_passages(columns, limit, self._n_passages, allowed).astype(np.int64)
        return numbers[rank(self.scores_of(question_terms, numbers), numbers, limit)]

    def scores_of(self, question_terms: list[str], numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        """Return float32, (n,): what ``scores`` holds for some passages, to the last bit."""
        wanted = numbers.astype(np.int32)  # as the lists are, or each list would be converted
        sums = {is_of_kind: np.zeros(len(wanted), dtype=np.float32) for is_of_kind in (False, True)}
        for term in question_terms:
            if term in self._vocabulary:
                sums[is_concept(term)] += self._column(term).of(wanted)
        return sums[False] + np.float32(CONCEPT_WEIGHT) * sums[True]

    def holding(self, term: str) -> npt.NDArray[np.bool_]:
        """Return bool, (n_passages,): those that hold a term."""
        held = np.zeros(self._n_passages, dtype=np.bool_)
        if term in self._vocabulary:
            held[self._column(term).passages] = True
        return held

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

    def _column(self, term: str) -> Column:
        number = self._vocabulary[term]
        start, end = (int(at) for at in self._engine.scores["indptr"][number : number + 2])
        weight = CONCEPT_WEIGHT if is_concept(term) else 1.0
        return Column(
            passages=np.asarray(self._engine.scores["indices"][start:end]),
            scores=np.asarray(self._engine.scores["data"][start:end]),
            weight=np.float32(weight),
            bound=weight * float(self._bounds[number]),
        )

    def _document_frequency(self, term: str) -> int:
        number = self._vocabulary.get(term)
        if number is None:
            return 0
        starts = self._engine.scores["indptr"]
        return int(starts[number + 1] - starts[number])
