import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.errors import EvaluationError
from index.evaluation.dataset import Gold, JudgedQuestion
from index.evaluation.measures import sum_up
from index.evaluation.report import compare, draw, markdown, payload
from index.evaluation.run import ROWS, Outcome

ASKED_AT = datetime(2031, 1, 1, tzinfo=UTC)


def outcome(
    name: str, ranked: list[str], *, answerable: bool, answered: bool, right: bool, confidence: float
) -> Outcome:
    gold = Gold(answers=("dawn",)) if answerable else Gold()
    relevant = {"a": 1} if answerable else {}
    question = JudgedQuestion(name, "When?", ASKED_AT, relevant, gold, answerable)
    return Outcome(question, dict.fromkeys(ROWS, ranked), confidence, answered, right, float(right), (), 10.0)


OUTCOMES = [
    outcome("q1", ["a", "b"], answerable=True, answered=True, right=True, confidence=0.9),
    outcome("q2", ["b", "a"], answerable=True, answered=False, right=False, confidence=0.2),
    outcome("q3", ["b", "c"], answerable=False, answered=False, right=False, confidence=0.1),
    outcome("q4", ["b", "c"], answerable=False, answered=True, right=False, confidence=0.8),
]


def test_figures_are_counted_over_the_questions_that_they_are_about() -> None:
    figures = sum_up(OUTCOMES)
    assert figures.questions == 4
    assert figures.ranking["BM25"] == {"nDCG@10": 0.8155, "success@1": 0.5, "success@5": 1.0}
    assert (figures.evidence_at_1, figures.answered_right, figures.span_f1) == (0.5, 0.5, 0.5)
    assert (figures.refusal_precision, figures.refusal_recall) == (0.5, 0.5)
    assert figures.auroc == 0.75  # of four pairs, only (q2, q4) is the wrong way round
    assert figures.calibration_error == pytest.approx((0.1 + 0.2 + 0.1 + 0.8) / 4)
    assert (figures.p50_ms, figures.p95_ms) == (10.0, 10.0)


def test_a_set_without_judgements_has_no_figures_for_them() -> None:
    question = JudgedQuestion("q", "When?", ASKED_AT, {"a": 1}, Gold(), None)
    figures = sum_up([Outcome(question, dict.fromkeys(ROWS, ["a"]), 0.5, True, False, 0.0, (), 1.0)])
    assert figures.ranking["dense"]["nDCG@10"] == 1.0
    assert figures.evidence_at_1 is figures.refusal_recall is figures.auroc is figures.calibration_error is None


def test_two_runs_are_compared_question_by_question(tmp_path: Path) -> None:
    figures = sum_up(OUTCOMES)
    earlier = tmp_path / "earlier.json"
    earlier.write_text(json.dumps(payload("set", "g", figures, OUTCOMES)), "utf-8")
    better = [*OUTCOMES[:1], outcome("q2", ["a"], answerable=True, answered=True, right=True, confidence=0.9)]
    now = payload("set", "g", sum_up(better), better)
    by_measure = {comparison.measure: comparison for comparison in compare(earlier, now)}
    assert (by_measure["success@1"].before, by_measure["success@1"].after, by_measure["right"].after) == (0.5, 1.0, 1.0)
    assert by_measure["success@1"].questions == 2
    assert by_measure["success@1"].p_value == 1.0  # one of two questions proves nothing
    assert "| success@1 | 0.500 | 1.000 | 1.000 | 2 |" in markdown("set", figures, compare(earlier, now))


def test_what_is_no_evaluation_is_refused(tmp_path: Path) -> None:
    now = payload("set", "g", sum_up(OUTCOMES), OUTCOMES)
    with pytest.raises(EvaluationError, match="is no evaluation"):
        compare(tmp_path / "absent.json", now)
    other = tmp_path / "other.json"
    other.write_text('{"per_question": {}}', "utf-8")
    with pytest.raises(EvaluationError, match="shares no question"):
        compare(other, now)


def test_the_report_is_drawn(tmp_path: Path) -> None:
    draw(tmp_path / "report.png", "set", sum_up(OUTCOMES))
    assert (tmp_path / "report.png").read_bytes().startswith(b"\x89PNG")
