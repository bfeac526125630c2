"""Where a command can be used, stated once for all of them.

Owns the two answers: everywhere, or where the bot is installed in a server and in messages with the bot itself.
"""

from typing import TypeVar

from discord import app_commands

T = TypeVar("T")


def everywhere(command: T) -> T:
    """Offer a command to servers and to people who installed the bot for themselves, wherever they write."""
    installed = app_commands.allowed_installs(guilds=True, users=True)
    return installed(app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)(command))


def where_installed(command: T) -> T:
    """Offer a command in servers that installed the bot, and in messages with the bot itself."""
    installed = app_commands.allowed_installs(guilds=True, users=False)
    return installed(app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)(command))
