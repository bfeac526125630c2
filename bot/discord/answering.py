"""What the Discord side needs from whatever finds the answers.

Owns the shape only; ``bot.service.Service`` has it, and so have the fakes in the tests. Every call blocks and may be
made from any thread, so that nothing here is called on the event loop.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from corpus import Article
from index.answer import Answer, Filters, NoAnswer


class SourceSummary(Protocol):
    """How much one publisher has in the index, and from when to when."""

    @property
    def publisher(self) -> str:
        """Name, as it stands in its articles."""

    @property
    def articles(self) -> int:
        """How many articles."""

    @property
    def first(self) -> datetime | None:
        """The oldest date of publication, or None where no article has one."""

    @property
    def last(self) -> datetime | None:
        """The newest date of publication, or None where no article has one."""


class Gate(Protocol):
    """What a gate before publishing found."""

    @property
    def name(self) -> str:
        """The gate."""

    @property
    def passed(self) -> bool:
        """Whether it lets the generation through."""

    @property
    def detail(self) -> str:
        """What it saw, for a person."""


class IndexStatus(Protocol):
    """A generation."""

    @property
    def generation(self) -> str:
        """Its name."""

    @property
    def digest(self) -> str:
        """Hash of what it holds."""

    @property
    def articles(self) -> int:
        """How many articles it holds."""

    @property
    def passages(self) -> int:
        """How many passages they were cut into."""

    @property
    def encoder(self) -> str:
        """The model that made its vectors."""

    @property
    def built_at(self) -> datetime:
        """When it was built (aware, UTC)."""

    @property
    def bytes(self) -> int:
        """Its size on disk."""

    @property
    def published(self) -> bool:
        """Whether it answers."""

    @property
    def gates(self) -> Sequence[Gate]:
        """What the gates before publishing found."""


class Progress(Protocol):
    """How far a rebuild has come."""

    @property
    def stage(self) -> str:
        """What is being done."""

    @property
    def done(self) -> int:
        """How much of it is done."""

    @property
    def total(self) -> int:
        """How much there is to do; 0 where nobody knows."""


class Answering(Protocol):
    """Asks, lists and rebuilds."""

    def ask(self, question: str, *, asked_at: datetime, filters: Filters) -> Answer | NoAnswer:
        """Answer a question as of a moment."""

    def sources(self) -> Sequence[SourceSummary]:
        """List the publishers, sorted by name."""

    def recent_articles(self, publisher: str, *, limit: int) -> Sequence[Article]:
        """List a publisher's articles, newest first."""

    def status(self) -> IndexStatus:
        """Describe the generation that answers now."""

    def rebuild(self, on_progress: Callable[[Progress], None]) -> IndexStatus:
        """Build a new generation, and publish it and move to it unless a gate holds it back."""

    def reload_if_published(self) -> bool:
        """Move to a generation that another process published; tell whether there was one."""
