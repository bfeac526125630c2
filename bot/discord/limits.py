"""Every limit of Discord's that a message of ours can meet, and texts cut to fit them.

Owns counting and cutting, knows nothing of answers. Discord's API counts code points, while its clients count UTF-16
units. Here UTF-16 units are counted: there are never fewer of them, so that what fits here fits everywhere, and only a
text of emoji is cut sooner than it had to be.
"""

import re
from collections.abc import Callable, Sequence

CONTENT_MAX_UNITS = 2000

TITLE_MAX_UNITS = 256
AUTHOR_MAX_UNITS = 256
DESCRIPTION_MAX_UNITS = 4096
FOOTER_MAX_UNITS = 2048
FIELD_NAME_MAX_UNITS = 256
FIELD_VALUE_MAX_UNITS = 1024
FIELDS_MAX = 25
EMBEDS_MAX = 10
EMBEDS_TOTAL_MAX_UNITS = 6000
"""Over all embeds of a message."""

TEXT_MAX_UNITS = 4000
"""Over all texts of a message that is made of components."""
COMPONENTS_MAX = 40
"""In a message, those inside of others counted too."""
ROW_BUTTONS_MAX = 5
CUSTOM_ID_MAX_UNITS = 100
BUTTON_LABEL_MAX_UNITS = 80
BUTTON_URL_MAX_UNITS = 512
OPTIONS_MAX = 25
"""Of a select menu."""
OPTION_MAX_UNITS = 100
"""Of an option's label, value and description, each."""

CHOICES_MAX = 25
CHOICE_MAX_UNITS = 100

CUT = "[…]"

_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*(?=\s)|\n")
_WORD_MAX_CHARS = 30
_SEEN_TIMES = 4
"""Of a text, so many times what fits is looked at, so that a text without end costs no time without end. What can be
shown may begin later only where nearly all before it is invisible."""


def units(text: str) -> int:
    """Count UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def largest(n_max: int, fits: Callable[[int], bool]) -> int:
    """Return a number up to ``n_max`` that fits, the largest there is where everything below one that fits does too.

    0 is taken to fit.
    """
    low, high = 0, n_max
    while low < high:
        middle = (low + high + 1) // 2
        if fits(middle):
            low = middle
        else:
            high = middle - 1
    return low


def cut(text: str, max_units: int, show: Callable[[str], str]) -> str:
    """Return ``show(text)``, or as much of it as fits with a mark of the cut.

    It is cut after a sentence where that keeps at least half of what would fit, otherwise between words. The cut is
    made before ``show``, so that it never halves what ``show`` writes.
    """
    if len(text) <= _SEEN_TIMES * max_units:
        shown = show(text)
        if units(shown) <= max_units:
            return shown
    text = text[: _SEEN_TIMES * max_units]

    def head(n_chars: int) -> str:
        return f"{show(text[:n_chars].rstrip())} {show(CUT)}"

    def fits(n_chars: int) -> bool:
        return units(head(n_chars)) <= max_units

    n_most = largest(len(text), fits)
    return head(next(n_chars for n_chars in (*_good_cuts(text, n_most), n_most) if n_chars == n_most or fits(n_chars)))


def _good_cuts(text: str, n_most: int) -> list[int]:
    """Return where a text of up to ``n_most`` characters is cut best: after a sentence, then between words."""
    sentences = [found.end() for found in _SENTENCE_END.finditer(text, 0, n_most + 1) if found.end() <= n_most]
    words = [n for n in range(max(1, n_most - _WORD_MAX_CHARS), n_most + 1) if n < len(text) and text[n].isspace()]
    return [*(n for n in sentences[-1:] if 2 * n >= n_most), *words[-1:]]


def take_lines(lines: Sequence[str], max_units: int) -> tuple[str, int]:
    """Join as many lines as fit; return them and how many were left out."""
    kept: list[str] = []
    for line in lines:
        if units("\n".join([*kept, line])) > max_units:
            break
        kept.append(line)
    return "\n".join(kept), len(lines) - len(kept)
