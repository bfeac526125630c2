"""What a sync came to, and how far it is.

Owns the names of the fields of ``corpus sync --json``; they change only with a major version.
"""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that could not be read, or not to its end."""

    source: str
    error: str


@dataclass(slots=True)
class Report:
    """Counts, growing while the sync runs.

    Attributes:
        sources: How many sources were read or tried.
        fetched: How many pages or files were answered for, changed or not.
        new: How many articles were not there before.
        changed: How many have another text or other metadata now, or are back.
        withdrawn: How many are gone from where they stood.
        unchanged: How many are as they were.
        failed: The sources that could not be read, or not to their end.
        bytes: What came over the wire, as bodies.
    """

    sources: int = 0
    fetched: int = 0
    new: int = 0
    changed: int = 0
    withdrawn: int = 0
    unchanged: int = 0
    failed: list[Failure] = field(default_factory=list)
    bytes: int = 0

    @property
    def exit_code(self) -> int:
        """0 all well, 4 some sources failed, 1 nothing worked."""
        if not self.failed:
            return 0
        worked = self.fetched or self.new or len({failure.source for failure in self.failed}) < self.sources
        return 4 if worked else 1

    def payload(self) -> dict[str, Any]:
        """Return what ``corpus sync --json`` prints."""
        return asdict(self)

    def summary(self) -> str:
        """Return the one line of the log."""
        counts = (
            f"{self.sources} sources, {self.fetched} pages, {self.new} new, {self.changed} changed, "
            f"{self.withdrawn} withdrawn, {self.unchanged} unchanged, {len(self.failed)} failed, {self.bytes} bytes"
        )
        return counts + "".join(f"; {failure.source}: {failure.error}" for failure in self.failed)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a sync is.

    Attributes:
        report: What it came to so far.
        sources_done: How many sources are read to their end.
        pages_done: How many pages are done with.
        pages: How many pages are known to be due.
        pages_failed: How many pages could not be read.
    """

    report: Report
    sources_done: int
    pages_done: int
    pages: int
    pages_failed: int
