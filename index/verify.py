"""Looking over everything that stands in an index folder, byte by byte.

Owns what belongs there. A generation's own files are compared by checksums.
"""

from dataclasses import dataclass
from pathlib import Path

from index.checksums import Damage, damage
from index.shelf import PIN, POINTER, current_generation, folders


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found.

    Attributes:
        generations: The names of the generations that were looked over.
        damages: Every file that is not as it was written.
    """

    generations: tuple[str, ...]
    damages: tuple[Damage, ...]


def verify(index_folder: Path) -> Verified:
    """Compare every generation and both pointers with what was written.

    Raises:
        NoGenerationError: Nothing was published yet.
    """
    current_generation(index_folder)
    standing = sorted(folders(index_folder))
    damages = [problem for folder in standing for problem in damage(folder)]
    damages += [problem for name in (POINTER, PIN) if (problem := _bad_pointer(index_folder / name))]
    return Verified(tuple(folder.name for folder in standing), tuple(damages))


def _bad_pointer(pointer: Path) -> Damage | None:
    try:
        written = pointer.read_bytes()
    except FileNotFoundError:
        return None  # nothing was rolled back
    try:
        name = written.decode("ascii").removesuffix("\n")
    except UnicodeDecodeError:
        return Damage(pointer.name, f"names no generation: {written!r}")
    if written != f"{name}\n".encode() or not name or not (pointer.parent / name).is_dir():
        return Damage(pointer.name, f"names no generation that stands here: {written!r}")
    return None
