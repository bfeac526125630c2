"""Making a generation out of articles.

Owns the order of the work and the digest. A generation appears whole, by one rename of its folder; whether it may
answer is for the gates, and publishing it is a second, separate rename (see release).

A generation is a function of articles, settings and code alone. What earlier builds made of the same is taken from the
memo: how an article is cut, the terms of its passages, and each passage's vector.
"""

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus import Article, Version
from index import recipe, remembered
from index.checksums import checksums, damage
from index.clusters import RULES, Clusters
from index.encoder import Encoder, Vectors
from index.errors import EmptyCorpusError
from index.facets import Facets
from index.gate import DIAGRAM, GATE, Gate, write_gate
from index.generation import CLUSTERS, FACETS, FORMAT, LEXICAL, MEMO_KEYS, PASSAGES, Manifest
from index.lexical import K1, B, LexicalIndex
from index.lexicon import Lexicon
from index.memo import Memo
from index.reliability import write_diagram
from index.staging import moving, owning, staged
from index.vectors import write_vectors

if TYPE_CHECKING:
    from index.clustering import Wording

_SCHEMA = """
CREATE TABLE articles (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, url TEXT NOT NULL, title TEXT NOT NULL,
    publisher TEXT NOT NULL, published_at TEXT, language TEXT NOT NULL, version INTEGER NOT NULL,
    content_hash TEXT NOT NULL, text TEXT NOT NULL) STRICT;
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
class Built:
    """A generation that stands in its folder, and what it took.

    Attributes:
        folder: Its folder.
        manifest: What it is.
        encoded: How many passages had to be encoded; the others were known, or stand in it twice.
    """

    folder: Path
    manifest: Manifest
    encoded: int


@dataclass(frozen=True, slots=True)
class _Row:
    """A passage: its article's place in the order, where its sentences stand, and what the search sees of it."""

    article_number: int
    sentences: bytes
    searched: str


@contextmanager
def built_generation(
    articles: Iterable[tuple[Article, Version]],
    index_folder: Path,
    *,
    encoder: Encoder,
    encoder_name: str,
    lexicon: Lexicon,
    gate: Gate,
    memo_path: Path,
    corpus_stamp: str,
    on_progress: Callable[[Progress], None],
) -> Iterator[Built]:
    """Build a generation, which nobody may prune within the context; where it stands already, nothing is done.

    Args:
        articles: What to index; the order does not matter.
        index_folder: Where generations live.
        encoder: Makes the vectors.
        encoder_name: What the manifest calls it.
        lexicon: Makes the concepts.
        gate: Decides what is answered from it.
        memo_path: What earlier builds made.
        corpus_stamp: Goes into the manifest, so that a later change of the corpus can be told.
        on_progress: Told how far the work is.

    Raises:
        EmptyCorpusError: There are no articles, or no word in them.
        MemoError: The memo cannot be used.
    """
    ordered = sorted(articles, key=lambda pair: pair[0].id)
    if not ordered:
        raise EmptyCorpusError("the corpus is empty; add articles with `space-news corpus add PATH`")
    digest = _digest(ordered, [encoder.fingerprint, lexicon.fingerprint, gate.fingerprint])
    folder = index_folder / digest[:16]
    with ExitStack() as owned:
        if _own_whole(folder, owned):
            yield Built(folder, _restamped(folder, corpus_stamp), encoded=0)
            return
        staging = owned.enter_context(staged(index_folder))
        with Memo.open(memo_path) as memo:
            n_passages, n_encoded = _fill(staging, ordered, memo, encoder, lexicon, on_progress)
        write_gate(gate, staging / GATE)
        write_diagram(staging / DIAGRAM, gate.reliability)
        manifest = Manifest(
            generation=folder.name,
            digest=digest,
            built_at=datetime.now(UTC).replace(microsecond=0),
            articles=len(ordered),
            passages=n_passages,
            encoder=encoder_name,
            encoder_fingerprint=encoder.fingerprint,
            encoder_identity=encoder.identity,
            dim=encoder.dim,
            lexicon_fingerprint=lexicon.fingerprint,
            gate_fingerprint=gate.fingerprint,
            recipe=_recipe(),
            corpus_stamp=corpus_stamp,
            files=checksums(staging),
        )
        manifest.write(staging)
        _flush(staging)
        _put_in_place(staging, folder, owned)
        yield Built(folder, _restamped(folder, corpus_stamp), n_encoded)


def is_made_by_this_release(manifest: Manifest) -> bool:
    """Tell whether a build from the same articles and settings would cut and count as this generation was."""
    return manifest.recipe == _recipe()


