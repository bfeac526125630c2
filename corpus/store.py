"""The corpus on disk: articles and every version of their texts, in one SQLite file.

Owns the file ``data/corpus.db`` and its transactions. It neither reads sources nor cuts passages, and it never changes
a stored text: a changed one becomes a further version.
"""

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Any, Self

from corpus.article import Article, Version
from corpus.database import open_database, transaction
from corpus.draft import Draft
from corpus.errors import UnknownArticleError
from corpus.links import is_web, link_id, link_key
from corpus.rows import ARTICLE, ARTICLE_WIDTH, VERSION, article_row, moment_text, read_article, read_version

_BATCH = 500
_CURRENT = (
    f"SELECT {ARTICLE}, {VERSION} FROM articles a "
    "JOIN versions v ON v.article_id = a.id AND v.number = a.current_version"
)


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
        connection = open_database(path, files("corpus") / "migrations", prepare=_add_link_key)
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

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection, for what keeps tables of its own beside the articles."""
        return self._connection

    def add(self, article: Article, text: str, *, read_at: datetime | None = None) -> Added:
        """Store an article with its text.

        Another text than the current one becomes a further version; other metadata replaces what was known.

        Args:
            article: What is known about it.
            text: Its text as ``normalise_text`` returns it.
            read_at: When the text was read.
        """
        with self.transaction():
            return self.put(Draft(article, text), read_at=read_at)[0]

    def add_many(self, drafts: Iterable[Draft], *, read_at: datetime | None = None) -> Counter[Added]:
        """Store many articles, in transactions of some hundred, so that a kill loses at most one batch."""
        counts: Counter[Added] = Counter()
        remaining = iter(drafts)
        while batch := list(islice(remaining, _BATCH)):
            with self.transaction():
                counts.update([self.put(draft, read_at=read_at)[0] for draft in batch])
        return counts

    def articles(self) -> Iterator[Article]:
        """Yield every article, ordered by id."""
        rows = self._connection.execute(f"SELECT {ARTICLE} FROM articles a ORDER BY a.id")
        return (read_article(row) for row in rows)

    def current(self) -> Iterator[tuple[Article, Version]]:
        """Yield every article with its current version, ordered by id, as of one moment; the withdrawn ones too."""
        return (_pair(row) for row in self._connection.execute(f"{_CURRENT} ORDER BY a.id"))

    def get(self, article_id: str) -> tuple[Article, Version]:
        """Return an article with its current version.

        Raises:
            UnknownArticleError: If there is none.
        """
        row = self._connection.execute(f"{_CURRENT} WHERE a.id = ?", (_storable(article_id),)).fetchone()
        if row is None:
            raise UnknownArticleError(article_id)
        return _pair(row)

    def version(self, article_id: str, number: int) -> Version:
        """Return one version of an article, current or not.

        Raises:
            UnknownArticleError: If there is none.
        """
        row = self._connection.execute(
            f"SELECT {VERSION} FROM versions v WHERE v.article_id = ? AND v.number = ?", (article_id, number)
        ).fetchone()
        if row is None:
            raise UnknownArticleError(article_id, number)
        return read_version(row)

    def versions(self, article_id: str) -> list[Version]:
        """Return every version of an article, oldest first; none where there is no such article."""
        rows = self._connection.execute(
            f"SELECT {VERSION} FROM versions v WHERE v.article_id = ? ORDER BY v.number", (article_id,)
        )
        return [read_version(row) for row in rows]

    def find_link(self, link: str) -> str | None:
        """Return the id of the article that a link leads to, however it is spelled."""
        row = self._connection.execute("SELECT article_id FROM links WHERE key = ?", (link_key(link),)).fetchone()
        return row[0] if row else None

    def sources_of(self, article_id: str) -> list[str]:
        """Return the names of the sources that led to an article, sorted."""
        query = "SELECT DISTINCT source FROM pages WHERE article_id = ? ORDER BY source"
        return [row[0] for row in self._connection.execute(query, (article_id,))]

    def withdraw(self, article_id: str, at: datetime) -> bool:
        """Note that the page of an article is gone; tell whether that is news. Must run in a transaction."""
        query = "UPDATE articles SET withdrawn_at = ? WHERE id = ? AND withdrawn_at IS NULL"
        return self._connection.execute(query, (moment_text(at), article_id)).rowcount > 0

    def remove(self, article_id: str) -> None:
        """Remove an article with all its versions.

        Raises:
            UnknownArticleError: If there is none.
        """
        with self.transaction():
            query = "DELETE FROM articles WHERE id = ?"
            if self._connection.execute(query, (_storable(article_id),)).rowcount == 0:
                raise UnknownArticleError(article_id)

    def counts(self) -> Counts:
        """Count articles and versions."""
        query = "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM versions)"
        return Counts(*self._connection.execute(query).fetchone())

    def stamp(self) -> str:
        """Return a digest that changes whenever an article's text or metadata does."""
        running = hashlib.sha256()
        rows = self._connection.execute(
            f"SELECT {ARTICLE}, v.content_hash FROM articles a "
            "JOIN versions v ON v.article_id = a.id AND v.number = a.current_version ORDER BY a.id"
        )
        for row in rows:
            running.update(repr(row).encode())
        return running.hexdigest()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep everything that is written within, or nothing of it."""
        with transaction(self._connection):
            yield

    def put(self, draft: Draft, *, read_at: datetime | None) -> tuple[Added, str]:
        """Store a draft within a transaction; return what that came to, and the id that it got.

        An id that was made from the link gives way to that of an article which the same link already leads to.
        """
        article = draft.article
        if article.id == link_id(article.url) and (known_id := self.find_link(article.url)):
            article = replace(article, id=known_id)
        row = self._connection.execute(
            f"SELECT {ARTICLE}, v.number, v.content_hash FROM articles a "
            "JOIN versions v ON v.article_id = a.id AND v.number = a.current_version WHERE a.id = ?",
            (article.id,),
        ).fetchone()
        if row is None:
            texts = [*draft.earlier, draft.text]
            self._write_article(article, len(texts))
            for number, text in enumerate(texts, start=1):
                self._write_version(article.id, number, text, read_at)
            return Added.NEW, article.id
        known, number, known_hash = read_article(row), row[ARTICLE_WIDTH], row[ARTICLE_WIDTH + 1]
        is_other_text = known_hash != text_hash(draft.text)
        if known == article and not is_other_text:
            return Added.UNCHANGED, article.id
        self._write_article(article, number + is_other_text)
        if is_other_text:
            self._write_version(article.id, number + 1, draft.text, read_at)
        return Added.CHANGED, article.id

    def lead(self, link: str, article_id: str) -> None:
        """Let a link lead to an article, unless it leads to one already. Must run in a transaction."""
        self._connection.execute("INSERT OR IGNORE INTO links VALUES (?, ?)", (link_key(link), article_id))

    def _write_article(self, article: Article, current_version: int) -> None:
        columns = article_row(article)
        self._connection.execute(
            f"INSERT INTO articles ({ARTICLE.replace('a.', '')}, current_version) "
            f"VALUES ({', '.join('?' * len(columns))}, ?) ON CONFLICT (id) DO UPDATE SET url = excluded.url, "
            "title = excluded.title, publisher = excluded.publisher, published_at = excluded.published_at, "
            "language = excluded.language, authors = excluded.authors, launches = excluded.launches, "
            "events = excluded.events, withdrawn_at = excluded.withdrawn_at, "
            "current_version = excluded.current_version",
            (*columns, current_version),
        )
        if is_web(article.url):
            self.lead(article.url, article.id)

    def _write_version(self, article_id: str, number: int, text: str, read_at: datetime | None) -> None:
        self._connection.execute(
            "INSERT INTO versions (article_id, number, text, content_hash, read_at) VALUES (?, ?, ?, ?, ?)",
            (article_id, number, text, text_hash(text), moment_text(read_at)),
        )


def text_hash(text: str) -> str:
    """Return the content hash of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def _add_link_key(connection: sqlite3.Connection) -> None:
    connection.create_function("link_key", 1, link_key, deterministic=True)


def _pair(row: tuple[Any, ...]) -> tuple[Article, Version]:
    return read_article(row), read_version(row[ARTICLE_WIDTH:])


def _storable(article_id: str) -> str | None:
    """Return an id as a query takes it: no id holds bytes that are not UTF-8, which a shell may pass on."""
    return article_id if article_id.isascii() or article_id == article_id.encode(errors="ignore").decode() else None
