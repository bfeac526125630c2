"""What of a generation is news to a standing question.

Owns that rule, over stories and never over single articles. A story is news where all of it came after the question was
put, where none of its articles was told before, and while it is fresh: an old article that arrives late is no news.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
import numpy.typing as npt

from index.answer import Citation
from index.candidates import allowed_passages
from index.generation import Generation
from index.question import Question

FRESH_DAYS = 7
"""What was published longer ago is no news, however late it arrives: a new source brings its archive along."""

_EPOCH = date(1970, 1, 1)


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


def news_passages(
    generation: Generation, question: Question, heard: Heard
) -> tuple[npt.NDArray[np.bool_], frozenset[str]]:
    """Return bool, (n_passages,): the passages of stories that are news; and the articles that joined an old one.

    Only what meets the question's filters is looked at: a story is old to a question about one source when that source
    told it. What has no date is never news.
    """
    allowed = allowed_passages(generation, question)
    days = np.floor(generation.published_seconds / 86_400)
    stories = generation.clusters.stories[generation.article_numbers]
    numbers = [number for number, article in enumerate(generation.articles) if article.id in heard.article_ids]
    is_heard = np.isin(generation.article_numbers, np.asarray(numbers, dtype=np.int64))
    is_old = allowed & (is_heard | (days < (heard.begun - _EPOCH).days))
    is_told = np.isin(stories, np.unique(stories[is_old]))
    fresh = allowed & (days >= (max(heard.begun, fresh_since(question.asked_at)) - _EPOCH).days)
    joined = np.unique(generation.article_numbers[fresh & is_told & ~is_heard]).tolist()
    return fresh & ~is_told, frozenset(generation.articles[number].id for number in joined)


def passages_of(generation: Generation, question: Question, article_ids: frozenset[str]) -> npt.NDArray[np.bool_]:
    """Return bool, (n_passages,): the passages of some articles, as far as they meet the question's filters."""
    numbers = [number for number, article in enumerate(generation.articles) if article.id in article_ids]
    among: npt.NDArray[np.bool_] = np.isin(generation.article_numbers, np.asarray(numbers, dtype=np.int64))
    return allowed_passages(generation, question) & among
