"""Where sentences begin and end in the normalised text of a version.

Owns the way from text to sentence spans: cut into units that no sentence crosses (a paragraph, a list entry, a
heading), let the sentencex library find the sentences of each, repair what it is known to get wrong. It must never
change the text: what it returns are offsets.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

import sentencex

from corpus.article import Span
from corpus.sentence_repairs import is_false_break, missed_breaks

_BLOCK = re.compile(r"[^\n]+(?:\n[^\n]+)*")
_LINE = re.compile(r"[^\n]+")
_LIST_MARKER = re.compile(r"(?:[•‣◦▪●–*-]|\(?\d{1,3}[.)]) +(?=\S)")
_ENDLESS = re.compile(r"\S{2000}")
_NOT_SPACE = re.compile(r"\S")
_ENDS_SENTENCE = re.compile(r"[.!?:…][\"'”’)\]]*$")
# Quotation marks and brackets make the library take everything inside as one sentence, so it is shown spaces instead;
# of apostrophes, those inside a word stay.
_MASK = str.maketrans(dict.fromkeys('"“”„‟«»‹›‚‛`()[]{}<>「」《》\n', " ") | {"…": "."})
_OUTER_APOSTROPHE = re.compile(r"(?<!\w)['‘’]|['‘’](?!\w)")
_OPENING = "“„«‹([{<「《‘"

# How many characters on both sides of a break the repairs may look at; the whole text would make long ones slow.
_SEEN_AROUND = 100

_WRAP_WIDTHS = range(50, 101)
# Two spaces after a full stop were collapsed into one: a wrapped line can be that much shorter than it was.
_WRAP_SLACK = 3


def split_sentences(text: str) -> list[Span]:
    """Split normalised text into sentences.

    A line break ends a sentence unless its block is hard-wrapped; a blank line and a list marker always do.

    Args:
        text: Text as ``normalise_text`` returns it.

    Returns:
        Spans in order, disjoint, not empty, with no space at either end; together they hold every character that is
        not a space.
    """
    units = (part for start, end in _units(text) for part in _bounded(text, start, end))
    return [span for start, end in units for span in _unit_sentences(text, start, end)]


def _units(text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges that no sentence crosses: lines, or runs of lines that were wrapped by machine."""
    for block in _BLOCK.finditer(text):
        lines = [(m.start(), m.end()) for m in _LINE.finditer(text, block.start(), block.end())]
        joined = _wrapped_pairs([text[start:end] for start, end in lines])
        start = lines[0][0]
        for (_, end), (following, _), is_joined in zip(lines, lines[1:], joined, strict=False):
            if not is_joined:
                yield start, end
                start = following
        yield start, lines[-1][1]


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a unit inside runs that no space ends; on those, the library's time grows with the square of the length."""
    for run in _ENDLESS.finditer(text, start, end):
        yield start, run.end()
        start = run.end()
    yield start, end


def _wrapped_pairs(lines: list[str]) -> list[bool]:
    """Say for each line but the last whether a machine broke it, so that its sentence may go on in the next line.

    A machine breaks a line only where the next word would not fit, wherever the sentence stands; a person breaks it
    where a thought ends, and starts the next with a capital. A block is wrapped if most of its lines tell of a machine.
    """
    width = max(map(len, lines))
    pairs = list(pairwise(lines))
    full = [
        len(line) + 1 + len(following.split(" ", 1)[0]) + _WRAP_SLACK > width and not _LIST_MARKER.match(following)
        for line, following in pairs
    ]
    unfinished = sum(not _ENDS_SENTENCE.search(line) for line in lines[:-1])
    going_on = sum(following[0].islower() or following.isupper() for _, following in pairs)
    is_wrapped = sum(full) * 3 >= len(pairs) * 2 and unfinished * 2 >= len(pairs) and going_on * 3 >= len(pairs)
    return full if width in _WRAP_WIDTHS and is_wrapped else [False] * len(pairs)


def _unit_sentences(text: str, start: int, end: int) -> list[Span]:
    unit = text[start:end]
    marker = _LIST_MARKER.match(unit)
    body = marker.end() if marker else 0
    starts = _sentence_starts(unit[body:])
    edges = [0, *(body + offset for offset in starts), len(unit)]
    return [span for left, right in pairwise(edges) if (span := _trim(text, start + left, start + right))]


def _sentence_starts(unit: str) -> list[int]:
    """Return where the second and later sentences of one unit start, opening quotation marks included."""
    masked = _OUTER_APOSTROPHE.sub(" ", unit.translate(_MASK))
    starts: list[int] = []
    previous = 0
    for boundary in sentencex.get_sentence_boundaries("en", masked)[1:]:
        offset = boundary["start_index"]
        before = unit[max(previous, offset - _SEEN_AROUND) : offset].rstrip()
        if not is_false_break(before, unit[offset : offset + _SEEN_AROUND].lstrip()):
            starts.append(offset)
            previous = offset
    for left, right in pairwise([0, *starts, len(masked)]):
        starts.extend(left + offset for offset in missed_breaks(masked[left:right]))
    return [_before_opening(unit, masked, offset) for offset in sorted(set(starts))]


def _before_opening(unit: str, masked: str, offset: int) -> int:
    """Move a start among masked quotation marks and brackets: opening ones go right, closing ones stay left."""
    first = last = offset
    while masked[first - 1] == " ":
        first -= 1
    while masked[last] == " ":
        last += 1
    for position in range(first, last):
        if unit[position] in _OPENING or (unit[position] in "\"'" and _is_opening(unit, position)):
            return position
    return last


def _is_opening(unit: str, position: int) -> bool:
    after_space = position == 0 or unit[position - 1] in " \n“(["
    before_space = position + 1 == len(unit) or unit[position + 1] in " \n"
    if after_space and before_space:
        return unit.count('"', 0, position) % 2 == 0
    return after_space


def _trim(text: str, start: int, end: int) -> Span | None:
    first = _NOT_SPACE.search(text, start, end)
    return Span(first.start(), start + len(text[start:end].rstrip())) if first else None
