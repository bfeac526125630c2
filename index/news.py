"""What of a generation is news to a standing question.

Owns that rule, over stories and never over single articles. A story is news where all of it came after the question was
put, where none of its articles was told before, and while it is fresh: an old article that arrives late is no news.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from index.answer import Citation
from index.engine.base import Engine
from index.question import Question

FRESH_DAYS = 7
"""What was published longer ago is no news, however late it arrives: a new source brings its archive along."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a standing question has heard.

    Attributes:
        begun: The day on which it was put (UTC). A story that was told before is not news, and neither is what stood in
            the index at that moment; ``article_ids`` has what came out on that day until then.
        article_ids: Articles whose stories were told, or stood there already.
    """

    begun: date
    article_ids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class News:
    """What a generation has for a standing question.

    Attributes:
        generation: The generation that was searched.
        citations: One of each story that is news and answers, the surest first.
        joined: Fresh articles that belong to a story which was heard already; to be remembered with it, because the
            next generation may draw the line between two stories elsewhere.
    """

    generation: str
    citations: tuple[Citation, ...]
    joined: frozenset[str] = frozenset()


def fresh_since(asked_at: datetime) -> date:
    """Return the first day (UTC) whose articles are still fresh."""
    return (asked_at.astimezone(UTC) - timedelta(days=FRESH_DAYS)).date()


def news_articles(engine: Engine, question: Question, heard: Heard) -> tuple[frozenset[str], frozenset[str]]:
    """Return the ids of the articles whose stories are news; and of those that joined an old one.

    Only what meets the question's filters is looked at: a story is old to a question about one source when that source
    told it. What has no date is never news.
    """
    fresh = engine.stories_since(max(heard.begun, fresh_since(question.asked_at)), question)
    told = engine.told_stories(set(fresh.values()), question, heard.begun, heard.article_ids)
    joined = frozenset(article_id for article_id, story in fresh.items() if story in told) - heard.article_ids
    return frozenset(article_id for article_id, story in fresh.items() if story not in told), joined
