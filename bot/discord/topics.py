"""`/latest` and `/timeline`: what was told of a topic, without a question.

Owns the commands. Which page of a list is shown is told by the buttons under it, see topic_pages.
"""

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.answering import Answering
from bot.discord.failures import reporting
from bot.discord.install import everywhere
from bot.discord.known import Choices, Known
from bot.discord.request import parse_asked_at, parse_topic
from bot.discord.servers import Servers
from bot.discord.showing import show_page
from bot.discord.topic_pages import TOPIC_MAX_CHARS, Order, Topic, topic_page

Words = app_commands.Range[str, 1, TOPIC_MAX_CHARS]


class TopicsCog(commands.Cog):
    """`/latest` and `/timeline`."""

    def __init__(self, answering: Answering, known: Known, servers: Servers) -> None:
        self._answering = answering
        self._known = known
        self._servers = servers

    @app_commands.command(name="latest", description="Show the newest reports, one a story.")
    @app_commands.describe(topic="A name or a few words; whatever is new, if left out")
    @everywhere
    async def latest(self, interaction: discord.Interaction, topic: Words | None = None) -> None:
        """Show what is new."""
        await self._show(interaction, Order.NEWEST_FIRST, topic or "", None)

    @app_commands.command(name="timeline", description="Show what was told of a topic, one quote a story, by date.")
    @app_commands.describe(topic="A name or a few words", as_of="As things stood at the end of this day, as YYYY-MM-DD")
    @everywhere
    async def timeline(self, interaction: discord.Interaction, topic: Words, as_of: str | None = None) -> None:
        """Show what was told, the oldest first."""
        await self._show(interaction, Order.OLDEST_FIRST, topic, as_of)

    @latest.autocomplete("topic")
    @timeline.autocomplete("topic")
    async def _offer_topics(self, interaction: discord.Interaction, typed: str) -> Choices:
        return self._known.topics.choices(typed)

    async def _show(self, interaction: discord.Interaction, order: Order, typed: str, as_of: str | None) -> None:
        async with reporting(interaction):
            # Reading what was typed waits for nothing, and only before deferring can a complaint take its place.
            asked_at = parse_asked_at(as_of, interaction.created_at)
            topic = Topic(parse_topic(typed) if typed else "", asked_at, order)
            settings = self._servers.settings(interaction.guild_id)
            await show_page(
                interaction, self._servers, lambda say: topic_page(self._answering, topic, 0, settings, say)
            )
