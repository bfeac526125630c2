"""The shelf that is a folder of this machine.

Owns nothing but the folder: what is done with it stands in ``index.shelf`` and ``index.verify``.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

from index import shelf
from index.build import Progress
from index.engine.local import LocalEngine
from index.generation import Generation, Manifest
from index.record import Record
from index.shelf import Pruned, Shelved
from index.verify import Verified, verify


class LocalShelf:
    """Generations in a folder."""

    is_own = True

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def current(self) -> Shelved:
        """Return the generation that answers."""
        return shelf.read_current(self._folder, lambda folder: shelved(folder, is_current=True))

    def open_current(self) -> LocalEngine:
        """Open the generation that answers."""
        return LocalEngine(shelf.open_current(self._folder))

    def open(self, generation: str) -> LocalEngine:
        """Open a generation by its name."""
        return LocalEngine(Generation(self._folder / generation))

    def is_pinned(self) -> bool:
        """Tell whether a rollback chose the generation that answers."""
        return shelf.is_pinned(self._folder)

    def receive(self, folder: Path, _: Callable[[Progress], None]) -> LocalEngine:
        """Open a generation, which stands here since it was built."""
        return LocalEngine(Generation(folder))

    def publish(self, generation: str) -> None:
        """Let a generation answer from now on."""
        shelf.publish(self._folder, generation)

    def write_record(self, folder: Path, record: Record) -> None:
        """Keep how a generation came about."""
        record.write(folder)

    def generations(self) -> list[Shelved]:
        """List what can be read."""
        return shelf.generations(self._folder)

    def rollback(self, generation: str | None) -> str:
        """Let an earlier generation answer again."""
        return shelf.rollback(self._folder, generation)

    def prune(self, memo_path: Path, *, keep: int, beside: Iterable[Path]) -> Pruned:
        """Remove all but some generations."""
        return shelf.prune(self._folder, memo_path, keep=keep, beside=beside)

    def verify(self) -> Verified:
        """Compare every file with what was written."""
        return verify(self._folder)


def shelved(folder: Path, *, is_current: bool) -> Shelved:
    """Describe a generation in its folder."""
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return Shelved(Manifest.read(folder), Record.read(folder), is_current, size)
