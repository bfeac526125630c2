"""Forgetting without being asked: what is too old, and servers that the bot was removed from.

Owns when that happens: old things go at the start and once a day; a server's when the bot is removed from it, or at the
next start where it was not running then.
"""

import logging
from collections.abc import Callable
from datetime import datetime

import discord
from discord.ext import commands, tasks

from bot.discord.keeping import Keeping
from bot.discord.servers import Servers
from bot.state.retention import purge

SECONDS_BETWEEN = 24 * 3600.0
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
        """Forget the servers that chose something and that the bot is no longer in.

        What was asked elsewhere, by people who took the bot along, goes with its retention.
        """
        present = {guild.id for guild in self._bot.guilds}
        for guild_id in self._servers.guild_ids() - present:
            await self._forget(guild_id)

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
