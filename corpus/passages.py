"""Passages: whole sentences of a version, grouped to the length that encoders and readers like.

Owns where a text is cut for searching. It changes no text and knows no model: lengths are in words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from corpus.article import Passage, Span
from corpus.sentences import split_sentences

# A word; one without end (a table of digits, a script without spaces) counts as several.
_WORD = re.compile(r"\S{1,40}")
_ENDS_SENTENCE = re.compile(r"[.!?…:;,][\"'”’)\]]*$")

# How far a passage may go over its limit so that no scrap is left beside it.
_STRETCH = 1.25
# What a cut costs, on the scale on which an empty passage costs 1 and a full one nothing.
_COST_INSIDE_PARAGRAPH = 0.3
_COST_BETWEEN_LINES = 0.05
_COST_AFTER_HEADING = 0.5
_COST_TOO_LONG = 0.6
_HEADING_MAX_WORDS = 12


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence, or a part of one that is far too long, with what it costs to cut just after it."""

    span: Span
    n_words: int
    cut_cost: float


def split_passages(article_id: str, version: int, text: str, *, max_words: int = 110) -> list[Passage]:
    """Cut the text of a version into passages of whole sentences.

    Of all ways to cut, the cheapest is taken: short passages cost, and so do cuts inside a paragraph or after a
    heading. So paragraphs stay together where they can, and no scrap is left over at the end.

    Args:
        article_id: The article that the text belongs to.
        version: The number of its version.
        text: Normalised text.
        max_words: What a passage may hold. Only a single sentence of up to twice as many words is longer, or a passage
            that takes in a scrap and stays within 1.25 times as many. A sentence longer still is cut at spaces.

    Returns:
        Passages in order; every sentence lies in exactly one.
    """
    pieces = list(_pieces(text, max_words))
    passages = []
    for first, end in pairwise(_cuts(pieces, max_words)):
        spans = tuple(piece.span for piece in pieces[first:end])
        passages.append(Passage(article_id, version, Span(spans[0].start_char, spans[-1].end_char), spans))
    return passages


def _pieces(text: str, max_words: int) -> Iterator[_Piece]:
    spans = [part for span in split_sentences(text) for part in _cut_long(text, span, max_words)]
    next_starts = [span.start_char for span in spans[1:]] + [len(text)]
    for span, next_start in zip(spans, next_starts, strict=False):
        n_words = len(_WORD.findall(text, span.start_char, span.end_char))
        yield _Piece(span, n_words, _cut_cost(span.of(text), n_words, text[span.end_char : next_start]))


def _cut_cost(sentence: str, n_words: int, gap: str) -> float:
    if "\n" not in gap:
        return _COST_INSIDE_PARAGRAPH
    if n_words <= _HEADING_MAX_WORDS and not _ENDS_SENTENCE.search(sentence):
        return _COST_AFTER_HEADING
    return 0.0 if "\n\n" in gap else _COST_BETWEEN_LINES


def _cut_long(text: str, span: Span, max_words: int) -> Iterator[Span]:
    """Yield the sentence, or parts of about equal length where it is longer than twice the limit."""
    words = list(_WORD.finditer(text, span.start_char, span.end_char))
    n_parts = 1 if len(words) <= 2 * max_words else -(-len(words) // max_words)
    size = -(-len(words) // n_parts)
    for first in range(0, len(words), size):
        part = words[first : first + size]
        yield Span(part[0].start(), part[-1].end())


def _cuts(pieces: list[_Piece], max_words: int) -> list[int]:
    """Return the cheapest cuts as indices of pieces, from 0 to their number; shortest path, one step a passage."""
    best = [0.0]
    came_from = [0]
    for end in range(1, len(pieces) + 1):
        cut_cost = pieces[end - 1].cut_cost if end < len(pieces) else 0.0
        n_words, cheapest, start_of_cheapest = 0, float("inf"), end - 1
        for start in range(end - 1, -1, -1):
            n_words += pieces[start].n_words
            if n_words > max_words * _STRETCH and start < end - 1:
                break
            cost = best[start] + cut_cost + _length_cost(n_words, max_words)
            if cost < cheapest:
                cheapest, start_of_cheapest = cost, start
        best.append(cheapest)
        came_from.append(start_of_cheapest)
    cuts = [len(pieces)]
    while cuts[-1] > 0:
        cuts.append(came_from[cuts[-1]])
    return cuts[::-1]


def _length_cost(n_words: int, max_words: int) -> float:
    return _COST_TOO_LONG if n_words > max_words else (1 - n_words / max_words) ** 2
