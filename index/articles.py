"""The articles of a generation, read when they are asked for: of a million, an answer shows three.

Owns turning rows of the table into articles. The database belongs to the generation.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, overload

from corpus import Article

COLUMNS = "id, url, title, publisher, published_at, language"
_BATCH = 500

Query = Callable[[str, tuple[int | str, ...]], list[tuple[Any, ...]]]
"""Runs a statement with its parameters and returns all rows."""


class Articles(Sequence[Article]):
    """Articles by their numbers, in the order of their ids."""

    def __init__(self, query: Query, count: int) -> None:
        """Read nothing yet.

        Args:
            query: Asks the database of a generation.
            count: How many articles it holds.
        """
        self._query = query
        self._count = count

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, number: int) -> Article: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Article]: ...
    def __getitem__(self, number: int | slice) -> Article | Sequence[Article]:
        if isinstance(number, slice):
            return self.some(range(*number.indices(self._count)))
        return self.some([range(self._count)[number]])[0]

    def __iter__(self) -> Iterator[Article]:
        for first in range(0, self._count, _BATCH):
            yield from self[first : first + _BATCH]

    def some(self, numbers: Sequence[int]) -> list[Article]:
        """Return articles by their numbers, in the order asked for."""
        found: dict[int, Article] = {}
        for first in range(0, len(numbers), _BATCH):
            batch = tuple(int(number) for number in numbers[first : first + _BATCH])
            marks = ",".join("?" * len(batch))
            for row in self._query(f"SELECT number, {COLUMNS} FROM articles WHERE number IN ({marks})", batch):
                found[row[0]] = read_article(row[1:])
        return [found[int(number)] for number in numbers]

    def numbers_of(self, article_ids: Sequence[str]) -> list[int]:
        """Return the numbers of those articles that there are, ascending."""
        found: list[int] = []
        for first in range(0, len(article_ids), _BATCH):
            batch = tuple(article_ids[first : first + _BATCH])
            marks = ",".join("?" * len(batch))
            found += (row[0] for row in self._query(f"SELECT number FROM articles WHERE id IN ({marks})", batch))
        return sorted(found)


def read_article(row: Sequence[Any]) -> Article:
    """Return the article of a row with the ``COLUMNS``."""
    article_id, url, title, publisher, published_at, language = (
        str(field) if field is not None else "" for field in row
    )
    moment = datetime.fromisoformat(published_at) if published_at else None
    return Article(article_id, url, title, publisher, moment, language)
