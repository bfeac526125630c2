"""What a watch asks: what is news, what stood there before, and how a story is quoted now.

Owns reading for watches. When they are asked and what is posted is not decided here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from index.answer import Answer, Filters
from index.news import Heard, News
from index.search import MAX_CITATIONS, Searcher


@dataclass(frozen=True, slots=True)
class Baseline:
    """What stood in the index at a moment.

    Attributes:
        generation: The generation that answered.
        article_ids: Its articles that were published on some day or later.
    """

    generation: str
    article_ids: tuple[str, ...]


class Standing:
    """Asks standing questions of the present generation; safe to use from several threads."""

    def __init__(self, current: Callable[[], Searcher], keep_shown: Callable[[Answer, str], Answer]) -> None:
        """Take what opens the generation that answers, and what keeps shown quotes."""
        self._current = current
        self._keep_shown = keep_shown

    def baseline(self, since: date) -> Baseline:
        """Return what the index holds from a day (UTC) on.

        Raises:
            NoGenerationError: Nothing was built yet.
        """
        generation = self._current().generation
        dated = ((one.id, one.published_at) for one in generation.articles)
        held = tuple(article_id for article_id, moment in dated if moment is not None and moment.date() >= since)
        return Baseline(generation.manifest.generation, held)

    def news(self, question: str, *, asked_at: datetime, filters: Filters, heard: Heard) -> News:
        """Return what is news to a standing question.

        Raises:
            NoGenerationError: Nothing was built yet.
        """
        return self._current().news(question, asked_at=asked_at, filters=filters, heard=heard)

    def quoted(
        self, question: str, article_ids: frozenset[str], *, asked_at: datetime, filters: Filters
    ) -> Answer | None:
        """Return what some articles answer as it may be shown now, or None where none of them answers any more.

        At most as many stories are cited as an answer has.

        Raises:
            NoGenerationError: Nothing was built yet.
        """
        searcher = self._current()
        stories = searcher.stories_of(question, article_ids, asked_at=asked_at, filters=filters)
        citations = tuple(islice(stories, MAX_CITATIONS))
        if not citations:
            return None
        answer = Answer(question, asked_at, citations, searcher.generation.manifest.generation)
        return self._keep_shown(answer, question)
