"""How well a probability keeps its word."""

import numpy as np
import numpy.typing as npt


def calibration_error(
    predicted: npt.NDArray[np.float64],
    right: npt.NDArray[np.bool_],
    weights: npt.NDArray[np.float64],
    n_bins: int = 10,
) -> float:
    """Return the expected calibration error over bins of equal width (Guo et al. 2017, equation 3).

    Args:
        predicted: float64, (n,), probabilities.
        right: bool, (n,), whether what was predicted came true.
        weights: float64, (n,), how much each counts.
        n_bins: How many bins.
    """
    bins = np.minimum((predicted * n_bins).astype(int), n_bins - 1)
    error = 0.0
    for number in np.unique(bins):
        inside = bins == number
        share = weights[inside].sum() / weights.sum()
        came_true = np.average(right[inside], weights=weights[inside])
        error += float(share * abs(came_true - np.average(predicted[inside], weights=weights[inside])))
    return error
