"""Asking the generation that answers now, whichever that is by then.

Owns the shape only; the service has it.
"""

from collections.abc import Callable
from typing import Protocol, TypeVar

from index.search import Searcher

T = TypeVar("T")


class AskCurrent(Protocol):
    """Asks the current generation; where it is gone because another was published, that one."""

    def __call__(self, work: Callable[[Searcher], T]) -> T:
        """Return what ``work`` makes of the generation.

        Raises:
            NoGenerationError: Nothing was built yet.
        """
