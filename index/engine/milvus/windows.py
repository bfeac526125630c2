"""The newest rows of a Milvus, which cannot sort: from window of time to window of time, backwards.

Owns how wide a window is. What is in it is asked by the engine.
"""

from collections.abc import Callable
from functools import partial

from index.engine.milvus.layout import MOST_ROWS
from index.engine.milvus.rows import Row

_FIRST_SECONDS = 86_400.0
_LEAST_SECONDS = 60.0
_WIDER, _NARROWER = 4.0, 8.0

Ask = Callable[[str], list[Row]]
"""Returns the rows that meet an expression, at most ``MOST_ROWS``; which ones, where there are more, is chance."""


def between(start_seconds: float, end_seconds: float) -> str:
    """Return what was published from a moment on and before another (seconds since 1970)."""
    return f"seconds >= {start_seconds!r} and seconds < {end_seconds!r}"


def newest_rows(ask: Ask, first_seconds: float, last_seconds: float, n_rows: int, *, limit: int | None) -> list[Row]:
    """Return rows among which the newest are, and of their moments all.

    A window that is wider than needed brings more than is wanted, and one with too many rows is asked again in parts,
    so that none is missed.

    Args:
        ask: Asks for rows.
        first_seconds: No row is older.
        last_seconds: No row is newer.
        n_rows: No row has this number or a higher one.
        limit: So many of the newest are wanted; None wants all.
    """
    found: list[Row] = []
    end, width = last_seconds + 1.0, _FIRST_SECONDS
    while end > first_seconds and (limit is None or len(found) < limit):
        start = max(end - width, first_seconds)
        window = between(start, end)
        rows = ask(window)
        if len(rows) >= MOST_ROWS and end - start > _LEAST_SECONDS:
            width = (end - start) / _NARROWER
            continue
        if len(rows) >= MOST_ROWS:
            rows = lowest_rows(partial(_within, ask, window), 0, n_rows, limit=None)
        found += rows
        end, width = start, width * _WIDER
    return found


def lowest_rows(ask: Ask, first_number: int, end_number: int, *, limit: int | None) -> list[Row]:
    """Return rows from a number on and before another, among which those with the lowest numbers are.

    Args:
        ask: Asks for rows.
        first_number: The lowest that is looked at.
        end_number: The first that is not.
        limit: So many are wanted; None wants all.
    """
    rows = ask(f"number >= {first_number} and number < {end_number}")
    if len(rows) < MOST_ROWS:
        return rows
    middle = (first_number + end_number) // 2
    found = lowest_rows(ask, first_number, middle, limit=limit)
    if limit is None or len(found) < limit:
        found += lowest_rows(ask, middle, end_number, limit=limit)
    return found


def _within(ask: Ask, window: str, numbers: str) -> list[Row]:
    return ask(f"{window} and {numbers}")
