"""How a question and a passage become one sequence of tokens, in training and in serving alike."""

from collections.abc import Sequence
from dataclasses import dataclass

from tokenizers import Encoding, Tokenizer

MAX_TOKENS = 224
"""Longest sequence; a passage of 110 words with its title and question stays below it."""
MAX_TITLE_CHARS = 120


@dataclass(frozen=True, slots=True)
class Pair:
    """One tokenised question and passage.

    Attributes:
        ids: Token ids.
        types: 0 for the question's tokens, 1 for the rest.
        offsets: For every token its half-open range of code points in the passage; (0, 0) for tokens that
            are not of the passage (the question, the title, separators).
    """

    ids: Sequence[int]
    types: Sequence[int]
    offsets: Sequence[tuple[int, int]]


def open_tokenizer(path: str, max_tokens: int = MAX_TOKENS) -> Tokenizer:
    """Open a tokenizer file for pairs: the passage is cut where a pair is too long, never the question."""
    tokenizer: Tokenizer = Tokenizer.from_file(path)
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_tokens, strategy="only_second")
    return tokenizer


def encode_pair(tokenizer: Tokenizer, question: str, title: str, passage: str) -> Pair:
    """Tokenise one pair."""
    return _pair(tokenizer.encode(_question(question), _context(title, passage)), _lead(title))


def encode_pairs(tokenizer: Tokenizer, items: Sequence[tuple[str, str, str]]) -> list[Pair]:
    """Tokenise many (question, title, passage) at once."""
    encodings = tokenizer.encode_batch([(_question(q), _context(title, text)) for q, title, text in items])
    return [_pair(encoding, _lead(title)) for encoding, (_, title, _) in zip(encodings, items, strict=True)]


def _question(question: str) -> str:
    return question[:400]


def _lead(title: str) -> int:
    return len(title[:MAX_TITLE_CHARS]) + 2 if title else 0


def _context(title: str, passage: str) -> str:
    return f"{title[:MAX_TITLE_CHARS]}: {passage}" if title else passage


def _pair(encoding: Encoding, lead: int) -> Pair:
    offsets = [
        (start - lead, end - lead) if sequence == 1 and start >= lead and end > start else (0, 0)
        for (start, end), sequence in zip(encoding.offsets, encoding.sequence_ids, strict=True)
    ]
    return Pair(encoding.ids, encoding.type_ids, offsets)
