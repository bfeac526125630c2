"""Finding the passages worth reading: both sides of the search, fused, timely ones first.

Owns the first stage. It judges whole passages; which sentence answers, and whether any does, comes later.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from index.encoder import Vectors
from index.fusion import fuse, rank
from index.generation import Found, Generation
from index.question import Question
from index.timeliness import DAY_SECONDS, WEIGHT, timeliness

DEPTH = 100
"""How many passages each side proposes."""

ARTICLE_PASSAGES = 50
"""An article is judged by so many passages from its start; only a book has more."""

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage worth reading, with what speaks for it.

    Attributes:
        found: The passage.
        dense: Cosine of question and passage.
        lexical: BM25 score.
        fused: Both, scaled over the candidates to 0..1.
        timely: How well its date fits the question, 0..2.
    """

    found: Found
    dense: float
    lexical: float
    fused: float
    timely: float

    @property
    def by_time(self) -> float:
        """What the date adds to the score."""
        return WEIGHT * self.timely

    @property
    def score(self) -> float:
        """What candidates are ranked by before any of them is read."""
        return self.fused + self.by_time


def allowed_passages(generation: Generation, question: Question) -> npt.NDArray[np.bool_]:
    """Return bool, (n_passages,): what was published by the moment of asking and meets the filters.

    An undated article is kept unless the filters bound the date.
    """
    moments = generation.published_seconds
    allowed: npt.NDArray[np.bool_] = np.isnan(moments) | (moments <= question.asked_at.timestamp())
    filters = question.filters
    if filters.since is not None:
        allowed &= moments >= (filters.since - _EPOCH).days * DAY_SECONDS
    if filters.until is not None:
        allowed &= moments < ((filters.until - _EPOCH).days + 1) * DAY_SECONDS
    if filters.sources:
        wanted = {name.casefold() for name in filters.sources}
        allowed &= generation.facets.published_by(lambda name: name.casefold() in wanted)
    if filters.languages:
        allowed &= generation.facets.in_language(lambda language: language in filters.languages)
    return allowed


def find_candidates(
    generation: Generation, question: Question, vector: Vectors, allowed: npt.NDArray[np.bool_], limit: int
) -> list[Candidate]:
    """Return the passages worth reading, best first.

    Args:
        generation: Where to search.
        question: What is asked.
        vector: float32, (dim,): the question's vector.
        allowed: bool, (n_passages,): the passages that may be found.
        limit: At most so many.
    """
    terms, mask = list(question.terms), None if allowed.all() else allowed
    near = generation.vectors.search(vector, DEPTH, mask)
    matching = generation.lexical.search(terms, DEPTH, mask)
    numbers = np.union1d(near, matching).astype(np.int64)
    if not numbers.size:
        return []
    dense = generation.vectors.similarities(vector, numbers)
    lexical = generation.lexical.scores_of(terms, numbers)
    fused = fuse(dense, lexical, article=_article_similarities(generation, vector, numbers))
    timely = timeliness(generation.published_seconds[numbers], question.when)
    order = rank(fused + np.float32(WEIGHT) * timely, numbers, limit)
    found = generation.passages([int(number) for number in numbers[order]])
    return [
        Candidate(passage, float(dense[at]), float(lexical[at]), float(fused[at]), float(timely[at]))
        for passage, at in zip(found, order, strict=True)
    ]


def _article_similarities(
    generation: Generation, vector: Vectors, numbers: npt.NDArray[np.int64]
) -> npt.NDArray[np.float32]:
    """Return float32, (n,): for each passage the mean cosine of the question and all passages of its article."""
    articles = generation.article_numbers[numbers]
    kept, place = np.unique(articles, return_inverse=True)
    starts, ends = np.searchsorted(generation.article_numbers, [kept, kept + 1])
    lengths = np.minimum(ends - starts, ARTICLE_PASSAGES)
    firsts = np.cumsum(lengths) - lengths
    every = np.arange(lengths.sum()) - np.repeat(firsts - starts, lengths)
    sums = np.add.reduceat(generation.vectors.similarities(vector, every), firsts)
    means: npt.NDArray[np.float32] = (sums / lengths).astype(np.float32)
    return means[place]
