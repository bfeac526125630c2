"""Is a generation as it was built?

Owns the checksums of its files. Knows nothing of what stands in them.
"""

from dataclasses import dataclass
from pathlib import Path

from index.encoder.weights import file_sha256
from index.errors import GenerationError
from index.generation import MANIFEST, Manifest
from index.record import RECORD
from index.sealed import read_sealed


@dataclass(frozen=True, slots=True)
class Damage:
    """A file that is not as it was built.

    Attributes:
        file: Its path, with its generation's name in front.
        problem: What is wrong with it.
    """

    file: str
    problem: str

    def __str__(self) -> str:
        return f"{self.file}: {self.problem}"


def checksums(folder: Path) -> dict[str, str]:
    """Return the hex SHA-256 of every file but the two that seal themselves, by its path in the folder.

    Hidden files are no part of a generation: a killed process may have left one.
    """
    sealed = (folder / MANIFEST, folder / RECORD)
    files = (path for path in folder.rglob("[!.]*") if path.is_file() and path not in sealed)
    return {path.relative_to(folder).as_posix(): file_sha256(path) for path in sorted(files)}


def damage(folder: Path) -> list[Damage]:
    """Return every file of a generation that is not as it was built.

    The manifest speaks for the others, and for itself.
    """
    try:
        manifest = Manifest.read(folder)
    except GenerationError as error:
        return [Damage(f"{folder.name}/{MANIFEST}", str(error))]
    found = checksums(folder)
    problems = [
        Damage(f"{folder.name}/{name}", _difference(manifest.files.get(name), found.get(name)))
        for name in sorted(manifest.files.keys() | found.keys())
        if manifest.files.get(name) != found.get(name)
    ]
    try:
        read_sealed(folder / RECORD)
    except FileNotFoundError:
        pass  # a generation that was never looked over by the gates has none
    except (OSError, ValueError) as error:
        problems.append(Damage(f"{folder.name}/{RECORD}", str(error)))
    return problems


def _difference(expected: str | None, found: str | None) -> str:
    if found is None:
        return "is missing"
    if expected is None:
        return "was not there when it was built"
    return f"sha256 {found[:16]}, built as {expected[:16]}"
