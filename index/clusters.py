"""Which articles of a generation are one report, and which reports are one story.

Owns the labels of a generation, their file, and counting how many independent reports a story has; ``index.clustering``
finds the labels. Copies of a text are one report; a report counts for its publisher, so that nobody confirms himself.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from corpus import Article
from index.errors import GenerationError

Labels = npt.NDArray[np.int32]

RULES = 1
"""Raised whenever articles are clustered by other rules: a part of a generation's identity."""


@dataclass(frozen=True, slots=True)
class Clusters:
    """The labels of all articles of a generation.

    Attributes:
        reports: int32, (n_articles,): the lowest number among an article's copies, itself included.
        stories: int32, (n_articles,): the lowest number among the articles of its story.
    """

    reports: Labels
    stories: Labels

    def save(self, path: Path) -> None:
        """Write the labels to a file."""
        np.savez(path, reports=self.reports, stories=self.stories)

    @classmethod
    def load(cls, path: Path) -> "Clusters":
        """Read labels that ``save`` wrote.

        Raises:
            GenerationError: The file is absent or damaged.
        """
        try:
            with path.open("rb") as stream, np.load(stream) as labels:  # numpy leaves a damaged file open
                return cls(labels["reports"], labels["stories"])
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
            raise GenerationError(f"cannot read {path}: {error}; run `space-news index build`") from error

    def story(self, number: int) -> list[int]:
        """Return the articles that tell the story of an article, itself included, in ascending order."""
        return [int(member) for member in np.flatnonzero(self.stories == self.stories[number])]


def independent_reports(articles: Iterable[tuple[int, Article]]) -> int:
    """Return how many publishers reported by themselves: of each text only who published it first counts.

    Args:
        articles: Some or all articles of one story, each with the number of its report.
    """
    by_report: dict[int, list[Article]] = {}
    for report, article in articles:
        by_report.setdefault(report, []).append(article)
    originals = [min(copies, key=first_published) for copies in by_report.values()]
    return len({original.publisher.casefold() for original in originals})


def first_published(article: Article) -> tuple[float, str]:
    """Order articles by date, the undated last and those of one moment by id."""
    return (article.published_at.timestamp() if article.published_at else math.inf), article.id


def newest_published(article: Article) -> tuple[float, str]:
    """Order articles by date, the newest first, the undated last and those of one moment by id."""
    return (-article.published_at.timestamp() if article.published_at else math.inf), article.id
