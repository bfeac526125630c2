"""Lists and timelines, a page at a time, and whatever else is told in lines.

Owns how many entries a page has and how a page is named.
"""

from collections.abc import Sequence
from typing import TypeVar

from bot.discord.cards.answer import citation_part
from bot.discord.cards.card import ANSWER_COLOUR, PARTS_MAX, Card, Part, Words, share_of
from bot.discord.cards.pieces import words
from bot.discord.limits import AUTHOR_MAX_UNITS, take_lines
from bot.kinds import Kinds
from bot.translations import Say
from index.answer import Timeline

LINES_A_PAGE = 10
STORIES_A_PAGE = PARTS_MAX
FOOTER_MAX_UNITS = 300
MORE_MAX_UNITS = 40
"""For how many lines found no room."""

T = TypeVar("T")


def n_pages(n_entries: int, n_a_page: int) -> int:
    """Return how many pages there are; one where there is nothing."""
    return max(1, -(-n_entries // n_a_page))


def page_of(entries: Sequence[T], page: int, n_a_page: int) -> Sequence[T]:
    """Return the entries of a page, counted from 0; past the end those of the last."""
    first = min(page, n_pages(len(entries), n_a_page) - 1) * n_a_page
    return entries[first : first + n_a_page]


def list_card(title: str, lines: Sequence[str], say: Say, *, page: int = 0, footer: str = "") -> Card:
    """Return a page of lines that are escaped already; those that find no room on it are counted.

    Args:
        title: What is listed, as plain text.
        lines: All lines, of all pages.
        say: Speaks to who reads it.
        page: Which page, from 0.
        footer: Where it comes from.
    """
    foot = page_footer(page, n_pages(len(lines), LINES_A_PAGE), say, footer)
    return lines_card(title, page_of(lines, page, LINES_A_PAGE) or [say("Nothing.")], say, footer=foot)


def lines_card(
    title: str, lines: Sequence[str], say: Say, *, footer: Words | None = None, colour: int = ANSWER_COLOUR
) -> Card:
    """Return lines that are escaped already under a title that is plain text; those that find no room are counted."""
    heading = words(title, AUTHOR_MAX_UNITS)
    text, n_left = take_lines(lines, share_of(heading, footer, 1) - MORE_MAX_UNITS)
    if n_left:
        text += "\n" + say("and {count} more", count=n_left)
    return Card(heading, (Part(text=text),), footer, colour=colour)


def timeline_card(told: Timeline, title: str, say: Say, kinds: Kinds, *, page: int = 0) -> Card:
    """Return a page of what was told of a topic, in the order of the timeline."""
    heading = words(title, AUTHOR_MAX_UNITS)
    foot = page_footer(
        page,
        n_pages(len(told.citations), STORIES_A_PAGE),
        say,
        say("generation {name}", name=told.generation),
        say("as of {moment} UTC", moment=f"{told.asked_at:%Y-%m-%d %H:%M}"),
    )
    shown = page_of(told.citations, page, STORIES_A_PAGE)
    if not shown:
        return Card(heading, (Part(text=say("Nothing found.")),), foot)
    share = share_of(heading, foot, len(shown))
    return Card(heading, tuple(citation_part(one, share, say, kinds) for one in shown), foot)


def page_footer(page: int, n_all: int, say: Say, *facts: str) -> Words | None:
    """Return the small print of a page, which tells where it is among the others."""
    numbered = [say("page {page} of {pages}", page=min(page, n_all - 1) + 1, pages=n_all)] if n_all > 1 else []
    text = " · ".join([*filter(None, facts), *numbered])
    return words(text, FOOTER_MAX_UNITS) if text else None
