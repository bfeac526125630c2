"""A candidate after it was read: what it says, and how sure that is.

Owns the score that evidence is ranked by.
"""

import math
from dataclasses import dataclass

from index.candidates import Candidate
from index.choice import Choice
from index.gate import FEATURES

RELEVANCE_WEIGHT, CONFIDENCE_WEIGHT = 1.0, 0.5
"""What the reader and the gate can add to a candidate's score, most of which lies within 0..1."""
RELEVANCE_SCALE = 2.0
"""Logits of relevance are divided by this before they are squashed, so that passages which all fit still differ."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A candidate after reading.

    Attributes:
        candidate: As the search found it.
        choice: The sentence that answers, if any does.
        features: What the gate decides by, see ``index.gate.FEATURES``.
        confidence: Probability that its quote answers.
        too_old: Whether it was published clearly before the period that the question names.
    """

    candidate: Candidate
    choice: Choice
    features: tuple[float, ...]
    confidence: float
    too_old: bool

    @property
    def relevance(self) -> float:
        """The reader's logit for the passage."""
        return self.features[FEATURES.index("relevance")]

    @property
    def by_reader(self) -> float:
        """What the reader adds to the score."""
        return RELEVANCE_WEIGHT / (1.0 + math.exp(-self.relevance / RELEVANCE_SCALE))

    @property
    def by_gate(self) -> float:
        """What the gate adds to the score."""
        return CONFIDENCE_WEIGHT * self.confidence

    @property
    def score(self) -> float:
        """What evidence is ranked by."""
        return self.candidate.score + self.by_reader + self.by_gate

    @property
    def words(self) -> str:
        """The sentence that answers."""
        return self.choice.sentence.of(self.candidate.found.text)

    @property
    def coverage(self) -> float:
        """Share of the question's weighted terms that the passage holds, 0..1."""
        return self.features[FEATURES.index("coverage")]
