"""Making a generation out of articles.

Owns the order of the work and the digest. A generation appears whole, by one rename of its folder; publishing it is a
second, separate rename (see generation).
"""

import hashlib
import json
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from corpus import Article, Passage, Version
from corpus.passages import split_passages
from index.encoder import Encoder, Vectors
from index.encoder.weights import file_sha256
from index.errors import EmptyCorpusError, GenerationError
from index.generation import FACETS, FORMAT, LEXICAL, MANIFEST, PASSAGES, VECTORS, Manifest, searched_text
from index.lexical import K1, B, LexicalIndex, lexical_terms
from index.lexicon import Lexicon
from index.vectors import VectorIndex

PASSAGE_MAX_WORDS = 110

_SCHEMA = """
CREATE TABLE articles (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, url TEXT NOT NULL, title TEXT NOT NULL,
    publisher TEXT NOT NULL, published_at TEXT, language TEXT NOT NULL, version INTEGER NOT NULL,
    text TEXT NOT NULL) STRICT;
CREATE TABLE passages (number INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles,
    sentences BLOB NOT NULL) STRICT;
"""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is.

    Attributes:
        stage: What is being done.
        done: How much of it.
        total: Of how much.
    """

    stage: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class _Row:
    article_number: int
    passage: Passage
    text: str


def build_generation(
    articles: Iterable[tuple[Article, Version]],
    index_folder: Path,
    *,
    encoder: Encoder,
    encoder_name: str,
    lexicon: Lexicon,
    corpus_stamp: str,
    on_progress: Callable[[Progress], None],
) -> Manifest:
    """Build a generation; where the same one stands already, whole, nothing is done.

    Args:
        articles: What to index; the order does not matter.
        index_folder: Where generations live.
        encoder: Makes the vectors.
        encoder_name: What the manifest calls it.
        lexicon: Makes the concepts.
        corpus_stamp: Goes into the manifest, so that a later change of the corpus can be told.
        on_progress: Told how far the work is.

    Raises:
        EmptyCorpusError: There are no articles, or no word in them.
    """
    ordered = sorted(articles, key=lambda pair: pair[0].id)
    if not ordered:
        raise EmptyCorpusError("the corpus is empty; add articles with `space-news corpus add PATH`")
    digest = _digest(ordered, encoder.fingerprint, lexicon.fingerprint)
    folder = index_folder / digest[:16]
    if _is_whole(folder):
        return _restamped(folder, corpus_stamp)
    index_folder.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=".building-", dir=index_folder))
    staging.chmod(0o755)  # another user may serve what this one builds
    try:
        rows = _cut(ordered, on_progress)
        _write_passages(staging / PASSAGES, ordered, rows)
        _write_facets(staging / FACETS, ordered, rows)
        texts = [searched_text(ordered[row.article_number][0].title, row.text) for row in rows]
        documents = [lexical_terms(text, lexicon) for text in texts]
        if not any(documents):
            raise EmptyCorpusError(
                "no article holds a word to search for; add others with `space-news corpus add PATH`"
            )
        LexicalIndex.build(documents).save(staging / LEXICAL)
        vectors = _encode(texts, encoder, on_progress)
        VectorIndex.build(vectors).save(staging / VECTORS)
        manifest = Manifest(
            generation=folder.name,
            digest=digest,
            built_at=datetime.now(UTC).replace(microsecond=0),
            articles=len(ordered),
            passages=len(rows),
            encoder=encoder_name,
            encoder_fingerprint=encoder.fingerprint,
            dim=encoder.dim,
            lexicon_fingerprint=lexicon.fingerprint,
            corpus_stamp=corpus_stamp,
            files=_checksums(staging),
        )
        manifest.write(staging)
        if _put_in_place(staging, folder):
            return manifest
        return _restamped(folder, corpus_stamp)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _put_in_place(staging: Path, folder: Path) -> bool:
    """Let what was built appear under its name; tell whether it was needed, or another process was faster."""
    if _is_whole(folder):
        return False
    if folder.exists():
        folder.rename(staging.with_name(f"{staging.name}-damaged"))
    staging.rename(folder)
    shutil.rmtree(staging.with_name(f"{staging.name}-damaged"), ignore_errors=True)
    return True


def _is_whole(folder: Path) -> bool:
    """Tell whether a generation stands in a folder with every file as it was built."""
    try:
        return Manifest.read(folder).files == _checksums(folder)
    except GenerationError:
        return False


def _restamped(folder: Path, corpus_stamp: str) -> Manifest:
    """Return the manifest of what stands; the corpus may have gone there and back since."""
    manifest = Manifest.read(folder)
    if manifest.corpus_stamp == corpus_stamp:
        return manifest
    manifest = replace(manifest, corpus_stamp=corpus_stamp)
    manifest.write(folder)
    return manifest


def _digest(articles: list[tuple[Article, Version]], encoder_fingerprint: str, lexicon_fingerprint: str) -> str:
    settings = [FORMAT, PASSAGE_MAX_WORDS, K1, B, encoder_fingerprint, lexicon_fingerprint]
    running = hashlib.sha256(json.dumps(settings).encode())
    for article, version in articles:
        published = article.published_at.isoformat() if article.published_at else None
        facts = [article.id, article.url, article.title, article.publisher, published, article.language]
        facts.append(version.content_hash)
        running.update(json.dumps(facts).encode())
    return running.hexdigest()


def _cut(articles: list[tuple[Article, Version]], on_progress: Callable[[Progress], None]) -> list[_Row]:
    rows: list[_Row] = []
    for number, (article, version) in enumerate(articles):
        passages = split_passages(article.id, version.number, version.text, max_words=PASSAGE_MAX_WORDS)
        rows.extend(_Row(number, passage, passage.span.of(version.text)) for passage in passages)
        on_progress(Progress("cutting articles into passages", number + 1, len(articles)))
    return rows


def _encode(texts: list[str], encoder: Encoder, on_progress: Callable[[Progress], None]) -> Vectors:
    return encoder.encode_passages(texts, lambda done: on_progress(Progress("encoding passages", done, len(texts))))


def _write_passages(path: Path, articles: list[tuple[Article, Version]], rows: list[_Row]) -> None:
    database = sqlite3.connect(path)
    with database:
        database.executescript(_SCHEMA)
        database.executemany(
            "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    number,
                    article.id,
                    article.url,
                    article.title,
                    article.publisher,
                    article.published_at.isoformat() if article.published_at else None,
                    article.language,
                    version.number,
                    version.text,
                )
                for number, (article, version) in enumerate(articles)
            ),
        )
        database.executemany(
            "INSERT INTO passages VALUES (?, ?, ?)",
            ((number, row.article_number, _sentence_bounds(row.passage)) for number, row in enumerate(rows)),
        )
    database.close()


def _sentence_bounds(passage: Passage) -> bytes:
    bounds = [(sentence.start_char, sentence.end_char) for sentence in passage.sentences]
    return np.asarray(bounds, dtype="<i4").tobytes()


def _write_facets(path: Path, articles: list[tuple[Article, Version]], rows: list[_Row]) -> None:
    moments = [article.published_at.timestamp() if article.published_at else np.nan for article, _ in articles]
    np.savez(
        path,
        article_numbers=np.asarray([row.article_number for row in rows], dtype=np.int32),
        published_seconds=np.asarray([moments[row.article_number] for row in rows], dtype=np.float64),
    )


def _checksums(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(MANIFEST))
    return {path.relative_to(folder).as_posix(): file_sha256(path) for path in files}
