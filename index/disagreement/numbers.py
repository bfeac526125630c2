"""Numbers with their units, as news writes them.

Owns finding them in a sentence and telling whether two can be the same: digits or words, thousands separators, scales
("4.3 billion"), hedges ("about", "more than"), and units of one dimension ("100 km", "62 miles"). A number is an
interval, as wide as its writing allows; two numbers differ where their intervals do not meet.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus import Span
from index.disagreement.spelled import Written, spelled_numbers
from index.disagreement.units import counted, currency, unit_after

APPROXIMATE = 0.1
"""What "about" allows on both sides."""
ROUNDED = 0.49
"""How much of its last digit a rounded number may be off: 300 may be 295.1 to 304.9, and never 310."""
CONVERTED = 0.02
"""What a conversion from miles into kilometres allows, which writers round."""

_DIGITS = re.compile(
    r"(?<![\w.,-])(?:(?P<sign>[$€£])\s?)?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\d])"
)
_SCALES = {"dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SCALE = re.compile(rf"[ -](?P<scale>{'|'.join(_SCALES)})s?\b")
_HALF = re.compile(r" and a half\b")
_ABOUT = re.compile(
    r"\b(?:about|around|roughly|nearly|almost|approximately|some|close to|circa|an estimated)\s+$", re.I
)
_AT_LEAST = re.compile(r"\b(?:more than|at least|over|as many as|no fewer than|exceeding)\s+$", re.I)
_AT_MOST = re.compile(r"\b(?:less than|fewer than|at most|under|up to|below)\s+$", re.I)
_NAMED = re.compile(r"(?<=\s)[A-Z][\w’'-]* $")
"""What stands before the number of a name: "the Falcon 9 rocket" counts no rockets."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as an interval of its unit.

    Attributes:
        span: Where it stands in the sentence, unit included.
        low: The least that it can mean, in the base unit of its dimension.
        high: The most that it can mean.
        half_step: Half of the last digit that was written, in the base unit.
        unit: As it was written; other units of the same dimension were converted, and rounded.
        dimension: What is measured, or empty for things that are counted.
        things: Stems of the words behind a count, in order; empty for a measure.
    """

    span: Span
    low: float
    high: float
    half_step: float
    unit: str
    dimension: str
    things: tuple[str, ...]

    def comparable(self, other: "Number") -> bool:
        """Tell whether both measure the same dimension or count the same things."""
        if self.dimension or other.dimension:
            return self.dimension == other.dimension
        # A word behind a count may be its verb: what is shared must come first for one of them.
        return self.things[0] in other.things or other.things[0] in self.things

    def differs(self, other: "Number") -> bool:
        """Tell whether the two cannot be the same."""
        gap = max(other.low - self.high, self.low - other.high)
        if self.unit == other.unit:
            return gap > 0
        return gap > self.half_step + other.half_step + CONVERTED * max(abs(self.low), abs(other.low))


def numbers_in(sentence: str) -> list[Number]:
    """Return the numbers of a sentence that have a unit or count something, in order."""
    found: list[Number] = []
    for number in _measured(sentence):
        last = found[-1] if found else None
        if last and number.dimension and last.dimension == number.dimension and _continues(sentence, last, number):
            found[-1] = replace(
                last,
                span=Span(last.span.start_char, number.span.end_char),
                low=last.low + number.low,
                high=last.high + number.high,
                half_step=number.half_step,
                unit=f"{last.unit} {number.unit}",
            )
        else:
            found.append(number)
    return found


def _continues(sentence: str, first: Number, second: Number) -> bool:
    """Tell whether two numbers are one: "six hours and 41 minutes"."""
    between = sentence[first.span.end_char : second.span.start_char]
    return first.unit != second.unit and between.strip(" ,") in ("", "and") and first.low > second.high


def _measured(sentence: str) -> Iterator[Number]:
    for written in sorted([*_written(sentence), *spelled_numbers(sentence)], key=lambda one: one.start_char):
        value, step, end = written.value, written.step, written.end_char
        if scale := _SCALE.match(sentence, end):
            value, step, end = value * _SCALES[scale["scale"]], step * _SCALES[scale["scale"]], scale.end()
        if half := _HALF.match(sentence, end):
            value, step, end = value + 0.5, step / 2, half.end()
        if step == 1.0 and value >= 100 and value % 10 == 0:
            step = 10.0  # 300 may be 298; 301 is 301
        before = sentence[: written.start_char]
        low, high = _hedged(before, value, ROUNDED * step if step != 1.0 else 0.0)
        unit = currency(written.sign, end) if written.sign else unit_after(sentence, end)
        things: tuple[str, ...] = () if unit.dimension or _NAMED.search(before) else counted(sentence, end)
        if unit.dimension or things:
            span = Span(written.start_char, unit.end_char)
            half_step = unit.base(value + step / 2) - unit.base(value)
            yield Number(span, unit.base(low), unit.base(high), half_step, unit.name, unit.dimension, things)


def _written(sentence: str) -> Iterator[Written]:
    for match in _DIGITS.finditer(sentence):
        digits = match["digits"].replace(",", "")
        decimals = len(digits.partition(".")[2])
        yield Written(match.start(), match.end(), float(digits), 10.0**-decimals, match["sign"] or "")


def _hedged(before: str, value: float, spread: float) -> tuple[float, float]:
    if _ABOUT.search(before):
        return value * (1 - APPROXIMATE), value * (1 + APPROXIMATE)
    if _AT_LEAST.search(before):
        return value - spread, float("inf")
    if _AT_MOST.search(before):
        return float("-inf"), value + spread
    return value - spread, value + spread
