"""Forgetting without being asked: what is too old, and servers that the bot was removed from.

Owns when that happens: old things go at the start and once a day; a server's when the bot is removed from it, or at the
next start where it was not running then. A start speaks for the servers of its own shards alone, and for none where
another application keeps the file: those may be elsewhere.
"""

import logging
from collections.abc import Callable
from datetime import datetime

import discord
from discord.ext import commands, tasks

from bot.discord.keeping import Keeping
from bot.discord.servers import Servers
from bot.state.application import note_application
from bot.state.retention import purge

SECONDS_BETWEEN = 24 * 3600.0
_SHARD_SHIFT = 22
"""A server belongs to a shard by the bits of its id above these."""
_log = logging.getLogger(__name__)


class ForgettingCog(commands.Cog):
    """Forgets in time."""

    def __init__(
        self,
        bot: commands.AutoShardedBot,
        keeping: Keeping,
        servers: Servers,
        retention_days: int,
        clock: Callable[[], datetime] = discord.utils.utcnow,
        seconds_between: float = SECONDS_BETWEEN,
    ) -> None:
        """Put the parts together.

        Args:
            bot: Knows the servers that it is in.
            keeping: Holds what is forgotten.
            servers: What each server chose.
            retention_days: How long anything may be kept.
            clock: Tells how old things are (aware, UTC).
            seconds_between: How often it is looked for what is too old.
        """
        self._bot = bot
        self._keeping = keeping
        self._servers = servers
        self._retention_days = retention_days
        self._clock = clock
        self._loop = tasks.loop(seconds=seconds_between)(self._purge)

    async def cog_load(self) -> None:
        """Begin; the first turn comes at once."""
        self._loop.start()

    async def cog_unload(self) -> None:
        """Stop."""
        self._loop.cancel()

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Forget a server that the bot was removed from; one that is only unreachable is not reported here."""
        await self._forget(guild.id)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Forget the servers of this process that chose something and that the bot is no longer in.

        What was asked elsewhere, by people who took the bot along, goes with its retention.
        """
        if not await self._keeps_the_file():
            return
        present = {guild.id for guild in self._bot.guilds}
        for guild_id in self._servers.guild_ids() - present:
            if self._runs(guild_id):
                await self._forget(guild_id)

    def _runs(self, guild_id: int) -> bool:
        """Tell whether the shard of a server is one of this process, which would know the server if it were there."""
        bot = self._bot
        return bot.shard_ids is None or (guild_id >> _SHARD_SHIFT) % (bot.shard_count or 1) in bot.shard_ids

    async def _keeps_the_file(self) -> bool:
        """Tell whether what is kept is this application's, and not another's that is in other servers."""
        assert self._bot.application_id is not None
        try:
            keeper_id = await self._keeping.run(note_application, self._bot.application_id)
        except Exception:
            _log.exception("could not tell which application keeps bot.db; the next start tries again")
            return False
        if keeper_id != self._bot.application_id:
            _log.warning("application %d keeps bot.db, so that this one forgets no server at its start", keeper_id)
        return keeper_id == self._bot.application_id

    async def _forget(self, guild_id: int) -> None:
        try:
            n_rows = await self._servers.forget(guild_id)
        except Exception:
            _log.exception("could not forget server %d; the next start tries again", guild_id)
        else:
            _log.info("forgot server %d: %d rows", guild_id, n_rows)

    async def _purge(self) -> None:
        try:
            n_answers = await self._keeping.run(purge, self._clock(), self._retention_days)
        except Exception:
            # The next turn tries again.
            _log.exception("could not delete what is too old")
        else:
            _log.info("deleted what is too old: %d answers", n_answers)
