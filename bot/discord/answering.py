"""What the Discord side needs from whatever finds the answers.

Owns the shape only; ``bot.service.Service`` has it, and so have the fakes in the tests. Every call blocks and may be
made from any thread, so that nothing here is called on the event loop.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from bot.kinds import Kinds
from corpus import Article
from index.answer import Answer, Citation, Filters, NoAnswer, Timeline

if TYPE_CHECKING:
    from bot.holdings import Listed
    from bot.upkeep import AddedArticle
    from corpus.lookup import LookedUp
    from corpus.sync.report import Report
    from index.news import Heard, News
    from index.verify import Verified


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


class Holdings(Protocol):
    """Tells what there is, whatever was asked."""

    def generation(self) -> str:
        """Return the name of the generation that answers now; cheap enough to be asked often."""

    def topics(self) -> Sequence[str]:
        """List names that the lexicon knows, sorted."""

    def newest_articles(self, *, limit: int) -> Sequence[Article]:
        """List articles, newest first."""

    def find_articles(self, words: str, *, limit: int) -> Sequence[Article]:
        """List the articles whose headline or publisher holds all the words, newest first."""

    def article(self, wanted: str, *, asked_at: datetime) -> "Listed":
        """Return the article with an id or a headline."""

    def cited(self, wanted: str) -> "Sequence[LookedUp]":
        """Return the quote with an id, or every quote of an article, beside the present text; oldest first."""


class LookingBack(Protocol):
    """Comes back to earlier answers."""

    def again(self, question: str, *, asked_at: datetime, filters: Filters, generation: str) -> Answer | NoAnswer:
        """Answer a question as a generation answered it; raises ``GenerationGoneError`` where it no longer stands."""

    def surroundings(self, citation: Citation, *, generation: str) -> Citation:
        """Return a citation with as much around its quote as may be shown at once."""

    def kinds(self, result: Answer | NoAnswer | Timeline) -> Kinds:
        """Return who speaks in the articles behind a result."""

    def topic(self, question: str, *, asked_at: datetime) -> str:
        """Return what a question is about, as a topic for ``timeline``."""


class Upkeep(Protocol):
    """Keeps the corpus and the index; every call may take minutes."""

    def generations(self) -> Sequence[str]:
        """List the generations that were published and stand, newest first."""

    def rollback(self, generation: str | None) -> str:
        """Let an earlier generation answer, the one before if none is named; return its name."""

    def verify(self) -> "Verified":
        """Compare every file of every generation with its checksum."""

    def sync(self, on_progress: Callable[[Progress], None]) -> "Report":
        """Read what is new in every source that is followed."""

    def add(self, url: str) -> "AddedArticle":
        """Fetch a page and add the article in it."""

    def withdraw(self, article_id: str) -> Article:
        """Let an article be searched no longer, from the next build on."""


class Baseline(Protocol):
    """What stood in the index at a moment."""

    @property
    def generation(self) -> str:
        """The generation that answered."""

    @property
    def article_ids(self) -> Sequence[str]:
        """Its articles that were published on some day or later."""


class Standing(Protocol):
    """Asks what watches ask."""

    def baseline(self, since: date) -> Baseline:
        """Return what the index holds from a day (UTC) on."""

    def news(self, question: str, *, asked_at: datetime, filters: Filters, heard: "Heard") -> "News":
        """Return what is news to a standing question."""

    def quoted(
        self, question: str, article_ids: frozenset[str], *, asked_at: datetime, filters: Filters
    ) -> Answer | None:
        """Return what some articles answer as it may be shown now, or None where none answers any more."""


class Answering(Protocol):
    """Asks, lists and rebuilds."""

    @property
    def holdings(self) -> Holdings:
        """Tells what there is."""

    @property
    def standing(self) -> Standing:
        """Asks what watches ask."""

    @property
    def looking_back(self) -> LookingBack:
        """Comes back to earlier answers."""

    @property
    def upkeep(self) -> Upkeep:
        """Keeps the corpus and the index."""

    @property
    def generation(self) -> str:
        """The generation that answers now, from memory; "" before any was opened."""

    def ask(self, question: str, *, asked_at: datetime, filters: Filters) -> Answer | NoAnswer:
        """Answer a question as of a moment."""

    def timeline(self, topic: str, *, asked_at: datetime, limit: int, filters: Filters) -> Timeline:
        """Return what was told of a topic as of a moment, one quote a story, the oldest first."""

    def latest(self, topic: str, *, asked_at: datetime, limit: int, filters: Filters) -> Timeline:
        """Return the newest reports as of a moment, one quote a story, the newest first; "" takes any topic."""

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
