"""`/latest` and `/timeline`: what was told of a topic, without a question.

Owns the commands only; what they show is made in lists.py.
"""

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.failures import reporting
from bot.discord.install import everywhere
from bot.discord.known import Choices, Known
from bot.discord.lists import TOPIC_MAX_CHARS, List, PagedLists, topic_key
from bot.discord.request import parse_asked_at, parse_topic

Words = app_commands.Range[str, 1, TOPIC_MAX_CHARS]


class TopicsCog(commands.Cog):
    """`/latest` and `/timeline`."""

    def __init__(self, known: Known, lists: PagedLists) -> None:
        self._known = known
        self._lists = lists

    @app_commands.command(name="latest", description="Show the newest reports, one a story.")
    @app_commands.describe(topic="A name or a few words; whatever is new, if left out")
    @everywhere
    async def latest(self, interaction: discord.Interaction, topic: Words | None = None) -> None:
        """Show what is new."""
        async with reporting(interaction):
            wanted = parse_topic(topic) if topic is not None else ""
            await self._lists.open(interaction, List.LATEST, topic_key(wanted, interaction.created_at))

    @app_commands.command(name="timeline", description="Show what was told of a topic, one quote a story, by date.")
    @app_commands.describe(topic="A name or a few words", as_of="As things stood at the end of this day, as YYYY-MM-DD")
    @everywhere
    async def timeline(self, interaction: discord.Interaction, topic: Words, as_of: str | None = None) -> None:
        """Show what was told, the oldest first."""
        async with reporting(interaction):
            wanted, asked_at = parse_topic(topic), parse_asked_at(as_of, interaction.created_at)
            await self._lists.open(interaction, List.TIMELINE, topic_key(wanted, asked_at))

    @latest.autocomplete("topic")
    @timeline.autocomplete("topic")
    async def _offer_topics(self, interaction: discord.Interaction, typed: str) -> Choices:
        return self._known.topics.choices(typed)
