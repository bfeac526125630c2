"""Forgetting again and again, as time goes on, and at the start what is of this process alone."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import discord
import pytest
from discord.ext import commands

from bot.discord.forgetting import ForgettingCog
from bot.discord.keeping import Keeping
from bot.discord.servers import Servers
from bot.state import GuildSettings, find_answer, keep_answer, save_guild_settings
from bot.state.application import note_application
from tests.bot.state.values import ANSWER, MOMENT

OURS, THEIRS = 100, 200
ON_SHARD = [(shard_id << 22) + 9 for shard_id in range(4)]
"""Servers of the first four shards, where there are as many."""


async def left_at_start(
    keeping: Keeping, *, application_id: int = OURS, shard_ids: list[int] | None = None
) -> frozenset[int]:
    """Return the servers that still chose something after a start of a bot that is in none."""
    bot = commands.AutoShardedBot(
        command_prefix=(),
        intents=discord.Intents(guilds=True),
        application_id=application_id,
        shard_count=len(ON_SHARD),
        shard_ids=shard_ids,  # type: ignore[arg-type]  # None, its default, means all
    )
    for guild_id in ON_SHARD:
        await keeping.run(save_guild_settings, GuildSettings(guild_id, language="fr"))
    servers = Servers(keeping)
    await servers.load()
    await ForgettingCog(bot, keeping, servers, 30).on_ready()
    return servers.guild_ids()


async def test_a_start_forgets_servers_of_its_own_shards_alone(tmp_path: Path) -> None:
    keeping = Keeping(tmp_path / "bot.db")

    assert await left_at_start(keeping, shard_ids=[1, 3]) == {ON_SHARD[0], ON_SHARD[2]}
    assert await left_at_start(keeping) == frozenset()
    await keeping.close()


async def test_a_start_forgets_nothing_where_another_application_keeps_the_file(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    keeping = Keeping(tmp_path / "bot.db")
    assert await keeping.run(note_application, THEIRS) == THEIRS

    assert await left_at_start(keeping) == frozenset(ON_SHARD)
    assert caplog.messages == ["application 200 keeps bot.db, so that this one forgets no server at its start"]
    assert await left_at_start(keeping, application_id=THEIRS) == frozenset()
    await keeping.close()


async def test_every_turn_deletes_what_is_too_old_by_then(tmp_path: Path) -> None:
    bot = commands.AutoShardedBot(command_prefix=(), intents=discord.Intents.none())
    keeping = Keeping(tmp_path / "bot.db")
    now = [MOMENT + timedelta(days=29)]
    turns = asyncio.Semaphore(0)

    def clock() -> datetime:
        turns.release()
        return now[0]

    cog = ForgettingCog(bot, keeping, Servers(keeping), 30, clock, 0.001)
    await keeping.run(keep_answer, ANSWER)
    await keeping.run(keep_answer, replace(ANSWER, answer_id="newer", kept_at=MOMENT + timedelta(days=5)))

    async with asyncio.timeout(10):
        await cog.cog_load()
        await turns.acquire()
        assert await keeping.run(find_answer, ANSWER.answer_id) == ANSWER
        now[0] += timedelta(days=2)
        for _ in range(3):
            await turns.acquire()
    await cog.cog_unload()

    assert await keeping.run(find_answer, ANSWER.answer_id) is None
    assert await keeping.run(find_answer, "newer") is not None
    await keeping.close()
