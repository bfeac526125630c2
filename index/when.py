"""Which time a question is about.

Owns the words that name a time ("this week", "in March 2022", "since 2020", "latest") and turns them into a period,
relative to the moment of asking. Ranking prefers what was published in or near that period; nothing is ever dropped
for its date, that is what filters are for.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""First month of each season of the northern hemisphere; "fall" counts only beside a year or "last"."""

_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?:19[5-9]\d|20\d\d)"
_DATE = re.compile(
    rf"\b(?P<first_day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<first_month>{_MONTH})\.?,?\s+(?P<first_year>{_YEAR})\b"
    rf"|\b(?P<month>{_MONTH})\.?\s+(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s*|\s+))?(?P<year>{_YEAR})\b"
    rf"|\b(?P<iso>{_YEAR}-\d\d-\d\d)\b"
    rf"|\b(?P<season>spring|summer|autumn|fall|winter)\s+(?:of\s+)?(?P<season_year>{_YEAR})\b"
    rf"|\b(?:in|of|during|since|before|after|until|by|from|for|year)\s+(?P<only_year>{_YEAR})\b(?!-|\s+(?-i:[A-Z]{{1,2}})\d)",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?P<word>today|tonight|yesterday|(?P<which>this|last|past)\s+"
    rf"(?P<unit>week|weekend|month|year|spring|summer|autumn|fall|winter|{'|'.join(_WEEKDAYS)})"
    rf"|on\s+(?P<weekday>{'|'.join(_WEEKDAYS)}))\b",
    re.IGNORECASE,
)
_BOUND = re.compile(r"\b(since|after|before|until)\s*$", re.IGNORECASE)
_NOW = re.compile(
    r"\b(now|current|currently|latest|newest|most recent|recent|recently|still|these days|at present|so far|"
    r"nowadays|upcoming|next)\b",
    re.IGNORECASE,
)

PLAIN, STRONG = 1.0, 2.0
_LAG = timedelta(days=7)
"""News of a period goes on being published for some days after it."""
_EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class When:
    """The period that a question is about.

    Attributes:
        start: Its start (aware, UTC).
        end: Its end; never after the moment of asking.
        emphasis: How much the date counts, beside what it counts for a question that names no time.
    """

    start: datetime
    end: datetime
    emphasis: float


def understand_when(question: str, asked_at: datetime) -> When:
    """Return the period that a question names, or the moment of asking where it names none."""
    named = _DATE.search(question)
    relative = _RELATIVE.search(question)
    if named and (period := _dated(named)):
        first = named.start("only_year") if named["only_year"] else named.start()
    elif relative and (period := _relative(relative, asked_at)):
        first = relative.start()
    else:
        return When(asked_at, asked_at, STRONG if _NOW.search(question) else PLAIN)
    start, end = period
    bound = _BOUND.search(question[:first])
    if bound and bound[1].lower() in ("since", "after"):
        end = asked_at
    elif bound:
        start, end = _EARLIEST, start
    else:
        end += _LAG
    return When(min(start, asked_at), min(end, asked_at), STRONG)


def _dated(match: re.Match[str]) -> tuple[datetime, datetime] | None:
    if match["iso"]:
        try:
            day = datetime.fromisoformat(match["iso"]).replace(tzinfo=UTC)
        except ValueError:
            return None
        return day, day + timedelta(days=1)
    if match["only_year"]:
        return _months(int(match["only_year"]), 1, 12)
    if match["season"]:
        return _months(int(match["season_year"]), _SEASONS[match["season"].lower()], 3)
    year = int(match["year"] or match["first_year"])
    month = _MONTHS[(match["month"] or match["first_month"]).lower()]
    if number := match["day"] or match["first_day"]:
        try:
            day = datetime(year, month, int(number), tzinfo=UTC)
        except ValueError:
            return _months(year, month, 1)
        return day, day + timedelta(days=1)
    return _months(year, month, 1)


def _relative(match: re.Match[str], asked_at: datetime) -> tuple[datetime, datetime] | None:
    today = asked_at.replace(hour=0, minute=0, second=0, microsecond=0)
    unit = (match["unit"] or match["weekday"] or match["word"]).lower()
    last = (match["which"] or "").lower() in ("last", "past")
    if unit in ("today", "tonight"):
        return today, asked_at
    if unit == "yesterday":
        return today - timedelta(days=1), today
    if unit in _WEEKDAYS:
        day = today - timedelta(days=(today.weekday() - _WEEKDAYS.index(unit)) % 7 or 7 * last)
        return day, day + timedelta(days=1)
    if unit in ("week", "weekend"):
        monday = today - timedelta(days=today.weekday() + 7 * last)
        return (monday if unit == "week" else monday + timedelta(days=5)), monday + timedelta(days=7)
    if unit == "month":
        before = today.replace(day=1) - timedelta(days=1)
        return _months(before.year, before.month, 1) if last else _months(today.year, today.month, 1)
    if unit == "year":
        return _months(today.year - last, 1, 12)
    return _season(unit, today)


def _season(name: str, today: datetime) -> tuple[datetime, datetime]:
    """Return the latest season of that name that has begun."""
    year = today.year if today.month >= _SEASONS[name] else today.year - 1
    return _months(year, _SEASONS[name], 3)


def _months(year: int, month: int, count: int) -> tuple[datetime, datetime]:
    last = month - 1 + count
    return datetime(year, month, 1, tzinfo=UTC), datetime(year + last // 12, last % 12 + 1, 1, tzinfo=UTC)
