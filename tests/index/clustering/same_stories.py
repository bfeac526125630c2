"""Invented news told by several publishers, with look-alikes that are other news: for measuring how stories are joined.

A story is one event in two or three tellings that share facts, not sentences. The look-alikes are the same kind of
event a few days apart: the next launch of the same rocket, the next walk outside, the same company's other contract.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.index.texts import Published, published

_START = datetime(2031, 3, 1, 8, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Telling:
    """One article.

    Attributes:
        story: What it tells of; articles with the same name belong together.
        day: When, in days after the start.
        publisher: Who.
        title: The headline.
        text: The article.
    """

    story: str
    day: float
    publisher: str
    title: str
    text: str


_LINES = Path(__file__).with_suffix(".jsonl").read_text("utf-8").splitlines()
TELLINGS = tuple(Telling(**json.loads(line)) for line in _LINES)


def article_of(number: int) -> Published:
    """Return a telling as an article of a corpus."""
    telling = TELLINGS[number]
    moment = _START + timedelta(days=telling.day)
    name = f"{number:02}"
    return published(name, telling.text, title=telling.title, publisher=telling.publisher, at=moment)


def articles() -> list[Published]:
    """Return all tellings as articles, in their order."""
    return [article_of(number) for number in range(len(TELLINGS))]
