"""Stand-ins for the two models: exact arithmetic over words, so that expected values can be written down."""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from corpus import Span
from index.encoder import Vectors
from index.encoder.base import EncoderIdentity, Fidelity
from index.generation import Found
from index.reader.onnx import Reader, Reading, SentenceReading

_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """Return the lower-case words of a text."""
    return _WORD.findall(text.lower())


@dataclass
class FakeEncoder:
    """Bags of words, hashed into unit vectors.

    Attributes:
        dim: Length of a vector.
        fingerprint: What it claims to be.
        fails_after: Raises once so many passages were encoded; None never does.
        encoded: Every passage that was encoded so far.
    """

    dim: int = 256
    fingerprint: str = "bag-of-words"
    fails_after: int | None = None
    encoded: list[str] = field(default_factory=list)

    @property
    def identity(self) -> EncoderIdentity:
        """Return an identity whose weights are the fingerprint."""
        return EncoderIdentity(self.fingerprint, "words", "fp32", 512, "", "")

    def fidelity(self) -> Fidelity:
        """Return that it is its own original."""
        return Fidelity(1.0, 0.9999)

    def encode_question(self, text: str) -> Vectors:
        """Return float32, (dim,), of unit length."""
        vector = np.zeros(self.dim, dtype=np.float32)
        for word in words(text) or [""]:
            vector[int.from_bytes(hashlib.sha256(word.encode()).digest()[:4]) % self.dim] += 1
        unit: Vectors = vector / np.linalg.norm(vector)
        return unit

    def encode_passages(self, texts: Sequence[str], on_progress: Callable[[int], None] | None = None) -> Vectors:
        """Return float32, (n_texts, dim), rows of unit length."""
        rows = np.empty((len(texts), self.dim), dtype=np.float32)
        for number, text in enumerate(texts):
            if number == self.fails_after:
                raise RuntimeError("the encoder broke down")
            rows[number] = self.encode_question(text)
            self.encoded.append(text)
            if on_progress:
                on_progress(number + 1)
        return rows


class FakeReader(Reader):
    """Reads by words: a sentence's margin runs from -4 (no word of the question) to 4 (all of them).

    The relevance of a passage is the best of these, and the first new word of a sentence is its answer.

    Attributes:
        blind: Whether it sees no sentence, as where a question and a title leave no room.
        seen: Every question and passage that was read so far.
    """

    def __init__(self, *, blind: bool = False) -> None:
        """Open no model."""
        self.blind = blind
        self.seen: list[tuple[str, Found]] = []

    def read(self, pairs: Sequence[tuple[str, Found]]) -> list[Reading]:
        """Read every pair."""
        self.seen.extend(pairs)
        return [self._read_pair(set(words(question)), found) for question, found in pairs]

    def _read_pair(self, asked: set[str], found: Found) -> Reading:
        if self.blind:
            return Reading(-4.0, ())
        sentences = tuple(_read_sentence(asked, sentence, found.text) for sentence in found.passage.sentences)
        return Reading(max(read.margin for read in sentences), sentences)


def _read_sentence(asked: set[str], sentence: Span, text: str) -> SentenceReading:
    share = len(asked & set(words(sentence.of(text)))) / max(1, len(asked))
    new = [match for match in _WORD.finditer(sentence.of(text)) if match.group().lower() not in asked]
    at = sentence.start_char
    return SentenceReading(sentence, Span(at + new[0].start(), at + new[0].end()) if new else sentence, 8 * share - 4)
