"""How an answer or a refusal came about: what was understood, and every figure that decided.

Owns the values only; the search fills them with the figures that it decided by.
"""

from dataclasses import dataclass
from enum import StrEnum

from corpus import Article, Span
from index.gate import Contribution
from index.when import When


class Verdict(StrEnum):
    """What became of a passage that was read.

    ``UNSURE`` is below the threshold, ``OLDER`` was published clearly before the period in question. ``PASSED_OVER``
    would do as well: its article is cited already, or enough others are.
    """

    CITED = "cited"
    OLDER = "older"
    UNSURE = "unsure"
    PASSED_OVER = "passed_over"


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """A passage that was read, with all that speaks for it.

    ``score = fused + by_time + by_reader + by_article`` is what passages are ranked by.

    Attributes:
        article: What it is a part of.
        sentence: Where the sentence that answers best stands in the version's text.
        text: That sentence.
        lexical: BM25 score.
        dense: Cosine of question and passage.
        fused: Both, scaled over the candidates to 0..1.
        timely: How well its date fits the question, 0..2.
        by_time: What the date adds to the score.
        relevance: The reader's logit for the passage.
        margin: The reader's log-odds for the sentence over "no answer" (nats).
        by_reader: What the reader adds to the score.
        by_article: What its article adds to the score.
        score: What passages are ranked by.
        contributions: The parts of the log-odds behind the confidence.
        confidence: The gate's probability that the sentence answers, 0..1.
        verdict: What became of it.
    """

    article: Article
    sentence: Span
    text: str
    lexical: float
    dense: float
    fused: float
    timely: float
    by_time: float
    relevance: float
    margin: float
    by_reader: float
    by_article: float
    score: float
    contributions: tuple[Contribution, ...]
    confidence: float
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Explanation:
    """How an answer or a refusal came about.

    Attributes:
        when: The period as it was understood, with the event that it was placed by.
        threshold: Least confidence that is shown.
        topic_coverage: A refused question counts as off topic where less of it is covered.
        coverage: The most of the question that a passage covers, 0..1.
        passages: What was read, best first.
        decision: Why it was answered or refused, in one sentence.
    """

    when: When
    threshold: float
    topic_coverage: float
    coverage: float
    passages: tuple[ReadPassage, ...]
    decision: str
