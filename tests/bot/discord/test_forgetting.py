"""Forgetting again and again, as time goes on."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import discord
from discord.ext import commands

from bot.discord.forgetting import ForgettingCog
from bot.discord.keeping import Keeping
from bot.discord.servers import Servers
from bot.state import find_answer, keep_answer
from tests.bot.state.values import ANSWER, MOMENT


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
