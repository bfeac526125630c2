"""`/sources`: where the articles come from.

Owns the commands only; what they list is made in lists.py.
"""

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.failures import reporting
from bot.discord.install import everywhere
from bot.discord.known import Choices, Known
from bot.discord.lists import TOPIC_MAX_CHARS, List, PagedLists
from bot.discord.request import parse_search


@everywhere
class SourcesCog(commands.GroupCog, name="sources", description="Where the articles come from."):
    """`/sources list`, `recent` and `search`."""

    def __init__(self, known: Known, lists: PagedLists) -> None:
        self._known = known
        self._lists = lists

    @app_commands.command(name="list", description="List who published the articles, and from when to when.")
    async def list(self, interaction: discord.Interaction) -> None:
        """List the publishers."""
        await self._lists.open(interaction, List.SOURCES)

    @app_commands.command(name="recent", description="Show the newest articles of one source.")
    @app_commands.describe(source="The source")
    async def recent(self, interaction: discord.Interaction, source: str) -> None:
        """List one publisher's newest articles."""
        await self._lists.open(interaction, List.RECENT, source.strip())

    @recent.autocomplete("source")
    async def _offer_sources(self, interaction: discord.Interaction, typed: str) -> Choices:
        return self._known.sources.choices(typed)

    @app_commands.command(name="search", description="Find articles by the words of their headline.")
    @app_commands.describe(words="Words of the headline, or the name of its source")
    async def search(
        self, interaction: discord.Interaction, words: app_commands.Range[str, 1, TOPIC_MAX_CHARS]
    ) -> None:
        """Find articles."""
        async with reporting(interaction):
            await self._lists.open(interaction, List.SEARCH, parse_search(words))
