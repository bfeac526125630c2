"""A stand-in for what watches ask, beside tests.bot.fakes."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from bot.standing import Baseline
from corpus import Article, Span
from index.answer import Answer, Citation, Filters, Quote
from index.news import Heard, News


def story(number: int, *others: str, publisher: str = "Orbit Gazette", score: float = 0.9) -> Citation:
    """Return a story of one sentence, told by article ``s<number>`` and others."""
    text = f"Probe number {number} began its work."
    whole = Span(0, len(text))
    article = _article(f"s{number}", f"Probe {number}", publisher)
    quote = Quote(article.id, 1, whole, whole, whole, text)
    return Citation(quote, article, score, 1 + len(others), tuple(_article(name, name, "Herald") for name in others))


def _article(article_id: str, title: str, publisher: str) -> Article:
    return Article(
        article_id, f"https://orbit.example/{article_id}", title, publisher, datetime(2026, 1, 1, tzinfo=UTC)
    )


@dataclass
class FakeStanding:
    """Has the stories that a test put in.

    Attributes:
        generation: Names the generation that answers.
        stories: What answers every question.
        held: The articles that stand in the index when a watch is made.
        asked: The questions that were asked, with their filters.
        failure: Raised by every call, if set.
    """

    generation: Callable[[], str]
    stories: list[Citation] = field(default_factory=list)
    held: tuple[str, ...] = ()
    asked: list[tuple[str, Filters]] = field(default_factory=list)
    failure: Exception | None = None

    def baseline(self, since: date) -> Baseline:
        """Tell what stands there."""
        self._fail()
        return Baseline(self.generation(), self.held)

    def news(self, question: str, *, asked_at: datetime, filters: Filters, heard: Heard) -> News:
        """Tell the stories of which nothing was heard."""
        self._fail()
        self.asked.append((question, filters))
        new = tuple(one for one in self.stories if heard.article_ids.isdisjoint(_ids(one)))
        joined = frozenset().union(*(_ids(one) for one in self.stories if one not in new)) - heard.article_ids
        return News(self.generation(), new, joined)

    def quoted(
        self, question: str, article_ids: frozenset[str], *, asked_at: datetime, filters: Filters
    ) -> Answer | None:
        """Quote the stories that stand."""
        self._fail()
        citations = tuple(one for one in self.stories if one.article.id in article_ids)
        return Answer(question, asked_at, citations, self.generation()) if citations else None

    def edit(self, number: int, **changes: object) -> None:
        """Change a story."""
        self.stories = [replace(one, **changes) if one.article.id == f"s{number}" else one for one in self.stories]  # type: ignore[arg-type]

    def _fail(self) -> None:
        if self.failure is not None:
            raise self.failure


def _ids(citation: Citation) -> frozenset[str]:
    return frozenset({citation.article.id, *(other.id for other in citation.others)})
