"""Serving the reader with ONNX Runtime.

Owns reading: for a question and passages, how relevant each is, which of its sentences answers and with which words.
Deciding what is shown, and whether anything is, belongs to search and the gate.
"""

import copy
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from corpus import Span
from index.encoder.session import open_session
from index.generation import Found
from index.reader.cross_encoder import CrossEncoder
from index.reader.pairs import Pair, encode_pair, open_tokenizer

ANSWER_MAX_TOKENS = 30
QUESTION_MAX_TOKENS = 96
"""A longer question is cut, or no room is left for the passage; plain English of some 400 characters fits."""

Logits = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class SentenceReading:
    """What the reader makes of one sentence of a passage.

    Attributes:
        sentence: The sentence, in the version's text.
        answer: The words in it that answer best, if any do.
        margin: How much better they score than "no answer" does (log-odds, nats).
    """

    sentence: Span
    answer: Span
    margin: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader makes of one passage.

    Attributes:
        relevance: Logit that the passage answers the question.
        sentences: The sentences that it could see, in order; those beyond the longest sequence are absent.
    """

    relevance: float
    sentences: tuple[SentenceReading, ...]


class Reader:
    """The exported reader; safe to use from several threads."""

    def __init__(self, model: Path, tokenizer: Path, fingerprint: str) -> None:
        """Open the model.

        Args:
            model: The exported reader.
            tokenizer: Its tokenizer's file.
            fingerprint: Names the weights.

        Raises:
            EncoderError: The model cannot be loaded.
        """
        self.fingerprint = fingerprint
        self._relevance_from: CrossEncoder | None = None
        self._session = open_session(model)
        self._tokenizer = open_tokenizer(str(tokenizer))
        self._question_tokenizer: Tokenizer = Tokenizer.from_file(str(tokenizer))
        self._question_tokenizer.no_padding()
        self._question_tokenizer.enable_truncation(QUESTION_MAX_TOKENS)
        self._pool = ThreadPoolExecutor(max_workers=os.cpu_count(), thread_name_prefix="reader")

    def with_relevance_from(self, cross_encoder: CrossEncoder) -> "Reader":
        """Return this reader with another judge of relevance than its own head."""
        other = copy.copy(self)
        other.fingerprint = f"{self.fingerprint}+{cross_encoder.fingerprint}"
        other._relevance_from = cross_encoder
        return other

    def read(self, pairs: Sequence[tuple[str, Found]]) -> list[Reading]:
        """Read questions and passages, each pair by itself, so that what is said of one never depends on others."""
        return list(self._pool.map(lambda pair: self._read_one(self._cut(pair[0]), pair[1]), pairs))

    def _cut(self, question: str) -> str:
        """Cut a question that would leave no room for the passage."""
        offsets = self._question_tokenizer.encode(question, add_special_tokens=False).offsets
        return question[: offsets[-1][1]] if len(offsets) == QUESTION_MAX_TOKENS else question

    def _read_one(self, question: str, found: Found) -> Reading:
        text = found.passage.span.of(found.text)
        pair = encode_pair(self._tokenizer, question, found.article.title, text)
        ids = np.asarray([pair.ids], dtype=np.int64)
        feeds = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.asarray([pair.types], dtype=np.int64),
        }
        relevance, starts, ends = self._session.run(None, feeds)
        if self._relevance_from:
            relevance = [self._relevance_from.relevance(question, found.searched_text)]
        return interpret(float(relevance[0]), starts[0], ends[0], pair, found)


def interpret(relevance: float, starts: Logits, ends: Logits, pair: Pair, found: Found) -> Reading:
    """Find the answering words of every sentence; an answer never crosses from one sentence into the next.

    Args:
        relevance: Logit of the passage.
        starts: float32, (tokens,), logits; the first token stands for "no answer".
        ends: float32, (tokens,), the same for the last token of an answer.
        pair: The tokens.
        found: The passage.
    """
    base = found.passage.span.start_char
    nothing = float(starts[0] + ends[0])
    read = []
    for sentence in found.passage.sentences:
        inside = [
            number
            for number, (start, end) in enumerate(pair.offsets)
            if end > start and sentence.start_char <= base + start and base + end <= sentence.end_char
        ]
        if inside:
            score, first, last = _best_span(starts[inside], ends[inside])
            answer = Span(base + pair.offsets[inside[first]][0], base + pair.offsets[inside[last]][1])
            read.append(SentenceReading(sentence, answer, score - nothing))
    return Reading(relevance, tuple(read))


def _best_span(starts: Logits, ends: Logits) -> tuple[float, int, int]:
    sums = starts[:, None] + ends[None, :]
    length = np.arange(len(starts))[None, :] - np.arange(len(starts))[:, None]
    sums = np.where((length >= 0) & (length < ANSWER_MAX_TOKENS), sums, -np.inf)
    first, last = np.unravel_index(int(sums.argmax()), sums.shape)
    return float(sums[first, last]), int(first), int(last)
