"""Names with a number: "Flight 9", "Crew-11", "Starlink 12-4", "Artemis II", "MS-27".

Owns telling the next of a series from the one before, which news tells in the same words.
"""

import re

_NAME = re.compile(
    r"\b(?P<series>[A-Z][a-z]\w*)[ -](?P<number>\d{1,3}(?:-\d+)?[A-Z]?|[IVX]+)\b"
    r"|\b(?P<code>[A-Z]+)-?(?P<digits>\d[\w-]*)\b"
)
_MONTHS = frozenset("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split())


def other_flight(one: str, other: str) -> bool:
    """Tell whether two texts name a series in common, but none of its numbers."""
    first, second = _flights(one), _flights(other)
    return any(first[series].isdisjoint(second[series]) for series in first.keys() & second.keys())


def _flights(text: str) -> dict[str, set[str]]:
    """Return the numbers of each series that a text names: {"starlink": {"12-4"}, "falcon": {"9"}}."""
    named: dict[str, set[str]] = {}
    for match in _NAME.finditer(text):
        series, number = (match["series"], match["number"]) if match["series"] else (match["code"], match["digits"])
        if series[:3] not in _MONTHS:
            named.setdefault(series.casefold(), set()).add(number)
    return named
