"""`/status` and `/help` in a simulated Discord."""

import discord
import pytest
import simcord

from bot.discord.client import SpaceNewsBot
from bot.discord.jobs import Job
from tests.bot.discord.choosing import choose
from tests.bot.discord.components import shown_text
from tests.bot.discord.simulated import bot_mention
from tests.bot.fakes import FakeProgress

pytestmark = pytest.mark.simcord(shard_count=1)


async def test_status_tells_what_answers(alice: simcord.MemberActor, channel: simcord.ChannelHandle) -> None:
    result = await alice.slash(channel, "status")

    assert result.ephemeral
    lines = shown_text(result).split("\n")
    assert lines[0] == "### Status"
    assert lines[1].startswith("Answers come from index g0001, built <t:")
    assert lines[2] == "2 articles · 2 sources"
    assert lines[3].startswith("The newest article: <t:")


async def test_status_tells_of_a_job(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env
) -> None:
    assert isinstance(simcord_env.bot, SpaceNewsBot)
    with simcord_env.bot.jobs.at(Job.SYNC):
        simcord_env.bot.jobs.note(FakeProgress("encoding passages", 1, 4))
        text = shown_text(await alice.slash(channel, "status"))

    assert text.endswith("**Reading the sources**\nencoding passages\n█████░░░░░░░░░░░░░░░ 1 of 4")


async def test_help_names_what_everybody_may_use(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env
) -> None:
    result = await alice.slash(channel, "help")

    text = shown_text(result)
    assert result.ephemeral
    assert f"Reply to an answer and name me ({bot_mention(simcord_env)}) to ask on: “when?”," in text
    assert "`/ask` Ask about space news; the answer is a dated quote with its source." in text
    assert "`/sources recent` Show the newest articles of one source." in text
    assert "On a message, under “Apps”: **Find evidence** and **When was this reported?**" in text
    assert "/index" not in text


async def test_help_names_more_to_those_who_manage_the_server(
    channel: simcord.ChannelHandle, simcord_env: simcord.Env
) -> None:
    role = simcord_env.guild.create_role("managers", permissions=discord.Permissions(manage_guild=True))
    manager = simcord_env.guild.add_member(simcord_env.create_user("manager"), roles=[role])

    assert "`/index rebuild` Build the index anew and move to it." in shown_text(await manager.slash(channel, "help"))


async def test_help_speaks_the_language_of_the_server(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env
) -> None:
    await choose(simcord_env, simcord_env.guild.id, language="fr")

    assert "`/demander` " in shown_text(await alice.slash(channel, "help"))
