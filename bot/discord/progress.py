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
from bot.discord.cards.card import Card
from bot.discord.cards.pages import lines_card
from bot.discord.cards.shown import Shown
from bot.discord.escape import escape
from bot.discord.failures import UNSENT
from bot.discord.jobs import Job, Jobs
from bot.messages import message
from bot.translations import Say

EDIT_SECONDS = 2.0
EDITABLE_SECONDS = 14 * 60.0
STAGES = (
    message("preparing the encoder"),
    message("cutting articles into passages"),
    message("counting words"),
    message("encoding passages"),
    message("finding copies and stories"),
    message("looking it over"),
)
"""What a build tells of itself; a stage that is not named here is told in English."""
_BAR_CHARS = 20
_log = logging.getLogger(__name__)

T = TypeVar("T")


async def follow(
    interaction: discord.Interaction, jobs: Jobs, job: Job, work: Callable[[Callable[[Progress], None]], T], say: Say
) -> T:
    """Run ``work`` on a thread, show how far it comes in the deferred response, and return what it returns.

    Args:
        interaction: The deferred interaction.
        jobs: Is told how far it is, too.
        job: What is being done.
        work: Blocks; calls what it is given with its progress, from its own thread.
        say: Speaks to the one who started it.
    """
    running = asyncio.ensure_future(asyncio.to_thread(work, jobs.note))
    loop = asyncio.get_running_loop()
    editable_until = loop.time() + EDITABLE_SECONDS
    shown: Card | None = None
    while not (await asyncio.wait({running}, timeout=EDIT_SECONDS))[0]:
        is_editable = loop.time() < editable_until
        card = progress_card(job, jobs.progress, say) if is_editable else _still_running(job, say)
        if card != shown:
            shown = card
            await show(interaction, card)
    return running.result()


async def show(interaction: discord.Interaction, card: Card) -> None:
    """Edit the response; a message that cannot be edited is no reason to stop the work."""
    try:
        await Shown(card).send_with(interaction.edit_original_response)
    except UNSENT as error:
        _log.warning("could not show progress: %s", error)


def progress_card(job: Job, progress: Progress | None, say: Say) -> Card:
    """Return how far a job is, with a bar where it is known how much there is to do."""
    return lines_card(f"{say(job.value)} …", [progress_text(progress, say)], say)


def progress_text(progress: Progress | None, say: Say) -> str:
    """Return the stage that a job is at, and how much of it is done."""
    if progress is None:
        return ""
    text = say.number(progress.done) if progress.done else ""
    if progress.total > 0:
        n_full = _BAR_CHARS * min(progress.done, progress.total) // progress.total
        counted = say("{done} of {total}", done=progress.done, total=progress.total)
        text = f"{'█' * n_full}{'░' * (_BAR_CHARS - n_full)} {counted}"
    return f"{escape(say(progress.stage))}\n{text}".rstrip()


def _still_running(job: Job, say: Say) -> Card:
    told = say("This message can be updated for 15 minutes only; `/status` shows how far it is.")
    return lines_card(f"{say(job.value)} …", [told], say)
