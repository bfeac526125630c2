"""Which time a question is about.

Owns what the words of a question say about time: the period that they name ("this week", "since 2020"), or whether it
asks for news, for how things stand now, or for what never goes out of date. Ranking prefers what was published in or
near the period, and the search leaves nothing out for its date, that is what filters are for.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from corpus import Article
from index.periods import NamedPeriod, find_period

TIMELESS, PLAIN, STRONG = 0.0, 1.0, 2.0
"""How much a date counts: not at all, as for any question, or as for one that names a time or asks for news."""

EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
_LAG = timedelta(days=7)
"""News of a period goes on being published for some days after it."""
_GRACE_SHARE, _LEAST_GRACE, _MOST_GRACE = 0.1, timedelta(days=1), timedelta(days=7)
"""An article is clearly older than a period where it came before it by more than this share of its length."""

_VAGUE = r"(?:\s+(?:about|around|at\s+least|roughly|the))*\s*$"
_SINCE = re.compile(rf"\b(?:since|after|(?P<open>from)){_VAGUE}", re.IGNORECASE)
_ONWARDS = re.compile(r"\s+(?:on|onwards?)\b", re.IGNORECASE)
_BEFORE = re.compile(rf"\b(?:(?P<before>before|prior\s+to|ahead\s+of)|until|till|by|up\s+to){_VAGUE}", re.IGNORECASE)
_NOW = re.compile(
    r"\b(now|current|currently|latest|newest|(?:most )?recent|recently|lately|still|these days|at present|presently|"
    r"at the moment|so far|to date|nowadays|upcoming|next|yet|any ?more|any longer|any news|what's new)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(will|shall|won't|going to|gonna|upcoming|next|coming|plans? to|planning to|planned|scheduled|expected|"
    r"supposed to|set to|slated|due (?:in|on|for|by|this))\b",
    re.IGNORECASE,
)
_TIMELESS = re.compile(
    r"^\W*(?:(?:so|and|but|ok|okay|please|tell me|explain)\W+)?(?:"
    r"who (?:first )?(?:discovered|invented|coined|founded|theori[sz]ed|predicted|first proposed)\b"
    r"|how (?:do|does)\b"
    r"|why (?:do|does|is|are|can|can't)\b"
    r"|(?:what is|what's|whats|what are) (?:an? |the (?:difference|meaning|definition|purpose|point) )"
    r"|(?:what is|what's|whats|what are|define) (?!the\b|new\b|happening\b|up\b|going\b)[\w-]+(?: [\w-]+){0,2}\W*$"
    r"|what (?:causes|does .+ (?:mean|stand for))\b"
    r"|(?:when|where|by whom) (?:was|were) .+ (?:discovered|invented|founded|born)\b"
    r")",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Event:
    """An event that a question names, and where it was placed.

    Attributes:
        words: As the question names it.
        day: When it was in the news (aware, UTC).
        article: The article that says so.
    """

    words: str
    day: datetime
    article: Article


@dataclass(frozen=True, slots=True)
class When:
    """The period that a question is about.

    Attributes:
        start: Its start (aware, UTC).
        end: Its end; never after the moment of asking.
        emphasis: How much the date counts: ``TIMELESS``, ``PLAIN`` or ``STRONG``.
        words: The words that name the period; empty where none do.
        oldest: What was published before is clearly older than asked for; None where nothing can be too old.
        event: The event that the period begins or ends with, where one was placed.
    """

    start: datetime
    end: datetime
    emphasis: float
    words: str = ""
    oldest: datetime | None = None
    event: Event | None = None

    def is_too_old(self, published_at: datetime | None) -> bool:
        """Tell whether something was published clearly before what was asked for; never where nobody says when."""
        return self.oldest is not None and published_at is not None and published_at < self.oldest


def understand_when(question: str, asked_at: datetime) -> When:
    """Return the period that a question names, or the moment of asking where it names none."""
    ahead = looks_ahead(question)
    period = find_period(question, asked_at, ahead=ahead)
    if period is None:
        return When(asked_at, asked_at, _emphasis(question))
    return _bounded(question, period, asked_at, ahead=ahead)


def looks_ahead(question: str) -> bool:
    """Tell whether a question asks about what is to come."""
    return _AHEAD.search(question) is not None


def _emphasis(question: str) -> float:
    if _NOW.search(question):
        return STRONG
    return TIMELESS if _TIMELESS.match(question) else PLAIN


def _bounded(question: str, period: NamedPeriod, asked_at: datetime, *, ahead: bool) -> When:
    """Return what a period means with the words before it, within what is past."""
    text = question[: period.start_char]
    since = before = None
    if not period.closed:
        since, before = _SINCE.search(text), _BEFORE.search(text)
        if since and since["open"] and not _ONWARDS.match(question, period.end_char):
            since = None
    bound = since or before
    words = question[bound.start() if bound else period.start_char : period.end_char]
    if before:
        end = period.start if before["before"] else period.end
        # A deadline to come says nothing about what is past: the newest counts.
        return When(EARLIEST if EARLIEST <= end <= asked_at else asked_at, min(end, asked_at), STRONG, words)
    start = max(EARLIEST, min(period.start, asked_at))
    end = asked_at if since else max(start, min(period.end + _LAG, asked_at))
    to_come = ahead or period.start > asked_at
    grace = min(max(_LEAST_GRACE, _GRACE_SHARE * (period.end - period.start)), _MOST_GRACE)
    return When(start, end, STRONG, words, None if to_come else start - grace)
