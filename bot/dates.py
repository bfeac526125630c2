"""Dates as people write them when they ask: one strict reading for the command line and for Discord.

Owns what counts as a day or a moment, and that a day counts to its end in UTC. Dates of publication, which sources
write in many ways, are the corpus's.
"""

import re
from datetime import UTC, date, datetime, time

from bot.errors import FIRST_YEAR, LAST_YEAR, BadDateError

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}([.,]\d{1,9})?)?(Z|[+-]\d{2}(:?\d{2})?)?", re.ASCII | re.IGNORECASE
)


def parse_day(written: str) -> date:
    """Read YYYY-MM-DD.

    Raises:
        BadDateError: It is written otherwise, names no day, or lies out of range.
    """
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise BadDateError(written) from None
    if not _DAY.fullmatch(written) or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadDateError(written)
    return day


def parse_moment(written: str) -> datetime:
    """Read a day (its end) or an ISO 8601 moment (UTC where it names no zone).

    Raises:
        BadDateError: It is neither, or lies out of range.
    """
    if not _MOMENT.fullmatch(written):
        return end_of_day(parse_day(written))
    try:
        moment = datetime.fromisoformat(written.upper())
        moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):  # in UTC, a moment of the year 1 or 9999 may fall outside of the calendar
        raise BadDateError(written) from None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise BadDateError(written)
    return moment


def end_of_day(day: date) -> datetime:
    """Return the last moment of a day in UTC."""
    return datetime.combine(day, time.max, UTC)
