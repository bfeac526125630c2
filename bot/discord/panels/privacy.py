"""`/privacy`: what is kept, and having it handed over or deleted.

Owns the command, and who may have what: everybody their own, those who manage a server all of it. Nothing is deleted
without a second click.
"""

import json
from functools import partial
from typing import Any

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.discord.failures import reporting
from bot.discord.keeping import Keeping
from bot.discord.known import RecentQuestions
from bot.discord.localised import say_in
from bot.discord.maintainers import manages_server
from bot.discord.panels import privacy_view as shown
from bot.discord.panels.control import Act
from bot.discord.panels.handing_out import hand_out
from bot.discord.servers import Servers
from bot.errors import NotManagerError
from bot.state.belongings import (
    count_of_guild,
    count_of_user,
    delete_user,
    export_guild,
    export_user,
)
from bot.translations import Say


class PrivacyCog(commands.Cog):
    """`/privacy`, and its panel."""

    def __init__(self, keeping: Keeping, servers: Servers, questions: RecentQuestions, retention_days: int) -> None:
        self._keeping = keeping
        self._servers = servers
        self._questions = questions
        self._retention_days = retention_days

    @app_commands.command(name="privacy", description="Show what I keep, and have it exported or deleted.")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def privacy(self, interaction: discord.Interaction) -> None:
        """Show it to the one who asked alone."""
        async with reporting(interaction):
            await interaction.response.defer(ephemeral=True, thinking=True)
            await interaction.edit_original_response(view=self._overview(interaction))

    async def act(self, interaction: discord.Interaction[Any], act: Act) -> None:
        """Do what a button says."""
        async with reporting(interaction):
            if act.what in {shown.EXPORT_SERVER, shown.DELETE_SERVER, shown.FORGET_SERVER}:
                if interaction.guild_id is None or not manages_server(interaction):
                    raise NotManagerError
                await interaction.response.defer()
                await self._act_for_server(interaction, interaction.guild_id, act.what)
            else:
                await interaction.response.defer()
                await self._act_for_person(interaction, act.what)

    async def _act_for_server(self, interaction: discord.Interaction[Any], guild_id: int, what: str) -> None:
        say = self._say(interaction)
        match what:
            case shown.EXPORT_SERVER:
                exported = await self._keeping.run(export_guild, guild_id)
                await _send(interaction, exported, f"server-{guild_id}.json", say)
            case shown.DELETE_SERVER:
                n_rows = sum((await self._keeping.run(count_of_guild, guild_id)).values())
                view = shown.confirm_view(shown.ask_for_server(n_rows, say), shown.FORGET_SERVER, say)
                await interaction.edit_original_response(view=view)
            case shown.FORGET_SERVER:
                n_rows = await self._servers.forget(guild_id)
                sentence = say("Deleted: {records} of this server.", records=shown.records_text(n_rows, say))
                await interaction.edit_original_response(view=shown.deleted_view(sentence, say))

    async def _act_for_person(self, interaction: discord.Interaction[Any], what: str) -> None:
        say = self._say(interaction)
        user_id = interaction.user.id
        match what:
            case shown.EXPORT_ME:
                await _send(interaction, await self._keeping.run(export_user, user_id), "mine.json", say)
            case shown.DELETE_ME:
                found = await self._keeping.run(count_of_user, user_id)
                view = shown.confirm_view(shown.ask_for_me(found, say), shown.FORGET_ME, say)
                await interaction.edit_original_response(view=view)
            case shown.FORGET_ME:
                self._questions.forget(user_id)
                found = await self._keeping.run(delete_user, user_id)
                sentence = say(
                    "Deleted: {records} and {verdicts}.",
                    records=shown.records_text(found.named, say),
                    verdicts=shown.verdicts_text(found.verdicts, say),
                )
                await interaction.edit_original_response(view=shown.deleted_view(sentence, say))
            case _:
                await interaction.edit_original_response(view=self._overview(interaction))

    def _overview(self, interaction: discord.Interaction[Any]) -> ui.LayoutView:
        settings = self._servers.settings(interaction.guild_id)
        return shown.privacy_view(
            settings, self._retention_days, manages=manages_server(interaction), say=self._say(interaction)
        )

    def _say(self, interaction: discord.Interaction[Any]) -> Say:
        settings = self._servers.settings(interaction.guild_id)
        return say_in(settings.language if settings else "", interaction)


async def _send(interaction: discord.Interaction[Any], exported: object, name: str, say: Say) -> None:
    write = partial(json.dumps, exported, ensure_ascii=False, indent=1)
    await hand_out(interaction, say("Everything that is kept:"), name, write)
