"""Fitting the gate: ``python -m index.evaluation.calibrate --work FOLDER [--data FOLDER ...]``.

Asks the practice questions that the reader has not seen, the tuning set's, and those of any judged set that is named
besides, three ways: questions that something answers, questions that nothing answers although an article is on the
topic, and questions whose article is hidden. A logistic model then learns from what the search and the reader say
whether the first quote is right. Writes index/gate.json.
"""

import argparse
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from rich.progress import Progress as Bars
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_predict

from index.encoder import Encoder, open_encoder
from index.encoder.base import EncoderSpec
from index.evaluation.dataset import JudgedSet, load_set
from index.evaluation.practice_set import practice_set
from index.evaluation.run import Outcome, open_set, run_questions
from index.evaluation.starter_sets import load_tuning
from index.gate import FEATURES, Gate, open_gate, write_gate
from index.lexicon import Lexicon, load_lexicon
from index.reader import Reader, open_reader
from index.reliability import calibration_error, reliability
from index.search import Searcher

SHARES = {"answerable": 0.75, "hidden": 0.125, "unanswerable": 0.125}
"""What the gate is to expect: most of what people ask has an answer; of the rest, half is in no article of the corpus,
and half only seems to be in one."""
THRESHOLD = 0.33
"""A quote that misses costs a glance, for its date and source stand beside it; a refusal costs the answer."""
TOPIC_PERCENTILE = 5
"""A refusal is called off topic where less of the question is covered than in nearly all answerable ones."""

Outcomes = dict[str, list[Outcome]]


def own_sets() -> list[JudgedSet]:
    """Return the project's own judged sets that a gate is fitted to."""
    return [practice_set(), load_tuning()]


def fit_gate(outcomes: Sequence[Outcomes], reader_fingerprint: str) -> Gate:
    """Fit a gate to outcomes of several sets, each by kind (the keys of ``SHARES``); every set counts the same.

    Its figures and its reliability diagram are of ten-fold cross-validation.
    """
    values, right, weights = _table(outcomes)
    model = LogisticRegression(C=100.0, max_iter=1000)
    held_out = cross_val_predict(
        model, values, right, cv=10, method="predict_proba", params={"sample_weight": weights}
    )[:, 1]
    model.fit(values, right, sample_weight=weights)
    covered = [
        outcome.features[FEATURES.index("coverage")]
        for of_set in outcomes
        for outcome in of_set["answerable"]
        if outcome.features and outcome.right
    ]
    bins = reliability(held_out, right, weights)
    return Gate(
        bias=round(float(model.intercept_[0]), 4),
        weights=tuple(round(float(weight), 4) for weight in model.coef_[0]),
        threshold=THRESHOLD,
        topic_coverage=round(float(np.percentile(covered, TOPIC_PERCENTILE)), 3),
        reader=reader_fingerprint,
        auroc=round(float(roc_auc_score(right, held_out, sample_weight=weights)), 4),
        calibration_error=round(calibration_error(bins), 4),
        questions=len(right),
        reliability=bins,
    )


def _table(outcomes: Sequence[Outcomes]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the features, whether the quote was right, and what each question counts."""
    rows = [
        (outcome, kind, SHARES[kind] / len(group))
        for of_set in outcomes
        for kind, group in of_set.items()
        for outcome in group
        if outcome.features
    ]
    weights = np.asarray([weight for _, _, weight in rows])
    return (
        np.asarray([outcome.features for outcome, _, _ in rows]),
        np.asarray([outcome.right and kind == "answerable" for outcome, kind, _ in rows]),
        weights * len(rows) / weights.sum(),
    )


def calibrate(
    sets: Sequence[JudgedSet],
    folder: Path,
    *,
    encoder: Encoder,
    lexicon: Lexicon,
    reader: Reader,
    at_most: int,
    on_progress: Callable[[str, int, int], None],
) -> Gate:
    """Ask the questions of judged sets and fit a gate to what comes of them.

    Args:
        sets: What to fit to.
        folder: Where the sets' generations are built.
        encoder: Makes vectors.
        lexicon: Makes concepts.
        reader: Whose judgement the gate is to weigh.
        at_most: So many questions of each kind at most.
        on_progress: Told what is being asked, how many were and of how many.
    """
    outcomes = []
    for judged in sets:
        searcher = open_set(
            judged,
            folder,
            encoder=encoder,
            encoder_name="calibration",
            lexicon=lexicon,
            memo_path=folder / "memo.db",
            reader=reader,
            gate=replace(open_gate(), reader=reader.fingerprint),
            on_progress=lambda progress: on_progress(progress.stage, progress.done, progress.total),
        )
        outcomes.append(_ask_three_ways(searcher, judged, at_most, on_progress))
    return fit_gate(outcomes, reader.fingerprint)


def _ask_three_ways(
    searcher: Searcher, judged: JudgedSet, at_most: int, on_progress: Callable[[str, int, int], None]
) -> Outcomes:
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
        outcomes[kind] = run_questions(
            searcher,
            chosen,
            on_progress=partial(_told, on_progress, f"{judged.name}, {kind}", len(chosen)),
            hide_relevant=kind == "hidden",
        )
    return outcomes


def _told(on_progress: Callable[[str, int, int], None], stage: str, total: int, done: int) -> None:
    on_progress(stage, done, total)


def main() -> None:
    """Ask, fit, and write index/gate.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="folder for the encoder and the sets' generations")
    parser.add_argument(
        "--data", type=Path, action="append", default=[], help="a judged set in BEIR's form, with answers.jsonl"
    )
    parser.add_argument("--questions", type=int, default=2000, help="of each kind and set at most")
    arguments = parser.parse_args()
    with Bars() as bars:
        tasks: dict[str, object] = {}

        def show(stage: str, done: int, total: int) -> None:
            task = tasks[stage] if stage in tasks else tasks.setdefault(stage, bars.add_task(stage))
            bars.update(task, completed=done, total=total)  # type: ignore[arg-type]

        gate = calibrate(
            [*own_sets(), *map(load_set, arguments.data)],
            arguments.work / "index",
            encoder=open_encoder(EncoderSpec(), arguments.work / "models"),
            lexicon=load_lexicon(),
            reader=open_reader(),
            at_most=arguments.questions,
            on_progress=show,
        )
    write_gate(gate, Path(__file__).parents[1] / "gate.json")


if __name__ == "__main__":
    main()
