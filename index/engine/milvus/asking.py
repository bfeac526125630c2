"""The filters of a question in the language of Milvus.

Owns the expressions. They hold numbers only: names and languages stand there as keys, so that nothing a person writes
is ever read as an expression.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from index.answer import Filters
from index.engine.milvus.layout import UNDATED_SECONDS, key
from index.question import Question

IS_UNDATED = f"seconds < {UNDATED_SECONDS / 2!r}"
IS_DATED = f"seconds > {UNDATED_SECONDS / 2!r}"


def may_be_found(question: Question) -> str:
    """Return what was published by the moment of asking and meets the filters.

    An undated article passes unless the filters bound the date.
    """
    filters = question.filters
    parts = [f"seconds <= {question.asked_at.timestamp()!r}"]
    if filters.since is not None or filters.until is not None:
        parts.append(IS_DATED)
    if filters.since is not None:
        parts.append(f"seconds >= {midnight(filters.since)!r}")
    if filters.until is not None:
        parts.append(f"seconds < {midnight(filters.until) + 86_400.0!r}")
    return " and ".join([*parts, *_names(filters)])


def both(one: str, other: str) -> str:
    """Return what meets two expressions; "" is met by everything."""
    return " and ".join(part for part in (one, other) if part)


def is_one_of(field: str, numbers: Iterable[int]) -> str:
    """Return what has one of some numbers in a field."""
    return f"{field} in [{', '.join(str(int(number)) for number in numbers)}]"


def is_by(publisher: str) -> str:
    """Return what a publisher published; the name is compared without case."""
    return is_one_of("publisher", [key(publisher.casefold())])


def is_dated_before(day: date) -> str:
    """Return what is dated before a day (UTC)."""
    return f"{IS_DATED} and seconds < {midnight(day)!r}"


def _names(filters: Filters) -> list[str]:
    parts = []
    if filters.sources:
        parts.append(is_one_of("publisher", _keys(name.casefold() for name in filters.sources)))
    if filters.excluded_sources:
        parts.append(f"not ({is_one_of('publisher', _keys(name.casefold() for name in filters.excluded_sources))})")
    if filters.languages:
        parts.append(is_one_of("language", _keys(filters.languages)))
    return parts


def _keys(names: Iterable[str]) -> list[int]:
    return sorted({key(name) for name in names})


def midnight(day: date) -> float:
    """Return when a day begins (UTC), in seconds since 1970."""
    return (datetime.combine(day, time(), tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(seconds=1)
