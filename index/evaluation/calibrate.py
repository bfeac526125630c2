"""Fitting the gate: ``python -m index.evaluation.calibrate --data FOLDER --work FOLDER``.

Asks the questions of a judged set three ways: those that something answers, those that nothing answers although an
article is on the topic, and those whose article is hidden. A logistic model then learns from what the search and
the reader say whether the first quote is right. Writes index/gate.json.
"""

import argparse
import json
import random
from pathlib import Path

import numpy as np
from rich.progress import Progress as Bars
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_predict

from index.encoder import open_encoder
from index.encoder.base import EncoderSpec
from index.evaluation.calibration import calibration_error
from index.evaluation.dataset import JudgedSet, load_set
from index.evaluation.run import Outcome, open_set, run_questions
from index.gate import FEATURES, Gate
from index.lexicon import load_lexicon
from index.reader import open_reader
from index.search import Searcher

SHARES = {"answerable": 0.6, "hidden": 0.3, "unanswerable": 0.1}
"""What the gate is to expect: people of a news server mostly ask what has an answer, and rarely set traps."""
THRESHOLD = 0.3
"""A quote that misses costs a glance, for its date and source stand beside it; a refusal costs the answer."""
TOPIC_PERCENTILE = 5
"""A refusal is called off topic where less of the question is covered than in nearly all answerable ones."""


def fit_gate(outcomes: dict[str, list[Outcome]]) -> tuple[Gate, dict[str, float]]:
    """Fit a gate to outcomes by kind (the keys of ``SHARES``).

    Returns:
        The gate, and figures by ten-fold cross-validation: AUROC and expected calibration error.
    """
    kept = [(kind, outcome) for kind, group in outcomes.items() for outcome in group if outcome.features]
    values = np.asarray([outcome.features for _, outcome in kept])
    right = np.asarray([outcome.right and kind != "unanswerable" for kind, outcome in kept])
    weights = np.asarray([SHARES[kind] * len(kept) / len(outcomes[kind]) for kind, _ in kept])
    model = LogisticRegression(C=100.0, max_iter=1000)
    held_out = cross_val_predict(
        model, values, right, cv=10, method="predict_proba", params={"sample_weight": weights}
    )[:, 1]
    model.fit(values, right, sample_weight=weights)
    covered = [o.features[FEATURES.index("coverage")] for o in outcomes["answerable"] if o.features and o.right]
    gate = Gate(
        bias=round(float(model.intercept_[0]), 4),
        weights=tuple(round(float(weight), 4) for weight in model.coef_[0]),
        threshold=THRESHOLD,
        topic_coverage=round(float(np.percentile(covered, TOPIC_PERCENTILE)), 3),
    )
    figures = {
        "auroc": round(float(roc_auc_score(right, held_out, sample_weight=weights)), 4),
        "expected_calibration_error": round(calibration_error(held_out, right, weights), 4),
        "questions": len(kept),
    }
    return gate, figures


def main() -> None:
    """Run the questions, fit, and write index/gate.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="a judged set in BEIR's form, with answers.jsonl")
    parser.add_argument("--work", type=Path, required=True, help="folder for the encoder and the set's generation")
    parser.add_argument("--questions", type=int, default=1000, help="of each kind at most")
    arguments = parser.parse_args()
    judged = load_set(arguments.data)
    open_gate = Gate(0.0, (0.0,) * len(FEATURES), threshold=0.0, topic_coverage=0.0)
    with Bars() as bars:
        searcher = open_set(
            judged,
            arguments.work / "index",
            encoder=open_encoder(EncoderSpec(), arguments.work / "models"),
            encoder_name=EncoderSpec().model,
            lexicon=load_lexicon(),
            memo_path=arguments.work / "memo.db",
            reader=open_reader(),
            gate=open_gate,
            on_progress=lambda progress: None,
        )
        gate, figures = fit_gate(_ask_three_ways(searcher, judged, arguments.questions, bars))
    facts = {
        "features": list(FEATURES),
        "bias": gate.bias,
        "weights": list(gate.weights),
        "threshold": gate.threshold,
        "topic_coverage": gate.topic_coverage,
        "fitted_on": {"set": judged.name, "shares": SHARES, **figures},
    }
    target = Path(__file__).parents[1] / "gate.json"
    target.write_text(json.dumps(facts, indent=2) + "\n", "utf-8")


def _ask_three_ways(searcher: Searcher, judged: JudgedSet, at_most: int, bars: Bars) -> dict[str, list[Outcome]]:
    randomness = random.Random(7)
    answerable = [question for question in judged.questions if question.answerable]
    groups = {
        "answerable": answerable,
        "hidden": answerable,
        "unanswerable": [question for question in judged.questions if question.answerable is False],
    }
    outcomes = {}
    for kind, group in groups.items():
        chosen = randomness.sample(group, min(at_most, len(group)))
        bar = bars.add_task(kind, total=len(chosen))
        outcomes[kind] = run_questions(
            searcher,
            chosen,
            on_progress=lambda done, bar=bar: bars.update(bar, completed=done),  # type: ignore[misc]
            hide_relevant=kind == "hidden",
        )
    return outcomes


if __name__ == "__main__":
    main()
