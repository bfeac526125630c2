"""Keeping the corpus and the index from afar: what the command line does one command at a time.

Owns the order of each piece of work, and moving to what it made. Building is the service's.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot.errors import UnknownTitleError, WithdrawnAlreadyError
from bot.following import fetch_limits, follow_sources
from bot.messages import message
from bot.settings import Settings
from corpus.article import Article
from corpus.lookup import current_article
from corpus.store import Added, Store
from corpus.withholding import give_back, withhold
from index.build import Progress
from index.engine.shelf import Shelf
from index.verify import Verified

if TYPE_CHECKING:
    from corpus.sync import Progress as SyncProgress
    from corpus.sync import Report


@dataclass(frozen=True, slots=True)
class AddedArticle:
    """What adding a page came to.

    Attributes:
        article: The article in it.
        added: Whether it was new.
    """

    article: Article
    added: Added


class Upkeep:
    """Rolls back, verifies, syncs, adds and withdraws; safe to use from several threads."""

    def __init__(
        self,
        settings: Settings,
        shelf: Shelf,
        open_store: Callable[[], Store],
        clock: Callable[[], datetime],
    ) -> None:
        """Take where generations stand, what opens the corpus and what tells the time (aware, UTC)."""
        self._settings = settings
        self._shelf = shelf
        self._open_store = open_store
        self._clock = clock

    def generations(self) -> tuple[str, ...]:
        """List the generations that were published and stand, newest first."""
        standing = self._shelf.generations()
        return tuple(one.manifest.generation for one in standing if one.record.published_at)

    def rollback(self, generation: str | None) -> str:
        """Let an earlier generation answer, the one before if none is named; return its name.

        Raises:
            NoGenerationError: Nothing was published yet.
            UnknownGenerationError: There is no such generation.
            NothingEarlierError: None was named, and nothing was published before.
            GenerationError: It is damaged.
        """
        return self._shelf.rollback(generation)

    def verify(self) -> Verified:
        """Compare everything that stands with what was written.

        Raises:
            NoGenerationError: Nothing was published yet.
        """
        return self._shelf.verify()

    def sync(self, on_progress: Callable[[Progress], None]) -> "Report":
        """Read what is new in every source that is followed.

        Raises:
            NothingToFollowError: No source is followed.
            SyncRunningError: Another process is at it.
        """
        with self._open_store() as store:
            return follow_sources(self._settings, store, lambda progress: on_progress(_stage(progress)))

    def add(self, url: str) -> AddedArticle:
        """Fetch a page and add the article in it; one that was withdrawn is searched again.

        Raises:
            FetchError: It is no page, cannot be fetched, or holds no article.
        """
        from corpus.page import fetch_article  # the HTTP client is slow to import

        draft = fetch_article(url, fetch_limits(self._settings))
        with self._open_store() as store, store.transaction():
            added, article_id = store.put(draft, read_at=self._clock())
            is_back = give_back(store, article_id)
            article, _ = store.get(article_id)
        return AddedArticle(article, Added.CHANGED if is_back and added is Added.UNCHANGED else added)

    def withdraw(self, article_id: str) -> Article:
        """Let an article be searched no longer, from the next build on; its texts are kept, and adding it undoes it.

        Raises:
            WithdrawnAlreadyError: It is withdrawn already.
            UnknownTitleError: The corpus holds none with that id.
        """
        with self._open_store() as store:
            found = current_article(store, article_id)
            if found is None:
                raise UnknownTitleError(article_id)
            if not withhold(store, article_id, self._clock()):
                raise WithdrawnAlreadyError
        return found[0]


def _stage(progress: "SyncProgress") -> Progress:
    """Tell of a sync as of a build: pages are what takes the time."""
    return Progress(message("Reading the sources"), progress.pages_done, progress.pages)
