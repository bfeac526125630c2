"""Answering a command with a card that is made on a thread.

Owns the order: defer, make, show, in the language and in the privacy that the server chose; whatever goes wrong is told
to the one who asked.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import discord
from discord import ui

from bot.discord.cards.card import Card
from bot.discord.cards.embeds import embeds
from bot.discord.cards.layout import Rows, layout
from bot.discord.delivery import DeferredResponse, Shown
from bot.discord.failures import reporting
from bot.discord.localised import say_in
from bot.discord.servers import Servers
from bot.translations import Say


@dataclass(frozen=True, slots=True)
class Page:
    """A card with the buttons under it."""

    card: Card
    rows: Rows = ()

    @property
    def view(self) -> ui.LayoutView:
        """Return the page as components."""
        return layout(self.card, self.rows)


async def show_page(
    interaction: discord.Interaction, servers: Servers, make: Callable[[Say], Page], *, private: bool | None = None
) -> None:
    """Show a page.

    Args:
        interaction: The command, unanswered.
        servers: What each server chose.
        make: Makes the page in a language; may block.
        private: Whether only the one who asked sees it; None leaves that to the server.
    """
    async with reporting(interaction):
        settings = servers.settings(interaction.guild_id)
        say = say_in(settings.language if settings else "", interaction)
        by_default = settings is not None and settings.private_by_default
        where = DeferredResponse(interaction, private=by_default if private is None else private)
        async with where.expecting():
            page = await asyncio.to_thread(make, say)
        await where.show(Shown(page.card.heading.plain, page.view, embeds(page.card)))
