"""`/status` and `/help`: how the bot is, and what it can do.

Owns the commands and their words. Both are shown to the one who asks alone.
"""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.answering import Answering
from bot.discord.cards.card import Card, Part
from bot.discord.cards.pieces import date_and_age, one_line, words
from bot.discord.cards.shown import Shown
from bot.discord.install import everywhere
from bot.discord.jobs import Jobs
from bot.discord.limits import AUTHOR_MAX_UNITS, TEXT_MAX_UNITS, cut, take_lines, units
from bot.discord.localised import NAME
from bot.discord.maintainers import manages_server, runs_the_bot
from bot.discord.progress import progress_text
from bot.discord.servers import Servers
from bot.discord.showing import show_card
from bot.translations import Say

FOR_MAINTAINERS = frozenset({"index", "corpus", "gaps", "feedback", "settings"})
"""Commands that `/help` shows to those alone who run the bot or manage the server."""
AnyCommand = app_commands.Command[Any, ..., Any] | app_commands.Group
_NAME_MAX_UNITS = 100
_SPARE_UNITS = 300


class AboutCog(commands.Cog):
    """`/status` and `/help`."""

    def __init__(
        self,
        bot: commands.AutoShardedBot,
        answering: Answering,
        servers: Servers,
        jobs: Jobs,
        maintainer_role_id: int | None,
    ) -> None:
        self._bot = bot
        self._answering = answering
        self._servers = servers
        self._jobs = jobs
        self._maintainer_role_id = maintainer_role_id

    @app_commands.command(name="status", description="Show what the answers come from, and what the bot is doing.")
    @everywhere
    async def status(self, interaction: discord.Interaction) -> None:
        """Show the index that answers, its newest article, and the job that is running."""
        latency_ms = round(self._bot.latency * 1000) if self._bot.latency == self._bot.latency else 0
        await show_card(interaction, self._servers, lambda say: Shown(self._status_card(latency_ms, say)), private=True)

    @app_commands.command(name="help", description="Show what this bot can do.")
    @everywhere
    async def help(self, interaction: discord.Interaction) -> None:
        """Show how to ask, and every command that the reader may use."""
        is_trusted = manages_server(interaction) or runs_the_bot(self._bot, interaction.user, self._maintainer_role_id)
        await show_card(
            interaction, self._servers, lambda say: Shown(self._help_card(say, is_trusted=is_trusted)), private=True
        )

    def _status_card(self, latency_ms: int, say: Say) -> Card:
        status = self._answering.status()
        sources = self._answering.sources()
        newest = next(iter(self._answering.holdings.newest_articles(limit=1)), None)
        lines = [
            say(
                "Answers come from index {generation}, built {day}.",
                generation=cut(status.generation, _NAME_MAX_UNITS, one_line),
                day=date_and_age(status.built_at, say),
            ),
            " · ".join(
                [
                    say.plural("{count} article", "{count} articles", status.articles),
                    say.plural("{count} source", "{count} sources", len(sources)),
                ]
            ),
            say("The newest article: {day}", day=date_and_age(newest.published_at if newest else None, say)),
            say("Discord answers within {count} ms.", count=latency_ms),
        ]
        parts = [Part(text="\n".join(lines))]
        if self._jobs.running:
            parts.append(Part(text=progress_text(self._jobs.progress, say), label=say(self._jobs.running.value)))
        return Card(words(say("Status"), AUTHOR_MAX_UNITS), tuple(parts))

    def _help_card(self, say: Say, *, is_trusted: bool) -> Card:
        assert self._bot.user is not None
        how = say(
            "Ask me about space news and I answer with a dated quote and its source: {mention} followed by your "
            "question, a direct message, or {command}.",
            mention=self._bot.user.mention,
            command=f"`/{say.named(NAME, 'ask')}`",
        )
        honest = say("Every answer is a slice of an article. Where nothing answers, I say so.")
        follow = say(
            "Reply to an answer and name me ({mention}) to ask on: “when?”, “who said so?”, “and before that?”, "
            "“who was on board?”.",
            mention=self._bot.user.mention,
        )
        about = f"{how}\n{honest}\n{follow}"
        lines = [line for command in self._commands(is_trusted) for line in _help_lines(command, say, "/")]
        menus = [f"**{say(menu.name)}**" for menu in self._bot.tree.get_commands(type=discord.AppCommandType.message)]
        if menus:
            lines.append(say("On a message, under “Apps”: {menus}", menus=say.listed(menus)))
        text, _ = take_lines(lines, TEXT_MAX_UNITS - _SPARE_UNITS - units(about))
        return Card(words(say("Help"), AUTHOR_MAX_UNITS), (Part(text=about), Part(text=text)))

    def _commands(self, is_trusted: bool) -> list[AnyCommand]:
        found = self._bot.tree.get_commands(type=discord.AppCommandType.chat_input)
        return [command for command in found if is_trusted or command.name not in FOR_MAINTAINERS]


def _help_lines(command: AnyCommand, say: Say, before: str) -> list[str]:
    """Return a line for a command, or one for each in a group."""
    name = before + say.named(NAME, command.name)
    if isinstance(command, app_commands.Group):
        return [line for child in command.commands for line in _help_lines(child, say, f"{name} ")]
    return [f"`{name}` {say(command.description)}"]
