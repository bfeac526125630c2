"""Which generation answers, which others stand, and how that changes.

    data/index/current      the name of the generation that answers, replaced in one rename
    data/index/pinned       the name that a rollback chose; while ``current`` names the same, nobody builds unasked

Owns the two pointers, and rolling back and pruning. Readers need no lock: they see the old generation or the new one.
"""

import os
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from index.checksums import damage
from index.errors import GenerationError, NoGenerationError, NothingEarlierError, UnknownGenerationError
from index.generation import MEMO_KEYS, Generation, Manifest
from index.memo import KEY_BYTES, Memo
from index.record import Record
from index.staging import moving, remove, sweep

POINTER = "current"
PIN = "pinned"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shelved:
    """A generation that stands.

    Attributes:
        manifest: What it is.
        record: How it was built.
        is_current: Whether it answers.
        bytes: Its size on disk.
    """

    manifest: Manifest
    record: Record
    is_current: bool
    bytes: int


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was removed.

    Attributes:
        generations: Names of generations, as they stood in ``generations``.
        leftovers: What killed builds had left, by its path in the folder.
        memo_entries: How many values were forgotten.
    """

    generations: tuple[str, ...]
    leftovers: tuple[str, ...]
    memo_entries: int


def current_generation(index_folder: Path) -> str:
    """Return the name of the generation that answers.

    Raises:
        NoGenerationError: Nothing was published yet.
    """
    try:
        return (index_folder / POINTER).read_text("utf-8").strip()
    except FileNotFoundError:
        raise NoGenerationError(f"no index in {index_folder} yet; run `space-news index build`") from None


def read_current(index_folder: Path, read: Callable[[Path], T]) -> T:
    """Read something of the generation that answers; where another one is published meanwhile, that one is read.

    Raises:
        NoGenerationError: Nothing was published yet.
        GenerationError: It is damaged.
        FileNotFoundError: A part of it is missing.
    """
    while True:
        name = current_generation(index_folder)
        try:
            return read(index_folder / name)
        except (GenerationError, FileNotFoundError):
            if current_generation(index_folder) == name:  # otherwise it was pruned between the look and the reading
                raise


def open_current(index_folder: Path) -> Generation:
    """Open the generation that answers.

    Raises:
        NoGenerationError: Nothing was published yet.
        GenerationError: It is damaged.
    """
    return read_current(index_folder, Generation)


def publish(index_folder: Path, generation: str) -> None:
    """Let a generation answer from now on; readers see the old one or the new one, never anything between."""
    with moving(index_folder):
        (index_folder / PIN).unlink(missing_ok=True)  # first: a kill in between must not leave the new one pinned
        _point(index_folder / POINTER, generation)


def is_pinned(index_folder: Path) -> bool:
    """Tell whether a rollback chose the generation that answers, so that only ``index build`` may replace it."""
    try:
        return (index_folder / PIN).read_text("utf-8").strip() == current_generation(index_folder)
    except (FileNotFoundError, NoGenerationError):
        return False


def generations(index_folder: Path) -> list[Shelved]:
    """List the generations that can be read: the published ones, newest first, then those that never answered."""
    try:
        current = current_generation(index_folder)
    except NoGenerationError:
        current = ""
    shelved = []
    for folder in sorted(folders(index_folder)):
        try:
            manifest = Manifest.read(folder)
        except GenerationError:
            continue  # ``index verify`` names it
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        shelved.append(Shelved(manifest, Record.read(folder), folder.name == current, size))
    return newest_first(shelved)


def newest_first(shelved: Iterable[Shelved]) -> list[Shelved]:
    """Order generations: the published ones, newest first, then those that never answered."""
    return sorted(shelved, key=_age, reverse=True)


def published_before(shelved: Iterable[Shelved], current: str) -> str:
    """Return the name of the generation that was published before the one that answers.

    Raises:
        NothingEarlierError: There is none.
    """
    names = [one.manifest.generation for one in newest_first(shelved) if one.record.published_at]
    earlier = names[names.index(current) + 1 :] if current in names else names
    if not earlier:
        raise NothingEarlierError(current)
    return earlier[0]


def rollback(index_folder: Path, generation: str | None = None) -> str:
    """Let an earlier generation answer again, and keep it until the next ``index build``; return its name.

    Args:
        index_folder: Where generations live.
        generation: Its name; None takes what was published before the one that answers.

    Raises:
        NoGenerationError: Nothing was published yet.
        UnknownGenerationError: There is no such generation.
        NothingEarlierError: None was named, and nothing was published before.
        GenerationError: It is damaged.
    """
    with moving(index_folder):
        name = generation or published_before(generations(index_folder), current_generation(index_folder))
        folder = index_folder / name
        if folder not in folders(index_folder):
            raise UnknownGenerationError(name)
        Manifest.read(folder)
        if problems := damage(folder):
            raise GenerationError(
                f"generation {name} is damaged, so that the present one goes on answering: {problems[0]}; "
                "choose another with `space-news index list`"
            )
        _point(index_folder / PIN, name)
        _point(index_folder / POINTER, name)
        return name


def prune(index_folder: Path, memo_path: Path, *, keep: int, beside: Iterable[Path] = ()) -> Pruned:
    """Remove all but some generations, what killed builds left, and what the memo holds for none of those that stay.

    Args:
        index_folder: Where generations live.
        memo_path: The memo; what a build that has not ended may need stays in it.
        keep: How many stay: the one that answers, and then the newest. What a running build owns stays besides.
        beside: Other folders in which killed processes may have left something.

    Raises:
        NoGenerationError: Nothing was published yet.
    """
    with moving(index_folder):
        current = current_generation(index_folder)
        ranked = [current, *(one.manifest.generation for one in generations(index_folder) if not one.is_current)]
        unreadable = [folder.name for folder in folders(index_folder) if folder.name not in ranked]
        gone = tuple(name for name in [*ranked[keep:], *unreadable] if remove(index_folder / name))
        leftovers = sweep(index_folder)
    answered_from = Record.read(index_folder / current).published_at or Manifest.read(index_folder / current).built_at
    swept = _sweep_beside(beside)
    return Pruned(gone, leftovers + swept, _forget(index_folder, memo_path, answered_from))


def prune_to(
    index_folder: Path, memo_path: Path, *, kept: Collection[str], answered_from: datetime, beside: Iterable[Path] = ()
) -> Pruned:
    """Remove all generations but those that another shelf keeps, and what ``prune`` removes besides.

    Args:
        index_folder: Where generations are built.
        memo_path: The memo.
        kept: Names of those that stay.
        answered_from: When the one that answers was published.
        beside: Other folders in which killed processes may have left something.
    """
    gone: tuple[str, ...] = ()
    leftovers: tuple[str, ...] = ()
    if index_folder.is_dir():
        with moving(index_folder):
            names = sorted(folder.name for folder in folders(index_folder) if folder.name not in kept)
            gone = tuple(name for name in names if remove(index_folder / name))
            leftovers = sweep(index_folder)
    swept = _sweep_beside(beside)
    return Pruned(gone, leftovers + swept, _forget(index_folder, memo_path, answered_from))


def _sweep_beside(beside: Iterable[Path]) -> tuple[str, ...]:
    swept: tuple[str, ...] = ()
    for folder in filter(Path.is_dir, beside):
        with moving(folder):
            swept += sweep(folder)
    return swept


def _forget(index_folder: Path, memo_path: Path, answered_from: datetime) -> int:
    with Memo.open(memo_path) as memo:
        return memo.prune(_used_keys(index_folder), before_seconds=answered_from.timestamp())


def _age(shelved: Shelved) -> tuple[bool, datetime, str]:
    at = shelved.record.published_at
    return at is not None, at or shelved.manifest.built_at, shelved.manifest.generation


def folders(index_folder: Path) -> list[Path]:
    """Return the folders that are, or should be, generations."""
    return [path for path in index_folder.glob("[!.]*") if path.is_dir()]


def _point(pointer: Path, name: str) -> None:
    staging = pointer.with_name(f".{pointer.name}-{os.getpid()}")
    with staging.open("w", encoding="utf-8") as stream:
        stream.write(name + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    staging.replace(pointer)


def _used_keys(index_folder: Path) -> set[bytes]:
    used: set[bytes] = set()
    for folder in folders(index_folder):
        try:
            keys = (folder / MEMO_KEYS).read_bytes()
        except FileNotFoundError:
            continue
        used.update(keys[at : at + KEY_BYTES] for at in range(0, len(keys), KEY_BYTES))
    return used
