"""What each server chose, kept in memory.

Owns the copy that is read before Discord was answered, when nothing may be waited for. It is read once at the start;
whoever changes a server's settings does it here.
"""

from bot.discord.keeping import Keeping
from bot.state import GuildSettings
from bot.state.guild_settings import all_guild_settings, save_guild_settings


class Servers:
    """The settings of every server that chose any."""

    def __init__(self, keeping: Keeping) -> None:
        self._keeping = keeping
        self._chosen: dict[int, GuildSettings] = {}

    async def load(self) -> None:
        """Read what was kept."""
        self._chosen = {settings.guild_id: settings for settings in await self._keeping.run(all_guild_settings)}

    def settings(self, guild_id: int | None) -> GuildSettings | None:
        """Return what holds in a server; None in a direct message."""
        if guild_id is None:
            return None
        return self._chosen.get(guild_id) or GuildSettings(guild_id)

    async def save(self, settings: GuildSettings) -> None:
        """Keep what a server chose; it holds from now on."""
        await self._keeping.run(save_guild_settings, settings)
        self._chosen[settings.guild_id] = settings

    def forget(self, guild_id: int) -> None:
        """Return to the defaults for a server whose settings were deleted."""
        self._chosen.pop(guild_id, None)
