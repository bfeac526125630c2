"""What changed between two versions of a text, word by word.

Owns the comparison only; how it looks is up to whoever shows it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_PIECE = re.compile(r"\s+|\w+|[^\w\s]")
_CONTEXT_WORDS = 12


class Change(StrEnum):
    """What happened to a piece of text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that all went the same way; a long run of kept words is left out but for its ends."""

    change: Change
    text: str


def compare_words(old: str, new: str) -> tuple[Piece, ...]:
    """Return the way from the old text to the new one: kept and removed pieces together are the old one.

    Putting together what was kept and removed gives ``old``; what was kept and added gives ``new``.
    """
    return tuple(_compare(_PIECE.findall(old), _PIECE.findall(new)))


def shorten(pieces: tuple[Piece, ...], context_words: int = _CONTEXT_WORDS) -> tuple[Piece, ...]:
    """Return the changes with a few words around each; what is further away is left out."""
    return tuple(_shortened(pieces, context_words))


def _compare(old: list[str], new: list[str]) -> Iterator[Piece]:
    # What both begin and end with is set aside, because the comparison takes time with the square of the length.
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    inner_old, inner_new = old[head : len(old) - tail], new[head : len(new) - tail]
    if head:
        yield Piece(Change.KEPT, "".join(old[:head]))
    matcher = SequenceMatcher(None, inner_old, inner_new, autojunk=False)
    for action, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if action == "equal":
            yield Piece(Change.KEPT, "".join(inner_old[old_from:old_to]))
            continue
        if old_to > old_from:
            yield Piece(Change.REMOVED, "".join(inner_old[old_from:old_to]))
        if new_to > new_from:
            yield Piece(Change.ADDED, "".join(inner_new[new_from:new_to]))
    if tail:
        yield Piece(Change.KEPT, "".join(old[len(old) - tail :]))


def _common(first: list[str], second: list[str]) -> int:
    """Return how many pieces two lists begin with in common."""
    return next(
        (i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second))
    )


def _shortened(pieces: tuple[Piece, ...], context_words: int) -> Iterator[Piece]:
    for position, piece in enumerate(pieces):
        words = _PIECE.findall(piece.text)
        before = 0 if position == 0 else 2 * context_words
        after = 0 if position == len(pieces) - 1 else 2 * context_words
        if piece.change is not Change.KEPT or len(words) <= before + after:
            yield piece
            continue
        if before:
            yield Piece(Change.KEPT, "".join(words[:before]))
        yield Piece(Change.LEFT_OUT, "".join(words[before : len(words) - after]))
        if after:
            yield Piece(Change.KEPT, "".join(words[len(words) - after :]))
