"""How well an article's date fits the moment of asking.

Owns one curve. News is asked about while it is new: of equally good evidence the newer is preferred, and nothing is
ever dropped for its age.
"""

import numpy as np
import numpy.typing as npt

HALF_AGE_DAYS = 14.0
"""At this age an article keeps half of its preference; the tail is long (a year: 4 %)."""
WEIGHT = 0.25
"""Most that a fresh date can add to a fused score, which lies within 0..1."""


def freshness(published_seconds: npt.NDArray[np.float64], asked_seconds: float) -> npt.NDArray[np.float32]:
    """Return how fresh articles were when a question was asked: 1 / (1 + age / HALF_AGE_DAYS).

    Args:
        published_seconds: float64, (n,), seconds since 1970; NaN where nobody says.
        asked_seconds: Moment of asking, on the same scale.

    Returns:
        float32, (n,), within 0..1; 0 for an undated article.
    """
    age_days = np.maximum(asked_seconds - published_seconds, 0.0) / 86_400
    return np.nan_to_num(1.0 / (1.0 + age_days / HALF_AGE_DAYS), nan=0.0).astype(np.float32)
