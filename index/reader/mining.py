"""Training examples for the reader: questions with their passage, and passages that only look right.

Owns the making of examples from texts with questions on them: a SQuAD-like set (passages.jsonl.gz, questions.jsonl.gz)
and the practice articles. Hard negatives come from
the project's own hybrid search, never hold a gold answer's text, and often stand in the same article.
"""

import gzip
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus import Span
from corpus.passages import split_passages
from index.encoder import Encoder
from index.fusion import min_max, rank
from index.generation import searched_text
from index.lexical import LexicalIndex, lexical_terms
from index.lexicon import load_lexicon
from index.practice import load_practice

MINING_DEPTH = 30
BLOCK = 256


@dataclass(frozen=True, slots=True)
class Window:
    """A passage of the training set as the index would cut it."""

    title: str
    text: str
    source_id: str
    start_char: int
    sentences: tuple[Span, ...]
    """Where its sentences stand in its text."""


@dataclass(frozen=True, slots=True)
class Example:
    """One question with one passage that answers it, if any does, and others that do not.

    Attributes:
        question: The question.
        positive: Number of the window that answers; None where nothing does.
        answer_start: Where the answer starts in that window, in code points.
        answer_end: Where it ends.
        negatives: Numbers of windows that do not answer.
    """

    question: str
    positive: int | None
    answer_start: int
    answer_end: int
    negatives: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as its set holds it.

    Attributes:
        question: The question.
        source_id: The text it was asked about.
        start_char: Where the answer starts in that text, in code points.
        answer: The answer's words; empty where the text does not answer.
    """

    question: str
    source_id: str
    start_char: int
    answer: str


def cut_windows(source_id: str, title: str, text: str) -> list[Window]:
    """Cut a text as the index cuts articles."""
    windows = []
    for passage in split_passages(source_id, 1, text):
        start = passage.span.start_char
        sentences = tuple(Span(one.start_char - start, one.end_char - start) for one in passage.sentences)
        windows.append(Window(title, passage.span.of(text), source_id, start, sentences))
    return windows


def _lines(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)


def read_squad(folder: Path, *, share: float = 1.0, seed: int = 0) -> tuple[list[Window], list[Asked]]:
    """Read a set that lies as passages.jsonl.gz and questions.jsonl.gz in a folder.

    Args:
        folder: The folder.
        share: Of its titles, so many are read with all their passages and questions.
        seed: Decides which.
    """
    rows = list(_lines(folder / "passages.jsonl.gz"))
    titles = sorted({row["title"] for row in rows})
    drawn = set(random.Random(seed).sample(titles, round(share * len(titles))))
    passages = {row["_id"]: row for row in rows if row["title"] in drawn}
    windows = [window for name, row in passages.items() for window in cut_windows(name, row["title"], row["text"])]
    asked = [
        Asked(row["question"], row["passage_id"], int(row["start_char"]), row["answer"])
        for row in _lines(folder / "questions.jsonl.gz")
        if row["passage_id"] in passages
    ]
    return windows, asked


def read_practice() -> tuple[list[Window], list[Asked]]:
    """Read the practice articles that are not kept back."""
    articles = [article for article in load_practice() if not article.kept_back]
    windows = [window for article in articles for window in cut_windows(article.id, article.title, article.text)]
    asked = [
        Asked(question.text, article.id, question.start_char, question.answer)
        for article in articles
        for question in article.questions
    ]
    return windows, asked


def mine_examples(
    windows: list[Window],
    asked: list[Asked],
    encoder: Encoder,
    *,
    seed: int,
    siblings: int,
    on_progress: Callable[[str, int, int], None],
) -> tuple[list[Window], list[Example]]:
    """Make training examples of questions and the passages they were asked about.

    Args:
        windows: The passages.
        asked: The questions.
        encoder: The dense side of the mining search.
        seed: Decides which negatives are drawn.
        siblings: So many other passages of the same text are negatives as well, where it has them.
        on_progress: Told the stage, how many are done and of how many.

    Returns:
        The passages, and the examples that name them by number.
    """
    lexicon = load_lexicon()
    texts = [searched_text(window.title, window.text) for window in windows]
    lexical = LexicalIndex.build(lexical_terms(text, lexicon) for text in texts)
    vectors = encoder.encode_passages(texts, lambda done: on_progress("passages", done, len(texts)))
    of_source: dict[str, list[int]] = {}
    for number, window in enumerate(windows):
        of_source.setdefault(window.source_id, []).append(number)
    randomness = random.Random(seed)
    examples = []
    for start in range(0, len(asked), BLOCK):
        block = asked[start : start + BLOCK]
        dense = encoder.encode_passages([row.question for row in block]) @ vectors.T
        for row, similarities in zip(block, dense, strict=True):
            fused = min_max(similarities) + min_max(lexical.scores(lexical_terms(row.question, lexicon)))
            ranked = [int(n) for n in rank(fused, np.arange(len(fused)), MINING_DEPTH)]
            of_text = of_source.get(row.source_id, [])
            if not row.answer:
                examples.append(Example(row.question, None, 0, 0, tuple(of_text)))
                continue
            positive = _positive(row, windows, of_text)
            if positive is None:
                continue
            number, answer_start = positive
            allowed = [n for n in ranked if n != number and not _holds(windows[n], row.answer)]
            drawn = _draw_negatives(allowed, randomness)
            near = [n for n in of_text if n in allowed][:siblings]
            negatives = tuple(dict.fromkeys([*near, *drawn]))
            examples.append(Example(row.question, number, answer_start, answer_start + len(row.answer), negatives))
        on_progress("questions", min(start + BLOCK, len(asked)), len(asked))
    return windows, examples


def _positive(row: Asked, windows: list[Window], of_text: list[int]) -> tuple[int, int] | None:
    for number in of_text:
        start = row.start_char - windows[number].start_char
        if start >= 0 and windows[number].text[start : start + len(row.answer)] == row.answer:
            return number, start
    return None  # the answer spans two windows


def _holds(window: Window, answer: str) -> bool:
    return answer.casefold() in window.text.casefold()


def _draw_negatives(allowed: list[int], randomness: random.Random) -> list[int]:
    near, far = allowed[:8], allowed[8:]
    return randomness.sample(near, min(2, len(near))) + randomness.sample(far, min(1, len(far)))
