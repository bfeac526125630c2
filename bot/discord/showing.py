"""Answering a command with a card that is made on a thread.

Owns the order: defer, make, show, in the language of the one who reads; whatever goes wrong is told to them.
"""

import asyncio
from collections.abc import Callable

import discord

from bot.discord.cards.card import Card
from bot.discord.cards.embeds import embeds
from bot.discord.cards.layout import layout
from bot.discord.delivery import DeferredResponse, Shown
from bot.discord.failures import reporting
from bot.translations import Say


async def show_card(
    interaction: discord.Interaction, say: Say, make: Callable[[Say], Card], *, private: bool = False
) -> None:
    """Show a card.

    Args:
        interaction: The command, unanswered.
        say: Speaks to whoever reads it.
        make: Makes the card; may block.
        private: Whether only the one who asked sees it.
    """
    async with reporting(interaction):
        where = DeferredResponse(interaction, private=private)
        async with where.expecting():
            card = await asyncio.to_thread(make, say)
        await where.show(Shown(card.heading.plain, layout(card), embeds(card)))
