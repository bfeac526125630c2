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
from index.timeliness import WEIGHT, timeliness

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
    days = np.floor(moments / 86_400)
    if filters.since is not None:
        allowed &= days >= (filters.since - _EPOCH).days
    if filters.until is not None:
        allowed &= days <= (filters.until - _EPOCH).days
    if filters.sources:
        allowed &= _published_by(generation, filters.sources)
    if filters.excluded_sources:
        allowed &= ~_published_by(generation, filters.excluded_sources)
    if filters.languages:
        spoken = np.asarray([article.language in filters.languages for article in generation.articles])
        allowed &= spoken[generation.article_numbers]
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
    lexical = np.where(allowed, generation.lexical.scores(list(question.terms)), 0.0).astype(np.float32)
    near = generation.vectors.search(vector, DEPTH, None if allowed.all() else allowed)
    matching = np.flatnonzero(lexical)  # few of many: cutting among them is far cheaper than among all
    if matching.size > DEPTH:
        matching = matching[rank(lexical[matching], matching, DEPTH)]
    numbers = np.union1d(near, matching).astype(np.int64)
    if not numbers.size:
        return []
    dense = generation.vectors.similarities(vector, numbers)
    fused = fuse(dense, lexical[numbers], article=_article_similarities(generation, vector, numbers))
    timely = timeliness(generation.published_seconds[numbers], question.when)
    order = rank(fused + np.float32(WEIGHT) * timely, numbers, limit)
    found = generation.passages([int(number) for number in numbers[order]])
    return [
        Candidate(passage, float(dense[at]), float(lexical[numbers[at]]), float(fused[at]), float(timely[at]))
        for passage, at in zip(found, order, strict=True)
    ]


def _published_by(generation: Generation, names: frozenset[str]) -> npt.NDArray[np.bool_]:
    """Return bool, (n_passages,): what one of the publishers published, compared without case."""
    wanted = {name.casefold() for name in names}
    named = np.asarray([article.publisher.casefold() in wanted for article in generation.articles])
    found: npt.NDArray[np.bool_] = named[generation.article_numbers]
    return found


def _article_similarities(
    generation: Generation, vector: Vectors, numbers: npt.NDArray[np.int64]
) -> npt.NDArray[np.float32]:
    """Return float32, (n,): for each passage the mean cosine of the question and all passages of its article."""
    articles = generation.article_numbers[numbers]
    kept, place = np.unique(articles, return_inverse=True)
    ranges = [generation.passage_numbers(int(article))[:ARTICLE_PASSAGES] for article in kept]
    similar = generation.vectors.similarities(vector, np.concatenate(ranges))
    lengths = np.asarray([len(numbers) for numbers in ranges])
    sums = np.add.reduceat(similar, np.concatenate(([0], np.cumsum(lengths)[:-1])))
    means: npt.NDArray[np.float32] = (sums / lengths).astype(np.float32)
    return means[place]
