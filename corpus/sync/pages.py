"""What is known of every page and feed between one sync and the next, in tables beside the articles.

Owns the tables ``feeds`` and ``pages``: every step is one transaction together with the articles it changes, so that a
kill leaves either the state before it or the one after it.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from corpus.draft import Draft
from corpus.fetch import Validators
from corpus.links import link_id, link_key
from corpus.reading.listing import Entry
from corpus.rows import moment_text, read_moment
from corpus.sources import Source
from corpus.store import Added, Store

ALWAYS_WITHIN = timedelta(days=1)
"""A page that became known within this time is asked for in every sync."""
AGE_SHARE = 8
"""An older page is asked for again when the last time lies back by this share of its age."""
_TEXT_MAX_CHARS = 100_000
_PAGE = "key, url, listing, article_id, etag, last_modified, body_hash, first_seen_at, read_at, checked_at"


@dataclass(frozen=True, slots=True)
class FeedState:
    """Where the reading of a source stands.

    Attributes:
        url: Where it stood when it was read last.
        validators: What to ask with.
        body_hash: What the answer was, or None.
        resume_url: Where older entries stand that were not read yet, or None.
    """

    url: str
    validators: Validators = Validators()
    body_hash: str | None = None
    resume_url: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page that a source led to.

    Attributes:
        key: Its link, as ``link_key`` writes it.
        url: Its link.
        entry: What the source said about it.
        article_id: The article in it, or None where none was stored yet.
        validators: What to ask with; empty where it is to be read anew.
        body_hash: What the answer was when it was read, or None.
        first_seen_at: When a source named it first.
        read_at: When the article in it was read, or None.
        checked_at: When it was asked for last and the answer was final, or None.
    """

    key: str
    url: str
    entry: Entry
    article_id: str | None
    validators: Validators
    body_hash: str | None
    first_seen_at: datetime
    read_at: datetime | None
    checked_at: datetime | None

    def is_due(self, now: datetime) -> bool:
        """Say whether it is to be asked for: a young page always, an old one ever more rarely."""
        if self.checked_at is None:
            return True
        age = now - self.first_seen_at
        return age < ALWAYS_WITHIN or now - self.checked_at >= age / AGE_SHARE


