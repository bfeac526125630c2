"""The newest rows of what cannot sort, where more rows match than come with one answer."""

import random
import re
from collections.abc import Callable

import pytest

from index.engine.milvus import windows
from index.engine.milvus.rows import Row
from index.engine.milvus.windows import lowest_rows, newest_rows

MOST = 4
DAY = 86_400.0
_BOUND = re.compile(r"(seconds|number) (>=|<) (\S+)")


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "MOST_ROWS", MOST)


def asking(moments: list[float], asked: list[str]) -> Callable[[str], list[Row]]:
    """Return what answers with at most four of the rows that meet an expression, whichever they are."""
    chance = random.Random(7)

    def ask(wanted: str) -> list[Row]:
        asked.append(wanted)
        bounds = [(field, sign, float(bound)) for field, sign, bound in _BOUND.findall(wanted)]
        rows = [{"number": number, "seconds": seconds} for number, seconds in enumerate(moments)]
        met = [
            row
            for row in rows
            if all(row[field] >= bound if sign == ">=" else row[field] < bound for field, sign, bound in bounds)
        ]
        return chance.sample(met, min(MOST, len(met)))

    return ask


def seconds(rows: list[Row]) -> list[float]:
    return sorted((row["seconds"] for row in rows), reverse=True)


CROWDED = [100 * DAY] * 11 + [100 * DAY - minute * 60 for minute in range(30)] + [3 * DAY, 1 * DAY]
SPARSE = [day * DAY for day in (0.0, 1.0, 900.0, 5_000.0)]


@pytest.mark.parametrize("moments", [CROWDED, SPARSE, [5.0]], ids=["crowded", "sparse", "one"])
@pytest.mark.parametrize("limit", [1, 3, 12, 40, None])
def test_the_newest_are_among_what_is_returned(moments: list[float], limit: int | None) -> None:
    rows = newest_rows(asking(moments, []), min(moments), max(moments), len(moments), limit=limit)
    assert len({row["number"] for row in rows}) == len(rows)
    assert seconds(rows)[:limit] == sorted(moments, reverse=True)[:limit]


def test_no_more_is_asked_than_is_needed() -> None:
    asked: list[str] = []
    newest_rows(asking(SPARSE, asked), min(SPARSE), max(SPARSE), len(SPARSE), limit=1)
    assert len(asked) == 1
    newest_rows(asking(SPARSE, asked), min(SPARSE), max(SPARSE), len(SPARSE), limit=None)
    assert len(asked) <= 10


def test_nothing_is_asked_of_an_empty_span() -> None:
    asked: list[str] = []
    assert newest_rows(asking(SPARSE, asked), 9.0, 7.0, 4, limit=None) == []
    assert asked == []


@pytest.mark.parametrize("limit", [1, 5, None])
def test_the_lowest_numbers_are_among_what_is_returned(limit: int | None) -> None:
    rows = lowest_rows(asking([0.0] * 23, []), 0, 23, limit=limit)
    assert sorted(row["number"] for row in rows)[:limit] == [*range(23)][:limit]
