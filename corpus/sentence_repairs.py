"""What the base segmenter gets wrong in space news, put right.

Owns two decisions about one place in a line: whether a break there is false, and whether a break is missing. It sees
only the words on both sides, keeps no state, and must not import the segmenter.
"""

import re

from corpus.abbreviations import AFTER_CLOCK, BEFORE_NAME, BEFORE_NUMBER, CLOCK, NUMBERED

# A full stop with the word before it; old news text has a space before the stop.
_LAST_WORD = re.compile(r"(?<![\w.])([^\W\d_](?:[\w.]*\w)?) ?\.$")
_FIRST_WORD = re.compile(r"[^\W_]+")
# A mark that may stand inside a sentence: '"Ready?" he asked', "It was… odd", "Astra (once Ventions Inc.) said".
_INNER_MARK = re.compile(r"(?:\S[!?…]|\.{3}|[.!?…][\"'”’)\]]+)$")
# A full stop that the segmenter passed over.
_PASSED_STOP = re.compile(r"(?<!\S)(\S+?)\. +(?=[^\W\d_])")
_PLACE_TIME = re.compile(r"(?:\S+ ){1,3}[Tt]ime\b")
_ROMAN = re.compile(r"[IVX]")
_SEEN_AROUND = 100


def is_false_break(left: str, right: str) -> bool:
    """Say whether the sentence ``left`` in truth goes on with ``right``.

    Args:
        left: The text before the break, without space at its end.
        right: The text after the break, without space at its start.
    """
    if right[0] in ",;:)" or not _has_word(left) or not _has_word(right):
        return True
    if right[0].islower() and _INNER_MARK.search(left):
        return True
    last = _LAST_WORD.search(left)
    if last is None:
        return False
    word = last[1].lower()
    if right[0].isdigit():
        return word in BEFORE_NUMBER
    return word in BEFORE_NAME or (word in CLOCK and _belongs_to_time(right))


def missed_breaks(sentence: str) -> list[int]:
    """Return the offsets in ``sentence`` at which a further sentence starts after all."""
    return [stop.end() for stop in _PASSED_STOP.finditer(sentence) if _is_missed(sentence, stop)]


def _is_missed(sentence: str, stop: re.Match[str]) -> bool:
    word, after = stop[1], sentence[stop.end() : stop.end() + _SEEN_AROUND]
    if not after[0].isupper():
        return False
    if word.lower() in CLOCK:
        return not _belongs_to_time(after)
    before = sentence[max(0, stop.start() - _SEEN_AROUND) : stop.start()].split()
    if word == "No":
        return not before
    return bool(before) and before[-1].lower() in NUMBERED and _ROMAN.fullmatch(word) is not None


def _has_word(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _belongs_to_time(right: str) -> bool:
    first = _FIRST_WORD.match(right)
    return first is not None and (first[0].lower() in AFTER_CLOCK or _PLACE_TIME.match(right) is not None)
