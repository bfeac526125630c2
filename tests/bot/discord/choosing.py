"""What a server chose, in a simulated Discord."""

from dataclasses import replace
from typing import Any

import simcord

from bot.discord.client import SpaceNewsBot


async def choose(env: simcord.Env, guild_id: int, **changes: Any) -> None:  # noqa: ANN401
    """Change the settings of a server."""
    assert isinstance(env.bot, SpaceNewsBot)
    await env.bot.servers.change(guild_id, lambda settings: replace(settings, **changes))
