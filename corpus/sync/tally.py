"""Counting while a sync runs.

Owns the one report that all sources write into, and telling how far it is.
"""

from collections.abc import Callable

from corpus.store import Added
from corpus.sync.report import Failure, Progress, Report


class Tally:
    """The counts of a running sync."""

    def __init__(self, report: Report, on_progress: Callable[[Progress], None]) -> None:
        """Count into ``report``."""
        self.report = report
        self._on_progress = on_progress
        self._sources_done = 0
        self._pages_done = 0
        self._pages = 0
        self._pages_failed = 0

    def expect(self, pages: int) -> None:
        """Note that so many further pages are due."""
        self._pages += pages
        self._tell()

    def count(self, result: Added | None) -> None:
        """Count an article that was stored, or compared; None is a page that was joined to another."""
        match result:
            case Added.NEW:
                self.report.new += 1
            case Added.CHANGED:
                self.report.changed += 1
            case _:
                self.report.unchanged += 1

    def answered(self) -> None:
        """Count a page or file that was answered for."""
        self.report.fetched += 1

    def withdraw(self) -> None:
        """Count an article that is gone."""
        self.report.withdrawn += 1

    def finish_page(self, *, failed: bool = False) -> None:
        """Note that a page is done with."""
        self._pages_done += 1
        self._pages_failed += failed
        self._tell()

    def finish_source(self) -> None:
        """Note that a source is read to its end."""
        self._sources_done += 1
        self._tell()

    def fail(self, source: str, error: str) -> None:
        """Note that a source could not be read; its first failure is the one that is told."""
        if all(failure.source != source for failure in self.report.failed):
            self.report.failed.append(Failure(source, error))

    def received(self, total_bytes: int) -> None:
        """Note how many bytes came so far, of all sources together."""
        self.report.bytes = total_bytes

    def _tell(self) -> None:
        self._on_progress(Progress(self.report, self._sources_done, self._pages_done, self._pages, self._pages_failed))
