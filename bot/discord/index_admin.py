"""`/index status` for everyone and `/index rebuild` for the maintainers.

Owns who may rebuild, and that only one rebuild runs. The bot goes on answering from the old generation meanwhile.
"""

import asyncio

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.answering import Answering, IndexStatus
from bot.discord.cards import ANSWER_COLOUR, date_and_age
from bot.discord.escape import escape
from bot.discord.failures import reporting
from bot.discord.known_sources import KnownSources
from bot.discord.limits import cut
from bot.discord.maintainers import runs_the_bot
from bot.discord.progress import follow, show
from bot.errors import NotMaintainerError, RebuildRunningError

_VALUE_MAX_UNITS = 200


class IndexCog(commands.GroupCog, name="index", description="The index that answers come from."):
    """`/index status` and `/index rebuild`."""

    def __init__(
        self,
        bot: commands.AutoShardedBot,
        answering: Answering,
        known_sources: KnownSources,
        maintainer_role_id: int | None,
    ) -> None:
        self._bot = bot
        self._answering = answering
        self._known_sources = known_sources
        self._maintainer_role_id = maintainer_role_id
        self._rebuilding = False

    @app_commands.command(name="status", description="Show the index that answers come from.")
    async def status(self, interaction: discord.Interaction) -> None:
        """Show the generation that answers now."""
        async with reporting(interaction):
            await interaction.response.defer(thinking=True)
            status = await asyncio.to_thread(self._answering.status)
            await interaction.edit_original_response(embed=status_card("Index", status))

    @app_commands.command(name="rebuild", description="Build the index anew and move to it (maintainers only).")
    async def rebuild(self, interaction: discord.Interaction) -> None:
        """Build a new generation, with progress, and move to it."""
        async with reporting(interaction):
            if not runs_the_bot(self._bot, interaction.user, self._maintainer_role_id):
                raise NotMaintainerError
            if self._rebuilding:
                raise RebuildRunningError
            self._rebuilding = True
            try:
                await interaction.response.defer(thinking=True)
                await self._rebuild(interaction)
            finally:
                self._rebuilding = False

    async def _rebuild(self, interaction: discord.Interaction) -> None:
        status = await follow(interaction, self._answering.rebuild)
        await self._known_sources.refresh()
        title = "The new index answers now" if status.published else "The new index was held back; the last one answers"
        await show(interaction, status_card(title, status))


def status_card(title: str, status: IndexStatus) -> discord.Embed:
    """Return what the generation is made of."""
    embed = discord.Embed(title=title, colour=ANSWER_COLOUR)
    embed.add_field(name="Generation", value=_value(status.generation))
    embed.add_field(name="Built", value=date_and_age(status.built_at))
    embed.add_field(name="Articles", value=f"{status.articles:,}")
    embed.add_field(name="Passages", value=f"{status.passages:,}")
    embed.add_field(name="Size", value=f"{status.bytes / 1_000_000:.1f} MB")
    embed.add_field(name="Encoder", value=_value(status.encoder))
    embed.add_field(name="Digest", value=_value(status.digest), inline=False)
    for gate in status.gates:
        if not (gate.passed or status.published):
            embed.add_field(name=f"Held back by: {gate.name}", value=_value(gate.detail), inline=False)
    return embed


def _value(text: str) -> str:
    return cut(text, _VALUE_MAX_UNITS, escape) or "unknown"
