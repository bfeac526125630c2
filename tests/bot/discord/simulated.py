"""Reading what a simulated Discord shows."""

import logging
import re
from dataclasses import replace
from typing import Any

import discord
import pytest
import simcord

from bot.discord.client import SpaceNewsBot

QUESTION = "Where did Larkspur land?"


def response_of(result: simcord.InteractionResult) -> simcord.ResponseMessage:
    assert result.response is not None
    return result.response


def embed_of(result: simcord.InteractionResult) -> discord.Embed:
    (embed,) = response_of(result).embeds
    return embed


def private_sentence(result: simcord.InteractionResult) -> str:
    """Return what only the asker reads; nobody else reads anything."""
    if result.response is not None:
        assert result.ephemeral
        return result.response.content
    (followup,) = result.followups
    assert followup.ephemeral
    return followup.content


def check_reference(sentence: str, caplog: pytest.LogCaptureFixture, cause: Exception) -> None:
    """The sentence says nothing but a reference, under which the log has the cause."""
    found = re.fullmatch(r"Something went wrong on our side \(reference ([0-9A-F]{6})\)\.", sentence)
    assert found
    (record,) = [r for r in caplog.records if r.levelno == logging.ERROR]
    assert record.getMessage() == f"reference {found[1]}"
    assert record.exc_info is not None
    assert record.exc_info[1] is cause


async def choose(env: simcord.Env, guild: simcord.GuildHandle, **chosen: object) -> None:
    """Let a server choose some of its settings."""
    bot = env.bot
    assert isinstance(bot, SpaceNewsBot)
    await bot.servers.change(guild.id, lambda settings: replace(settings, **chosen))  # type: ignore[arg-type]


def without(env: simcord.Env, guild: simcord.GuildHandle, **denied: bool) -> simcord.ChannelHandle:
    """Return a channel in which the bot lacks some permissions."""
    assert env.bot.user is not None
    overwrite = discord.PermissionOverwrite(**dict.fromkeys(denied, False))
    return guild.create_text_channel("limited", overwrites={env.bot.user: overwrite})


def bot_mention(env: simcord.Env) -> str:
    assert env.bot.user is not None
    return env.bot.user.mention


def calls(env: simcord.Env, method: str, ending: str) -> list[Any]:
    """Return the bodies of the calls of a kind that the bot made."""
    return [one.json for one in env.http_requests if one.method == method and one.path.endswith(ending)]


def logged(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what this project logged as a warning or worse."""
    found = [one for one in caplog.records if one.levelno >= logging.WARNING and one.name.startswith("bot.")]
    return [one.getMessage() for one in found if not one.name.endswith("watchdog")]
