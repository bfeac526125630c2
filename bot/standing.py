"""What a watch asks: what is news, what stood there before, and how a story is quoted now.

Owns reading for watches. When they are asked and what is posted is not decided here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from bot.current import AskCurrent
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

    def __init__(self, ask_current: AskCurrent, keep_shown: Callable[[Answer, str], Answer]) -> None:
        """Take what asks the generation that answers, and what keeps shown quotes."""
        self._ask_current = ask_current
        self._keep_shown = keep_shown

    def baseline(self, since: date) -> Baseline:
        """Return what the index holds from a day (UTC) on.

        Raises:
            NoGenerationError: Nothing was built yet.
        """
        return self._ask_current(
            lambda searcher: Baseline(searcher.engine.manifest.generation, tuple(searcher.engine.stories_since(since)))
        )

    def news(self, question: str, *, asked_at: datetime, filters: Filters, heard: Heard) -> News:
        """Return what is news to a standing question.

        Raises:
            NoGenerationError: Nothing was built yet.
        """
        return self._ask_current(
            lambda searcher: searcher.news(question, asked_at=asked_at, filters=filters, heard=heard)
        )

    def quoted(
        self, question: str, article_ids: frozenset[str], *, asked_at: datetime, filters: Filters
    ) -> Answer | None:
        """Return what some articles answer as it may be shown now, or None where none of them answers any more.

        At most as many stories are cited as an answer has.

        Raises:
            NoGenerationError: Nothing was built yet.
        """

        def quote(searcher: Searcher) -> Answer:
            stories = searcher.stories_of(question, article_ids, asked_at=asked_at, filters=filters)
            return Answer(question, asked_at, stories[:MAX_CITATIONS], searcher.engine.manifest.generation)

        answer = self._ask_current(quote)
        return self._keep_shown(answer, question) if answer.citations else None
