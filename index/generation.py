"""A generation on disk: one published index, self-contained and immutable.

    data/index/<generation>/
        manifest.json               what it was made from, and the checksum of every other file
        record.json                 how it was built and published (see record)
        passages.db                 articles with their texts, and passages with their sentences
        facets.npz                  what passages are filtered by: article, moment of publication, publisher, language
        clusters.npz                which articles are one report, and which tell one story
        gate.json, reliability.png  when an answer is sure enough, and how well that keeps its word
        vectors.faiss, vectors.f16  the dense side of the search; the second file only where there are many passages
        lexical/                    the lexical side
        memo-keys.bin               what it was put together from (see memo)

Owns the layout and reading it. Making one is build's work; which one answers is told by the shelf.
"""

import sqlite3
import threading
import weakref
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus import Article, Passage, Span
from index.articles import COLUMNS, Articles, read_article
from index.clusters import Clusters
from index.encoder.base import Encoder, EncoderIdentity
from index.errors import GenerationError
from index.facets import Facets
from index.gate import GATE, read_gate
from index.lexical import LexicalIndex
from index.lexicon import Lexicon
from index.sealed import read_sealed, write_sealed
from index.vectors import open_vectors

FORMAT = 6
MANIFEST = "manifest.json"
PASSAGES = "passages.db"
FACETS = "facets.npz"
CLUSTERS = "clusters.npz"
LEXICAL = "lexical"
MEMO_KEYS = "memo-keys.bin"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation is.

    Attributes:
        generation: Its name, the start of its digest.
        digest: Hex SHA-256 over articles and settings: the same corpus and settings give the same digest.
        built_at: When it was built.
        articles: How many articles it holds.
        passages: How many passages.
        encoder: The model's name.
        encoder_fingerprint: Names the identity below.
        encoder_identity: Weights, precision and prompts.
        dim: Length of a vector.
        lexicon_fingerprint: The aliases that were in force.
        gate_fingerprint: The gate that was in force.
        recipe: How the code cuts texts, splits them into terms and clusters them.
        corpus_stamp: The state of the corpus that it was made from.
        files: Checksum (hex SHA-256) of every file, by its path in the folder.
        format: Layout of the folder.
    """

    generation: str
    digest: str
    built_at: datetime
    articles: int
    passages: int
    encoder: str
    encoder_fingerprint: str
    encoder_identity: EncoderIdentity
    dim: int
    lexicon_fingerprint: str
    gate_fingerprint: str
    recipe: str
    corpus_stamp: str
    files: dict[str, str]
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        """Write the manifest into a generation's folder; a reader sees the old one or the new one."""
        write_sealed(folder / MANIFEST, self.facts())

    def facts(self) -> dict[str, Any]:
        """Return what JSON can hold of it: everything."""
        return asdict(self) | {"built_at": self.built_at.isoformat()}

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """Read a generation's manifest.

        Raises:
            GenerationError: It is absent, damaged, or of another layout.
        """
        try:
            facts = read_sealed(folder / MANIFEST)
        except (OSError, ValueError) as error:
            raise GenerationError(
                f"the manifest of generation {folder.name} cannot be read ({error}); run `space-news index build`"
            ) from error
        return cls.of(facts, folder.name)

    @classmethod
    def of(cls, facts: dict[str, Any], name: str) -> "Manifest":
        """Return the manifest that gave facts.

        Raises:
            GenerationError: It is damaged, or of another layout.
        """
        found = facts.get("format")
        if found != FORMAT:
            raise GenerationError(
                f"generation {name} has layout {found}, this release reads {FORMAT}; run `space-news index build`"
            )
        try:
            built_at = datetime.fromisoformat(facts["built_at"])
            identity = EncoderIdentity(**facts["encoder_identity"])
            return cls(**facts | {"built_at": built_at, "encoder_identity": identity})
        except (ValueError, TypeError, KeyError) as error:
            raise GenerationError(
                f"the manifest of generation {name} cannot be read ({error}); run `space-news index build`"
            ) from error

    def misfit(self, encoder: Encoder, lexicon: Lexicon) -> str | None:
        """Return why this generation must not be asked with an encoder and a lexicon, or None where it may."""
        name = f"generation {self.generation}"
        if self.encoder_fingerprint != encoder.fingerprint:
            differences = self.encoder_identity.differences(encoder.identity)
            return (
                f"{name} was built with encoder {self.encoder_fingerprint}, but the settings name "
                f"{encoder.fingerprint} ({differences}); run `space-news index build`"
            )
        if self.lexicon_fingerprint != lexicon.fingerprint:
            return (
                f"{name} was built with lexicon {self.lexicon_fingerprint}, but the settings name "
                f"{lexicon.fingerprint}; run `space-news index build`"
            )
        return None


@dataclass(frozen=True, slots=True)
class Found:
    """A passage as it lies in a generation, with its article.

    Attributes:
        number: Its row in the generation.
        passage: Where it stands.
        article: What it is a part of.
        text: The text of the whole version.
    """

    number: int
    passage: Passage
    article: Article
    text: str

    @property
    def searched_text(self) -> str:
        """The passage under its article's headline."""
        return searched_text(self.article.title, self.passage.span.of(self.text))


