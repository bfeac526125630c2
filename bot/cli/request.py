"""What a person asks for, checked before anything is opened.

Owns the reading of filters and of words that the shell passes on.
"""

import re

from bot.dates import parse_day
from bot.errors import BadPeriodError, RequestError
from index.answer import NO_FILTERS, Filters

_LANGUAGE = re.compile(r"[a-z]{2,3}")


def read_filters(
    since: str | None, until: str | None, sources: list[str] | None, languages: list[str] | None
) -> Filters:
    """Read the dates, sources and languages that a command was given.

    Raises:
        BadDateError: A date cannot be read.
        BadPeriodError: The period ends before it begins.
        RequestError: A language is no code.
    """
    filters = Filters(
        since=parse_day(since) if since is not None else None,
        until=parse_day(until) if until is not None else None,
        sources=frozenset(sources or ()),
        languages=_languages(languages) if languages else NO_FILTERS.languages,
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


def _languages(written: list[str]) -> frozenset[str]:
    codes = frozenset(code.strip().lower() for code in written)
    for code in sorted(codes):
        if code != "any" and not _LANGUAGE.fullmatch(code):
            raise RequestError(f"“{code}” is no language; write a code such as en or de, or any")
    return frozenset() if "any" in codes else codes
