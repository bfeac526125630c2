"""From evidence to its explanation: the same figures, in plain values.

Owns the verdict on each passage that was read. Decides nothing and measures nothing anew.
"""

from collections.abc import Sequence

from index.evidence import Evidence
from index.explanation import Explanation, ReadPassage, Verdict
from index.gate import Gate
from index.when import When


def explain(when: When, evidence: Sequence[Evidence], cited: Sequence[Evidence], gate: Gate, why: str) -> Explanation:
    """Return how the search decided.

    Args:
        when: The period as it was understood.
        evidence: What was read, best first.
        cited: Those of it that are shown as answers.
        gate: What decided.
        why: The decision in words.
    """
    return Explanation(
        when=when,
        threshold=gate.threshold,
        topic_coverage=gate.topic_coverage,
        coverage=max((one.coverage for one in evidence), default=0.0),
        passages=tuple(_read_passage(one, _verdict(one, cited, gate), gate) for one in evidence),
        decision=why,
    )


def _verdict(one: Evidence, cited: Sequence[Evidence], gate: Gate) -> Verdict:
    if any(one is other for other in cited):
        return Verdict.CITED
    if one.confidence < gate.threshold:
        return Verdict.UNSURE
    return Verdict.OLDER if one.too_old else Verdict.PASSED_OVER


def _read_passage(one: Evidence, verdict: Verdict, gate: Gate) -> ReadPassage:
    candidate, choice = one.candidate, one.choice
    return ReadPassage(
        article=candidate.found.article,
        sentence=choice.sentence,
        text=choice.sentence.of(candidate.found.text),
        lexical=candidate.lexical,
        dense=candidate.dense,
        fused=candidate.fused,
        timely=candidate.timely,
        by_time=candidate.by_time,
        relevance=one.relevance,
        margin=choice.margin,
        by_reader=one.by_reader,
        by_article=one.by_article,
        score=one.score,
        contributions=gate.contributions(one.features),
        confidence=one.confidence,
        verdict=verdict,
    )