def searched_text(title: str, passage: str) -> str:
    """Return what both sides of the search see of a passage: its text under its article's headline."""
    return f"{title}. {passage}" if title else passage


class Generation:
    """An opened generation; safe to use from several threads. Its files close with its last user."""

    def __init__(self, folder: Path) -> None:
        """Open a generation.

        Raises:
            GenerationError: It is damaged.
        """
        self.folder = folder
        self.manifest = Manifest.read(folder)
        self.vectors = open_vectors(folder)
        self.lexical = LexicalIndex.load(folder / LEXICAL, self.manifest.passages)
        self.facets = Facets.load(folder / FACETS)
        self.clusters = Clusters.load(folder / CLUSTERS)
        self.gate = read_gate(folder / GATE)
        self._database = _open_passages(folder / PASSAGES)
        self.close = weakref.finalize(self, self._database.close)
        self._lock = threading.Lock()
        self._query("SELECT number FROM articles LIMIT 1")  # so that a damaged file is found before it is needed
        if len(self.vectors) != self.manifest.passages or self.vectors.dim != self.manifest.dim:
            raise GenerationError(
                f"generation {folder.name} should hold {self.manifest.passages} vectors of {self.manifest.dim}, "
                f"but holds {len(self.vectors)} of {self.vectors.dim}; run `space-news index build`"
            )

    @property
    def articles(self) -> Articles:
        """The articles, in the order of their numbers; each is read from the file when it is asked for."""
        return Articles(self._query, self.manifest.articles)

    @property
    def article_numbers(self) -> npt.NDArray[np.int32]:
        """int32, (n_passages,), ascending: the article of every passage."""
        return self.facets.article_numbers

    @property
    def published_seconds(self) -> npt.NDArray[np.float64]:
        """float64, (n_passages,): when each was published, in seconds since 1970; NaN where nobody says."""
        return self.facets.published_seconds

    def passages(self, numbers: Sequence[int]) -> list[Found]:
        """Return passages by their rows, in the order asked for."""
        marks = ",".join("?" * len(numbers))
        columns = ", ".join(f"a.{column}" for column in COLUMNS.split(", "))
        rows = self._query(
            f"SELECT p.number, p.sentences, a.version, a.text, {columns} "
            f"FROM passages p JOIN articles a ON a.number = p.article WHERE p.number IN ({marks})",
            tuple(int(number) for number in numbers),
        )
        by_number = {row[0]: _found(*row) for row in rows}
        return [by_number[int(number)] for number in numbers]

    def passage_numbers(self, article_number: int) -> range:
        """Return the rows of an article's passages, which stand together."""
        bounds = np.searchsorted(self.article_numbers, [article_number, article_number + 1])
        return range(int(bounds[0]), int(bounds[1]))

    def text(self, article_id: str) -> str:
        """Read the text of an article anew.

        Raises:
            GenerationError: The generation holds no such article.
        """
        return self._of_article("text", article_id)

    def content_hashes(self, article_ids: Sequence[str]) -> dict[str, str]:
        """Return the hashes that the store had for the texts of those articles that the generation holds."""
        marks = ",".join("?" * len(article_ids))
        rows = self._query(f"SELECT id, content_hash FROM articles WHERE id IN ({marks})", tuple(article_ids))
        return {str(article_id): str(content_hash) for article_id, content_hash in rows}

    def content_hash(self, article_id: str) -> str:
        """Return the hash that the store had for the text of an article.

        Raises:
            GenerationError: The generation holds no such article.
        """
        return self._of_article("content_hash", article_id)

    def _of_article(self, column: str, article_id: str) -> str:
        rows = self._query(f"SELECT {column} FROM articles WHERE id = ?", (article_id,))
        if not rows:
            raise GenerationError(f"generation {self.folder.name} holds no article {article_id!r}")
        return str(rows[0][0])

    def _query(self, sql: str, parameters: tuple[int | str, ...] = ()) -> list[tuple[Any, ...]]:
        try:
            with self._lock:
                return self._database.execute(sql, parameters).fetchall()
        except sqlite3.DatabaseError as error:
            raise GenerationError(
                f"cannot read {self.folder / PASSAGES}: {error}; run `space-news index build`"
            ) from error


def _open_passages(path: Path) -> sqlite3.Connection:
    try:
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        return sqlite3.connect(uri, uri=True, check_same_thread=False)
    except sqlite3.Error as error:
        raise GenerationError(f"cannot read {path}: {error}; run `space-news index build`") from error


def _found(number: int, sentences: bytes, version: int, text: str, *columns: str | None) -> Found:
    article = read_article(columns)
    bounds = np.frombuffer(sentences, dtype="<i4").reshape(-1, 2).tolist()
    spans = tuple(Span(start, end) for start, end in bounds)
    whole = Span(spans[0].start_char, spans[-1].end_char)
    return Found(number, Passage(article.id, version, whole, spans), article, text)
