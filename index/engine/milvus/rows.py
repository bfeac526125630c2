"""A generation as rows for Milvus, and rows as what they were.

Owns what is written into which field, and the checksum of a row. Every text that a quote is cut from travels whole.
"""

import json
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from scipy.sparse import csc_matrix, csr_matrix

from corpus import Article, Passage, Span
from index.engine.base import ARTICLE_PASSAGES
from index.engine.milvus.layout import NO_TERM, UNDATED_SECONDS, key, pieces
from index.errors import EngineError
from index.generation import Found, Generation
from index.terms import terms

Row = dict[str, Any]

_BLOCK = 1_000
NOTHING = [0.0, 0.0]


def row_crc(row: Mapping[str, Any]) -> int:
    """Return a CRC-32 over every field of a row but the checksum itself, as it is written and as it is read."""
    running = 0
    for name in sorted(row.keys() - {"crc"}):
        running = zlib.crc32(name.encode() + b"=" + _canonical(row[name]), running)
    return running


class Rows:
    """Yields the rows of a generation, each kind in the order of its numbers."""

    def __init__(self, generation: Generation) -> None:
        self._generation = generation
        self._postings = generation.lexical.postings()
        shape = (self._postings.n_documents, len(self._postings.vocabulary))
        by_term = csc_matrix((self._postings.data, self._postings.indices, self._postings.starts), shape=shape)
        self._weights: csr_matrix = by_term.tocsr()

    def of(self, part: str) -> "Part":
        """Return the rows of a collection."""
        generation = self._generation
        return {
            "terms": Part("key", len(self._postings.vocabulary), self._terms),
            "articles": Part("number", len(generation.articles), self._articles),
            "passages": Part("number", generation.manifest.passages, self._passages),
        }[part]

    def _terms(self, first: int) -> Iterator[Row]:
        frequencies = np.diff(self._postings.starts)
        keys: set[int] = set()
        for term, number in self._postings.vocabulary.items():
            keys.add(key(term))
            if number >= first:
                frequency = int(frequencies[number])
                yield _sealed({"key": key(term), "number": number + 1, "frequency": frequency, "nothing": NOTHING})
        if len(keys) != len(self._postings.vocabulary):
            raise EngineError("two terms of this corpus have one key; change a word of the article that was added last")

    def _articles(self, first: int) -> Iterator[Row]:
        for number in range(first, len(self._generation.articles)):
            yield self._article(number)

    def _article(self, number: int) -> Row:
        generation = self._generation
        article = generation.articles[number]
        numbers = generation.passage_numbers(number)
        lead = generation.passages([numbers.start])[0]
        vectors = generation.vectors.rows(numbers.start, len(numbers[:ARTICLE_PASSAGES]))
        facts = {
            "id": article.id,
            "url": article.url,
            "title": article.title,
            "publisher": article.publisher,
            "published_at": article.published_at.isoformat() if article.published_at else None,
            "language": article.language,
            "version": lead.passage.version,
            "content_hash": generation.content_hash(article.id),
        }
        return _sealed(
            {
                "number": number,
                "centre": vectors.mean(axis=0).tolist(),
                "id_key": key(article.id),
                "facts": pieces(json.dumps(facts, ensure_ascii=False)),
                "text": pieces(lead.text),
                "title_key": key(article.title.casefold()),
                "name_terms": [key(term) for term in sorted(set(terms(f"{article.title} {article.publisher}")))],
                "story": int(generation.clusters.stories[number]),
                "report": int(generation.clusters.reports[number]),
                "lead": numbers.start,
                "lead_terms": [int(term) + 1 for term in self._weights[numbers.start].indices],
                **_facets(article),
            }
        )

    def _passages(self, first: int) -> Iterator[Row]:
        generation = self._generation
        for start in range(first, generation.manifest.passages, _BLOCK):
            numbers = range(start, min(start + _BLOCK, generation.manifest.passages))
            vectors = generation.vectors.rows(start, len(numbers))
            for found, vector in zip(generation.passages(numbers), vectors, strict=True):
                yield self._passage(found, vector.tolist())

    def _passage(self, found: Found, vector: list[float]) -> Row:
        scores = self._weights[found.number]
        terms = {int(term) + 1: float(score) for term, score in zip(scores.indices, scores.data, strict=True)}
        return _sealed(
            {
                "number": found.number,
                "vector": vector,
                "terms": terms or {NO_TERM: 1.0},
                "article": int(self._generation.article_numbers[found.number]),
                "sentences": [
                    at for sentence in found.passage.sentences for at in (sentence.start_char, sentence.end_char)
                ],
                **_facets(found.article),
            }
        )


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one collection.

    Attributes:
        primary: Its primary key.
        count: How many rows it has.
        rows: Yields those from a place on, in a fixed order.
    """

    primary: str
    count: int
    rows: Callable[[int], Iterator[Row]]


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as it lies in a collection.

    Attributes:
        number: Its number in the generation.
        article: What it is.
        version: The number of the version that its passages were cut from.
        content_hash: The hash that the store had for its text.
    """

    number: int
    article: Article
    version: int
    content_hash: str

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "StoredArticle":
        """Return what a row with the fields ``number`` and ``facts`` holds."""
        facts = json.loads("".join(row["facts"]))
        moment = datetime.fromisoformat(facts["published_at"]) if facts["published_at"] else None
        article = Article(
            facts["id"], facts["url"], facts["title"], facts["publisher"], moment, language=facts["language"]
        )
        return cls(int(row["number"]), article, facts["version"], facts["content_hash"])


def passage_of(row: Mapping[str, Any], stored: StoredArticle) -> Passage:
    """Return the passage that a row with the field ``sentences`` holds."""
    bounds = [int(at) for at in row["sentences"]]
    spans = tuple(Span(start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=True))
    return Passage(stored.article.id, stored.version, Span(spans[0].start_char, spans[-1].end_char), spans)


def _facets(article: Article) -> Row:
    return {
        "seconds": article.published_at.timestamp() if article.published_at else UNDATED_SECONDS,
        "publisher": key(article.publisher.casefold()),
        "language": key(article.language),
    }


def _sealed(row: Row) -> Row:
    return row | {"crc": row_crc(row)}


def _canonical(value: object) -> bytes:
    """Return bytes that are the same for a value and for what a database makes of it."""
    if isinstance(value, str):
        return value.encode()
    if isinstance(value, int):
        return struct.pack("<q", value)
    if isinstance(value, float):
        return struct.pack("<d", value)
    if isinstance(value, Mapping):
        pairs = sorted((int(at), float(weight)) for at, weight in value.items())
        return b"".join(struct.pack("<If", *pair) for pair in pairs)
    assert isinstance(value, Iterable)
    values = list(value)
    if values and isinstance(values[0], str):
        return b"\0".join(text.encode() for text in values)
    if values and isinstance(values[0], int):
        return np.asarray(values, dtype="<i8").tobytes()
    return np.asarray(values, dtype="<f4").tobytes()
