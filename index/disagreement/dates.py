"""Dates as news writes them.

Owns finding the dates in a sentence and telling whether two can be the same day. A date without a year has the year
that brings it nearest to the day of publication. Weekdays and "yesterday" are left alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dateutil.parser import parserinfo

from corpus import Span

_YEAR = r"(?:19[5-9]\d|20\d\d)"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b\.?"
_ORDINAL = r"(?:st|nd|rd|th)?"
_PREPOSITION = r"(?:in|by|until|since|for|of|before|after|during|early|late|mid|to)"
_DATE = re.compile(
    rf"\b(?P<day_first>\d{{1,2}}){_ORDINAL}(?: of)? (?P<month_second>{_MONTH})(?:,? (?P<year_third>{_YEAR})\b)?"
    rf"|\b(?P<month_first>{_MONTH}) (?P<day_second>\d{{1,2}})(?!\d|,\d){_ORDINAL}(?:,? (?P<year_last>{_YEAR})\b)?"
    rf"|\b(?P<month_only>{_MONTH}),? (?:of )?(?P<year_of_month>{_YEAR})\b"
    rf"|\b(?P<iso_year>{_YEAR})-(?P<iso_month>\d\d)-(?P<iso_day>\d\d)\b"
    rf"|\b{_PREPOSITION}[ -](?P<year_only>{_YEAR})\b(?![-–,]\d| [A-Z]+\d)"
)
_INFO = parserinfo()


@dataclass(frozen=True, slots=True)
class Day:
    """A date as far as it was written.

    Attributes:
        span: Where it stands in the sentence.
        year: Its year.
        month: Its month, where it was written.
        day: Its day, where it was written.
    """

    span: Span
    year: int
    month: int | None
    day: int | None

    def differs(self, other: "Day") -> bool:
        """Tell whether the two cannot be the same, as far as both were written."""
        return any(
            one is not None and two is not None and one != two
            for one, two in ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        )


def days_in(sentence: str, published: date | None) -> Iterator[Day]:
    """Yield the dates of a sentence in order; one without a year only where the day of publication is known."""
    for match in _DATE.finditer(sentence):
        found = _read(match, published)
        if found is not None:
            yield found


def _read(match: re.Match[str], published: date | None) -> Day | None:
    year, month, day = (_first(match, *names) for names in _PARTS)
    if match["year_only"]:
        return Day(Span(*match.span("year_only")), int(match["year_only"]), None, None)
    number = int(month) if month and month.isdigit() else _INFO.month((month or "").rstrip("."))
    if number is None:
        return None  # "Marsh 3"
    written_day = int(day) if day else None
    if year:
        return Day(Span(*match.span()), int(year), number, written_day)
    if published is None or written_day is None:
        return None
    nearest = _nearest_year(number, written_day, published)
    return Day(Span(*match.span()), nearest, number, written_day) if nearest else None


_PARTS = (
    ("year_third", "year_last", "year_of_month", "iso_year"),
    ("month_second", "month_first", "month_only", "iso_month"),
    ("day_first", "day_second", "iso_day"),
)


def _first(match: re.Match[str], *names: str) -> str | None:
    return next((match[name] for name in names if match[name]), None)


def _nearest_year(month: int, day: int, published: date) -> int | None:
    distances = {}
    for year in (published.year - 1, published.year, published.year + 1):
        try:
            distances[year] = abs((date(year, month, day) - published).days)
        except ValueError:  # February 29
            continue
    return min(distances, key=lambda year: distances[year]) if distances else None
