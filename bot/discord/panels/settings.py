"""`/settings`: what a server chose, and choosing.

Owns the command, who may use it, and the way from a click to a saved setting. A panel works also after a restart: its
ids say everything, and the settings are read anew with every click.
"""

import asyncio
from collections.abc import Iterator
from typing import Any

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.discord.answering import Answering
from bot.discord.failures import reporting
from bot.discord.localised import say_in
from bot.discord.maintainers import manages_server
from bot.discord.panels.control import Act, control_id
from bot.discord.panels.settings_changes import What, changed, with_cooldowns
from bot.discord.panels.settings_view import PANEL, Choices, settings_view, sources_view
from bot.discord.servers import Servers
from bot.errors import NotManagerError
from bot.state import GuildSettings
from bot.translations import Say
from index.errors import IndexingError

_COOLDOWNS_ID = control_id(PANEL, What.COOLDOWNS)


class SettingsCog(commands.Cog):
    """`/settings`, and its panel."""

    def __init__(self, answering: Answering, servers: Servers, retention_days: int) -> None:
        self._answering = answering
        self._servers = servers
        self._retention_days = retention_days

    @app_commands.command(name="settings", description="Show and change how I work in this server.")
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    async def settings(self, interaction: discord.Interaction) -> None:
        """Show the settings to the one who asked alone."""
        async with reporting(interaction):
            settings = self._allowed(interaction)
            await interaction.response.defer(ephemeral=True, thinking=True)
            await self._show(interaction, settings, Act(What.SHOW))

    async def act(self, interaction: discord.Interaction[Any], act: Act) -> None:
        """Change what was chosen, and show how it stands now."""
        async with reporting(interaction):
            settings = self._allowed(interaction)
            if act.what == What.COOLDOWNS:
                await interaction.response.send_modal(cooldowns_form(settings, _say(settings, interaction)))
                return
            await interaction.response.defer()
            settings = await self._servers.change(settings.guild_id, lambda known: changed(known, act))
            await self._show(interaction, settings, act)

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Take the typed cooldowns; the library knows a form only in the process that showed it."""
        data: Any = interaction.data or {}
        if interaction.type is not discord.InteractionType.modal_submit or data.get("custom_id") != _COOLDOWNS_ID:
            return
        async with reporting(interaction):
            settings = self._allowed(interaction)
            typed = dict(_typed(data["components"]))
            with_cooldowns(settings, typed["seconds"], typed["questions"])  # complains before anything is deferred
            await interaction.response.defer()
            settings = await self._servers.change(
                settings.guild_id, lambda known: with_cooldowns(known, typed["seconds"], typed["questions"])
            )
            await self._show(interaction, settings, Act(What.SHOW))

    def _allowed(self, interaction: discord.Interaction[Any]) -> GuildSettings:
        """Return the settings of the server, for those who may change them; asked anew with every click.

        Raises:
            NotManagerError: The one who acts may not.
        """
        settings = self._servers.settings(interaction.guild_id)
        if settings is None or not manages_server(interaction):
            raise NotManagerError
        return settings

    async def _show(self, interaction: discord.Interaction[Any], settings: GuildSettings, act: Act) -> None:
        """Show what an act leads to: a page of sources, or all settings."""
        say = _say(settings, interaction)
        for what in (What.INCLUDED, What.EXCLUDED):
            if act.what.startswith(what):
                publishers = await asyncio.to_thread(self._publishers)
                view = sources_view(settings, publishers, what, int(act.argument or 0), say)
                break
        else:
            view = settings_view(settings, self._choices(interaction.guild), say)
        await interaction.edit_original_response(view=view)

    def _choices(self, guild: discord.Guild | None) -> Choices:
        return Choices(
            channel_ids=[channel.id for channel in guild.channels] if guild else [],
            role_ids=[role.id for role in guild.roles] if guild else [],
            at_most_days=self._retention_days,
        )

    def _publishers(self) -> list[str]:
        try:
            return [summary.publisher for summary in self._answering.sources()]
        except IndexingError:
            return []  # without an index nothing can be offered


def _say(settings: GuildSettings, interaction: discord.Interaction[Any]) -> Say:
    return say_in(settings.language, interaction)


def cooldowns_form(settings: GuildSettings, say: Say) -> ui.Modal:
    """Return the form in which cooldowns are typed, filled in with those that hold."""
    modal = ui.Modal(title=say("Cooldowns"), custom_id=_COOLDOWNS_ID)
    for name, label, value in (
        ("seconds", say("Seconds between two questions of one person"), settings.user_cooldown_seconds),
        ("questions", say("Questions of the server in a minute"), settings.guild_questions_per_minute),
    ):
        text: ui.TextInput[Any] = ui.TextInput(custom_id=name, default=str(value), max_length=4)
        modal.add_item(ui.Label(text=label, component=text))
    modal.stop()  # it is answered by its id, so that nothing needs to remember it
    return modal


def _typed(components: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield the id and the text of every field of a form that was sent."""
    for component in components:
        if "value" in component:
            yield component["custom_id"], component["value"]
        yield from _typed([*component.get("components", ()), *filter(None, [component.get("component")])])
