"""Handing out what is kept, as a file that one person alone gets.

Owns that the file is written on a thread, and packed where it is larger than Discord takes.
"""

import asyncio
import gzip
import io
from collections.abc import Callable
from typing import Any

import discord

from bot.errors import ExportTooLargeError


async def hand_out(interaction: discord.Interaction[Any], sentence: str, name: str, write: Callable[[], str]) -> None:
    """Send a file to the one who asked, in response to an interaction that was deferred.

    Args:
        interaction: Whose file it is.
        sentence: What stands above it.
        name: What it is called; where it is packed, ".gz" is added.
        write: Makes its text; may take long.

    Raises:
        ExportTooLargeError: Discord does not take it packed either.
    """
    file = await asyncio.to_thread(_file, name, write, interaction.filesize_limit)
    await interaction.followup.send(sentence, file=file, ephemeral=True)


def _file(name: str, write: Callable[[], str], max_bytes: int) -> discord.File:
    content = write().encode()
    if len(content) > max_bytes:
        name, content = f"{name}.gz", gzip.compress(content)
    if len(content) > max_bytes:
        raise ExportTooLargeError
    return discord.File(io.BytesIO(content), name)
