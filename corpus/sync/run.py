"""One sync of all sources: several at once, each failing alone.

Owns the order of the work and the counts. What is asked is ``politeness``' and ``fetch``'s business, what is kept
``pages``'.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.addresses import Resolve, resolve_host
from corpus.errors import CorpusError, NothingToFollowError, SyncRunningError
from corpus.fetch import Fetcher, Limits
from corpus.politeness import Pace, PoliteFetcher
from corpus.sources import Source
from corpus.store import Store
from corpus.sync.files import FileReading
from corpus.sync.pages import Pages
from corpus.sync.report import Progress, Report
from corpus.sync.tally import Tally
from corpus.sync.web import WebReading
from corpus.sync.workers import Workers

_LOG = logging.getLogger(__name__)
_SOURCES_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Following:
    """How sources are followed.

    Attributes:
        limits: What every fetch keeps to.
        pace: How patient the fetching is.
        processes: How many worker processes parse.
        task_timeout_seconds: How long the parsing of one page may take.
    """

    limits: Limits
    pace: Pace = Pace()
    processes: int = 2
    task_timeout_seconds: float = 120.0


def sync_sources(
    sources: Sequence[Source],
    store: Store,
    following: Following,
    *,
    lock_path: Path,
    clock: Callable[[], datetime],
    on_progress: Callable[[Progress], None] = lambda _: None,
    on_moved: Callable[[Source, str], None] = lambda *_: None,
    resolve: Resolve = resolve_host,
) -> Report:
    """Read what is new in every source that is followed, and look again at what is known.

    Args:
        sources: The sources.
        store: Where articles go.
        following: How patiently, and within which limits.
        lock_path: The file that keeps a second sync out.
        clock: Tells the time (aware, UTC).
        on_progress: Told how far the work is.
        on_moved: Told where a source has moved for good.
        resolve: How a host name becomes addresses.

    Raises:
        NothingToFollowError: If no source is followed.
        SyncRunningError: If another process is at it.
    """
    followed = [source for source in sources if source.is_followed]
    if not followed:
        raise NothingToFollowError
    lock_path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(lock_path, blocking=False):
            report = asyncio.run(_sync(followed, store, following, clock, on_progress, on_moved, resolve))
    except Timeout as error:
        raise SyncRunningError(lock_path) from error
    _LOG.info("%s", report.summary())
    return report


async def _sync(
    sources: Sequence[Source],
    store: Store,
    following: Following,
    clock: Callable[[], datetime],
    on_progress: Callable[[Progress], None],
    on_moved: Callable[[Source, str], None],
    resolve: Resolve,
) -> Report:
    tally = Tally(Report(sources=len(sources)), on_progress)
    pages = Pages(store, frozenset(source.name for source in sources))
    at_once = asyncio.Semaphore(_SOURCES_AT_ONCE)
    async with (
        Fetcher(following.limits, resolve=resolve) as fetcher,
        Workers(following.processes, timeout_seconds=following.task_timeout_seconds) as workers,
    ):
        polite = PoliteFetcher(fetcher, following.pace)
        web = WebReading(pages, polite, workers, tally, clock, on_moved)
        files = FileReading(store, workers, tally, clock)

        async def read(source: Source) -> None:
            async with at_once:
                try:
                    await (web.read(source) if source.is_web else files.read(source))
                except CorpusError as error:
                    tally.fail(source.name, str(error))
                except Exception as error:
                    _LOG.exception("source %s failed", source.name)
                    tally.fail(source.name, f"unexpected: {type(error).__name__}: {error}")
                tally.received(polite.received_bytes)
                tally.finish_source()

        await asyncio.gather(*map(read, sources))
    tally.report.failed.sort(key=lambda failure: (failure.source, failure.error))
    return tally.report
