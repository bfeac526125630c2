"""A candidate after it was read: what it says, and how sure that is.

Owns the score that evidence is ranked by.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from index.candidates import Candidate
from index.choice import Choice
from index.gate import FEATURES

READER_WEIGHT = 2.2
"""What the reader can add to a candidate's score, most of which lies within 0..1."""
RELEVANCE_SHARE = 0.6
"""What the reader's logit for the passage counts beside what its sentence is worth (nats)."""
READER_SCALE = 16.0
"""Both together are divided by this before they are squashed, so that passages which all fit still differ."""
TRUST_LEAD, TRUST_SCALE = 10.0, 1.5
"""Where no passage stands out, as where a topic is asked for and all are on it, the reader has little to say about the
order: its part is weighed by the logistic function of its favourite's lead over the mean of what was read, moved and
scaled by these (nats)."""
ARTICLE_SHARE = 0.95
"""Of a candidate's own score, what the best of its article's candidates takes the place of: which article answers is
told by the search and the date, where in it by the reader."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A candidate after reading.

    Attributes:
        candidate: As the search found it.
        choice: The sentence that answers, if any does.
        features: What the gate decides by, see ``index.gate.FEATURES``.
        confidence: Probability that its quote answers.
        article_score: The best score that a candidate of its article had before it was read.
        too_old: Whether it was published clearly before the period that the question names.
        trust: How much the reader counts for this question, 0..1, see ``trusted``.
    """

    candidate: Candidate
    choice: Choice
    features: tuple[float, ...]
    confidence: float
    article_score: float
    too_old: bool
    trust: float = 1.0

    @property
    def relevance(self) -> float:
        """The reader's logit for the passage."""
        return self.features[FEATURES.index("relevance")]

    @property
    def by_article(self) -> float:
        """What its article adds to the score."""
        return ARTICLE_SHARE * (self.article_score - self.candidate.score)

    @property
    def by_reader(self) -> float:
        """What the reader adds to the score."""
        return READER_WEIGHT * self.trust * _logistic(self._said / READER_SCALE)

    @property
    def _said(self) -> float:
        return self.choice.worth + RELEVANCE_SHARE * self.relevance

    @property
    def score(self) -> float:
        """What evidence is ranked by."""
        return self.candidate.score + self.by_article + self.by_reader

    @property
    def words(self) -> str:
        """The sentence that answers."""
        return self.choice.sentence.of(self.candidate.found.text)

    @property
    def coverage(self) -> float:
        """Share of the question's weighted terms that the passage holds, 0..1."""
        return self.features[FEATURES.index("coverage")]


def trusted(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return the evidence of one question with the trust that the reader has earned by its favourite's lead."""
    said = [one._said for one in evidence]
    lead = max(said) - fmean(said) if said else 0.0
    trust = _logistic((lead - TRUST_LEAD) / TRUST_SCALE)
    return [replace(one, trust=trust) for one in evidence]


def _logistic(value: float) -> float:
    return 1.0 / (1.0 + math.exp(-value))
