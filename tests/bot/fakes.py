"""Stand-ins for the index: real values over small texts of our own."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from bot.discord.answering import Progress
from corpus import Article, Span
from index.answer import Answer, Citation, Filters, NoAnswer, Quote, Refusal, Timeline
from index.explanation import Explanation, ReadPassage, Verdict
from index.gate import Contribution
from index.record import GateResult
from index.when import When
from tests.bot.fake_holdings import FakeHoldings, FakeUpkeep
from tests.bot.fake_looking_back import FakeLookingBack
from tests.bot.fake_standing import FakeStanding

GENERATION = "g0001"
LANDING_TEXT = (
    "The Larkspur lander left its parking orbit on Monday. It touched down near the crater Vesna at 04:12 UTC. "
    "Its two rovers will roll out next week."
)
LANDING_SENTENCE = "It touched down near the crater Vesna at 04:12 UTC."
LANDING_SHOWN = "**It touched down __near the crater Vesna__ at 04:12 UTC.**"
LANDING = Article(
    id="larkspur-landing",
    url="https://orbit.example/larkspur",
    title="Larkspur reaches the ground",
    publisher="Orbit Gazette",
    published_at=datetime(2031, 5, 6, 9, 30, tzinfo=UTC),
)
FUELLING = Article(
    id="fuelling",
    url="briefings/fuelling.md",
    title="Fuelling test moved",
    publisher="Starter corpus",
    published_at=None,
)


def span_of(text: str, part: str) -> Span:
    """Return where ``part`` stands in ``text``."""
    start = text.index(part)
    return Span(start, start + len(part))


def citation(article: Article, text: str, sentence: str, answer: str) -> Citation:
    """Return a citation whose quote is the whole of ``text``."""
    quote = Quote(
        article_id=article.id,
        version=1,
        span=Span(0, len(text)),
        sentence=span_of(text, sentence),
        answer=span_of(text, answer),
        text=text,
    )
    quote.check(text)
    return Citation(quote=quote, article=article, score=0.9)


def fuelling_citation() -> Citation:
    """Return a citation of an article that has no date and no link."""
    text = "The fuelling test was moved to Friday. Nobody said why."
    return citation(FUELLING, text, "The fuelling test was moved to Friday.", "Friday")


def explanation(when: When | None = None) -> Explanation:
    """Return how the fake's answer came about: one passage that is cited and one that is not."""
    moment = datetime(2031, 5, 9, tzinfo=UTC)
    parts = (
        Contribution("relevance", 2.0, 0.5),
        Contribution("names", 0.0, -2.0),
        Contribution("bias", 1.0, 0.2),
    )
    cited = ReadPassage(
        article=LANDING,
        sentence=span_of(LANDING_TEXT, LANDING_SENTENCE),
        text=LANDING_SENTENCE,
        lexical=4.25,
        dense=0.5,
        fused=0.75,
        timely=1.0,
        by_time=0.5,
        relevance=2.0,
        margin=3.5,
        by_reader=0.73,
        by_article=0.38,
        score=2.36,
        contributions=parts,
        confidence=0.77,
        verdict=Verdict.CITED,
    )
    other = replace(cited, article=FUELLING, score=1.0, confidence=0.2, verdict=Verdict.UNSURE)
    when = when or When(moment, moment, 1.0)
    return Explanation(when, 0.3, 0.4, 0.8, (cited, other), "1 of 2 passages is cited.")


def landing_citation() -> Citation:
    """Return the one citation that the fake answers with."""
    return citation(LANDING, LANDING_TEXT, LANDING_SENTENCE, "near the crater Vesna")


@dataclass(frozen=True, slots=True)
class FakeSource:
    """A publisher in the index."""

    publisher: str
    articles: int
    first: datetime | None
    last: datetime | None


@dataclass(frozen=True, slots=True)
class FakeStatus:
    """A generation."""

    generation: str = GENERATION
    digest: str = "ab" * 32
    articles: int = 2
    passages: int = 3
    encoder: str = "letters"
    built_at: datetime = datetime(2031, 5, 7, tzinfo=UTC)
    bytes: int = 1_500_000
    published: bool = True
    gates: tuple[GateResult, ...] = ()


