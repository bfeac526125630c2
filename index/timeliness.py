"""How well an article's date fits the time that a question is about.

Owns one curve. News is asked about while it is new: of equally good evidence that is preferred which was published in
or near the period in question, and nothing is ever dropped for its age.
"""

import numpy as np
import numpy.typing as npt

from index.when import When

DAY_SECONDS = 86_400.0
SHORT_DAYS, LONG_DAYS = 14.0, 730.0
"""So far from the period an article keeps half of each part of its preference: the news of the day, and the state of
things, which goes out of date over years."""
LONG_SHARE = 0.4
WEIGHT = 0.5
"""What a date within the period adds to a fused score, which lies within 0..1, where the emphasis is 1."""


NEUTRAL = 0.5
"""The fit of an article of which nobody says when it was published."""


def fit(timely: float, when: When, *, dated: bool) -> float:
    """Return how well a date fits, 0..1, whatever the emphasis; to what is timeless every date fits.

    Args:
        timely: As ``timeliness`` gives it.
        when: The period that the question is about.
        dated: Whether the article has a date.
    """
    if not when.emphasis:
        return 1.0
    return timely / when.emphasis if dated else NEUTRAL


def timeliness(published_seconds: npt.NDArray[np.float64], when: When) -> npt.NDArray[np.float32]:
    """Return how well dates fit a period: emphasis at its place, less with the distance from it.

    With d the distance of a date from the period in days, emphasis * ((1 - LONG_SHARE) / (1 + d / SHORT_DAYS) +
    LONG_SHARE / (1 + d / LONG_DAYS)).

    Args:
        published_seconds: float64, (n,), seconds since 1970; NaN where nobody says.
        when: The period that the question is about.

    Returns:
        float32, (n,), within 0..emphasis; 0 for an undated article.
    """
    before = when.start.timestamp() - published_seconds
    after = published_seconds - when.end.timestamp()
    distance_days = np.maximum(np.maximum(before, after), 0.0) / DAY_SECONDS
    short = (1.0 - LONG_SHARE) / (1.0 + distance_days / SHORT_DAYS)
    long = LONG_SHARE / (1.0 + distance_days / LONG_DAYS)
    return np.nan_to_num(when.emphasis * (short + long), nan=0.0).astype(np.float32)
