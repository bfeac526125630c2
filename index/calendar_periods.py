"""Calendar arithmetic for the periods that a question names.

Owns what each way of naming one means ("last winter", "three weeks ago", "Q2"), relative to a moment. Finding the words
is ``index.periods``'s work. Days are UTC. Each reading raises ValueError or OverflowError for what no calendar holds.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from dateutil.relativedelta import relativedelta

Period = tuple[datetime, datetime]
"""Start and end (aware, UTC), half-open."""

MONTHS = {
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
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""First month of each season of the northern hemisphere."""
COUNTS = {
    word: number
    for number, words in enumerate(
        "a an one|couple two|three few|four|five several|six|seven|eight|nine|ten|eleven|twelve".split("|"), start=1
    )
    for word in words.split()
}
ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 4}
DECADES = {"fifties": 1950, "sixties": 1960, "seventies": 1970, "eighties": 1980, "nineties": 1990}


@dataclass(frozen=True, slots=True)
class Now:
    """The moment that words are relative to.

    Attributes:
        moment: The moment of asking.
        ahead: Whether the question looks ahead, so that a month without a year is the next one.
    """

    moment: datetime
    ahead: bool

    @property
    def today(self) -> datetime:
        """The first moment of its day."""
        return self.moment.replace(hour=0, minute=0, second=0, microsecond=0)


def months(year: int, month: int, count: int) -> Period:
    """Return so many months from the first day of one."""
    start = datetime(year, month, 1, tzinfo=UTC)
    return start, start + relativedelta(months=count)


def one_day(day: datetime) -> Period:
    """Return a day, from its first moment."""
    return day, day + timedelta(days=1)


def full_date(match: re.Match[str], now: Now) -> Period:
    """Read "March 5, 2022" and "5 March 2022"."""
    year = int(match["year"] or match["first_year"])
    month = _month_number(match["month"] or match["first_month"])
    number = match["day"] or match["first_day"]
    return one_day(datetime(year, month, int(re.sub(r"\D", "", number)), tzinfo=UTC))


def _month_number(name: str) -> int:
    return MONTHS[name.rstrip(".").lower()]


def iso(match: re.Match[str], now: Now) -> Period:
    """Read "2022-03-05"."""
    return one_day(datetime.fromisoformat(match[0]).replace(tzinfo=UTC))


def month_of_year(match: re.Match[str], now: Now) -> Period:
    """Read "March 2022" and "2022-03"."""
    month = int(match["number"]) if match["number"] else _month_number(match["month"])
    return months(int(match["year"] or match["iso_year"]), month, 1)


def season_of_year(match: re.Match[str], now: Now) -> Period:
    """Read "summer 2023"; a winter is that of the December in that year."""
    return months(int(match["year"]), SEASONS[match["season"].lower()], 3)


def quarter_of_year(match: re.Match[str], now: Now) -> Period:
    """Read "Q1 2024", "first quarter of 2024" and "Q3"."""
    said = (match["q"] or match["ordinal"]).lower()
    quarter = ORDINALS.get(said) or int(said)
    if match["year"]:
        return months(int(match["year"]), 3 * quarter - 2, 3)
    return _nearest(lambda year: months(year, 3 * quarter - 2, 3), now)


def half_of_year(match: re.Match[str], now: Now) -> Period:
    """Read "H1 2024" and "second half of 2024"."""
    said = (match["h"] or match["ordinal"]).lower()
    half = 1 if said in ("1", "first", "1st") else 2
    return months(int(match["year"]), 6 * half - 5, 6)


def decade(match: re.Match[str], now: Now) -> Period:
    """Read "the 2010s", "the '90s" and "the sixties"."""
    if match["word"]:
        year = DECADES[match["word"].lower()]
    elif match["full"]:
        year = int(match["full"])
    else:
        year = int(match["short"]) + (2000 if int(match["short"]) < 50 else 1900)
    return months(year, 1, 120)


def century(match: re.Match[str], now: Now) -> Period:
    """Read "the 20th century"."""
    return months(100 * int(match["century"]) - 99, 1, 1200)


def year(match: re.Match[str], now: Now) -> Period:
    """Read "in 2018"."""
    return months(int(match["year"]), 1, 12)


def day_of_month(match: re.Match[str], now: Now) -> Period:
    """Read "June 3" and "3rd of June"."""
    month = _month_number(match["month"] or match["first_month"])
    number = int(re.sub(r"\D", "", match["day"] or match["first_day"]))
    return _nearest(lambda year: one_day(datetime(year, month, number, tzinfo=UTC)), now)


