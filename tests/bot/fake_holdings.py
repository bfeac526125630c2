"""Stand-ins for what the index holds and for its upkeep, beside tests.bot.fakes."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from bot.discord.answering import Progress
from bot.errors import NeverCitedError, UnknownTitleError, WithdrawnAlreadyError
from bot.holdings import Listed
from bot.upkeep import AddedArticle
from corpus import Added, Article, Version
from corpus.changes import compare_words
from corpus.citations import Cited
from corpus.lookup import LookedUp
from corpus.sync.report import Failure, Report
from index.answer import Citation
from index.checksums import Damage
from index.errors import UnknownGenerationError
from index.verify import Verified

EARLIER_GENERATION = "g0000"


@dataclass(frozen=True, slots=True)
class FakeStage:
    """How far a sync has come."""

    stage: str
    done: int
    total: int


@dataclass
class FakeHoldings:
    """Holds a few citations, each with its article.

    Attributes:
        citations: What there is, newest first.
        named: The generation.
        failure: Raised by every call, if set.
        looks: How often the articles were listed.
        edited_text: The present text of every cited article, if it differs.
    """

    citations: tuple[Citation, ...]
    named: str
    failure: Exception | None = None
    looks: int = 0
    edited_text: str | None = None

    def generation(self) -> str:
        """Name the generation."""
        self._fail()
        return self.named

    def topics(self) -> tuple[str, ...]:
        """Know three names."""
        return ("International Space Station", "James Webb Space Telescope", "Starship")

    def newest_articles(self, *, limit: int) -> tuple[Article, ...]:
        """List the articles."""
        self._fail()
        self.looks += 1
        return tuple(one.article for one in self.citations)[:limit]

    def find_articles(self, words: str, *, limit: int) -> tuple[Article, ...]:
        """Find what holds the words as they are written."""
        self._fail()
        found = (one.article for one in self.citations)
        return tuple(article for article in found if words.casefold() in article.title.casefold())[:limit]

    def article(self, wanted: str, *, asked_at: datetime) -> Listed:
        """Return an article by its id or its headline."""
        self._fail()
        for one in self.citations:
            if wanted in (one.article.id, one.article.title):
                return Listed(one, 2)
        raise UnknownTitleError(wanted)

    def cited(self, wanted: str) -> tuple[LookedUp, ...]:
        """Return the quotes of an article."""
        self._fail()
        found = tuple(self._looked_up(one) for one in self.citations)
        kept = tuple(one for one in found if wanted in (one.cited.id, one.cited.article_id))
        if not kept:
            raise NeverCitedError(wanted)
        return kept

    def _looked_up(self, one: Citation) -> LookedUp:
        quote, article = one.quote, one.article
        text = self.edited_text if self.edited_text is not None else quote.text
        cited = Cited(
            article_id=article.id,
            version=quote.version,
            start_char=quote.span.start_char,
            end_char=quote.span.end_char,
            quote=quote.text,
            sentence=quote.part(quote.sentence),
            url=article.url,
            title=article.title,
            publisher=article.publisher,
            question="Where did it land?",
            cited_at=datetime(2031, 5, 8, tzinfo=UTC),
        )
        changes = compare_words(quote.text, text) if text != quote.text else ()
        return LookedUp(cited, article, Version(article.id, 2, text, "0" * 64), cited.sentence in text, changes)

    def _fail(self) -> None:
        if self.failure is not None:
            raise self.failure


@dataclass
class FakeUpkeep:
    """Does at once what takes the real one minutes, unless a test makes it wait.

    Attributes:
        article: What adding and withdrawing are about.
        done: What was asked of it, in order.
        failure: Raised by every call, if set.
        sync_may_end: A sync waits for it.
        sync_began: Set when a sync runs.
        failed: The sources that a sync finds failing.
        damages: What verifying finds.
    """

    article: Article
    done: list[tuple[str, str]] = field(default_factory=list)
    failure: Exception | None = None
    sync_may_end: threading.Event = field(default_factory=threading.Event)
    sync_began: threading.Event = field(default_factory=threading.Event)
    failed: list[Failure] = field(default_factory=list)
    damages: tuple[Damage, ...] = ()
    withdrawn: set[str] = field(default_factory=set)

    def generations(self) -> tuple[str, ...]:
        """List two."""
        return ("g0001", EARLIER_GENERATION)

    def rollback(self, generation: str | None) -> str:
        """Go back to the earlier one."""
        self._note("rollback", generation or "")
        if generation not in (None, *self.generations()):
            raise UnknownGenerationError(generation or "")
        return generation or EARLIER_GENERATION

    def verify(self) -> Verified:
        """Find the damages that a test put there."""
        self._note("verify", "")
        return Verified(self.generations(), self.damages)

    def sync(self, on_progress: Callable[[Progress], None]) -> Report:
        """Find one new article, as soon as it may end."""
        self._note("sync", "")
        on_progress(FakeStage("Reading the sources", 1, 4))
        self.sync_began.set()
        if not self.sync_may_end.wait(timeout=5):
            raise TimeoutError("the test never let the sync end")
        return Report(sources=2, fetched=3, new=1, changed=0, unchanged=2, failed=self.failed)

    def add(self, url: str) -> AddedArticle:
        """Find the article at any link."""
        self._note("add", url)
        return AddedArticle(replace(self.article, url=url), Added.NEW)

    def withdraw(self, article_id: str) -> Article:
        """Withdraw the article once."""
        self._note("withdraw", article_id)
        if article_id != self.article.id:
            raise UnknownTitleError(article_id)
        if article_id in self.withdrawn:
            raise WithdrawnAlreadyError
        self.withdrawn.add(article_id)
        return self.article

    def _note(self, what: str, of: str) -> None:
        if self.failure is not None:
            raise self.failure
        self.done.append((what, of))
