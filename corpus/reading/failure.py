"""What could not be read, as a value that stands in the place of a draft."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from corpus.errors import UnreadableSourceError


@dataclass(frozen=True, slots=True)
class ReadFailure:
    """A file or a line that gave no article; ``str`` of it is fit to be shown.

    Attributes:
        path: The file.
        line: The line, counted from 1, or None where the whole file is meant.
        why: The reason, and what to do about it.
        is_empty: Whether all is well but for the text, of which there is none.
    """

    path: Path
    line: int | None
    why: str
    is_empty: bool = False

    @classmethod
    def from_error(cls, error: UnreadableSourceError) -> Self:
        """Turn a raised error into a value."""
        return cls(error.path, error.line, error.why)

    def __str__(self) -> str:
        return str(UnreadableSourceError(self.path, self.line, self.why))