class Pages:
    """The tables ``feeds`` and ``pages`` of a store."""

    def __init__(self, store: Store, followed: frozenset[str]) -> None:
        """Work beside the articles of ``store``; ``followed`` names the sources that there are."""
        self._store = store
        self._followed = followed
        self._connection = store.connection

    def feed(self, source: str) -> FeedState | None:
        """Return where the reading of a source stands; None where it was never read."""
        row = self._connection.execute(
            "SELECT url, etag, last_modified, body_hash, resume_url FROM feeds WHERE source = ?", (source,)
        ).fetchone()
        return FeedState(row[0], Validators(row[1], row[2]), row[3], row[4]) if row else None

    def register(
        self, source: Source, state: FeedState, entries: Iterable[Entry], drafts: Iterable[Draft], now: datetime
    ) -> list[Added]:
        """Note what a source lists, together with where its reading stands now.

        Args:
            source: The source.
            state: Where its reading stands after this.
            entries: What it lists; those without a link are passed over.
            drafts: The articles that have no link, and come from the source itself.
            now: The moment.

        Returns:
            What came of each draft.
        """
        with self._store.transaction():
            for entry in entries:
                if entry.url:
                    self._register_entry(source.name, entry, now)
            results = [self._store.put(draft, read_at=now)[0] for draft in drafts]
            self.save_feed(source.name, state)
        return results

    def save_feed(self, source: str, state: FeedState) -> None:
        """Note where the reading of a source stands."""
        self._connection.execute(
            "INSERT OR REPLACE INTO feeds VALUES (?, ?, ?, ?, ?, ?)",
            (
                source,
                state.url,
                state.validators.etag,
                state.validators.last_modified,
                state.body_hash,
                state.resume_url,
            ),
        )

    def are_known(self, entries: Iterable[Entry]) -> bool:
        """Say whether every entry that has a link is known already, as it is."""
        return all(self._is_known(entry) for entry in entries if entry.url)

    def due(self, source: str, now: datetime) -> list[str]:
        """Return the keys of the pages of a source that are to be asked for, those that were never read first."""
        rows = self._connection.execute(
            f"SELECT {_PAGE} FROM pages WHERE source = ? AND joined = 0 ORDER BY read_at IS NOT NULL, key", (source,)
        )
        return [page.key for page in map(_page, rows) if page.is_due(now)]

    def page(self, key: str) -> Page | None:
        """Return a page, unless it was joined to another."""
        row = self._connection.execute(f"SELECT {_PAGE} FROM pages WHERE key = ? AND joined = 0", (key,)).fetchone()
        return _page(row) if row else None

    def note_unchanged(self, page: Page, validators: Validators, now: datetime) -> Added:
        """Note that a page is as it was read; an article that was taken for withdrawn is back."""
        with self._store.transaction():
            self._note(page, validators, page.body_hash, now, failure=None)
            query = "UPDATE articles SET withdrawn_at = NULL WHERE id = ? AND withdrawn_at IS NOT NULL"
            is_back = self._connection.execute(query, (page.article_id,)).rowcount > 0
        return Added.CHANGED if is_back else Added.UNCHANGED

    def note_failure(self, page: Page, why: str, now: datetime, *, is_final: bool) -> None:
        """Note that a page could not be read; one that failed in passing is asked for again in the next sync."""
        checked_at = moment_text(now if is_final else page.checked_at)
        with self._store.transaction():
            self._connection.execute(
                "UPDATE pages SET failure = ?, checked_at = ? WHERE key = ?", (why, checked_at, page.key)
            )

    def note_gone(self, page: Page, why: str, now: datetime) -> bool:
        """Note that a page is gone; tell whether an article was withdrawn with it."""
        with self._store.transaction():
            self._connection.execute(
                "UPDATE pages SET failure = ?, checked_at = ? WHERE key = ?", (why, moment_text(now), page.key)
            )
            return page.article_id is not None and self._store.withdraw(page.article_id, now)

    def put_told(self, page: Page, draft: Draft, now: datetime) -> Added:
        """Store what the source says about an article whose page cannot be had; what is known from elsewhere stays."""
        with self._store.transaction():
            if self._store.find_link(page.url) not in {None, page.article_id}:
                return Added.UNCHANGED
            result, article_id = self._store.put(draft, read_at=now)
            self._connection.execute("UPDATE pages SET article_id = ? WHERE key = ?", (article_id, page.key))
        return result

    def put_read(
        self, page: Page, draft: Draft, place: str, validators: Validators, body_hash: str, now: datetime
    ) -> Added | None:
        """Store the article that was read from a page; None where another page tells the same story and keeps it.

        Of several links to one story the one that the story itself names is followed, else the first in order.
        """
        with self._store.transaction():
            article_id = self._identify(page, draft, place)
            canonical = link_key(draft.article.url)
            rivals = [
                row[0]
                for row in self._connection.execute(
                    "SELECT key FROM pages WHERE article_id = ? AND joined = 0 AND key != ?", (article_id, page.key)
                )
            ]
            best = min([page.key, *rivals], key=lambda key: (key != canonical, key))
            result = None
            if best == page.key:
                self._note(page, validators, body_hash, now, failure=None)
                draft = replace(draft, article=replace(draft.article, id=article_id))
                result = self._store.put(draft, read_at=now)[0]
            self._connection.execute("UPDATE pages SET article_id = ? WHERE key = ?", (article_id, page.key))
            for key in {page.key, *rivals} - {best}:
                self._connection.execute("UPDATE pages SET joined = 1 WHERE key = ?", (key,))
            for link in (draft.article.url, place, page.url):
                self._store.lead(link, article_id)
            return result

    def _identify(self, page: Page, draft: Draft, place: str) -> str:
        """Return the id of the article that a page and its links lead to."""
        if page.read_at is not None and page.article_id is not None:
            return page.article_id
        links = (draft.article.url, place, page.url)
        known = next(filter(None, map(self._store.find_link, links)), None)
        if page.article_id is None:
            return known or link_id(draft.article.url)
        by_page = self._store.find_link(draft.article.url) or page.article_id
        if by_page != page.article_id:  # until now there was only what the source said of it
            self._connection.execute("DELETE FROM articles WHERE id = ?", (page.article_id,))
        return by_page

    def _note(
        self, page: Page, validators: Validators, body_hash: str | None, now: datetime, *, failure: str | None
    ) -> None:
        self._connection.execute(
            "UPDATE pages SET etag = ?, last_modified = ?, body_hash = ?, read_at = ?, checked_at = ?, failure = ? "
            "WHERE key = ?",
            (
                validators.etag,
                validators.last_modified,
                body_hash,
                moment_text(page.read_at or now),
                moment_text(now),
                failure,
                page.key,
            ),
        )

    def _is_known(self, entry: Entry) -> bool:
        row = self._connection.execute("SELECT listing FROM pages WHERE key = ?", (link_key(entry.url),)).fetchone()
        return row is not None and Entry.from_json(row[0]).updated == entry.updated

    def _register_entry(self, source: str, entry: Entry, now: datetime) -> None:
        entry = replace(entry, text=entry.text[:_TEXT_MAX_CHARS])
        key = link_key(entry.url)
        row = self._connection.execute("SELECT source, listing FROM pages WHERE key = ?", (key,)).fetchone()
        if row is None:
            self._connection.execute(
                "INSERT INTO pages (key, url, source, listing, first_seen_at) VALUES (?, ?, ?, ?, ?)",
                (key, entry.url, source, _merged(entry, entry).to_json(), moment_text(now)),
            )
            return
        known_source, known = row[0], Entry.from_json(row[1])
        # The first name in order speaks for a page that several sources list, whoever comes first.
        speaks = source if known_source not in self._followed else min(source, known_source)
        merged = _merged(entry, known) if speaks == source else _merged(known, entry)
        if (speaks, merged) == (known_source, known):
            return
        self._connection.execute(
            "UPDATE pages SET source = ?, url = ?, listing = ?, checked_at = NULL WHERE key = ?",
            (speaks, merged.url, merged.to_json(), key),
        )
        if replace(merged, text="", updated="") != replace(known, text="", updated=""):
            # Without validators it is read anew, together with what is known of it now.
            self._connection.execute(
                "UPDATE pages SET etag = NULL, last_modified = NULL, body_hash = NULL WHERE key = ?", (key,)
            )


def _merged(speaker: Entry, other: Entry) -> Entry:
    return replace(
        speaker,
        launches=tuple(sorted({*speaker.launches, *other.launches})),
        events=tuple(sorted({*speaker.events, *other.events})),
    )


def _page(row: sqlite3.Row | tuple[str, ...]) -> Page:
    key, url, listing, article_id, etag, last_modified, body_hash, first_seen_at, read_at, checked_at = row
    seen = read_moment(first_seen_at)
    assert seen is not None
    return Page(
        key,
        url,
        Entry.from_json(listing),
        article_id,
        Validators(etag, last_modified),
        body_hash,
        seen,
        read_moment(read_at),
        read_moment(checked_at),
    )
