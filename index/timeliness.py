"""How well an article's date fits the time that a question is about.

Owns one curve. News is asked about while it is new: of equally good evidence that is preferred which was published in
or near the period in question, and nothing is ever dropped for its age.
"""

import numpy as np
import numpy.typing as npt

from index.when import When

HALF_AGE_DAYS = 14.0
"""So far from the period an article keeps half of its preference; the tail is long (a year: 4 %)."""
WEIGHT = 0.5
"""What a date within the period adds to a fused score, which lies within 0..1, where the emphasis is 1."""


def timeliness(published_seconds: npt.NDArray[np.float64], when: When) -> npt.NDArray[np.float32]:
    """Return emphasis / (1 + distance / HALF_AGE_DAYS), the distance being that of a date from the period in days.

    Args:
        published_seconds: float64, (n,), seconds since 1970; NaN where nobody says.
        when: The period that the question is about.

    Returns:
        float32, (n,), within 0..emphasis; 0 for an undated article.
    """
    before = when.start.timestamp() - published_seconds
    after = published_seconds - when.end.timestamp()
    distance_days = np.maximum(np.maximum(before, after), 0.0) / 86_400
    return np.nan_to_num(when.emphasis / (1.0 + distance_days / HALF_AGE_DAYS), nan=0.0).astype(np.float32)
