"""Asking and showing: settings, the command line and Discord.

Importing this package imports neither Discord's library nor the search behind it, so that the command
line starts at once.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import discord

    from bot.discord.answering import Answering
    from bot.settings import Settings

__all__ = ["create_client"]


def create_client(settings: "Settings", answering: "Answering | None" = None) -> "discord.Client":
    """Return the Discord client, not started, so that anything that speaks Discord's protocol can drive it.

    Args:
        settings: How this installation runs.
        answering: What finds the answers; None means the index in ``settings.data_dir``.
    """
    from bot.discord.client import SpaceNewsBot

    if answering is None:
        from bot.service import Service

        answering = Service(settings)
    return SpaceNewsBot(settings, answering)
