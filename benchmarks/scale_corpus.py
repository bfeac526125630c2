"""A made-up corpus of any size: text with Zipf's frequencies, and vectors scattered around real ones.

Owns both. The real vectors are those of the starter corpus and of the practice articles, and of the questions on them;
a made-up passage lies near one of them, apart by noise that varies in the directions in which the real ones do. So the
neighbourhoods are as crowded, and in as many dimensions, as those of real news, which is what an approximate search
finds hard.
"""

import hashlib
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.builds import PASSAGES_AN_ARTICLE, Published, Writer
from corpus import Article, Version
from corpus.passages import split_passages
from index.encoder import Vectors, open_encoder
from index.encoder.base import EncoderIdentity, EncoderSpec, Fidelity
from index.evaluation.starter_sets import load_golden
from index.generation import searched_text
from index.practice import load_practice
from index.recipe import PASSAGE_MAX_WORDS
from index.terms import STOPWORDS

VOCABULARY = 300_000
PUBLISHERS = 40
FIRST_DAY, YEARS = datetime(2016, 1, 1, tzinfo=UTC), 10
NOISE = 0.8
"""Length of the noise, before the sum is brought back to unit length: a made-up passage has a cosine of about .77 to
the real one that it lies near."""


def articles(n_passages: int) -> Iterator[Published]:
    """Yield as many articles as have so many passages, spread over the years and over publishers."""
    writer = Writer(random.Random(1), VOCABULARY, sorted(STOPWORDS))
    n_articles = -(-n_passages // PASSAGES_AN_ARTICLE)
    for number in range(n_articles):
        article, version = writer.article(number)
        at = FIRST_DAY + timedelta(days=365 * YEARS) * (number / n_articles)
        at = at.replace(microsecond=0)
        yield replace(article, publisher=f"Bench {number % PUBLISHERS}", published_at=at), version


class ScatteredEncoder:
    """Places a text near a real vector, always at the same spot; a question takes the place of a real one."""

    dim = 384
    identity = EncoderIdentity("scattered", "none", "fp32", 0, "", "")
    fingerprint = identity.fingerprint

    def __init__(self, passages: Vectors, questions: Vectors) -> None:
        """Take real vectors.

        Args:
            passages: float32, (n, 384), rows of unit length.
            questions: float32, (n, 384), rows of unit length.
        """
        self._passages, self._questions = passages, questions

    @cached_property
    def _spread(self) -> Vectors:
        return _directions(self._passages) * np.float32(NOISE)

    def fidelity(self) -> Fidelity:
        """Return that it is its own original."""
        return Fidelity(1.0, 0.9999)

    def encode_question(self, text: str) -> Vectors:
        """Return float32, (dim,), of unit length."""
        vector: Vectors = self._questions[_chance(text).integers(len(self._questions))]
        return vector

    def encode_passages(self, texts: Sequence[str], on_progress: Callable[[int], None] | None = None) -> Vectors:
        """Return float32, (n_texts, dim), rows of unit length."""
        drawn = [_chance(text) for text in texts]
        near = self._passages[[chance.integers(len(self._passages)) for chance in drawn]]
        noise = np.stack([chance.standard_normal(len(self._spread), dtype=np.float32) for chance in drawn])
        if on_progress:
            on_progress(len(texts))
        return _unit(near + noise @ self._spread)


def scattered(encoder: ScatteredEncoder, count: int) -> Vectors:
    """Return float32, (count, 384): the vectors of so many made-up passages, without their texts."""
    return np.concatenate([encoder.encode_passages([str(n) for n in block]) for block in _blocks(count)])


def open_scattered(folder: Path) -> ScatteredEncoder:
    """Encode the real texts, or take from a folder what was encoded before."""
    path = folder / "real-vectors.npz"
    if not path.exists():
        encoder = open_encoder(EncoderSpec(), folder / "models")
        passages, questions = _real_texts()
        rows = encoder.encode_passages(passages)
        np.savez(path, passages=rows, questions=np.stack([encoder.encode_question(text) for text in questions]))
    with np.load(path) as real:
        return ScatteredEncoder(real["passages"], real["questions"])


def _real_texts() -> tuple[list[str], list[str]]:
    golden, practice = load_golden(), load_practice()
    published = [*golden.articles, *((_article(one.id, one.title), _version(one.id, one.text)) for one in practice)]
    passages = [
        searched_text(article.title, passage.span.of(version.text))
        for article, version in published
        for passage in split_passages(article.id, version.number, version.text, max_words=PASSAGE_MAX_WORDS)
    ]
    questions = [question.text for question in golden.questions]
    return passages, questions + [question.text for one in practice for question in one.questions]


def _article(article_id: str, title: str) -> Article:
    return Article(article_id, article_id, title, "Practice", None)


def _version(article_id: str, text: str) -> Version:
    return Version(article_id, 1, text, "")


def _directions(rows: Vectors) -> Vectors:
    """Return float32, (n_directions, dim): what turns standard normal numbers into noise of mean square length 1."""
    _, lengths, directions = np.linalg.svd(rows - rows.mean(axis=0), full_matrices=False)
    turned = lengths[:, None] * directions
    scaled: Vectors = (turned / np.linalg.norm(turned)).astype(np.float32)
    return scaled


def _chance(text: str) -> np.random.Generator:
    return np.random.default_rng(int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]))


def _unit(rows: Vectors) -> Vectors:
    unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def _blocks(count: int) -> Iterator[npt.NDArray[np.int64]]:
    return iter(np.array_split(np.arange(count), max(1, count // 10_000)))
