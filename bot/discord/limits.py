"""Discord's limits on embeds, and texts cut to fit them.

Owns counting and cutting, knows nothing of answers. Lengths are UTF-16 units, the largest of the ways in which
Discord's parts count characters, so that what fits here fits everywhere.
"""

from collections.abc import Callable, Sequence

import discord

TITLE_MAX_UNITS = 256
AUTHOR_MAX_UNITS = 256
DESCRIPTION_MAX_UNITS = 4096
FOOTER_MAX_UNITS = 2048
FIELD_NAME_MAX_UNITS = 256
FIELD_VALUE_MAX_UNITS = 1024
FIELDS_MAX = 25
EMBEDS_MAX = 10
MESSAGE_MAX_UNITS = 6000
CHOICES_MAX = 25
CHOICE_MAX_UNITS = 100

CUT = "[…]"


def units(text: str) -> int:
    """Count UTF-16 units."""
    return len(text) + sum(character > "\uffff" for character in text)


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

    The cut is made before ``show``, so that it never halves what ``show`` writes.
    """
    shown = show(text)
    if units(shown) <= max_units:
        return shown

    def head(n_chars: int) -> str:
        return f"{show(text[:n_chars].rstrip())} {show(CUT)}"

    return head(largest(len(text), lambda n_chars: units(head(n_chars)) <= max_units))


def take_lines(lines: Sequence[str], max_units: int) -> tuple[str, int]:
    """Join as many lines as fit; return them and how many were left out."""
    kept: list[str] = []
    for line in lines:
        if units("\n".join([*kept, line])) > max_units:
            break
        kept.append(line)
    return "\n".join(kept), len(lines) - len(kept)


def embed_units(embed: discord.Embed) -> int:
    """Count what Discord adds up over all embeds of a message."""
    texts = [embed.title, embed.description, embed.footer.text, embed.author.name]
    texts += [text for field in embed.fields for text in (field.name, field.value)]
    return sum(units(text) for text in texts if text)
