"""Which sentence of a passage answers.

Owns the choice between a passage's sentences: what the reader makes of each, helped by how much of the question each
one speaks of. The reader alone is easily drawn to a name or a date in a sentence on something else.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus import Span
from index.reader.onnx import Reading

OVERLAP_WEIGHT = 4.0
"""Nats that a sentence gains which holds every term of the question over one that holds none."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The sentence that is shown in bold.

    Attributes:
        sentence: Where it stands in the version's text.
        answer: The answering words, inside ``sentence``.
        margin: How much better they score than "no answer" does (log-odds, nats).
        overlap: Share of the question's weighted terms that the sentence holds, 0..1.
    """

    sentence: Span
    answer: Span
    margin: float
    overlap: float


def choose(reading: Reading, overlaps: Sequence[float]) -> Choice:
    """Choose the answering sentence; of equal ones the first.

    Args:
        reading: What the reader makes of each sentence; at least one.
        overlaps: For each sentence of the reading, the share of the question's weighted terms that it holds.
    """
    best, overlap = max(
        zip(reading.sentences, overlaps, strict=True), key=lambda pair: pair[0].margin + OVERLAP_WEIGHT * pair[1]
    )
    return Choice(best.sentence, best.answer, best.margin, overlap)
