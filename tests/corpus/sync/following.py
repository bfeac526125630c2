"""Running a sync in tests: a store of its own, a clock that can be set, and no patience."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from corpus.addresses import Resolve, resolve_host
from corpus.article import Article, Version
from corpus.export import export_lines
from corpus.fetch import Limits
from corpus.politeness import Pace
from corpus.sources import Source
from corpus.store import Store
from corpus.sync import Following, Report, sync_sources

IMPATIENT = Pace(delay_seconds=0.0, backoff_seconds=0.01, patience_seconds=1.5)


@dataclass
class Follower:
    """A data folder whose sources are followed.

    Attributes:
        folder: The data folder.
        sources: What is followed.
        now: What the clock says.
        moved: Where sources were said to have moved to.
        allowed_hosts: The hosts that may be asked.
    """

    folder: Path
    sources: list[Source] = field(default_factory=list)
    now: datetime = datetime(2031, 5, 1, 12, tzinfo=UTC)
    moved: list[str] = field(default_factory=list)
    allowed_hosts: frozenset[str] = frozenset()
    timeout_seconds: float = 5.0
    max_bytes: int = 1_000_000

    @property
    def path(self) -> Path:
        return self.folder / "corpus.db"

    def sync(self, *, later: timedelta = timedelta(minutes=5), resolve: Resolve = resolve_host) -> Report:
        """Run one sync, some time after the one before."""
        self.now += later
        limits = Limits(self.timeout_seconds, self.max_bytes, self.allowed_hosts, "test agent")
        with Store.open(self.path) as store:
            return sync_sources(
                self.sources,
                store,
                Following(limits, IMPATIENT, processes=1),
                lock_path=self.folder / "sync.lock",
                clock=lambda: self.now,
                on_moved=self._note_move,
                resolve=resolve,
            )

    def _note_move(self, source: Source, url: str) -> None:
        self.moved.append(url)
        self.sources = [replace(one, url=url) if one.name == source.name else one for one in self.sources]

    def articles(self) -> dict[str, tuple[Article, Version]]:
        """Return what the store holds, by link."""
        with Store.open(self.path) as store:
            return {article.url: (article, version) for article, version in store.current()}

    def exported(self) -> list[str]:
        with Store.open(self.path) as store:
            return list(export_lines(store))


def counts(report: Report) -> tuple[int, int, int, int]:
    """Return new, changed, withdrawn and unchanged."""
    return report.new, report.changed, report.withdrawn, report.unchanged
