"""`/ask`: the question and what it may be bounded by.

Owns the command only; what is asked is read in request.py, and how it is answered is asking.py's.
"""

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.asking import Asking
from bot.discord.failures import reporting
from bot.discord.install import everywhere
from bot.discord.known import Choices, Known
from bot.discord.request import (
    QUESTION_MAX_CHARS,
    QUESTION_MIN_CHARS,
    parse_asked_at,
    parse_filters,
    parse_question,
)

_DATE_HINT = "as YYYY-MM-DD"


class AskCog(commands.Cog):
    """`/ask`."""

    def __init__(self, asking: Asking, known: Known) -> None:
        self._asking = asking
        self._known = known

    @app_commands.command(name="ask", description="Ask about space news; the answer is a dated quote with its source.")
    @app_commands.describe(
        question="What you want to know",
        as_of=f"Answer as if asked at the end of this day, {_DATE_HINT}",
        since=f"Only articles published on this day or later, {_DATE_HINT}",
        until=f"Only articles published on this day or earlier, {_DATE_HINT}",
        source="Only articles from this source",
        private="Whether only you see the answer",
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
        private: bool | None = None,
    ) -> None:
        """Answer for all to see, unless it is asked or set otherwise."""
        async with reporting(interaction):
            # Reading what was typed waits for nothing, and only before deferring can a complaint take its place.
            wanted = parse_question(question)
            self._known.questions.note(interaction.user.id, wanted)
            await self._asking.respond(
                interaction,
                wanted,
                asked_at=parse_asked_at(as_of, interaction.created_at),
                filters=parse_filters(since, until, source),
                private=private,
            )

    @ask.autocomplete("question")
    async def _offer_questions(self, interaction: discord.Interaction, typed: str) -> Choices:
        return self._known.questions.choices(interaction.user.id, typed)

    @ask.autocomplete("source")
    async def _offer_sources(self, interaction: discord.Interaction, typed: str) -> Choices:
        return self._known.sources.choices(typed)
