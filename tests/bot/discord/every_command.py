"""Every command that the bot has, with something for each option that it must have."""

from typing import Any

import discord
import pytest
import simcord
from discord import app_commands

from bot.discord.client import SpaceNewsBot
from tests.bot.discord.simulated import QUESTION

SAID = {"as_of": "2031-05-07", "since": "2031-05-01", "until": "2031-05-07", "day": "2031-05-07"}
"""What options want that are no plain words."""


def commands_of(bot: discord.Client) -> list[app_commands.Command[Any, ..., Any]]:
    assert isinstance(bot, SpaceNewsBot)
    return [command for command in bot.tree.walk_commands() if isinstance(command, app_commands.Command)]


def filled(command: app_commands.Command[Any, ..., Any]) -> dict[str, Any]:
    """Return something for every option that a command must have."""
    values: dict[str, Any] = {}
    for option in command.parameters:
        if not option.required:
            continue
        if option.choices:
            values[option.name] = option.choices[0].value
        elif option.type is discord.AppCommandOptionType.string:
            values[option.name] = SAID.get(option.name, QUESTION)
        elif option.type is discord.AppCommandOptionType.boolean:
            values[option.name] = True
        else:
            values[option.name] = option.min_value or 1
    return values


def add_one_who_may_all(env: simcord.Env, monkeypatch: pytest.MonkeyPatch) -> simcord.MemberActor:
    """Add a member who manages the server and runs the bot, so that no command turns them away."""
    may_all = env.guild.create_role("may all", permissions=discord.Permissions.all())
    alice = env.guild.add_member(env.create_user("alice"), roles=[may_all])
    monkeypatch.setattr("bot.discord.maintainers.owner_ids", lambda _: frozenset({alice.id}))
    return alice
