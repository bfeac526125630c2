"""The decision to answer at all.

Owns one calibrated probability: that a candidate's quote answers the question. It is a logistic model over what the
search and the reader say; its weights are fitted by ``index.calibrate`` and never by hand.
"""

import json
import math
from dataclasses import dataclass
from importlib.resources import files

from index.candidates import Candidate
from index.errors import GenerationError
from index.reader.onnx import Reading

FEATURES = ("relevance", "margin", "dense", "coverage")


@dataclass(frozen=True, slots=True)
class Gate:
    """A logistic model and the probability below which nothing is answered.

    Attributes:
        bias: Log-odds where every feature is 0.
        weights: One weight for each of ``FEATURES``.
        threshold: Least probability that is answered.
        topic_coverage: A refused question counts as off topic where the nearest passage covers less of it.
    """

    bias: float
    weights: tuple[float, ...]
    threshold: float
    topic_coverage: float

    def confidence(self, candidate: Candidate, reading: Reading, coverage: float) -> float:
        """Return the probability, 0..1, that the quote answers.

        Args:
            candidate: The passage, as the search found it.
            reading: The passage, as the reader read it.
            coverage: Share of the question's weighted terms that the passage holds, 0..1.
        """
        values = features(candidate, reading, coverage)
        odds = self.bias + sum(weight * value for weight, value in zip(self.weights, values, strict=True))
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds))))


def features(candidate: Candidate, reading: Reading, coverage: float) -> tuple[float, ...]:
    """Return the values of ``FEATURES``, in their order."""
    return (reading.relevance, reading.margin, candidate.dense, coverage)


def load_gate() -> Gate:
    """Read the fitted gate that comes with the project.

    Raises:
        GenerationError: The file does not fit this release.
    """
    facts = json.loads(files("index").joinpath("gate.json").read_text("utf-8"))
    if tuple(facts["features"]) != FEATURES:
        raise GenerationError(
            f"gate.json was fitted for {facts['features']}, this release has {list(FEATURES)}; "
            "run `python -m index.calibrate`"
        )
    return Gate(facts["bias"], tuple(facts["weights"]), facts["threshold"], facts["topic_coverage"])
