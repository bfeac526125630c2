"""The best matches for some terms, found without adding up every list.

Owns cutting the work short, after MaxScore (Turtle and Flood 1995): the lists of the telling terms are added up; once
the terms that are left could not lift a passage of no other list among the best, they are only looked up for the
passages found so far. What is left out cannot be among the best, so the result is that of adding up everything.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int32]

SLACK = 1e-4
"""Sums of float32 depend on their order by far less, as a share of the score."""
LONG_LIST = 5_000
"""Shorter lists are added up without a look at whether they need be; the look costs as much."""


@dataclass(frozen=True, slots=True)
class Column:
    """One term's list.

    Attributes:
        passages: int32, (n,), ascending: those that hold the term.
        scores: float32, (n,): theirs, as they are stored.
        weight: What the term counts.
        bound: The highest of its scores with that weight.
    """

    passages: Numbers
    scores: Scores
    weight: np.float32
    bound: float

    def of(self, numbers: Numbers) -> Scores:
        """Return float32, (n,): the stored scores of some passages; 0 for one that does not hold the term."""
        at = np.searchsorted(self.passages, numbers)
        at[at == self.passages.size] = 0
        return np.where(self.passages[at] == numbers, self.scores[at], np.float32(0.0))


def best_passages(
    columns: Sequence[Column], limit: int, n_passages: int, allowed: npt.NDArray[np.bool_] | None
) -> Numbers:
    """Return int32, (n,), ascending: passages among which the best ``limit`` are, those as good as the last included.

    Args:
        columns: The terms that are asked for; each list holds at least one passage.
        limit: How many are wanted.
        n_passages: How many there are.
        allowed: bool, (n_passages,), the passages that may be found; None allows all.
    """
    ordered = sorted(columns, key=lambda column: -column.bound)
    rest = np.append(np.cumsum([column.bound for column in ordered][::-1])[::-1], 0.0)  # of each and those after it
    sums = np.zeros(n_passages, dtype=np.float32)
    added = 0
    for column in ordered:
        if column.passages.size > LONG_LIST and rest[added] < _floor(_found(sums, allowed)[1], limit):
            break
        sums[column.passages] += column.weight * column.scores
        added += 1
    numbers, scores = _found(sums, allowed)
    for column, bound in zip(ordered[added:], rest[added:], strict=False):
        promising = scores + bound >= _floor(scores, limit)
        numbers, scores = numbers[promising], scores[promising]
        scores = scores + column.weight * column.of(numbers)
    return numbers[scores >= _floor(scores, limit)]


def _found(sums: Scores, allowed: npt.NDArray[np.bool_] | None) -> tuple[Numbers, Scores]:
    held = sums > 0
    numbers = np.flatnonzero(held if allowed is None else held & allowed).astype(np.int32)
    return numbers, sums[numbers]


def _floor(scores: Scores, limit: int) -> float:
    """Return what a passage needs to be among the best; 0 where there are not so many."""
    if scores.size < limit:
        return 0.0
    return float(np.partition(scores, scores.size - limit)[scores.size - limit]) * (1 - SLACK)
