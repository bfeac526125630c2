"""Following a file or a folder on this machine.

Owns noticing which files are new, changed or gone since the last sync. Files with one article are read by the worker
processes; JSON lines, which may hold any number, are read in a thread, some at a time.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from corpus.draft import Draft
from corpus.errors import SourceError
from corpus.reading.failure import ReadFailure
from corpus.reading.source import find_files, holds_many, read_source
from corpus.sources import Source
from corpus.store import Added, Store
from corpus.sync.tally import Tally
from corpus.sync.tasks import Unreadable, read_file
from corpus.sync.workers import Workers

_LINES_AT_ONCE = 100
_FILES_AT_ONCE = 8


class FileReading:
    """Reads sources on this machine into the store."""

    def __init__(self, store: Store, workers: Workers, tally: Tally, clock: Callable[[], datetime]) -> None:
        """Take what the reading works with."""
        self._store = store
        self._workers = workers
        self._tally = tally
        self._clock = clock

    async def read(self, source: Source) -> None:
        """Read every file of a source that changed, and withdraw what is no longer there.

        Raises:
            SourceError: If there is no such file or folder, or a file cannot be read; the rest was read all the same.
        """
        path = Path(source.url).expanduser()
        if not path.exists():
            raise SourceError(f"{path} is not there. Correct the url of source {source.name!r}.")
        files = await asyncio.to_thread(find_files, path)
        self._tally.expect(len(files))
        failures: list[str] = []
        seen: set[str] = set()
        remaining = iter(files)
        async with asyncio.TaskGroup() as group:
            for _ in range(_FILES_AT_ONCE):
                group.create_task(self._read_files(source, remaining, seen, failures))
        if failures:
            raise SourceError(f"{failures[0]}" + (f" (and {len(failures) - 1} more)" if len(failures) > 1 else ""))
        self._withdraw_others(source, seen)

    async def _read_files(self, source: Source, files: Iterator[Path], seen: set[str], failures: list[str]) -> None:
        for file in files:
            before = len(failures)
            if holds_many(file):
                await self._read_lines(source, file, seen, failures)
            else:
                await self._read_file(source, file, seen, failures)
            self._tally.finish_page(failed=len(failures) > before)

    async def _read_file(self, source: Source, file: Path, seen: set[str], failures: list[str]) -> None:
        """Read a file with one article, unless it lies there as it did."""
        status = file.stat()
        mark = f"{status.st_mtime_ns} {status.st_size}"
        place = file.resolve().as_posix()
        row = self._store.connection.execute(
            "SELECT article_id, body_hash FROM pages WHERE key = ? AND source = ?", (place, source.name)
        ).fetchone()
        if row and row[1] == mark and self._is_standing(row[0]):
            seen.add(row[0])
            self._tally.answered()
            self._tally.count(Added.UNCHANGED)
            return
        found = await self._workers.run(read_file, str(file))
        if isinstance(found, Unreadable):
            failures.append(f"{file}: {found.why}")
            return
        self._store_all(source, found, seen, failures, key=place, mark=mark)

    async def _read_lines(self, source: Source, file: Path, seen: set[str], failures: list[str]) -> None:
        lines = read_source(file)
        while some := await asyncio.to_thread(lambda: list(islice(lines, _LINES_AT_ONCE))):
            self._store_all(source, some, seen, failures)

    def _store_all(
        self,
        source: Source,
        found: Iterable[Draft | ReadFailure],
        seen: set[str],
        failures: list[str],
        *,
        key: str = "",
        mark: str = "",
    ) -> None:
        now = self._clock()
        with self._store.transaction():
            for item in found:
                if isinstance(item, ReadFailure):
                    failures.append(str(item))
                    continue
                publisher = item.article.publisher or source.publisher
                draft = replace(item, article=replace(item.article, publisher=publisher))
                result, article_id = self._store.put(draft, read_at=now)
                self._note(source, key or f"{source.name}\n{article_id}", article_id, mark, now)
                seen.add(article_id)
                self._tally.answered()
                self._tally.count(result)

    def _note(self, source: Source, key: str, article_id: str, mark: str, now: datetime) -> None:
        self._store.connection.execute(
            "INSERT OR REPLACE INTO pages (key, url, source, listing, article_id, joined, body_hash, first_seen_at, "
            "read_at) VALUES (?, ?, ?, '{}', ?, 0, ?, ?, ?)",
            (key, source.url, source.name, article_id, mark, now.isoformat(), now.isoformat()),
        )

    def _is_standing(self, article_id: str | None) -> bool:
        query = "SELECT 1 FROM articles WHERE id = ? AND withdrawn_at IS NULL"
        return self._store.connection.execute(query, (article_id,)).fetchone() is not None

    def _withdraw_others(self, source: Source, seen: set[str]) -> None:
        query = "SELECT DISTINCT article_id FROM pages WHERE source = ? AND article_id IS NOT NULL"
        known = [row[0] for row in self._store.connection.execute(query, (source.name,))]
        with self._store.transaction():
            for article_id in known:
                if article_id not in seen and self._store.withdraw(article_id, self._clock()):
                    self._tally.withdraw()
