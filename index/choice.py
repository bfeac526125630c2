"""Which sentence of a passage answers.

Owns the choice between a passage's sentences: what the reader makes of each, helped by how much of the question each
one speaks of, whether it holds what is asked for, and whether it is a sentence at all. The reader alone is easily drawn
to a name or a date in a sentence on something else, and to headings.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus import Span
from index.answer_type import holds_asked_type
from index.reader.onnx import Reading, SentenceReading

OVERLAP_WEIGHT = 2.0
"""Nats that a sentence gains which holds every term of the question over one that holds none."""
TYPE_PENALTY = 3.0
"""Nats that a sentence loses which holds nothing of the type that is asked for."""
FRAGMENT_PENALTY = 8.0
"""Nats that a heading or a bare bullet loses, which ends without a full stop: a sentence says more."""
CLOSE = 3.0
"""A sentence that is worth at most so much less than the chosen one (nats) may be the one that answers."""

_ENDS = re.compile(r"[.!?…][\"'”’)\]]*$")


@dataclass(frozen=True, slots=True)
class Choice:
    """The sentence that is shown in bold.

    Attributes:
        sentence: Where it stands in the version's text.
        answer: The answering words, inside ``sentence``.
        margin: How much better they score than "no answer" does (log-odds, nats).
        overlap: Share of the question's weighted terms that the sentence holds, 0..1.
        asked_type: Whether it holds something of the type that is asked for.
        worth: What sentences are chosen by: the margin with what overlap adds, another type and a fragment lose (nats).
        rival: The sentence that comes next, where it comes ``CLOSE``.
    """

    sentence: Span
    answer: Span
    margin: float
    overlap: float
    asked_type: bool
    worth: float
    rival: Span | None = None


def choose(question: str, reading: Reading, overlaps: Sequence[float], text: str) -> Choice:
    """Choose the answering sentence; of equal ones the first.

    Args:
        question: The question.
        reading: What the reader makes of each sentence; at least one.
        overlaps: For each sentence of the reading, the share of the question's weighted terms that it holds.
        text: The text of the version.
    """
    choices = [
        _choice(question, read, overlap, read.sentence.of(text))
        for read, overlap in zip(reading.sentences, overlaps, strict=True)
    ]
    first, *others = sorted(choices, key=lambda choice: -choice.worth)
    rival = next((choice.sentence for choice in others if first.worth - choice.worth <= CLOSE), None)
    return replace(first, rival=rival)


def _choice(question: str, read: SentenceReading, overlap: float, words: str) -> Choice:
    asked_type = holds_asked_type(question, words)
    worth = read.margin + OVERLAP_WEIGHT * overlap
    worth -= 0.0 if asked_type else TYPE_PENALTY
    worth -= 0.0 if _ENDS.search(words) else FRAGMENT_PENALTY
    return Choice(read.sentence, read.answer, read.margin, overlap, asked_type, worth)
