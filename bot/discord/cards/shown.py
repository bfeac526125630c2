"""A card on its way to Discord, in the forms that Discord may take.

Owns that all forms are made of the same card with the same buttons.
"""

from collections.abc import Callable

from discord import ui

from bot.discord.cards.card import Card
from bot.discord.cards.embeds import embeds
from bot.discord.cards.layout import Rows, layout
from bot.discord.delivery import Shown


def _no_rows() -> Rows:
    return ()


def shown(card: Card, rows: Callable[[], Rows] = _no_rows) -> Shown:
    """Return a card with its buttons.

    Args:
        card: The card.
        rows: Makes its rows of buttons; each form needs its own.
    """
    return Shown(card.heading.plain, layout(card, rows()), embeds(card), _beside_embeds(rows()))


def _beside_embeds(rows: Rows) -> ui.View | None:
    view = ui.View(timeout=None)
    for number, row in enumerate(rows):
        for button in row:
            button.row = number
            view.add_item(button)
    return view if rows else None
