"""Who else tells the same.

Owns giving one slot to a story, whoever tells it, and counting its independent reports.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from corpus import Article
from index.clusters import first_published
from index.evidence import Evidence
from index.generation import Found, Generation


def one_of_each_story(generation: Generation, evidence: Sequence[Evidence], threshold: float) -> list[Evidence]:
    """Return the best of each story, and of each sentence: a text may have been published more than once.

    The best quote stands for its story. Where several copies of one text give it, who published it first is quoted: the
    words are theirs, and the others only repeat them.

    Args:
        generation: Knows the stories.
        evidence: Best first.
        threshold: The confidence from which on a quote is shown; an original below it does not take its copy's place.
    """
    kept: list[Evidence] = []
    seen: set[int | str] = set()
    for one in evidence:
        story, report = labels(generation, one)
        keys: set[int | str] = {story, one.words.casefold()}
        if seen.isdisjoint(keys):
            same = (
                other
                for other in evidence
                if labels(generation, other) == (story, report)
                and other.words == one.words
                and other.confidence >= min(one.confidence, threshold)
            )
            kept.append(min(same, key=lambda other: first_published(other.candidate.found.article)))
        seen |= keys
    return kept


def labels(generation: Generation, evidence: Evidence) -> tuple[int, int]:
    """Return the story and the report that evidence belongs to."""
    number = generation.article_numbers[evidence.candidate.found.number]
    return int(generation.clusters.stories[number]), int(generation.clusters.reports[number])


def corroborate(
    generation: Generation, found: Found, allowed: npt.NDArray[np.bool_]
) -> tuple[int, tuple[Article, ...]]:
    """Return how many independent reports the story of a passage has, and its other articles, the oldest first.

    Args:
        generation: Knows the stories.
        found: A passage of one of its articles.
        allowed: bool, (n_passages,): what was published by then and meets the filters; nothing else is counted.
    """
    own = int(generation.article_numbers[found.number])
    story = generation.clusters.story(own)
    if len(story) == 1:
        return 1, ()
    seen = [number for number in story if number == own or allowed[generation.passage_numbers(number)].any()]
    told = list(zip(seen, generation.articles.some(seen), strict=True))
    others = sorted((article for number, article in told if number != own), key=first_published)
    return generation.clusters.independent_reports(told), tuple(others)
