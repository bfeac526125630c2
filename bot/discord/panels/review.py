"""`/gaps` and `/feedback review`: what maintainers look through, page by page.

Owns the commands, and who sees what: in a server its maintainers see what was asked there; in a direct message those
who run the bot see everything.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.discord.failures import reporting
from bot.discord.keeping import Keeping
from bot.discord.localised import say_in
from bot.discord.maintainers import maintains_server, runs_the_bot
from bot.discord.panels.control import Act
from bot.discord.panels.handing_out import hand_out
from bot.discord.panels.review_view import EXPORT, HANDLED, PAGE_ITEMS, Place, feedback_view, gaps_view
from bot.discord.servers import Servers
from bot.errors import NotMaintainerError, NotServerMaintainerError
from bot.state import State
from bot.state.gaps import count_gaps, handle_gap, list_gaps
from bot.state.reviewing import count_rated, feedback_cases, handle_feedback, list_rated
from bot.translations import Say

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Listing(Protocol[T_co]):
    """Reads one page."""

    def __call__(self, state: State, guild_id: int | None, /, *, first: int, limit: int) -> Sequence[T_co]:
        """Return at most ``limit`` of a server, or of everything, without the ``first`` ones."""


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """A list that is looked through.

    Attributes:
        count: Counts what is on it, of a server or of everything.
        page: Reads a page of it.
        handle: Marks what an answer stands for as handled.
        view: Shows a page.
    """

    count: Callable[[State, int | None], int]
    page: Listing[T]
    handle: Callable[[State, str, int | None, datetime], bool]
    view: Callable[[Sequence[T], Place, Say], ui.LayoutView]


class Reviewers:
    """Who may look through the lists of which server."""

    def __init__(self, bot: commands.AutoShardedBot, servers: Servers, maintainer_role_id: int | None) -> None:
        self._bot = bot
        self._servers = servers
        self._maintainer_role_id = maintainer_role_id

    def scope(self, interaction: discord.Interaction[Any]) -> int | None:
        """Return the server whose lists may be seen, or None for everything; asked anew with every click.

        Raises:
            NotMaintainerError: In a direct message, to somebody who does not run the bot.
            NotServerMaintainerError: In a server, to somebody else than its maintainers.
        """
        settings = self._servers.settings(interaction.guild_id)
        runs_it = runs_the_bot(self._bot, interaction.user, self._maintainer_role_id)
        if settings is None:
            if not runs_it:
                raise NotMaintainerError
            return None
        if not (runs_it or maintains_server(interaction, settings)):
            raise NotServerMaintainerError
        return settings.guild_id

    def say(self, interaction: discord.Interaction[Any]) -> Say:
        """Return what speaks where the interaction happens."""
        settings = self._servers.settings(interaction.guild_id)
        return say_in(settings.language if settings else "", interaction)


class ReviewPanel(Generic[T]):
    """A list, page by page, whose items are marked as handled."""

    def __init__(
        self, keeping: Keeping, reviewers: Reviewers, listed: Listed[T], clock: Callable[[], datetime]
    ) -> None:
        self._keeping = keeping
        self._reviewers = reviewers
        self._listed = listed
        self._clock = clock

    async def open(self, interaction: discord.Interaction[Any]) -> None:
        """Show the first page to the one who asked alone."""
        async with reporting(interaction):
            scope = self._reviewers.scope(interaction)
            await interaction.response.defer(ephemeral=True, thinking=True)
            await self._show(interaction, scope, 0)

    async def act(self, interaction: discord.Interaction[Any], act: Act) -> None:
        """Turn the page, or mark an item as handled."""
        async with reporting(interaction):
            scope = self._reviewers.scope(interaction)
            await interaction.response.defer()
            page, _, answer_id = act.argument.partition("-")
            if act.what == HANDLED:
                await self._keeping.run(self._listed.handle, answer_id, scope, self._clock())
            await self._show(interaction, scope, int(page))

    async def _show(self, interaction: discord.Interaction[Any], scope: int | None, page: int) -> None:
        place = Place.of(page, await self._keeping.run(self._listed.count, scope))
        items = await self._keeping.run(self._listed.page, scope, first=place.first, limit=PAGE_ITEMS)
        view = self._listed.view(items, place, self._reviewers.say(interaction))
        await interaction.edit_original_response(view=view)


class GapsCog(commands.Cog):
    """`/gaps`, and its panel."""

    def __init__(
        self, keeping: Keeping, reviewers: Reviewers, clock: Callable[[], datetime] = discord.utils.utcnow
    ) -> None:
        listed = Listed(count_gaps, list_gaps, handle_gap, gaps_view)
        self.panel = ReviewPanel(keeping, reviewers, listed, clock)

    @app_commands.command(name="gaps", description="Look through the questions that were refused (maintainers only).")
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    async def gaps(self, interaction: discord.Interaction) -> None:
        """Show the first page."""
        await self.panel.open(interaction)


@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
class FeedbackCog(commands.GroupCog, name="feedback", description="What people said of the answers."):
    """`/feedback review`, and its panel."""

    def __init__(
        self, keeping: Keeping, reviewers: Reviewers, clock: Callable[[], datetime] = discord.utils.utcnow
    ) -> None:
        self._keeping = keeping
        self._reviewers = reviewers
        listed = Listed(count_rated, list_rated, handle_feedback, feedback_view)
        self._panel = ReviewPanel(keeping, reviewers, listed, clock)

    @app_commands.command(name="review", description="Look through what people said of answers (maintainers only).")
    async def review(self, interaction: discord.Interaction) -> None:
        """Show the first page."""
        await self._panel.open(interaction)

    async def act(self, interaction: discord.Interaction[Any], act: Act) -> None:
        """Hand out the cases, or do what every list does."""
        if act.what != EXPORT:
            await self._panel.act(interaction, act)
            return
        async with reporting(interaction):
            scope = self._reviewers.scope(interaction)
            await interaction.response.defer(ephemeral=True, thinking=True)
            cases = await self._keeping.run(feedback_cases, scope)
            sentence = self._reviewers.say(interaction)("A case a line, as `ask --batch` reads them:")
            await hand_out(interaction, sentence, "feedback.jsonl", lambda: _lines(cases))


def _lines(cases: Sequence[dict[str, Any]]) -> str:
    return "".join(f"{json.dumps(case, ensure_ascii=False)}\n" for case in cases)
