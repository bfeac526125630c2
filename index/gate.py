"""The decision to answer at all.

Owns one calibrated probability: that a candidate's quote answers the question. It is a logistic model over what the
search and the reader say; its weights are fitted by
``index.evaluation.calibrate``, never by hand.
"""

import json
import math
from dataclasses import dataclass
from importlib.resources import files

from index.errors import GenerationError

# The reader's logit for the passage; its margin for the sentence (nats); the cosine of question and passage; the shares
# of the question's weighted terms that the passage and the sentence hold.
FEATURES = ("relevance", "margin", "dense", "coverage", "overlap")

NAME_PENALTY = 2.0
"""Log-odds that a passage loses which holds none of the question's names. Set, not fitted: a paragraph of an
encyclopedia often leaves its subject's name to the title, a news passage that lacks the name is on something else."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """One part of the log-odds that a quote answers.

    Attributes:
        name: One of ``FEATURES``, "bias" or "missing names".
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
    """

    bias: float
    weights: tuple[float, ...]
    threshold: float
    topic_coverage: float

    def confidence(self, values: tuple[float, ...], names_held: float) -> float:
        """Return the probability, 0..1, that the quote answers.

        Args:
            values: The values of ``FEATURES``, in their order.
            names_held: Share of the question's names that the passage holds, 0..1.
        """
        odds = self.bias + sum(weight * value for weight, value in zip(self.weights, values, strict=True))
        odds -= NAME_PENALTY * (1.0 - names_held)
        # In this order, not-a-number ends at the lowest odds.
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(odds, 30.0))))

    def contributions(self, values: tuple[float, ...], names_held: float) -> tuple[Contribution, ...]:
        """Return the parts whose sum ``confidence`` squashes, for the same arguments: the features, then the rest."""
        features = (Contribution(*part) for part in zip(FEATURES, values, self.weights, strict=True))
        missing = Contribution("missing names", 1.0 - names_held, -NAME_PENALTY)
        return (*features, missing, Contribution("bias", 1.0, self.bias))


def load_gate() -> Gate:
    """Read the fitted gate that comes with the project.

    Raises:
        GenerationError: The file does not fit this release.
    """
    facts = json.loads(files("index").joinpath("gate.json").read_text("utf-8"))
    if tuple(facts["features"]) != FEATURES:
        raise GenerationError(
            f"gate.json was fitted for {facts['features']}, this release has {list(FEATURES)}; "
            "run `python -m index.evaluation.calibrate`"
        )
    return Gate(facts["bias"], tuple(facts["weights"]), facts["threshold"], facts["topic_coverage"])
