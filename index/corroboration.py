"""Who else tells the same.

Owns giving one slot to a story, whoever tells it, and counting its independent reports.
"""

from collections.abc import Sequence

from corpus import Article
from index.clusters import first_published, independent_reports
from index.engine.base import Engine
from index.evidence import Evidence
from index.generation import Found
from index.question import Question


def one_of_each_story(engine: Engine, evidence: Sequence[Evidence], threshold: float) -> list[Evidence]:
    """Return the best of each story, and of each sentence: a text may have been published more than once.

    The best quote stands for its story. Where several copies of one text give it, who published it first is quoted: the
    words are theirs, and the others only repeat them.

    Args:
        engine: Knows the stories.
        evidence: Best first.
        threshold: The confidence from which on a quote is shown; an original below it does not take its copy's place.
    """
    kept: list[Evidence] = []
    seen: set[int | str] = set()
    for one in evidence:
        own = engine.labels(one.candidate.found)
        keys: set[int | str] = {own.story, one.words.casefold()}
        if seen.isdisjoint(keys):
            same = (
                other
                for other in evidence
                if engine.labels(other.candidate.found) == own
                and other.words == one.words
                and other.confidence >= min(one.confidence, threshold)
            )
            kept.append(min(same, key=lambda other: first_published(other.candidate.found.article)))
        seen |= keys
    return kept


def corroborate(engine: Engine, found: Found, question: Question) -> tuple[int, tuple[Article, ...]]:
    """Return how many independent reports the story of a passage has, and its other articles, the oldest first.

    Args:
        engine: Knows the stories.
        found: A passage of one of its articles.
        question: What was published after it was asked, or does not meet its filters, is not counted.
    """
    told = engine.story(found, question)
    others = sorted((article for _, article in told if article.id != found.article.id), key=first_published)
    return independent_reports(told), tuple(others)
