"""Finding the passages worth reading: both sides of the search, fused, timely ones first.

Owns the first stage. It judges whole passages; which sentence answers, and whether any does, comes later.
"""

from dataclasses import dataclass

import numpy as np

from index.encoder import Vectors
from index.engine.base import Engine
from index.fusion import fuse, rank
from index.generation import Found
from index.question import Question
from index.timeliness import WEIGHT, timeliness

DEPTH = 100
"""How many passages each side proposes."""


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


def find_candidates(engine: Engine, question: Question, vector: Vectors, limit: int) -> list[Candidate]:
    """Return the passages worth reading, best first.

    Args:
        engine: Where to search.
        question: What is asked.
        vector: float32, (dim,): the question's vector.
        limit: At most so many.
    """
    proposed = engine.propose(question, vector, DEPTH)
    if not proposed.numbers.size:
        return []
    fused = fuse(proposed.dense, proposed.lexical, article=proposed.article)
    timely = timeliness(proposed.published_seconds, question.when)
    order = rank(fused + np.float32(WEIGHT) * timely, proposed.numbers, limit)
    found = engine.passages([int(number) for number in proposed.numbers[order]])
    return [
        Candidate(passage, float(proposed.dense[at]), float(proposed.lexical[at]), float(fused[at]), float(timely[at]))
        for passage, at in zip(found, order, strict=True)
    ]
