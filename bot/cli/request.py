"""What a person asks for, checked before anything is opened.

Owns the reading of filters and of words that the shell passes on.
"""

from bot.dates import parse_day
from bot.errors import BadPeriodError, RequestError
from index.answer import Filters


def read_filters(since: str | None, until: str | None, sources: list[str] | None) -> Filters:
    """Read the dates and sources that a command was given.

    Raises:
        BadDateError: A date cannot be read.
        BadPeriodError: The period ends before it begins.
    """
    filters = Filters(
        since=parse_day(since) if since is not None else None,
        until=parse_day(until) if until is not None else None,
        sources=frozenset(sources or ()),
    )
    if filters.since and filters.until and filters.until < filters.since:
        raise BadPeriodError(filters.since, filters.until)
    return filters


def read_words(text: str, what: str) -> str:
    """Return a text that can be searched for.

    Args:
        text: As the shell passed it on.
        what: What it is called where it cannot be used.

    Raises:
        RequestError: There is no word in it, or it is no text: the shell passes bytes on that are not UTF-8.
    """
    if not any(map(str.isalnum, text)):
        raise RequestError(f"the {what} holds no word; write it in quotation marks")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise RequestError(f"the {what} is not UTF-8 (character {error.start + 1}); write it in UTF-8") from error
    return text
