"""Where generations answer from, and how that changes.

Owns the operations, not the place: ``local_shelf`` has them for a folder, ``milvus.shelf`` for a Milvus.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

from index.build import Progress
from index.engine.base import Engine
from index.record import Record
from index.shelf import Pruned, Shelved
from index.verify import Verified


class Shelf(Protocol):
    """Generations that stand, one of which answers; several processes may use the same at once.

    Every method may raise ``EngineError`` where whatever holds them cannot be reached.
    """

    @property
    def is_own(self) -> bool:
        """Whether this installation alone fills it, so that a question may build what it lacks."""
        ...

    def current(self) -> Shelved:
        """Return the generation that answers.

        Raises:
            NoGenerationError: Nothing was published yet.
            GenerationError: It is damaged.
        """
        ...

    def open_current(self) -> Engine:
        """Open the generation that answers.

        Raises:
            NoGenerationError: Nothing was published yet.
            GenerationError: It is damaged.
        """
        ...

    def open(self, generation: str) -> Engine:
        """Open a generation by its name, whether it answers or did before.

        Raises:
            GenerationError: It does not stand, or is damaged.
        """
        ...

    def is_pinned(self) -> bool:
        """Tell whether a rollback chose the generation that answers, so that only ``index build`` may replace it."""
        ...

    def receive(self, folder: Path, on_progress: Callable[[Progress], None]) -> Engine:
        """Take in a generation that was built in a folder, and open it; nobody is answered from it yet.

        Raises:
            GenerationError: It is damaged.
        """
        ...

    def publish(self, generation: str) -> None:
        """Let a generation answer from now on; readers see the old one or the new one, never anything between."""
        ...

    def write_record(self, folder: Path, record: Record) -> None:
        """Keep how a generation that was built in a folder came about."""
        ...

    def generations(self) -> list[Shelved]:
        """List what can be read: the published generations, newest first, then those that never answered."""
        ...

    def rollback(self, generation: str | None) -> str:
        """Let an earlier generation answer again, and keep it until the next ``index build``; return its name.

        Args:
            generation: Its name; None takes what was published before the one that answers.

        Raises:
            NoGenerationError: Nothing was published yet.
            GenerationError: There is no such generation, or it is damaged.
        """
        ...

    def prune(self, memo_path: Path, *, keep: int, beside: Iterable[Path]) -> Pruned:
        """Remove all but some generations, what killed builds left, and what the memo holds for none of the rest.

        Args:
            memo_path: The memo.
            keep: How many stay: the one that answers, and then the newest.
            beside: Other folders in which killed processes may have left something.

        Raises:
            NoGenerationError: Nothing was published yet.
        """
        ...

    def verify(self) -> Verified:
        """Compare everything that stands with what was written.

        Raises:
            NoGenerationError: Nothing was published yet.
        """
        ...
