"""`/article` and `/cite`: one article as it stands, and a quote beside what became of its article.

Owns the commands; what they show is made in article_cards.
"""

from collections.abc import Callable

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.admitting import Admitting
from bot.discord.answering import Answering
from bot.discord.article_cards import article_card, cited_card
from bot.discord.cards.shown import Shown
from bot.discord.failures import reporting
from bot.discord.install import everywhere
from bot.discord.known import Choices, Known
from bot.discord.servers import Servers
from bot.discord.showing import show_card
from bot.translations import Say

ID_MAX_CHARS = 300


class ArticlesCog(commands.Cog):
    """`/article` and `/cite`."""

    def __init__(self, answering: Answering, known: Known, servers: Servers, admitting: Admitting) -> None:
        self._answering = answering
        self._known = known
        self._servers = servers
        self._admitting = admitting

    @app_commands.command(name="article", description="Show an article: how it begins, its date, who else tells it.")
    @app_commands.describe(title="Its headline, or its id")
    @everywhere
    async def article(self, interaction: discord.Interaction, title: app_commands.Range[str, 1, ID_MAX_CHARS]) -> None:
        """Show one article."""
        asked_at = interaction.created_at

        def make(say: Say) -> Shown:
            return Shown(article_card(self._answering.holdings.article(title.strip(), asked_at=asked_at), say))

        await self._show(interaction, make)

    @article.autocomplete("title")
    async def _offer_titles(self, interaction: discord.Interaction, typed: str) -> Choices:
        return self._known.titles.choices(typed)

    @app_commands.command(name="cite", description="Show a quote as it was cited, and what became of its article.")
    @app_commands.describe(id="The id of the quote, or of its article")
    @everywhere
    async def cite(self, interaction: discord.Interaction, id: app_commands.Range[str, 1, ID_MAX_CHARS]) -> None:
        """Look up what an answer once quoted."""
        await self._show(interaction, lambda say: Shown(cited_card(self._answering.holdings.cited(id.strip()), say)))

    async def _show(self, interaction: discord.Interaction, make: Callable[[Say], Shown]) -> None:
        async with reporting(interaction):
            self._admitting.admit_look(interaction.user.id, interaction.guild_id)
            await show_card(interaction, self._servers, make)
