"""Answering a command with a card that is made on a thread.

Owns the order: defer, make, show, in the language and in the privacy that the server chose; whatever goes wrong is told
to the one who asked.
"""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

import discord

from bot import policy
from bot.discord.asking import place_of
from bot.discord.cards.shown import Shown
from bot.discord.delivery import DeferredResponse
from bot.discord.failures import reporting
from bot.discord.localised import say_in
from bot.discord.servers import Servers
from bot.translations import Say

Run = Callable[[Callable[[], Shown]], Awaitable[Shown]]
"""Does blocking work somewhere else."""


async def show_card(
    interaction: discord.Interaction,
    servers: Servers,
    make: Callable[[Say], Shown],
    *,
    private: bool | None = None,
    run: Run = asyncio.to_thread,
) -> None:
    """Show a card.

    Args:
        interaction: The command, unanswered.
        servers: What each server chose.
        make: Makes the card in a language; may block.
        private: Whether only the one who asked sees it; None leaves that to the server, and to the channel.
        run: Where the card is made.
    """
    async with reporting(interaction):
        settings = servers.settings(interaction.guild_id)
        if private is None:
            by_default = settings is not None and settings.private_by_default
            private = by_default or not policy.may_answer_in(settings, *place_of(interaction))
        async with DeferredResponse(interaction, private=private).expecting():
            shown = await run(partial(make, reader(interaction, servers)))
        await shown.send_with(interaction.edit_original_response)


async def turn_card(
    interaction: discord.Interaction, servers: Servers, make: Callable[[Say], Shown], *, run: Run = asyncio.to_thread
) -> None:
    """Show a card in place of the one whose button was clicked; as ``show_card`` otherwise."""
    async with reporting(interaction):
        await interaction.response.defer()
        shown = await run(partial(make, reader(interaction, servers)))
        await shown.send_with(interaction.edit_original_response)


def reader(interaction: discord.Interaction, servers: Servers) -> Say:
    """Return what speaks to whoever reads a response: in the language of the server, or else in their own."""
    settings = servers.settings(interaction.guild_id)
    return say_in(settings.language if settings else "", interaction)
