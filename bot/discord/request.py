"""What a person typed, turned into a question the index understands.

Owns the rules for questions, and what may be left out; pure, so that it may run before Discord was answered.
"""

from datetime import date, datetime

from bot.dates import end_of_day, parse_day
from bot.errors import BadPeriodError, BadQuestionError, BadSearchError, BadTopicError, NothingToReadError
from index.answer import Filters

QUESTION_MIN_CHARS = 3
QUESTION_MAX_CHARS = 400


def parse_question(text: str) -> str:
    """Return the question without the spaces around it.

    Raises:
        BadQuestionError: It is too short or too long.
        NothingToReadError: It holds no words.
    """
    question = text.strip()
    if not QUESTION_MIN_CHARS <= len(question) <= QUESTION_MAX_CHARS:
        raise BadQuestionError(len(question), QUESTION_MIN_CHARS, QUESTION_MAX_CHARS)
    if not _holds_words(question):
        raise NothingToReadError
    return question


def parse_topic(text: str) -> str:
    """Return a topic on one line.

    Raises:
        BadTopicError: There is no word in it.
    """
    return _words(text, BadTopicError)


def parse_search(text: str) -> str:
    """Return words of a headline on one line.

    Raises:
        BadSearchError: There is no word in it.
    """
    return _words(text, BadSearchError)


def parse_date(text: str | None) -> date | None:
    """Return the day that was typed, if any.

    Raises:
        BadDateError: It is not written YYYY-MM-DD, names no day, or lies out of range.
    """
    written = (text or "").strip()
    return parse_day(written) if written else None


def parse_asked_at(as_of: str | None, otherwise: datetime) -> datetime:
    """Return the end of the day that was typed (UTC), otherwise the moment of asking.

    Raises:
        BadDateError: The day cannot be read.
    """
    day = parse_date(as_of)
    return end_of_day(day) if day else otherwise


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


def _words(text: str, wordless: type[BadTopicError | BadSearchError]) -> str:
    """Return a text on one line, or raise ``wordless`` where there is no word in it."""
    if not _holds_words(text):
        raise wordless
    return " ".join(text.split())


def _holds_words(text: str) -> bool:
    return any(map(str.isalnum, text))
