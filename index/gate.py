"""The decision to answer at all.

Owns one calibrated probability: that a candidate's quote answers the question. It is a logistic model over what the
search and the reader say; its weights are fitted by ``index.evaluation.calibrate``, never by hand, and stored with each
generation.
"""

import hashlib
import json
import math
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path

from index.errors import GenerationError
from index.reliability import Bin

# The reader's logit for the passage; its margin for the sentence (nats); the cosine of question and passage; the shares
# of the question's weighted terms that the passage and the sentence hold; the share of its names in the passage; how
# well the passage's date fits the question; whether the sentence holds something of the type that is asked for.
FEATURES = ("relevance", "margin", "dense", "coverage", "overlap", "names", "timely", "type")

GATE, DIAGRAM = "gate.json", "reliability.png"


@dataclass(frozen=True, slots=True)
class Contribution:
    """One part of the log-odds that a quote answers.

    Attributes:
        name: One of ``FEATURES``, or "bias".
        value: What was measured.
        weight: What it is multiplied with.
    """

    name: str
    value: float
    weight: float

    @property
    def log_odds(self) -> float:
        """What it adds."""
        return self.weight * self.value or 0.0  # never minus nothing


@dataclass(frozen=True, slots=True)
class Gate:
    """A logistic model and the probability below which nothing is answered.

    Attributes:
        bias: Log-odds where every feature is 0.
        weights: One weight for each of ``FEATURES``.
        threshold: Least probability that is answered.
        topic_coverage: A refused question counts as off topic where the nearest passage covers less of it.
        reader: Fingerprint of the reader whose judgement it weighs.
        auroc: Area under its ROC curve, right quotes against others, cross-validated.
        calibration_error: Its expected calibration error, cross-validated.
        questions: How many it was fitted to.
        reliability: Its reliability diagram, cross-validated.
    """

    bias: float
    weights: tuple[float, ...]
    threshold: float
    topic_coverage: float
    reader: str = ""
    auroc: float = 0.0
    calibration_error: float = 0.0
    questions: int = 0
    reliability: tuple[Bin, ...] = ()

    @property
    def fingerprint(self) -> str:
        """Names everything in it."""
        return hashlib.sha256(gate_text(self).encode()).hexdigest()[:16]

    def confidence(self, values: tuple[float, ...]) -> float:
        """Return the probability, 0..1, that the quote answers.

        Args:
            values: The values of ``FEATURES``, in their order.
        """
        odds = self.bias + sum(weight * value for weight, value in zip(self.weights, values, strict=True))
        # In this order, not-a-number ends at the lowest odds.
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(odds, 30.0))))

    def contributions(self, values: tuple[float, ...]) -> tuple[Contribution, ...]:
        """Return the parts whose sum ``confidence`` squashes: the features in their order, then the bias."""
        features = (Contribution(*part) for part in zip(FEATURES, values, self.weights, strict=True))
        return (*features, Contribution("bias", 1.0, self.bias))


def open_gate() -> Gate:
    """Return a gate that lets everything through, for fitting one."""
    return Gate(bias=0.0, weights=(0.0,) * len(FEATURES), threshold=0.0, topic_coverage=0.0)


def load_gate() -> Gate:
    """Read the fitted gate that comes with the project.

    Raises:
        GenerationError: The file does not fit this release.
    """
    return parse_gate(files("index").joinpath(GATE).read_text("utf-8"), "index/gate.json")


def read_gate(path: Path) -> Gate:
    """Read a gate that ``write_gate`` wrote.

    Raises:
        GenerationError: The file is absent or damaged, or does not fit this release.
    """
    try:
        return parse_gate(path.read_text("utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise GenerationError(f"cannot read {path}: {error}; run `space-news index build`") from error


def write_gate(gate: Gate, path: Path) -> None:
    """Write a gate to a file; a reader sees the old one or the new one."""
    staging = path.with_name(f".{path.name}")
    staging.write_text(gate_text(gate), "utf-8")
    staging.replace(path)


def gate_text(gate: Gate) -> str:
    """Return a gate as it is written."""
    return json.dumps({"features": FEATURES, **asdict(gate)}, indent=2) + "\n"


def parse_gate(text: str, where: str) -> Gate:
    """Return the gate that ``gate_text`` wrote.

    Args:
        text: What was written.
        where: What an error calls it.

    Raises:
        GenerationError: It is damaged, or does not fit this release.
    """
    try:
        facts = json.loads(text)
        features = tuple(facts.pop("features"))
        facts["weights"] = tuple(map(float, facts["weights"]))
        facts["reliability"] = tuple(Bin(**one) for one in facts["reliability"])
        gate = Gate(**facts)
    except (ValueError, KeyError, TypeError) as error:
        raise GenerationError(f"{where} is no gate ({error!r}); run `space-news index build`") from error
    if features != FEATURES or len(gate.weights) != len(FEATURES):
        raise GenerationError(
            f"{where} was fitted for {list(features)}, this release has {list(FEATURES)}; run `space-news index build`"
        )
    return gate
