"""Serving the reader with ONNX Runtime.

Owns reading: for a question and passages, how relevant each is, which of its sentences answers and with which words.
Deciding what is shown, and whether anything is, belongs to search and the gate.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus import Span
from index.encoder.session import open_session
from index.generation import Found
from index.reader.pairs import Pair, encode_pair, open_tokenizer

ANSWER_MAX_TOKENS = 30

Logits = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader makes of one passage.

    Attributes:
        relevance: Logit that the passage answers the question.
        margin: How much better the best span scores than "no answer" does (log-odds, nats).
        sentence: The answering sentence, in the version's text.
        answer: The answering words, inside ``sentence``.
    """

    relevance: float
    margin: float
    sentence: Span
    answer: Span


class Reader:
    """The exported reader; safe to use from several threads."""

    def __init__(self, model: Path, tokenizer: Path) -> None:
        """Open the model.

        Raises:
            EncoderError: The model cannot be loaded.
        """
        self._session = open_session(model)
        self._tokenizer = open_tokenizer(str(tokenizer))
        self._pool = ThreadPoolExecutor(max_workers=os.cpu_count(), thread_name_prefix="reader")

    def read(self, question: str, passages: Sequence[Found]) -> list[Reading]:
        """Read passages, each by itself, so that what is said of one never depends on the others."""
        return list(self._pool.map(lambda found: self._read_one(question, found), passages))

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
        return interpret(float(relevance[0]), starts[0], ends[0], pair, found)


def interpret(relevance: float, starts: Logits, ends: Logits, pair: Pair, found: Found) -> Reading:
    """Choose the answering words, which never cross from one sentence into the next.

    Args:
        relevance: Logit of the passage.
        starts: float32, (tokens,), logits; the first token stands for "no answer".
        ends: float32, (tokens,), the same for the last token of an answer.
        pair: The tokens.
        found: The passage.
    """
    base = found.passage.span.start_char
    nothing = float(starts[0] + ends[0])
    best, best_sentence, best_answer = -np.inf, found.passage.sentences[0], found.passage.sentences[0]
    for sentence in found.passage.sentences:
        inside = [
            number
            for number, (start, end) in enumerate(pair.offsets)
            if end > start and sentence.start_char <= base + start and base + end <= sentence.end_char
        ]
        if not inside:
            continue  # beyond the longest sequence
        score, first, last = _best_span(starts[inside], ends[inside])
        if score > best:
            best, best_sentence = score, sentence
            best_answer = Span(base + pair.offsets[inside[first]][0], base + pair.offsets[inside[last]][1])
    return Reading(relevance, float(best - nothing), best_sentence, best_answer)


def _best_span(starts: Logits, ends: Logits) -> tuple[float, int, int]:
    sums = starts[:, None] + ends[None, :]
    length = np.arange(len(starts))[None, :] - np.arange(len(starts))[:, None]
    sums = np.where((length >= 0) & (length < ANSWER_MAX_TOKENS), sums, -np.inf)
    first, last = np.unravel_index(int(sums.argmax()), sums.shape)
    return float(sums[first, last]), int(first), int(last)