@dataclass(frozen=True, slots=True)
class FakeProgress:
    """How far a rebuild has come."""

    stage: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, as it arrived."""

    question: str
    asked_at: datetime
    filters: Filters
    thread_id: int


@dataclass
class FakeAnswering:
    """Knows one landing and refuses everything else.

    Attributes:
        asked: What was asked so far.
        failure: Raised by every call, if set.
        fresh: Whether another process published a generation that was not moved to yet.
        told: What every timeline tells, if it is set.
        recent: The articles of further publishers.
        rebuild_may_end: A rebuild waits for it.
        rebuild_began: Set when a rebuild runs.
    """

    asked: list[Asked] = field(default_factory=list)
    failure: Exception | None = None
    fresh: bool = False
    n_reloads: int = 0
    generation: str = GENERATION
    extra_sources: tuple[FakeSource, ...] = ()
    told: tuple[Citation, ...] = ()
    recent: dict[str, tuple[Article, ...]] = field(default_factory=dict)
    rebuild_may_end: threading.Event = field(default_factory=threading.Event)
    rebuild_began: threading.Event = field(default_factory=threading.Event)
    holdings: FakeHoldings = field(
        default_factory=lambda: FakeHoldings((landing_citation(), fuelling_citation()), GENERATION)
    )
    looking_back: FakeLookingBack = field(init=False)
    upkeep: FakeUpkeep = field(default_factory=lambda: FakeUpkeep(LANDING))
    standing: FakeStanding = field(init=False)

    def __post_init__(self) -> None:
        self.standing = FakeStanding(lambda: self.holdings.named)
        self.looking_back = FakeLookingBack(lambda *args, **kwargs: self.ask(*args, **kwargs))

    def ask(self, question: str, *, asked_at: datetime, filters: Filters) -> Answer | NoAnswer:
        """Answer questions about the lander."""
        self._fail()
        self.asked.append(Asked(question, asked_at, filters, threading.get_ident()))
        timings_ms = {"search": 3.0, "read": 4.0}
        if "larkspur" in question.casefold():
            cited = (landing_citation(),)
            return Answer(question, asked_at, cited, self.generation, timings_ms, explanation=explanation())
        reason = "Nothing in the index answers this."
        nearest = landing_citation()
        return NoAnswer(question, asked_at, Refusal.NO_ANSWER_IN_TOPIC, reason, nearest, self.generation, timings_ms)

    def timeline(self, topic: str, *, asked_at: datetime, limit: int, filters: Filters) -> Timeline:
        """Tell of the lander alone."""
        self._fail()
        self.asked.append(Asked(topic, asked_at, filters, threading.get_ident()))
        told = (landing_citation(),) if "larkspur" in topic.casefold() else ()
        return Timeline(topic, asked_at, (self.told or told)[:limit], self.generation)

    def latest(self, topic: str, *, asked_at: datetime, limit: int, filters: Filters) -> Timeline:
        """Tell of the lander alone, whatever the topic where none is named."""
        return self.timeline(topic or "larkspur", asked_at=asked_at, limit=limit, filters=filters)

    def sources(self) -> Sequence[FakeSource]:
        """List two publishers, and what a test added."""
        self._fail()
        published = LANDING.published_at
        return (
            FakeSource("Orbit Gazette", 1, published, published),
            FakeSource("Starter corpus", 1, None, None),
            *self.extra_sources,
        )

    def recent_articles(self, publisher: str, *, limit: int) -> Sequence[Article]:
        """List the articles of one publisher."""
        self._fail()
        own = tuple(article for article in (LANDING, FUELLING) if article.publisher == publisher)
        return self.recent.get(publisher, own)[:limit]

    def status(self) -> FakeStatus:
        """Describe the generation."""
        self._fail()
        return FakeStatus(generation=self.generation)

    def rebuild(self, on_progress: Callable[[Progress], None]) -> FakeStatus:
        """Build the next generation, as soon as it may end."""
        self._fail()
        on_progress(FakeProgress("Encoding passages", 1, 4))
        self.rebuild_began.set()
        if not self.rebuild_may_end.wait(timeout=5):
            raise TimeoutError("the test never let the rebuild end")
        self.generation = self.holdings.named = "g0002"
        return self.status()

    def reload_if_published(self) -> bool:
        """Move on once."""
        self._fail()
        moved, self.fresh = self.fresh, False
        self.n_reloads += moved
        return moved

    def _fail(self) -> None:
        if self.failure is not None:
            raise self.failure
