"""Which sentence of a passage answers.

Owns the choice between a passage's sentences: what the reader makes of each, helped by how much of the question each
one speaks of and whether it is a sentence at all. The reader alone is easily drawn to a name or a date in a sentence on
something else, and to headings.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus import Span
from index.reader.onnx import Reading, SentenceReading

OVERLAP_WEIGHT = 2.0
"""Nats that a sentence gains which holds every term of the question over one that holds none."""
FRAGMENT_PENALTY = 8.0
"""Nats that a heading or a bare bullet loses, which ends without a full stop: a sentence says more."""

_ENDS = re.compile(r"[.!?…][\"'”’)\]]*$")


@dataclass(frozen=True, slots=True)
class Choice:
    """The sentence that is shown in bold.

    Attributes:
        sentence: Where it stands in the version's text.
        answer: The answering words, inside ``sentence``.
        margin: How much better they score than "no answer" does (log-odds, nats).
        overlap: Share of the question's weighted terms that the sentence holds, 0..1.
        worth: What sentences are chosen by: the margin with what overlap adds and a fragment loses (nats).
    """

    sentence: Span
    answer: Span
    margin: float
    overlap: float
    worth: float


def choose(reading: Reading, overlaps: Sequence[float], text: str) -> Choice:
    """Choose the answering sentence; of equal ones the first.

    Args:
        reading: What the reader makes of each sentence; at least one.
        overlaps: For each sentence of the reading, the share of the question's weighted terms that it holds.
        text: The text of the version.
    """
    choices = [
        Choice(read.sentence, read.answer, read.margin, overlap, _worth(read, overlap, text))
        for read, overlap in zip(reading.sentences, overlaps, strict=True)
    ]
    return max(choices, key=lambda choice: choice.worth)


def _worth(read: SentenceReading, overlap: float, text: str) -> float:
    penalty = 0.0 if _ENDS.search(read.sentence.of(text)) else FRAGMENT_PENALTY
    return read.margin + OVERLAP_WEIGHT * overlap - penalty
