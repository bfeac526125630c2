"""Names with a number: "Flight 9", "Crew-11", "Starlink 12-4", "Artemis II", "MS-27".

Owns telling the next of a series from the one before, which news tells in the same words.
"""

import re

from index.calendar_periods import MONTHS

_NAME = re.compile(
    r"\b(?P<series>[A-Z][a-z]\w*)[ -](?P<number>\d{1,3}(?:-\d+)?[A-Z]?|[IVX]+)\b"
    r"|\b(?P<code>[A-Z]+)-?(?P<digits>\d[\w-]*)\b"
)


def other_flight(one: str, other: str) -> bool:
    """Tell whether two texts name a series in common, but none of its numbers."""
    first, second = _flights(one), _flights(other)
    return any(first[series].isdisjoint(second[series]) for series in first.keys() & second.keys())


def _flights(text: str) -> dict[str, set[str]]:
    """Return the numbers of each series that a text names: {"starlink": {"12-4"}, "falcon": {"9"}}."""
    named: dict[str, set[str]] = {}
    for match in _NAME.finditer(text):
        series, number = (match["series"], match["number"]) if match["series"] else (match["code"], match["digits"])
        name = series.casefold()
        if name not in MONTHS:
            named.setdefault(name, set()).add(number)
    return named
