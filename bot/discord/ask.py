"""Asking: the command, a mention and a direct message, which all lead to the same card.

Owns the conversation only; what is asked is read in request.py, what is shown is made in cards.py.
"""

import asyncio
import logging
import re
from datetime import datetime

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.answering import Answering
from bot.discord.cards.old import card
from bot.discord.failures import cannot_be_answered, describe, reporting
from bot.discord.install import everywhere
from bot.discord.known import Choices, Known
from bot.discord.request import (
    QUESTION_MAX_CHARS,
    QUESTION_MIN_CHARS,
    parse_asked_at,
    parse_filters,
    parse_question,
)
from index.answer import Filters

_log = logging.getLogger(__name__)
_DATE_HINT = "as YYYY-MM-DD"


class AskCog(commands.Cog):
    """`/ask`, and the same by mentioning the bot or writing to it."""

    def __init__(self, bot: commands.AutoShardedBot, answering: Answering, known: Known) -> None:
        self._bot = bot
        self._answering = answering
        self._known = known

    @app_commands.command(name="ask", description="Ask about space news; the answer is a dated quote with its source.")
    @app_commands.describe(
        question="What you want to know",
        as_of=f"Answer as if asked at the end of this day, {_DATE_HINT}",
        since=f"Only articles published on this day or later, {_DATE_HINT}",
        until=f"Only articles published on this day or earlier, {_DATE_HINT}",
        source="Only articles from this source",
    )
    @everywhere
    async def ask(
        self,
        interaction: discord.Interaction,
        question: app_commands.Range[str, QUESTION_MIN_CHARS, QUESTION_MAX_CHARS],
        as_of: str | None = None,
        since: str | None = None,
        until: str | None = None,
        source: str | None = None,
    ) -> None:
        """Answer for all to see."""
        async with reporting(interaction):
            # Reading what was typed waits for nothing, and only before deferring can a complaint take its place.
            wanted = parse_question(question)
            asked_at = parse_asked_at(as_of, interaction.created_at)
            filters = parse_filters(since, until, source)
            self._known.questions.note(interaction.user.id, wanted)
            await interaction.response.defer(thinking=True)
            await interaction.edit_original_response(embeds=await self._card(wanted, asked_at, filters))

    @ask.autocomplete("question")
    async def _offer_questions(self, interaction: discord.Interaction, typed: str) -> Choices:
        return self._known.questions.choices(interaction.user.id, typed)

    @ask.autocomplete("source")
    async def _offer_sources(self, interaction: discord.Interaction, typed: str) -> Choices:
        return self._known.sources.choices(typed)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a mention or a direct message."""
        if message.author.bot or message.is_system():
            return
        text = self._addressed(message)
        if text is None:
            return
        try:
            await self._reply(message, text)
        except Exception as error:
            await self._complain(message, error)

    def _addressed(self, message: discord.Message) -> str | None:
        """Return what was said to the bot, without its name, or None if nothing was.

        Only a mention in the text counts: a reply to one of the bot's cards mentions it too, and is mostly a remark.
        """
        assert self._bot.user is not None
        mention = re.compile(rf"<@!?{self._bot.user.id}>")
        if message.guild is not None and not mention.search(message.content):
            return None
        return mention.sub(" ", message.content).strip()

    async def _reply(self, message: discord.Message, text: str) -> None:
        if not text:
            await message.reply(self._how_to(), mention_author=False)
            return
        question = parse_question(text)
        async with message.channel.typing():
            embeds = await self._card(question, message.created_at, Filters())
        await message.reply(embeds=embeds, mention_author=False)

    async def _complain(self, message: discord.Message, error: Exception) -> None:
        if cannot_be_answered(error):
            _log.warning("could not reply: %s", error)
            return
        try:
            await message.reply(describe(error), mention_author=False)
        except discord.HTTPException as failure:
            _log.warning("could not reply: %s", failure)

    async def _card(self, question: str, asked_at: datetime, filters: Filters) -> list[discord.Embed]:
        return card(await asyncio.to_thread(self._answering.ask, question, asked_at=asked_at, filters=filters))

    def _how_to(self) -> str:
        assert self._bot.user is not None
        return (
            "Ask me about space news and I answer with a dated quote and its source: "
            f"{self._bot.user.mention} followed by your question, or `/ask`."
        )
