"""One message that follows long work on a thread.

Owns how often it is edited, and that Discord lets a response be edited for fifteen minutes only. The work goes on
whatever happens to the message.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import TypeVar

import discord

from bot.discord.answering import Progress
from bot.discord.cards.old import ANSWER_COLOUR
from bot.discord.escape import escape

EDIT_SECONDS = 2.0
EDITABLE_SECONDS = 14 * 60.0
_BAR_CHARS = 20
_STILL_BUILDING = discord.Embed(
    title="Still building",
    description="This message can be updated for 15 minutes only; `/index status` shows when the new index answers.",
    colour=ANSWER_COLOUR,
)
_log = logging.getLogger(__name__)

T = TypeVar("T")


async def follow(interaction: discord.Interaction, work: Callable[[Callable[[Progress], None]], T]) -> T:
    """Run ``work`` on a thread, show how far it comes in the deferred response, and return what it returns.

    Args:
        interaction: The deferred interaction.
        work: Blocks; calls what it is given with its progress, from its own thread.
    """
    newest: Progress | None = None

    def note(progress: Progress) -> None:
        nonlocal newest
        newest = progress

    running = asyncio.ensure_future(asyncio.to_thread(work, note))
    loop = asyncio.get_running_loop()
    editable_until = loop.time() + EDITABLE_SECONDS
    shown: discord.Embed | None = None
    while not (await asyncio.wait({running}, timeout=EDIT_SECONDS))[0]:
        embed = _state(newest, editable=loop.time() < editable_until)
        if embed is not None and embed != shown:
            shown = embed
            await show(interaction, embed)
    return running.result()


async def show(interaction: discord.Interaction, embed: discord.Embed) -> None:
    """Edit the response; a message that cannot be edited is no reason to stop the work."""
    try:
        await interaction.edit_original_response(embed=embed)
    except discord.HTTPException as error:
        _log.warning("could not show progress: %s", error)


def progress_card(progress: Progress) -> discord.Embed:
    """Return a bar, where it is known how much there is to do."""
    text = f"{progress.done:,}" if progress.done else ""
    if progress.total > 0:
        n_full = _BAR_CHARS * min(progress.done, progress.total) // progress.total
        text = f"{'█' * n_full}{'░' * (_BAR_CHARS - n_full)} {progress.done:,} of {progress.total:,}"
    description = f"{escape(progress.stage)}\n{text}".rstrip()
    return discord.Embed(title="Building the index", description=description, colour=ANSWER_COLOUR)


def _state(newest: Progress | None, *, editable: bool) -> discord.Embed | None:
    if not editable:
        return _STILL_BUILDING
    return None if newest is None else progress_card(newest)
