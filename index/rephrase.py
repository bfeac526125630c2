"""Putting a question into the words of a passage.

A reader that learned from general text does not know that "reboost" and "maintain its orbit" are one thing. Where a
passage names a concept of the question by another of its phrases, the question takes that phrase over before the
passage is read. Only the reader sees the result; it is never shown.
"""

import re

from index.lexicon import Lexicon, Mention
from index.terms import STOPWORDS, tokens

_SPACES = re.compile(r"\s+(?=[?.,;:!)])|(?<=\s)\s+")


def rephrase(question: str, passage: str, lexicon: Lexicon) -> str:
    """Return the question with the passage's phrases for the concepts that both name.

    Args:
        question: The question.
        passage: The passage, with its headline.
        lexicon: Says which phrases can take each other's place.
    """
    said: dict[str, str] = {}
    for mention in lexicon.mentions(passage):
        phrase = passage[mention.runs[0][0] : mention.runs[-1][1]]
        if mention.phrase.interchangeable and len(phrase) > len(said.get(mention.phrase.concept, "")):
            said[mention.phrase.concept] = phrase
    edits: list[tuple[int, int, str]] = []
    for mention in lexicon.mentions(question):
        new = said.get(mention.phrase.concept)
        if new and mention.phrase.interchangeable and not _stands_in(mention, question, passage):
            edits += _edits(mention, question, new)
    return _SPACES.sub("", _edited(question, edits))


def _stands_in(mention: Mention, question: str, passage: str) -> bool:
    """Tell whether the passage uses the question's own words already."""
    return all(question[start:end].lower() in passage.lower() for start, end in mention.runs)


def _edits(mention: Mention, question: str, new: str) -> list[tuple[int, int, str]]:
    """Put the new phrase where the first run stood and drop the others; what a gap says of its own is kept."""
    edits = []
    for number, (start, end) in enumerate(mention.runs):
        if number:
            gap_start = mention.runs[number - 1][1]
            says_nothing = all(word in STOPWORDS for word in tokens(question[gap_start:start]))
            start = gap_start if says_nothing else start
        edits.append((start, end, "" if number else new))
    return edits


def _edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    parts, position = [], 0
    for start, end, new in sorted(edits):
        if start < position:
            continue  # inside one that was made already
        parts += [text[position:start], new]
        position = end
    return "".join([*parts, text[position:]])
