"""What a person typed, turned into a question the index understands.

Owns the rules for questions and dates; pure, so that it may run before Discord was answered.
"""

import re
from datetime import UTC, date, datetime, time

from bot.errors import BadDateError, BadPeriodError, BadQuestionError
from index.answer import Filters

QUESTION_MIN_CHARS = 3
QUESTION_MAX_CHARS = 400
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def parse_question(text: str) -> str:
    """Return the question without the spaces around it.

    Raises:
        BadQuestionError: It is too short or too long.
    """
    question = text.strip()
    if not QUESTION_MIN_CHARS <= len(question) <= QUESTION_MAX_CHARS:
        raise BadQuestionError(len(question), QUESTION_MIN_CHARS, QUESTION_MAX_CHARS)
    return question


def parse_date(text: str | None) -> date | None:
    """Return the day that was typed, if any.

    Raises:
        BadDateError: It is not written YYYY-MM-DD, or names no day.
    """
    written = (text or "").strip()
    if not written:
        return None
    try:
        if not _DATE.fullmatch(written):
            raise ValueError
        return date.fromisoformat(written)
    except ValueError:
        raise BadDateError(written) from None


def parse_asked_at(as_of: str | None, otherwise: datetime) -> datetime:
    """Return the end of the day that was typed (UTC), otherwise the moment of asking.

    Raises:
        BadDateError: The day cannot be read.
    """
    day = parse_date(as_of)
    return datetime.combine(day, time.max, tzinfo=UTC) if day else otherwise


def parse_filters(since: str | None, until: str | None, source: str | None) -> Filters:
    """Return what a citation must meet.

    Raises:
        BadDateError: A day cannot be read.
        BadPeriodError: The period ends before it begins.
    """
    first, last = parse_date(since), parse_date(until)
    if first and last and last < first:
        raise BadPeriodError(first, last)
    name = (source or "").strip()
    return Filters(since=first, until=last, sources=frozenset({name}) if name else frozenset())
