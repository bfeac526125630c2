"""What the way of a question needs of a generation, wherever that stands.

Owns the questions, not the answers: ``local`` gives them from the files of a generation, ``milvus`` from a cluster.
Nothing here names every passage, so that an engine may hold more of them than a process has memory for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import numpy as np
import numpy.typing as npt

from corpus import Article
from index.encoder.base import Vectors
from index.gate import Gate
from index.generation import Found, Manifest
from index.question import Question

ARTICLE_PASSAGES = 50
"""An article is judged by so many passages from its start; only a book has more."""


@dataclass(frozen=True, slots=True)
class Proposals:
    """What both sides of the search propose for a question, each with the scores of both.

    Attributes:
        numbers: int64, (n,): passages, ascending.
        dense: float32, (n,): cosine of question and passage.
        lexical: float32, (n,): BM25 score; 0 where no term is shared.
        article: float32, (n,): mean cosine of the question and the first ``ARTICLE_PASSAGES`` of the article.
        published_seconds: float64, (n,): seconds since 1970; NaN where nobody says.
    """

    numbers: npt.NDArray[np.int64]
    dense: npt.NDArray[np.float32]
    lexical: npt.NDArray[np.float32]
    article: npt.NDArray[np.float32]
    published_seconds: npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Leads:
    """First passages, with their headlines, of dated articles.

    Attributes:
        numbers: int64, (n,): the passages, ascending.
        published_seconds: float64, (n,).
        articles: What they are the leads of.
        held: bool, (n,), by term: which of them hold it.
    """

    numbers: npt.NDArray[np.int64]
    published_seconds: npt.NDArray[np.float64]
    articles: tuple[Article, ...]
    held: dict[str, npt.NDArray[np.bool_]]


@dataclass(frozen=True, slots=True)
class Labels:
    """Numbers that articles share: the copies of one report, and the reports of one story."""

    story: int
    report: int


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """How much one publisher has in a generation, and from when to when."""

    publisher: str
    articles: int
    first: datetime | None
    last: datetime | None


class Engine(Protocol):
    """An opened generation; safe to use from several threads.

    Every method may raise ``GenerationError`` where the generation is damaged or gone, and ``EngineError`` where
    whatever holds it cannot be reached.
    """

    @property
    def manifest(self) -> Manifest:
        """What the generation is."""
        ...

    @property
    def gate(self) -> Gate:
        """When an answer from it is sure enough."""
        ...

    def propose(self, question: Question, vector: Vectors, depth: int) -> Proposals:
        """Return the best passages of either side that were published by the moment of asking and meet the filters.

        Args:
            question: Its terms, its moment and its filters.
            vector: float32, (dim,): the question's vector, of unit length.
            depth: At most so many of each side; of equal scores the lower number comes first.
        """
        ...

    def may_find(self, question: Question) -> bool:
        """Tell whether any passage was published by the moment of asking and meets the filters."""
        ...

    def passages(self, numbers: Sequence[int]) -> list[Found]:
        """Return passages by their numbers, in the order asked for."""
        ...

    def text(self, article_id: str) -> str:
        """Read the text of an article anew."""
        ...

    def content_hashes(self, article_ids: Sequence[str]) -> dict[str, str]:
        """Return the hashes that the store had for the texts of those articles that the generation holds."""
        ...

    def idf(self, terms: Sequence[str]) -> dict[str, float]:
        """Return how telling each term is, as ``LexicalIndex.idf`` has it."""
        ...

    def labels(self, found: Found) -> Labels:
        """Return the story and the report that a passage's article belongs to."""
        ...

    def story(self, found: Found, question: Question) -> list[tuple[int, Article]]:
        """Return the reports and articles of the story of a passage, in the order of the articles.

        Its own article stands in it, and of the others what was published by the moment of asking and meets the
        filters.
        """
        ...

    def leads(self, words: Sequence[frozenset[str]], terms: Sequence[str], published_by: datetime) -> Leads:
        """Return the leads that hold one term at least of each word.

        Args:
            words: Terms that can stand for each other, at least one word.
            terms: Of which ``Leads.held`` is to tell.
            published_by: Nothing later is looked at.
        """
        ...

    def sources(self) -> tuple[SourceSummary, ...]:
        """List the publishers, sorted by name."""
        ...

    def recent_articles(self, publisher: str, limit: int) -> list[Article]:
        """List a publisher's articles, newest first; the name is compared without case."""
        ...
