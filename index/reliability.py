"""How well a probability keeps its word.

Owns the reliability diagram: its bins, the error that they sum up to, and the picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

N_BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Predictions of about the same probability.

    Attributes:
        confidence: Their mean, 0..1.
        came_true: Share of them that came true, 0..1.
        share: Their share of all predictions, 0..1.
    """

    confidence: float
    came_true: float
    share: float


def reliability(
    predicted: npt.NDArray[np.float64], came_true: npt.NDArray[np.bool_], weights: npt.NDArray[np.float64]
) -> tuple[Bin, ...]:
    """Return the bins of equal width that hold anything, in order.

    Args:
        predicted: float64, (n,), probabilities.
        came_true: bool, (n,), whether what was predicted came true.
        weights: float64, (n,), how much each counts.
    """
    numbers = np.minimum((predicted * N_BINS).astype(int), N_BINS - 1)
    bins = []
    for number in np.unique(numbers):
        inside = numbers == number
        bins.append(
            Bin(
                confidence=round(float(np.average(predicted[inside], weights=weights[inside])), 4),
                came_true=round(float(np.average(came_true[inside], weights=weights[inside])), 4),
                share=round(float(weights[inside].sum() / weights.sum()), 4),
            )
        )
    return tuple(bins)


def calibration_error(bins: Sequence[Bin]) -> float:
    """Return the expected calibration error (Guo et al. 2017, equation 3), 0..1."""
    return float(sum(one.share * abs(one.came_true - one.confidence) for one in bins))


def draw_reliability(axes: Any, bins: Sequence[Bin]) -> None:  # noqa: ANN401  matplotlib's own type is private
    """Draw the diagram: on the line a probability keeps its word; the larger a point, the more predictions."""
    axes.plot([0, 1], [0, 1], color="grey", linewidth=1, linestyle="--")
    axes.plot([one.confidence for one in bins], [one.came_true for one in bins], color="tab:blue", linewidth=1)
    axes.scatter(
        [one.confidence for one in bins],
        [one.came_true for one in bins],
        s=[20 + 400 * one.share for one in bins],
        color="tab:blue",
        zorder=3,
    )
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="confidence", ylabel="share of right quotes", title="reliability")


def write_diagram(path: Path, bins: Sequence[Bin]) -> None:
    """Write the diagram as a PNG, the same bytes for the same bins."""
    from matplotlib.figure import Figure  # slow to import, and only a build needs it

    picture = Figure(figsize=(5, 4.5), layout="constrained")
    draw_reliability(picture.subplots(), bins)
    picture.savefig(path, dpi=110, metadata={"Software": None})
