"""What a card is made of, before Discord's two ways to show one.

Owns the values only. A card is cut to fit and escaped once, when it is made; ``layout`` and ``embeds`` merely arrange
it, so that both show the same words.
"""

import re
from dataclasses import dataclass

from bot.discord.limits import BUTTON_URL_MAX_UNITS, EMBEDS_TOTAL_MAX_UNITS, TEXT_MAX_UNITS, units

PARTS_MAX = 4
"""A card has up to so many parts with a link."""
LINK_MAX_UNITS = BUTTON_URL_MAX_UNITS + 38
"""What a link that may be a button takes as text, with its label and the marks around both."""
CARD_MAX_UNITS = min(TEXT_MAX_UNITS, EMBEDS_TOTAL_MAX_UNITS - PARTS_MAX * LINK_MAX_UNITS)
"""All texts of a card together, where links that are buttons do not count: they are texts in embeds only."""
MARKS_UNITS = 16
"""What the marks around a piece take at most: those of a heading, bold, small print and line ends."""
ANSWER_COLOUR = 0x2B6CB0
REFUSAL_COLOUR = 0x8A8F98

_SURE_URL = re.compile(
    r"https?://(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?::\d{2,5})?(?:[/?#][!-~]*)?", re.IGNORECASE
)
"""What Discord is sure to take as the link of a button. It refuses the whole message for one that it does not take,
while a link in a text is at worst not live."""


@dataclass(frozen=True, slots=True)
class Words:
    """A line that is shown both where Markdown is read and where it is not.

    Attributes:
        plain: As it stands above or below an embed.
        markdown: The same, escaped.
    """

    plain: str
    markdown: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link that a browser can open.

    Attributes:
        label: What stands on it; words of our own.
        url: Where it leads, percent-encoded so that nothing in it ends the link or mentions anyone.
    """

    label: str
    url: str

    @property
    def markdown(self) -> str:
        """The link as text."""
        return f"[{self.label}]({self.url})"

    @property
    def is_button(self) -> bool:
        """Whether it is shown as a button where there are any."""
        fits = units(self.url) <= BUTTON_URL_MAX_UNITS and units(self.markdown) <= LINK_MAX_UNITS
        return fits and _SURE_URL.fullmatch(self.url) is not None


@dataclass(frozen=True, slots=True)
class Note:
    """Something to know before the quotes are read.

    Attributes:
        name: What it is about, plain.
        text: What it says, as Markdown.
    """

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of what is told.

    Attributes:
        text: The quote or the lines, as Markdown; comes first.
        title: The article's headline, as Markdown on one line.
        facts: Lines under it, as Markdown.
        link: Where the source opens.
        label: What stands above all of it, plain; words of our own.
    """

    text: str = ""
    title: str = ""
    facts: tuple[str, ...] = ()
    link: Link | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One message.

    Attributes:
        heading: The question, or what the card is about.
        parts: What is told, in order; at least one.
        footer: Where it comes from, in small print.
        notes: What is to be known first.
        colour: The colour at its side.
    """

    heading: Words
    parts: tuple[Part, ...]
    footer: Words | None = None
    notes: tuple[Note, ...] = ()
    colour: int = ANSWER_COLOUR


def share_of(heading: Words, footer: Words | None, n_parts: int) -> int:
    """Return how many units each part of a card may take."""
    taken = units(heading.markdown) + MARKS_UNITS + (units(footer.markdown) + MARKS_UNITS if footer else 0)
    return (CARD_MAX_UNITS - taken) // n_parts
