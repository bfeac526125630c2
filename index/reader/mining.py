"""Training examples for the reader: questions with their passage, and passages that only look right.

Owns the making of examples from a SQuAD-like set (passages.jsonl.gz, questions.jsonl.gz). Hard negatives come from
the project's own hybrid search, never hold a gold answer's text, and often stand in the same article.
"""

import gzip
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.passages import split_passages
from index.encoder import Encoder
from index.fusion import min_max, rank
from index.generation import searched_text
from index.lexical import LexicalIndex, lexical_terms
from index.lexicon import load_lexicon

MINING_DEPTH = 30
BLOCK = 256


@dataclass(frozen=True, slots=True)
class Window:
    """A passage of the training set as the index would cut it."""

    title: str
    text: str
    source_id: str
    start_char: int


@dataclass(frozen=True, slots=True)
class Example:
    """One question with one passage that answers it and others that do not.

    Attributes:
        question: The question.
        positive: Number of the window that answers.
        answer_start: Where the answer starts in that window, in code points.
        answer_end: Where it ends.
        negatives: Numbers of windows that do not answer, hardest first.
    """

    question: str
    positive: int
    answer_start: int
    answer_end: int
    negatives: tuple[int, ...]


def _lines(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)


def read_windows(folder: Path) -> list[Window]:
    """Cut the set's passages as the index cuts articles."""
    windows = []
    for row in _lines(folder / "passages.jsonl.gz"):
        for passage in split_passages(row["_id"], 1, row["text"]):
            text = passage.span.of(row["text"])
            windows.append(Window(row["title"], text, row["_id"], passage.span.start_char))
    return windows


def mine_examples(
    folder: Path, encoder: Encoder, *, seed: int, on_progress: Callable[[str, int, int], None]
) -> tuple[list[Window], list[Example]]:
    """Make the training examples of a set.

    Args:
        folder: Holds passages.jsonl.gz and questions.jsonl.gz.
        encoder: The dense side of the mining search.
        seed: Decides which negatives are drawn.
        on_progress: Told the stage, how many are done and of how many.
    """
    lexicon = load_lexicon()
    windows = read_windows(folder)
    texts = [searched_text(window.title, window.text) for window in windows]
    lexical = LexicalIndex.build(lexical_terms(text, lexicon) for text in texts)
    vectors = encoder.encode_passages(texts, lambda done: on_progress("passages", done, len(texts)))
    of_source: dict[str, list[int]] = {}
    for number, window in enumerate(windows):
        of_source.setdefault(window.source_id, []).append(number)
    rows = list(_lines(folder / "questions.jsonl.gz"))
    randomness = random.Random(seed)
    examples = []
    for start in range(0, len(rows), BLOCK):
        block = rows[start : start + BLOCK]
        dense = encoder.encode_passages([row["question"] for row in block]) @ vectors.T
        for row, similarities in zip(block, dense, strict=True):
            positive = _positive(row, windows, of_source)
            if positive is None:
                continue
            number, answer_start = positive
            scores = lexical.scores(lexical_terms(row["question"], lexicon))
            fused = min_max(similarities) + min_max(scores)
            ranked = rank(fused, np.arange(len(fused)), MINING_DEPTH)
            negatives = _draw_negatives(row["answer"], [int(n) for n in ranked], windows, number, randomness)
            end = answer_start + len(row["answer"])
            examples.append(Example(row["question"], number, answer_start, end, negatives))
        on_progress("questions", min(start + BLOCK, len(rows)), len(rows))
    return windows, examples


def _positive(row: dict[str, str], windows: list[Window], of_source: dict[str, list[int]]) -> tuple[int, int] | None:
    for number in of_source.get(row["passage_id"], ()):
        start = int(row["start_char"]) - windows[number].start_char
        if start >= 0 and windows[number].text[start : start + len(row["answer"])] == row["answer"]:
            return number, start
    return None  # the answer spans two windows


def _draw_negatives(
    answer: str, ranked: list[int], windows: list[Window], positive: int, randomness: random.Random
) -> tuple[int, ...]:
    gold = answer.casefold()
    allowed = [n for n in ranked if n != positive and gold not in windows[n].text.casefold()]
    near, far = allowed[:8], allowed[8:]
    drawn = randomness.sample(near, min(2, len(near))) + randomness.sample(far, min(1, len(far)))
    return tuple(drawn)
