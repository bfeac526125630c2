"""Following sources: one sync of all of them, for the command line and for Discord alike.

Owns where the sources and the lock stand, and what is done where a source has moved. Reading them is the corpus's work.
"""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.settings import Settings
from corpus.sources import SOURCES_FILE, Source, SourcesFile
from corpus.store import Store

if TYPE_CHECKING:
    from corpus.fetch import Limits
    from corpus.sync import Progress, Report

MAX_BYTES = 10_000_000
"""What a page or a feed may hold, unpacked."""
_log = logging.getLogger(__name__)


def sources_path(settings: Settings) -> Path:
    """Return where the file of sources stands."""
    return settings.data_dir / SOURCES_FILE


def fetch_limits(settings: Settings) -> "Limits":
    """Return what every fetch of this installation keeps to."""
    from corpus.fetch import Limits, user_agent  # the HTTP client is slow to import

    return Limits(settings.http_timeout_seconds, MAX_BYTES, settings.allowed_hosts, user_agent(settings.contact))


def follow_sources(settings: Settings, store: Store, on_progress: "Callable[[Progress], None]") -> "Report":
    """Read what is new in every source that is followed, and look again at what is known.

    Raises:
        NothingToFollowError: No source is followed.
        SyncRunningError: Another process is at it.
    """
    from corpus.politeness import Pace  # the HTTP client is slow to import
    from corpus.sync import Following, sync_sources

    path = sources_path(settings)

    def note_move(source: Source, url: str) -> None:
        _log.info("source %s has moved from %s to %s", source.name, source.url, url)
        SourcesFile.open(path).change(source.name, url=url)

    return sync_sources(
        SourcesFile.open(path).sources(),
        store,
        Following(fetch_limits(settings), Pace(delay_seconds=settings.host_delay_seconds)),
        lock_path=settings.data_dir / "sync.lock",
        clock=lambda: datetime.now(UTC),
        on_progress=on_progress,
        on_moved=note_move,
    )