def month(match: re.Match[str], now: Now) -> Period:
    """Read "in March" and "this September"."""
    month = _month_number(match["month"])
    which = (match["which"] or "").lower()
    if which == "this":
        return months(now.today.year, month, 1)
    return _nearest(lambda year: months(year, month, 1), now, which)


def season(match: re.Match[str], now: Now) -> Period:
    """Read "last winter" and "in the spring"."""
    name, which = match["season"].lower(), (match["which"] or "").lower()
    if which == "this":
        before = months(now.today.year - 1, SEASONS[name], 3)
        return before if before[1] > now.today else months(now.today.year, SEASONS[name], 3)
    return _nearest(lambda year: months(year, SEASONS[name], 3), now, which)


def _nearest(of_year: Callable[[int], Period], now: Now, which: str = "") -> Period:
    """Return the newest that has begun, the newest that is over for "last", or the one to come."""
    years = [of_year(now.today.year + offset) for offset in (1, 0, -1, -2)]
    if which == "next" or (now.ahead and not which):
        return next(period for period in reversed(years) if (period[0] if which else period[1]) > now.today)
    over = which in ("last", "past", "previous")
    return next(period for period in years if (period[1] if over else period[0]) <= now.moment)


def weekday(match: re.Match[str], now: Now) -> Period:
    """Read "on Tuesday" and "next Friday"; today counts, unless it is the "last" or the "next" one."""
    which, today = (match["which"] or "").lower(), now.today
    number = WEEKDAYS.index((match["weekday"] or match["bare"]).lower())
    back = (today.weekday() - number) % 7
    if which == "this":
        return one_day(today + timedelta(days=number - today.weekday()))
    if which == "next" or (now.ahead and not which):
        return one_day(today + timedelta(days=(7 - back) % 7 or 7 * bool(which)))
    return one_day(today - timedelta(days=back or 7 * bool(which)))


def named_day(match: re.Match[str], now: Now) -> Period:
    """Read "yesterday", "tonight" and the like."""
    said = match["named"].lower()
    days = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(said, -2 if said.startswith("the day before") else 0)
    if said == "the other day":
        return now.moment - timedelta(days=7), now.moment
    return one_day(now.today + timedelta(days=days))


def ago(match: re.Match[str], now: Now) -> Period:
    """Read "three weeks ago": the calendar's day, week, month or year that lies so far back."""
    unit = match["unit"].lower()
    return _around(now.moment - _step(unit, _count(match["count"])), "day" if unit == "hour" else unit)


def rolling(match: re.Match[str], now: Now) -> Period:
    """Read "the last 24 hours" and "the past week", which end with the moment of asking."""
    return now.moment - _step(match["unit"].lower(), _count(match["count"] or "one")), now.moment


def calendar_unit(match: re.Match[str], now: Now) -> Period:
    """Read "this week", "last year" and "over the weekend", as the calendar has them."""
    unit, which = match["unit"].lower(), match["which"].lower()
    steps = {"last": -1, "previous": -1, "next": 1, "coming": 1}.get(which, 0)
    if unit == "century":
        return months(now.today.year - now.today.year % 100 + 1 + 100 * steps, 1, 1200)
    if unit == "weekend":
        sunday_over = which == "the" and now.today.weekday() < 5
        monday, _ = _around(now.today + timedelta(weeks=-1 if sunday_over else steps), "week")
        return monday + timedelta(days=5), monday + timedelta(days=7)
    return _around(now.today + _step(unit, steps), unit)


def _count(said: str) -> int:
    word = said.lower().removeprefix("a ").split()[0] if said.lower() != "a" else "a"
    return int(word) if word.isdigit() else COUNTS[word]


def _step(unit: str, count: int) -> relativedelta:
    if unit == "quarter":
        return relativedelta(months=3 * count)
    if unit == "decade":
        return relativedelta(years=10 * count)
    return relativedelta(**{f"{unit}s": count})  # type: ignore[arg-type]


def _around(moment: datetime, unit: str) -> Period:
    """Return the calendar's unit that holds a moment."""
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    if unit == "day":
        return one_day(day)
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=7)
    if unit == "month":
        return months(day.year, day.month, 1)
    if unit == "quarter":
        return months(day.year, day.month - (day.month - 1) % 3, 3)
    return months(day.year - day.year % 10, 1, 120) if unit == "decade" else months(day.year, 1, 12)
