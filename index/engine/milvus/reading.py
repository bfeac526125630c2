"""Reading the collections of one generation: the best, by number, by key, and the newest.

Owns the requests, and that no row is missed where there are more than come with one answer.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
from pymilvus import MilvusClient

from index.engine.milvus.asking import both, is_one_of
from index.engine.milvus.layout import ARTICLES, MOST_ROWS, PASSAGES, collection
from index.engine.milvus.rows import Row
from index.engine.milvus.server import MissingError, Server
from index.engine.milvus.windows import lowest_rows, newest_rows
from index.errors import GenerationError
from index.fusion import rank
from index.generation import Manifest

_BLOCK = 10_000
"""So many numbers at most stand in one expression; below ``MOST_ROWS``, so that each may have its row."""

T = TypeVar("T")


class StoredRows:
    """The rows that were sent of a generation; safe to use from several threads.

    Every method raises ``GenerationError`` where a collection is gone.
    """

    def __init__(self, server: Server, manifest: Manifest) -> None:
        self._server = server
        self._manifest = manifest

    def best(self, field: str, query: object, wanted: str, depth: int, search: dict[str, Any]) -> npt.NDArray[np.int64]:
        """Return int64, (at most depth,): the best passages by one of the two vectors."""
        name, timeout = collection(self._manifest.generation, PASSAGES), self._server.timeout_seconds
        (hits,) = self._run(
            PASSAGES,
            lambda client: client.search(
                name,
                data=[query],
                anns_field=field,
                limit=2 * depth,  # of equal scores the lower number comes first, and Milvus may cut among equals
                filter=wanted,
                output_fields=["number"],
                search_params={"metric_type": "IP", "params": search},
                timeout=timeout,
            ),
        )
        numbers = np.asarray([hit["number"] for hit in hits], dtype=np.int64)
        scores = np.asarray([hit["distance"] for hit in hits], dtype=np.float32)
        return numbers[rank(scores, numbers, depth)]

    def by_number(self, part: str, numbers: Sequence[int], fields: Sequence[str]) -> dict[int, Row]:
        """Return rows by their numbers.

        Raises:
            GenerationError: One of them is gone.
        """
        rows = {int(row["number"]): row for row in self.by_key(part, "number", numbers, fields)}
        if missing := {int(number) for number in numbers} - rows.keys():
            raise GenerationError(
                f"generation {self._manifest.generation} has lost {len(missing)} of its {part} in Milvus; "
                "run `space-news index build`"
            )
        return rows

    def by_key(self, part: str, field: str, keys: Iterable[int], fields: Sequence[str]) -> list[Row]:
        """Return the rows that have one of some numbers in a field, of which no two rows have the same."""
        found = (self.query(part, [field, *fields], wanted=is_one_of(field, some)) for some in blocks(keys))
        return [row for rows in found for row in rows]

    def newest(self, fields: Sequence[str], wanted: str, dates: Sequence[float], limit: int | None) -> list[Row]:
        """Return articles among which the newest are, see ``newest_rows``.

        Args:
            fields: What is read of each.
            wanted: An expression that they meet; "" takes all.
            dates: Seconds since 1970; nothing is looked at before the first and after the last.
            limit: So many of the newest are wanted; None wants all.
        """
        if not dates:
            return []
        ask = self._asking(ARTICLES, fields, wanted)
        return newest_rows(ask, min(dates), max(dates), self._manifest.articles, limit=limit)

    def lowest(self, part: str, fields: Sequence[str], wanted: str, limit: int | None) -> list[Row]:
        """Return rows among which those with the lowest numbers are, see ``lowest_rows``."""
        return lowest_rows(self._asking(part, fields, wanted), 0, self._manifest.passages, limit=limit)

    def query(self, part: str, fields: Sequence[str], *, wanted: str, limit: int = MOST_ROWS) -> list[Row]:
        """Return rows that meet an expression; which ones, where there are more, is chance."""
        name, timeout = collection(self._manifest.generation, part), self._server.timeout_seconds
        output = list(dict.fromkeys(fields))
        return self._run(
            part,
            lambda client: list(client.query(name, output_fields=output, timeout=timeout, filter=wanted, limit=limit)),
        )

    def _asking(self, part: str, fields: Sequence[str], wanted: str) -> Callable[[str], list[Row]]:
        return lambda also: self.query(part, fields, wanted=both(wanted, also))

    def _run(self, part: str, work: Callable[[MilvusClient], T]) -> T:
        try:
            return self._server.run(work, loading=collection(self._manifest.generation, part))
        except MissingError:
            raise MissingError(
                f"generation {self._manifest.generation} is not in Milvus any more; run `space-news index build`"
            ) from None


def blocks(numbers: Iterable[int]) -> Iterator[list[int]]:
    """Yield numbers, each once, in lists that an expression may hold."""
    ordered = sorted({int(number) for number in numbers})
    for start in range(0, len(ordered), _BLOCK):
        yield ordered[start : start + _BLOCK]
