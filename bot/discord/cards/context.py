"""What stands around the quotes of an answer.

Owns the looks of one quote with its surroundings, a page each.
"""

from bot.discord.cards.answer import citation_part
from bot.discord.cards.card import Card, share_of
from bot.discord.cards.pages import page_footer
from bot.discord.cards.pieces import words
from bot.discord.limits import AUTHOR_MAX_UNITS
from bot.kinds import Kinds
from bot.translations import Say
from index.answer import Answer, Citation, NoAnswer


def quoted(result: Answer | NoAnswer) -> tuple[Citation, ...]:
    """Return what a result quotes, the nearest passage of a refusal included."""
    if isinstance(result, Answer):
        return result.citations
    return (result.nearest,) if result.nearest else ()


def context_card(
    result: Answer | NoAnswer, surroundings: Citation, say: Say, kinds: Kinds, *, page: int, n_all: int
) -> Card:
    """Return a quote with what stands around it."""
    heading, footer = words(result.question, AUTHOR_MAX_UNITS), page_footer(page, n_all, say)
    share = share_of(heading, footer, 1)
    part = citation_part(surroundings, share, say, kinds, answers=isinstance(result, Answer))
    return Card(heading, (part,), footer)