def _fill(
    staging: Path,
    articles: list[tuple[Article, Version]],
    memo: Memo,
    encoder: Encoder,
    lexicon: Lexicon,
    on_progress: Callable[[Progress], None],
) -> tuple[int, int]:
    """Write every file of a generation but its manifest; return how many passages it has and how many were encoded."""

    def told(stage: str, total: int) -> Callable[[int], None]:
        return lambda done: on_progress(Progress(stage, done, total))

    cuts = remembered.cuts(articles, memo, told("cutting articles into passages", len(articles)))
    rows = [
        _Row(number, sentences, searched)
        for number, (pair, cut) in enumerate(zip(articles, cuts, strict=True))
        for sentences, searched in zip(cut.passages, cut.texts(*pair), strict=True)
    ]
    _write_passages(staging / PASSAGES, articles, rows)
    article_numbers = np.asarray([row.article_number for row in rows], dtype=np.int32)
    Facets.of([article for article, _ in articles], article_numbers).save(staging / FACETS)
    term_keys = remembered.term_keys(articles, cuts, lexicon)
    on_done = told("counting words", len(articles))
    lead_terms: dict[int, list[str]] = {}
    counted = remembered.terms(articles, cuts, term_keys, lexicon, memo, on_done)
    lexical = LexicalIndex.build(_noting_leads(counted, rows, lead_terms))
    if not lexical.has_terms:
        raise EmptyCorpusError("no article holds a word to search for; add others with `space-news corpus add PATH`")
    lexical.save(staging / LEXICAL)
    encoded = remembered.vectors(
        [row.searched for row in rows],
        encoder,
        memo,
        lambda done, total: on_progress(Progress("encoding passages", done, total)),
    )
    write_vectors(encoded.rows, staging)
    on_progress(Progress("finding copies and stories", 0, 0))
    wording_keys = remembered.wording_keys(articles)
    wordings = remembered.wordings(articles, wording_keys, memo)
    _cluster(articles, rows, encoded.rows, lexical, lead_terms, wordings).save(staging / CLUSTERS)
    used_keys = {*(cut.key for cut in cuts), *term_keys, *encoded.keys, *wording_keys}
    (staging / MEMO_KEYS).write_bytes(b"".join(sorted(used_keys)))
    return len(rows), encoded.n_encoded


def _own_whole(folder: Path, owned: ExitStack) -> bool:
    """Own a generation where it stands with every file as it was built; tell whether it does."""
    with ExitStack() as mine:
        try:
            mine.enter_context(owning(folder))
        except FileNotFoundError:
            return False
        if damage(folder):
            return False
        owned.push(mine.pop_all())
        return True


def _put_in_place(staging: Path, folder: Path, owned: ExitStack) -> None:
    """Let what was built appear under its name, unless another process was faster."""
    with moving(folder.parent):
        if _own_whole(folder, owned):
            return
        if folder.exists():
            folder.rename(staging.with_name(f"{staging.name}-damaged"))
        staging.rename(folder)
    shutil.rmtree(staging.with_name(f"{staging.name}-damaged"), ignore_errors=True)


def _restamped(folder: Path, corpus_stamp: str) -> Manifest:
    """Return the manifest of what stands; the corpus may have gone there and back since."""
    manifest = Manifest.read(folder)
    if manifest.corpus_stamp == corpus_stamp:
        return manifest
    manifest = replace(manifest, corpus_stamp=corpus_stamp)
    manifest.write(folder)
    return manifest


def _digest(articles: list[tuple[Article, Version]], fingerprints: list[str]) -> str:
    settings = [FORMAT, _recipe(), K1, B, *fingerprints]
    running = hashlib.sha256(json.dumps(settings).encode())
    for article, version in articles:
        published = article.published_at.isoformat() if article.published_at else None
        facts = [article.id, article.url, article.title, article.publisher, published, article.language]
        facts.append(version.content_hash)
        running.update(json.dumps(facts).encode())
    return running.hexdigest()


def _recipe() -> str:
    return f"{recipe.cutting()}-{recipe.terms()}-{recipe.wording()}-{RULES}"


def _noting_leads(
    documents: Iterable[list[str]], rows: list[_Row], lead_terms: dict[int, list[str]]
) -> Iterator[list[str]]:
    """Hand on the terms of every passage, and note those of each article's first."""
    for row, document in zip(rows, documents, strict=True):
        if row.article_number not in lead_terms:
            lead_terms[row.article_number] = document
        yield document


def _cluster(
    articles: list[tuple[Article, Version]],
    rows: list[_Row],
    vectors: Vectors,
    lexical: LexicalIndex,
    lead_terms: dict[int, list[str]],
    wordings: list["Wording"],
) -> Clusters:
    """Label the articles by how each begins: its headline with its first passage."""
    from index.clustering import Lead, cluster  # its libraries are slow to import, and serving never needs them

    idf = lexical.idf(list(set().union(*lead_terms.values())))
    leads = [Lead(article.title, "", article.publisher, article.published_at, {}) for article, _ in articles]
    lead_vectors = np.zeros((len(articles), vectors.shape[1]), dtype=np.float32)
    previous = -1
    for row, vector in zip(rows, vectors, strict=True):
        if row.article_number != previous:
            previous = row.article_number
            weighed = {term: idf[term] for term in lead_terms[previous]}
            leads[previous] = replace(leads[previous], text=row.searched, terms=weighed)
            lead_vectors[previous] = vector
    return cluster(wordings, leads, lead_vectors)


def _write_passages(path: Path, articles: list[tuple[Article, Version]], rows: list[_Row]) -> None:
    database = sqlite3.connect(path)
    database.execute("PRAGMA journal_mode = OFF")  # a build that fails throws the whole folder away
    database.execute("PRAGMA synchronous = OFF")  # it is flushed with the others
    with database:
        database.executescript(_SCHEMA)
        database.executemany(
            "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
                    version.content_hash,
                    version.text,
                )
                for number, (article, version) in enumerate(articles)
            ),
        )
        database.executemany(
            "INSERT INTO passages VALUES (?, ?, ?)",
            ((number, row.article_number, row.sentences) for number, row in enumerate(rows)),
        )
    database.close()


def _flush(folder: Path) -> None:
    """Make sure that the files of a folder outlast a loss of power; the rename that lets them appear comes after."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb+") as stream:
                os.fsync(stream.fileno())
