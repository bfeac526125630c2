"""What each server chose, kept in memory.

Owns the copy that is read before Discord was answered, when nothing may be waited for. It is read once at the start;
whoever changes a server's settings does it here.
"""

import asyncio
from collections.abc import Callable

from bot.discord.keeping import Keeping
from bot.state import GuildSettings
from bot.state.belongings import delete_guild
from bot.state.guild_settings import all_guild_settings, save_guild_settings


class Servers:
    """The settings of every server that chose any."""

    def __init__(self, keeping: Keeping) -> None:
        self._keeping = keeping
        self._chosen: dict[int, GuildSettings] = {}
        self._changing = asyncio.Lock()

    async def load(self) -> None:
        """Read what was kept."""
        self._chosen = {settings.guild_id: settings for settings in await self._keeping.run(all_guild_settings)}

    def settings(self, guild_id: int | None) -> GuildSettings | None:
        """Return what holds in a server; None in a direct message."""
        if guild_id is None:
            return None
        return self._chosen.get(guild_id) or GuildSettings(guild_id)

    async def change(self, guild_id: int, change: Callable[[GuildSettings], GuildSettings]) -> GuildSettings:
        """Keep what ``change`` makes of a server's settings, and return it; it holds from now on.

        Two changes at once come one after the other, so that neither is lost.
        """
        async with self._changing:
            before = self._chosen.get(guild_id) or GuildSettings(guild_id)
            settings = change(before)
            if settings != before:  # a server that only looks around has chosen nothing
                await self._keeping.run(save_guild_settings, settings)
                self._chosen[guild_id] = settings
        return settings

    def guild_ids(self) -> frozenset[int]:
        """Return the servers that chose anything."""
        return frozenset(self._chosen)

    async def forget(self, guild_id: int) -> int:
        """Delete everything that is kept of a server, and return how many rows that were; the defaults hold again."""
        async with self._changing:
            n_rows = await self._keeping.run(delete_guild, guild_id)
            self._chosen.pop(guild_id, None)
        return n_rows
