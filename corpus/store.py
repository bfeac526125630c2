"""The corpus on disk: articles and every version of their texts, in one SQLite file.

Owns the file ``data/corpus.db`` and its transactions. It neither reads sources nor cuts passages, and it never changes
a stored text: a changed one becomes a further version.
"""

import hashlib
import sqlite3
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Self

from corpus.article import Article, Version
from corpus.draft import Draft
from corpus.errors import UnknownArticleError
from corpus.migrate import migrate

_BUSY_TIMEOUT_SECONDS = 30.0
_BATCH = 500
_ARTICLE = "a.id, a.url, a.title, a.publisher, a.published_at"
_VERSION = "v.article_id, v.number, v.text, v.content_hash"


class Added(StrEnum):
    """What adding an article came to."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the store holds."""

    articles: int
    versions: int


class Store:
    """The corpus on disk; a context manager that closes it.

    Several processes may read while one writes. One store belongs to one thread.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Wrap a connection whose schema is up to date; ``Store.open`` is the usual way here."""
        self._connection = connection

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the database at ``path``, and create it with its folder where there is none.

        Raises:
            NewerSchemaError: If a later release wrote it.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=_BUSY_TIMEOUT_SECONDS, isolation_level=None)
        try:
            _use_write_ahead_log(connection)
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
            migrate(connection, files("corpus") / "migrations")
        except BaseException:
            connection.close()
            raise
        return cls(connection)

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the database."""
        self.close()

    def close(self) -> None:
        """Close the database; what was added is already safe."""
        self._connection.close()

    def add(self, article: Article, text: str) -> Added:
        """Store an article with its text.

        Another text than the current one becomes a further version; other metadata replaces what was known.

        Args:
            article: What is known about it.
            text: Its text as ``normalise_text`` returns it.
        """
        with self._transaction():
            return self._add(article, text)

    def add_many(self, drafts: Iterable[Draft]) -> Counter[Added]:
        """Store many articles, in transactions of some hundred, so that a kill loses at most one batch."""
        counts: Counter[Added] = Counter()
        remaining = iter(drafts)
        while batch := list(islice(remaining, _BATCH)):
            with self._transaction():
                counts.update([self._add(draft.article, draft.text) for draft in batch])
        return counts

    def articles(self) -> Iterator[Article]:
        """Yield every article, ordered by id."""
        rows = self._connection.execute(f"SELECT {_ARTICLE} FROM articles a ORDER BY a.id")
        return (_article(row) for row in rows)

    def current(self) -> Iterator[tuple[Article, Version]]:
        """Yield every article with its current version, ordered by id, as of one moment."""
        rows = self._connection.execute(
            f"SELECT {_ARTICLE}, {_VERSION} FROM articles a "
            "JOIN versions v ON v.article_id = a.id AND v.number = a.current_version ORDER BY a.id"
        )
        return ((_article(row[:5]), Version(*row[5:])) for row in rows)

    def get(self, article_id: str) -> tuple[Article, Version]:
        """Return an article with its current version.

        Raises:
            UnknownArticleError: If there is none.
        """
        row = self._connection.execute(
            f"SELECT {_ARTICLE}, {_VERSION} FROM articles a "
            "JOIN versions v ON v.article_id = a.id AND v.number = a.current_version WHERE a.id = ?",
            (article_id,),
        ).fetchone()
        if row is None:
            raise UnknownArticleError(article_id)
        return _article(row[:5]), Version(*row[5:])

    def version(self, article_id: str, number: int) -> Version:
        """Return one version of an article, current or not.

        Raises:
            UnknownArticleError: If there is none.
        """
        row = self._connection.execute(
            f"SELECT {_VERSION} FROM versions v WHERE v.article_id = ? AND v.number = ?", (article_id, number)
        ).fetchone()
        if row is None:
            raise UnknownArticleError(article_id, number)
        return Version(*row)

    def remove(self, article_id: str) -> None:
        """Remove an article with all its versions.

        Raises:
            UnknownArticleError: If there is none.
        """
        with self._transaction():
            try:
                removed = self._connection.execute("DELETE FROM articles WHERE id = ?", (article_id,)).rowcount
            except UnicodeEncodeError:  # no id holds bytes that are not UTF-8, which a shell may pass on
                removed = 0
            if removed == 0:
                raise UnknownArticleError(article_id)

    def counts(self) -> Counts:
        """Count articles and versions."""
        query = "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM versions)"
        return Counts(*self._connection.execute(query).fetchone())

    def stamp(self) -> str:
        """Return a digest that changes whenever an article's text or metadata does."""
        running = hashlib.sha256()
        rows = self._connection.execute(
            f"SELECT {_ARTICLE}, v.content_hash FROM articles a "
            "JOIN versions v ON v.article_id = a.id AND v.number = a.current_version ORDER BY a.id"
        )
        for row in rows:
            running.update(repr(row).encode())
        return running.hexdigest()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def _add(self, article: Article, text: str) -> Added:
        content_hash = hashlib.sha256(text.encode()).hexdigest()
        row = self._connection.execute(
            f"SELECT {_ARTICLE}, v.number, v.content_hash FROM articles a "
            "JOIN versions v ON v.article_id = a.id AND v.number = a.current_version WHERE a.id = ?",
            (article.id,),
        ).fetchone()
        known, number, known_hash = (_article(row[:5]), row[5], row[6]) if row else (None, 0, "")
        if known == article and known_hash == content_hash:
            return Added.UNCHANGED
        number += known_hash != content_hash
        self._connection.execute(
            "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET url = excluded.url, "
            "title = excluded.title, publisher = excluded.publisher, published_at = excluded.published_at, "
            "current_version = excluded.current_version",
            (*_columns(article), number),
        )
        if known_hash != content_hash:
            self._connection.execute(
                "INSERT INTO versions VALUES (?, ?, ?, ?)", (article.id, number, text, content_hash)
            )
        return Added.CHANGED if known else Added.NEW


def _use_write_ahead_log(connection: sqlite3.Connection) -> None:
    # Unlike everything else, this fails at once while another process does the same to a new file.
    deadline = time.monotonic() + _BUSY_TIMEOUT_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def _columns(article: Article) -> tuple[str, str, str, str, str | None]:
    at = article.published_at
    published_at = at.astimezone(UTC).isoformat(timespec="microseconds") if at else None
    return article.id, article.url, article.title, article.publisher, published_at


def _article(row: tuple[str, str, str, str, str | None]) -> Article:
    article_id, url, title, publisher, published_at = row
    return Article(article_id, url, title, publisher, datetime.fromisoformat(published_at) if published_at else None)
