"""A card on its way to Discord: as components, or as embeds where Discord refuses those.

Owns that both forms are made of the same card with the same buttons, and which one is tried first.
"""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import discord
from discord import ui

from bot.discord.cards import embeds as as_embeds
from bot.discord.cards.card import Card
from bot.discord.cards.layout import Rows, layout

_BAD_REQUEST = 400
_log = logging.getLogger(__name__)

Sent = TypeVar("Sent")


@dataclass(frozen=True, slots=True)
class Shown:
    """A card with its buttons, in the forms that Discord may take.

    Attributes:
        card: The card.
        rows: Makes its rows of buttons; each form needs its own.
    """

    card: Card
    rows: Callable[[], Rows] = tuple

    @property
    def title(self) -> str:
        """What the card is about, plain."""
        return self.card.heading.plain

    def view(self) -> ui.LayoutView:
        """Return the rich form."""
        return layout(self.card, self.rows())

    def embeds(self) -> list[discord.Embed]:
        """Return the plain form, without its buttons."""
        return as_embeds.embeds(self.card)

    def buttons(self) -> ui.View:
        """Return the buttons of the plain form."""
        view = ui.View(timeout=None)
        for number, row in enumerate(self.rows()):
            for button in row:
                button.row = number
                view.add_item(button)
        return view

    async def send_with(self, send: Callable[..., Awaitable[Sent]], **parts: Any) -> Sent:  # noqa: ANN401
        """Send the rich form, or the plain one where Discord says that it does not take the rich one.

        Args:
            send: Sends or edits a message; nothing is sent twice unless Discord refused the first.
            parts: What else it is given.
        """
        try:
            return await send(view=self.view(), **parts)
        except discord.HTTPException as error:
            if error.status != _BAD_REQUEST:
                raise
            _log.warning("Discord does not take a card as components, so it is sent as embeds: %s", error)
        return await send(embeds=self.embeds(), view=self.buttons(), **parts)
