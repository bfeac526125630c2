"""Dates of publication, from the ways in which sources write them.

Owns the decision what counts as a date: one full day, the same whoever reads it. ISO 8601 comes first and strictly;
nothing is filled in from today's date, and what could mean two days is refused.
"""

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from datetime import timezone as fixed_zone

from dateutil import parser

_ISO = re.compile(
    r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}([.,]\d{1,9})?)? ?(Z|[+-]\d{2}(:?\d{2})?)?)?", re.IGNORECASE
)
_FOUR_DIGITS = re.compile(r"\d{4}")
# What a reading must not depend on: the parts that the text leaves out, and whether days or months come first.
_READINGS = [(datetime(2000, 1, 1, tzinfo=UTC), False), (datetime(2001, 2, 2, tzinfo=UTC), True)]
# Hours east of Greenwich of the zones that news about space is dated in.
_ZONES = {
    "UTC": 0, "UT": 0, "GMT": 0, "Z": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8,
    "PDT": -7, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "JST": 9, "KST": 9,
}  # fmt: skip


def parse_published(value: str | date) -> datetime:
    """Return the moment that ``value`` names, in UTC; a date alone is its first moment, a missing zone means UTC.

    Args:
        value: A date as text (ISO 8601, RFC 2822 or in English words), or as the YAML parser has already read it.

    Raises:
        ValueError: If it names no single day.
    """
    try:
        moment = _from_text(value.strip()) if isinstance(value, str) else _from_date(value)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{str(value)!r:.60} is no date; write it like 2022-03-18 or 2022-03-18T09:30:00Z") from error


def _from_text(text: str) -> datetime:
    if _ISO.fullmatch(text):
        return datetime.fromisoformat(text.upper().replace(" ", "T", 1).replace(" ", ""))
    if not _FOUR_DIGITS.search(text):
        raise ValueError("no year of four digits")
    first, second = (
        parser.parse(text, default=default, dayfirst=day_first, tzinfos=_zone) for default, day_first in _READINGS
    )
    if first != second:
        raise ValueError("it could mean more than one day")
    return first


def _from_date(value: date) -> datetime:
    return value if isinstance(value, datetime) else datetime(value.year, value.month, value.day, tzinfo=UTC)


def _zone(name: str | None, offset_seconds: int | None) -> tzinfo:
    if offset_seconds is not None:
        return fixed_zone(timedelta(seconds=offset_seconds))
    if name is None:
        return UTC
    if name.upper() not in _ZONES:
        raise ValueError(f"unknown time zone {name!r}")
    return fixed_zone(timedelta(hours=_ZONES[name.upper()]))
