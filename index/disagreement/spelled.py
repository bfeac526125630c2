"""Numbers in words.

Owns finding them in a sentence, with text2num, and what any number is before its unit is known.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from text_to_num import find_numbers

_TOKEN = re.compile(r"[^\W\d_]+|\d[\d,.]*|[^\w\s]")
_NEVER_ALONE = frozenset("one million billion trillion hundred thousand dozen".split())
"""Alone, "one" is mostly no number, and the others belong to digits that stand before them."""


@dataclass(frozen=True, slots=True)
class Written:
    """A number as it stands in a sentence.

    Attributes:
        start_char: Where it starts, its currency sign included.
        end_char: Where it ends, before a scale ("million") and a unit.
        value: What it says.
        step: The worth of its last digit.
        sign: Its currency sign, or empty.
    """

    start_char: int
    end_char: int
    value: float
    step: float
    sign: str = ""


@dataclass(frozen=True, slots=True)
class _Token:
    """A word, as text2num wants it."""

    match: re.Match[str]

    def text(self) -> str:
        return self.match.group()

    def nt_separated(self, previous: "_Token") -> bool:
        return False

    def not_a_number_part(self) -> bool:
        return self.match.group()[0].isdigit()


def spelled_numbers(sentence: str) -> Iterator[Written]:
    """Yield the numbers that are written in words; ordinals are none."""
    tokens = [_Token(match) for match in _TOKEN.finditer(sentence)]
    for found in find_numbers(tokens, "en", threshold=0):
        start, end = tokens[found.start].match.start(), tokens[found.end - 1].match.end()
        words = sentence[start:end]
        if not found.is_ordinal and words.lower() not in _NEVER_ALONE and not words[0].isdigit():
            yield Written(start, end, float(found.value), 0.1 if "point" in words else 1.0)
