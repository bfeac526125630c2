"""The words of a question that name a period: "in March 2022", "last winter", "three weeks ago", "the 2010s".

Owns the grammar; what each form means is ``index.calendar_periods``'s. Which words before a period turn it into
another ("since", "before"), and what it means for a search, is for ``index.when``. What no calendar holds is no period.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from index import calendar_periods as calendar
from index.calendar_periods import COUNTS, DECADES, MONTHS, SEASONS, WEEKDAYS, Now, Period

_MONTH = rf"(?<!long )(?<!long-)(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
_YEAR = r"(?:19\d\d|20\d\d)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_WEEKDAY = "|".join(WEEKDAYS)
_SEASON = "|".join(SEASONS)
_QUARTER = rf"(?:first|second|third|fourth|1st|2nd|3rd|4th|last(?=\s+quarter\s+(?:of\s+)?{_YEAR}))"
_COUNT = rf"(?P<count>\d{{1,3}}|(?:a\s+)?(?:few|couple(?:\s+of)?)|{'|'.join(sorted(COUNTS, key=len, reverse=True))})"
_UNITS = r"(?P<unit>hour|day|week|month|quarter|year|decade)s?"
_PLACED = r"(?:in|of|during|since|before|after|until|till|by|from|for|through|throughout|around|early|mid|late)"
_WHICH = r"(?P<which>this|last|past|previous|next|coming)"
_NO_YEAR = (
    r"(?!-\d|['’]?s\b|\s+(?-i:[A-Z]{1,2})\d"
    r"|\s*(?:%|km|kilo|met(?:er|re)|mile|feet|ft|pound|kg|ton|dollar|people|sat|second|hour|minute|day|time))"
)
"""Not what stands behind a year: "2024 YR4" is an asteroid, "by 2000 meters" a distance."""
_PART = re.compile(
    r"\b(?P<part>early|mid|late|(?:the\s+)?(?:start|beginning|middle|end)\s+of)(?:\s+|-)(?:(?:in|the)\s+)*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class NamedPeriod:
    """A period where it stands in a text.

    Attributes:
        start: Its start (aware, UTC).
        end: Its end, which may lie in the future.
        start_char: Where its words start.
        end_char: Where they end.
        closed: Whether its words name both ends ("between 2018 and 2020"), so that no word before them can.
    """

    start: datetime
    end: datetime
    start_char: int
    end_char: int
    closed: bool = False


_FORMS: tuple[tuple[str, Callable[[re.Match[str], Now], Period]], ...] = (
    (rf"{_YEAR}-\d\d-\d\d\b", calendar.iso),
    (rf"(?:(?P<first_day>{_DAY})\s+(?:of\s+)?(?P<first_month>{_MONTH}),?\s+(?P<first_year>{_YEAR})\b"
     rf"|(?P<month>{_MONTH})\s+(?P<day>{_DAY})(?:,\s*|\s+)(?P<year>{_YEAR})\b)", calendar.full_date),
    (rf"(?:(?P<month>{_MONTH}),?\s+(?:of\s+)?(?P<year>{_YEAR})\b"
     rf"|(?P<iso_year>{_YEAR})-(?P<number>0[1-9]|1[0-2])\b(?!-?\d))", calendar.month_of_year),
    (rf"(?P<season>{_SEASON})\s+(?:of\s+)?(?P<year>{_YEAR})\b", calendar.season_of_year),
    (rf"(?:Q(?P<q>[1-4])|(?P<ordinal>{_QUARTER})\s+quarter)\b(?:(?:\s+of)?\s+(?P<year>{_YEAR})\b)?",
     calendar.quarter_of_year),
    (rf"(?:H(?P<h>[12])|(?P<ordinal>first|second|last)\s+half)(?:\s+of)?\s+(?P<year>{_YEAR})\b",
     calendar.half_of_year),
    (rf"(?:(?P<full>(?:19|20)\d0)['’]?s|the\s+(?:['’]?(?P<short>\d0)['’]?s|(?P<word>{'|'.join(DECADES)})))\b",
     calendar.decade),
    (r"(?P<century>20|21)(?:th|st)\s+century\b", calendar.century),
    (rf"(?:{_PLACED}(?:\s+(?:the\s+)?year)?|the\s+year)[\s-]+(?P<year>{_YEAR})\b{_NO_YEAR}", calendar.year),
    (rf"(?:(?P<first_day>{_DAY})\s+(?:of\s+)?(?P<first_month>{_MONTH})|(?P<month>{_MONTH})\s+(?P<day>{_DAY}))(?![\w-])",
     calendar.day_of_month),
    (r"(?P<named>the\s+day\s+before\s+yesterday|yesterday|last\s+night|the\s+other\s+day|tomorrow|tonight|today"
     r"|this\s+(?:morning|afternoon|evening))\b", calendar.named_day),
    (rf"{_COUNT}\s+{_UNITS}\s+ago\b", calendar.ago),
    (rf"(?:last|past|previous)\s+{_COUNT}\s+{_UNITS}\b", calendar.rolling),
    (rf"(?:the\s+)?past\s+(?P<count>){_UNITS}\b", calendar.rolling),
    (rf"{_WHICH}\s+(?P<unit>week(?:end)?|month|quarter|year|decade|century)\b", calendar.calendar_unit),
    (r"(?:over|at|on|during)\s+(?P<which>the)\s+(?P<unit>weekend)\b", calendar.calendar_unit),
    (rf"(?:{_WHICH}|over\s+the|in(?:\s+the)?|during\s+the|since(?:\s+the)?)\s+(?P<season>{_SEASON})\b",
     calendar.season),
    (rf"(?:{_WHICH}|{_PLACED})[\s-]+(?P<month>{_MONTH})(?!\s+\d)", calendar.month),
    (rf"(?:(?:{_WHICH}|on|since|until|before|after|by)\s+(?P<weekday>{_WEEKDAY})"
     rf"|(?P<bare>(?-i:{_WEEKDAY.title()})))\b", calendar.weekday),
)  # fmt: skip
"""What names a period, the most exact first, with what reads it."""
_GRAMMAR = [(re.compile(rf"\b{form}", re.IGNORECASE), read) for form, read in _FORMS]
_DATEISH = rf"(?:(?:{_MONTH}\s+)?{_YEAR}|{_MONTH}(?:\s+{_DAY})?(?:,?\s+{_YEAR})?|{_YEAR}-\d\d(?:-\d\d)?)"
_RANGE = re.compile(
    rf"\b(?:between|from)\s+(?P<first>{_DATEISH})\s+(?:and|to|until|till|through|-|–)\s+(?P<last>{_DATEISH})(?!\w)",
    re.IGNORECASE,
)
_LEADING = re.compile(rf"{_PLACED}[\s-]+", re.IGNORECASE)


def find_period(text: str, moment: datetime, *, ahead: bool) -> NamedPeriod | None:
    """Return the period that a text names, the most exactly said one first; None where it names none.

    Args:
        text: A question.
        moment: The moment of asking (aware, UTC).
        ahead: Whether the question looks ahead, so that a month without a year is the one to come.
    """
    now = Now(moment, ahead)
    return _range(text, now) or _single(text, now)


def _range(text: str, now: Now) -> NamedPeriod | None:
    """Read "between X and Y" and "from X to Y"; a year that X lacks is that of Y."""
    for match in _RANGE.finditer(text):
        last_year = re.search(_YEAR, match["last"])
        borrowed = f" {last_year[0]}" if last_year and not re.search(_YEAR, match["first"]) else ""
        first, last = (_single(f"in {words}", now) for words in (match["first"] + borrowed, match["last"]))
        if first and last and first.start < last.end:
            return NamedPeriod(first.start, last.end, match.start(), match.end(), closed=True)
    return None


def _single(text: str, now: Now) -> NamedPeriod | None:
    for pattern, read in _GRAMMAR:
        for match in pattern.finditer(text):
            try:
                start, end = read(match, now)
            except (ValueError, OverflowError):
                continue
            leading = _LEADING.match(match[0])
            start_char = match.start() + (leading.end() if leading else 0)
            return _part(text, NamedPeriod(start, end, start_char, match.end()))
    return None


def _part(text: str, whole: NamedPeriod) -> NamedPeriod:
    """Return the third of a period that "early", "mid" or "late" before it means."""
    said = _PART.search(text[: whole.start_char])
    if said is None:
        return whole
    third = (whole.end - whole.start) / 3
    word = said["part"].lower().removeprefix("the").split()[0]
    n_before = {"early": 0, "start": 0, "beginning": 0, "mid": 1, "middle": 1, "late": 2, "end": 2}[word]
    start = whole.start + n_before * third
    return replace(whole, start=start, end=start + third, start_char=said.start())
