"""What stands behind a number: a unit of measure, a currency, or the things that are counted.

Owns reading units, with pint, and only those that news measures with. Converts into base units.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from index.terms import STOPWORDS, stems

if TYPE_CHECKING:
    from pint import UnitRegistry

MAX_THINGS = 3
"""So many words behind a count may name what is counted: "24 Murmur internet satellites"."""

_NEXT = re.compile(r"[ -]?([A-Za-z]+)\b(?:[ -]([A-Za-z]+)\b)?")
_WORDS = re.compile(r"(?:[ -][^\W\d_]+\b){1,3}")
_PER = re.compile(r"(?: per | an |/)(second|minute|hour|day|week|month|year|h|s)\b")
_PHRASES = {
    "per cent": "percent",
    "light years": "light_year",
    "metric tons": "metric_ton",
    "metric tonnes": "metric_ton",
    "nautical miles": "nautical_mile",
    "degrees celsius": "degC",
    "degrees fahrenheit": "degF",
}
_SPELLINGS = {"ton": "metric_ton", "tons": "metric_ton", "lbs": "pound", "AU": "au", "F": "degF", "C": "degC"}
"""What pint would take for something else; a writer's "ton" may be of either kind."""
_MEASURES = frozenset(
    """astronomical_unit centimeter day decade degree_Celsius degree_Fahrenheit foot gallon gigawatt gram hertz hour
    inch kilogram kilohertz kilometer kilonewton kilowatt light_year liter megahertz meganewton megawatt meter
    metric_ton mile mile_per_hour millimeter minute month nautical_mile newton ounce parsec percent pound second watt
    week yard year""".split()
)
"""The units that news measures with; pint also knows points, stones, hands and links."""
_SIGNS = {"$": "dollar", "€": "euro", "£": "pound sterling"}
_CURRENCIES = frozenset("dollar euro crown rouble ruble yen yuan rupee".split())


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it stands behind a number.

    Attributes:
        end_char: Where it ends in the sentence.
        name: Its name, whatever its spelling.
        dimension: What it measures; empty where it is none.
        base: Converts an amount of it into the base unit of its dimension.
    """

    end_char: int
    name: str
    dimension: str
    base: Callable[[float], float] = float


def currency(sign: str, end_char: int) -> Unit:
    """Return the currency of a sign that stood before the number."""
    return Unit(end_char, _SIGNS[sign], _SIGNS[sign])


def unit_after(sentence: str, end_char: int) -> Unit:
    """Return the unit that follows a number which ends there, or one without a dimension."""
    match = _NEXT.match(sentence, end_char)
    if not match:
        return Unit(end_char, "", "")
    first, second = match[1], match[2]
    if second and (phrase := _PHRASES.get(f"{first} {second}".lower())):
        return _measure(phrase, match.end(2))
    word = first.lower()
    if word.rstrip("s") in _CURRENCIES:
        return Unit(match.end(1), word.rstrip("s"), word.rstrip("s"))
    if word in STOPWORDS:
        return Unit(end_char, "", "")
    name = _SPELLINGS.get(first, first if len(first) <= 3 else word)
    per = _PER.match(sentence, match.end(1))
    return _measure(f"{name}/{per[1]}", per.end()) if per else _measure(name, match.end(1))


def counted(sentence: str, end_char: int) -> tuple[str, ...]:
    """Return the stems of the words behind a count, up to the first that is no part of the name."""
    match = _WORDS.match(sentence, end_char)
    words = re.findall(r"[^\W\d_]+", match.group().lower()) if match else []
    named = []
    for word in words[:MAX_THINGS]:
        if word in STOPWORDS:
            break
        named.append(word)
    return tuple(stems(named))


@cache
def _registry() -> "UnitRegistry[float]":
    from pint import UnitRegistry  # only answers that hold numbers pay for it

    return UnitRegistry()


def _measure(name: str, end_char: int) -> Unit:
    read = _read(name)
    return Unit(end_char, read[0], read[1], read[2]) if read else Unit(end_char, "", "")


@cache
def _read(name: str) -> tuple[str, str, Callable[[float], float]] | None:
    from pint.errors import PintError

    registry = _registry()
    try:
        unit = registry.Unit(name)
        measure = str(registry.Unit(name.partition("/")[0]))
    except (PintError, ValueError):  # no unit, or a constant such as "pi"
        return None
    if measure not in _MEASURES:
        return None
    return str(unit), str(unit.dimensionality), lambda amount: float(registry.Quantity(amount, unit).to_base_units().m)
