"""Summing up what came of the questions.

Ranking measures come from ir-measures, areas from scikit-learn. Owns what is counted over which questions: rankings and
evidence over those that something answers, refusals over those of which the set says whether something does.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import ir_measures
import numpy as np
from ir_measures import Success, nDCG
from sklearn.metrics import roc_auc_score

from index.evaluation.run import ROWS, Outcome
from index.reliability import Bin, calibration_error, reliability

RANKING = {"nDCG@10": nDCG @ 10, "success@1": Success @ 1, "success@5": Success @ 5}


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one run; None where the set has no judgements for them.

    Attributes:
        questions: How many were asked.
        ranking: Mean of each of ``RANKING`` for each of ``ROWS``, over questions with relevant articles.
        evidence_at_1: Share of answerable questions whose first quote holds what answers, answered or not.
        answered_right: Share of answerable questions that were answered with such a quote.
        span_f1: Mean token F1 of the answer's words, over answerable questions with gold answers.
        refusal_precision: Share of refusals that were due.
        refusal_recall: Share of unanswerable questions that were refused.
        auroc: Area under the ROC curve of the confidence, answerable against unanswerable.
        calibration_error: Expected calibration error of the confidence that the first quote is right.
        reliability: The bins behind it.
        p50_ms: Median time of an answer.
        p95_ms: 95th percentile of it.
    """

    questions: int
    ranking: dict[str, dict[str, float]]
    evidence_at_1: float | None
    answered_right: float | None
    span_f1: float | None
    refusal_precision: float | None
    refusal_recall: float | None
    auroc: float | None
    calibration_error: float | None
    reliability: tuple[Bin, ...]
    p50_ms: float
    p95_ms: float


def sum_up(outcomes: Sequence[Outcome]) -> Figures:
    """Sum up a run of at least one question."""
    judged = [o for o in outcomes if o.question.relevant]
    answerable = [o for o in outcomes if o.question.answerable and o.question.gold]
    worded = [o for o in answerable if o.question.gold.answers]
    known = [o for o in outcomes if o.question.answerable is not None]
    refused = [o for o in known if not o.answered]
    impossible = [o for o in known if not o.question.answerable]
    both = bool(impossible) and len(impossible) < len(known)
    times = [o.milliseconds for o in outcomes]
    bins = _reliability(answerable + impossible)
    return Figures(
        questions=len(outcomes),
        ranking={row: _ranking(judged, row) for row in ROWS} if judged else {},
        evidence_at_1=_share([o.right for o in answerable]),
        answered_right=_share([o.right and o.answered for o in answerable]),
        span_f1=_share([o.span_f1 for o in worded]),
        refusal_precision=_share([not o.question.answerable for o in refused]) if impossible else None,
        refusal_recall=_share([not o.answered for o in impossible]),
        auroc=_rounded(roc_auc_score([bool(o.question.answerable) for o in known], [o.confidence for o in known]))
        if both
        else None,
        calibration_error=_rounded(calibration_error(bins)) if bins else None,
        reliability=bins,
        p50_ms=round(float(np.percentile(times, 50)), 1),
        p95_ms=round(float(np.percentile(times, 95)), 1),
    )


def per_question(outcomes: Sequence[Outcome], row: str) -> dict[str, dict[str, float]]:
    """Return each of ``RANKING`` for every question with relevant articles, by question id."""
    judged = [o for o in outcomes if o.question.relevant]
    values: dict[str, dict[str, float]] = {o.question.id: {} for o in judged}
    names = {str(measure): name for name, measure in RANKING.items()}
    for metric in ir_measures.iter_calc(list(RANKING.values()), _qrels(judged), _run(judged, row)):
        values[metric.query_id][names[str(metric.measure)]] = metric.value
    return values


def _ranking(judged: Sequence[Outcome], row: str) -> dict[str, float]:
    found = ir_measures.calc_aggregate(list(RANKING.values()), _qrels(judged), _run(judged, row))
    return {name: _rounded(found[measure]) for name, measure in RANKING.items()}


def _qrels(judged: Sequence[Outcome]) -> dict[str, dict[str, int]]:
    return {o.question.id: o.question.relevant for o in judged}


def _run(judged: Sequence[Outcome], row: str) -> dict[str, dict[str, float]]:
    return {o.question.id: {name: -float(at) for at, name in enumerate(o.rankings[row])} for o in judged}


def _reliability(outcomes: Sequence[Outcome]) -> tuple[Bin, ...]:
    predicted = np.asarray([o.confidence for o in outcomes])
    right = np.asarray([o.right and bool(o.question.answerable) for o in outcomes])
    return reliability(predicted, right, np.ones(len(outcomes)))


def _share(values: Sequence[float]) -> float | None:
    return _rounded(np.mean(values)) if len(values) else None


def _rounded(value: float | np.floating) -> float:
    return round(float(value), 4)
