"""Writing an evaluation down: JSON for machines, Markdown and a picture for people, and two runs compared."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import permutation_test

from index.errors import EvaluationError
from index.evaluation.measures import Figures, per_question
from index.evaluation.run import ROWS, Outcome
from index.reliability import draw_reliability

_SINGLE = {
    "evidence_at_1": "evidence@1, over answerable questions",
    "answered_right": "answered with right evidence",
    "span_f1": "F1 of the answering words",
    "refusal_precision": "precision of refusals",
    "refusal_recall": "recall of refusals",
    "auroc": "AUROC, answerable against unanswerable",
    "calibration_error": "expected calibration error",
    "p50_ms": "median time, ms",
    "p95_ms": "95th percentile of the time, ms",
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a measure differs between two runs over the same questions.

    Attributes:
        measure: Its name.
        before: Mean of the earlier run.
        after: Mean of this one.
        p_value: Two-sided, by a paired permutation test (sign flips, 9,999 resamples, seeded).
        questions: How many questions both runs share.
    """

    measure: str
    before: float
    after: float
    p_value: float
    questions: int


def payload(name: str, generation: str, figures: Figures, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return what is written for machines: the figures, and every question's own values."""
    ranked = per_question(outcomes, ROWS[-1])
    return {
        "set": name,
        "generation": generation,
        **asdict(figures),
        "per_question": {
            outcome.question.id: {
                "answered": outcome.answered,
                "confidence": round(outcome.confidence, 4),
                "right": outcome.right,
                "span_f1": round(outcome.span_f1, 4),
                **ranked.get(outcome.question.id, {}),
            }
            for outcome in outcomes
        },
    }


def compare(earlier: Path, now: dict[str, Any]) -> list[Comparison]:
    """Compare this run with the JSON of an earlier one.

    Raises:
        EvaluationError: The file is none, or shares no question with this run.
    """
    try:
        before = json.loads(earlier.read_text("utf-8"))["per_question"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EvaluationError(f"{earlier} is no evaluation ({error!r}); name a file that --json wrote") from error
    after = now["per_question"]
    shared = sorted(set(before) & set(after))
    if not shared:
        raise EvaluationError(f"{earlier} shares no question with this run; compare runs over the same set")
    comparisons = []
    for measure in ("nDCG@10", "success@1", "right", "span_f1"):
        pairs = [
            (before[q][measure], after[q][measure]) for q in shared if measure in before[q] and measure in after[q]
        ]
        if pairs:
            comparisons.append(_compared(measure, np.asarray(pairs, dtype=np.float64)))
    return comparisons


def _compared(measure: str, pairs: np.ndarray) -> Comparison:
    test = permutation_test(
        (pairs[:, 0], pairs[:, 1]),
        lambda x, y, axis: np.mean(y - x, axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=9_999,
        rng=np.random.default_rng(0),
    )
    before, after = pairs.mean(axis=0)
    return Comparison(measure, round(before, 4), round(after, 4), round(float(test.pvalue), 4), len(pairs))


def markdown(name: str, figures: Figures, comparisons: Sequence[Comparison]) -> str:
    """Return a report in Markdown."""
    lines = [f"# {name}", "", f"{figures.questions} questions.", ""]
    if figures.ranking:
        measures = list(next(iter(figures.ranking.values())))
        lines += [f"| | {' | '.join(measures)} |", f"|---|{'---|' * len(measures)}"]
        for row, values in figures.ranking.items():
            lines.append(f"| {row} | {' | '.join(f'{values[measure]:.3f}' for measure in measures)} |")
        lines.append("")
    lines += ["| | |", "|---|---|"]
    lines += [f"| {label} | {_shown(getattr(figures, key))} |" for key, label in _SINGLE.items()]
    if comparisons:
        lines += ["", "| | before | after | p | questions |", "|---|---|---|---|---|"]
        lines += [
            f"| {c.measure} | {c.before:.3f} | {c.after:.3f} | {c.p_value:.3f} | {c.questions} |" for c in comparisons
        ]
    return "\n".join(lines) + "\n"


def _shown(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.1f}" if value > 1 else f"{value:.3f}"


def draw(path: Path, name: str, figures: Figures) -> None:
    """Draw the stages side by side, and the reliability diagram of the confidence."""
    from matplotlib.figure import Figure  # slow to import, and only a report needs it

    picture = Figure(figsize=(10, 4), layout="constrained")
    left, right = picture.subplots(1, 2)
    rows = list(figures.ranking)
    for at, measure in enumerate(("nDCG@10", "success@1")):
        values = [figures.ranking[row][measure] for row in rows]
        places = np.arange(len(rows)) + 0.4 * at
        left.bar(places, values, width=0.38, label=measure)
    left.set_xticks(np.arange(len(rows)) + 0.2, rows)
    left.set(ylim=(0, 1.15), title=f"{name}: each stage")
    if rows:
        left.legend(loc="upper center", ncols=2, frameon=False)
    draw_reliability(right, figures.reliability)
    picture.savefig(path, dpi=110)
