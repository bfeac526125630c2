"""What a person reads when something goes wrong; the one place that decides it.

Order: what Discord no longer lets us answer is logged; an error that was written for people is shown as it is;
everything else becomes one sentence with a reference, under which the log has the traceback. Nothing is raised further.
"""

import logging
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.escape import escape
from bot.discord.limits import cut
from bot.discord.localised import say_to
from bot.errors import BotError
from bot.messages import message
from bot.translations import ENGLISH, Say
from corpus.errors import CorpusError, NothingToFollowError, SyncRunningError
from index.errors import (
    EmptyCorpusError,
    IndexingError,
    NoGenerationError,
    NothingEarlierError,
    QuoteMismatchError,
    UnknownGenerationError,
)

_log = logging.getLogger(__name__)

UNSENT = (discord.HTTPException, aiohttp.ClientError, ConnectionError, TimeoutError)
"""Why a message did not reach Discord."""
_SENTENCE_MAX_UNITS = 1500
_PLACEHOLDER = message("That did not work.")
_OUT_OF_DATE = message("Discord still shows an older form of this command; reload Discord and try again.")
_SAID_HERE: dict[type[Exception], str] = {
    NoGenerationError: message("There is no index to answer from yet; a maintainer builds one with `/index rebuild`."),
    UnknownGenerationError: message("There is no index of that name; `/index status` names those there are."),
    NothingEarlierError: message("There is no earlier index to go back to."),
    EmptyCorpusError: message("There is nothing to index yet; a maintainer adds articles with `/corpus sync`."),
    NothingToFollowError: message("No source is followed yet; add one with `space-news corpus sources add`."),
    SyncRunningError: message("The sources are being read already; try again when that has ended."),
}
"""Errors of the other packages that are told in the words of Discord; the rest are meant for maintainers."""
# Unknown interaction, unknown webhook, acknowledged already, invalid webhook token: there is nobody left to answer.
_TOO_LATE = frozenset({10062, 10015, 40060, 50027})

_UPDATES = frozenset(
    {discord.InteractionResponseType.deferred_message_update, discord.InteractionResponseType.message_update}
)


def describe(error: BaseException, say: Say = ENGLISH) -> str:
    """Return the sentence for a person, in their language, and log what they are not told."""
    cause = _cause(error)
    # A quote that is no slice of its article is a fault of ours, however well its message reads.
    if isinstance(cause, BotError | CorpusError | IndexingError) and not isinstance(cause, QuoteMismatchError):
        # Its text may hold what the person typed, and logs have no retention.
        _log.info("told a person: %s", type(cause).__name__)
        return cut(_said(cause, say), _SENTENCE_MAX_UNITS, escape)
    if isinstance(cause, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        return say(_OUT_OF_DATE)
    reference = secrets.token_hex(3).upper()
    if isinstance(cause, UNSENT):
        _log.error("reference %s: Discord did not take a message: %s", reference, cause)
    else:
        _log.error("reference %s", reference, exc_info=cause)
    return say("Something went wrong on our side (reference {reference}).", reference=reference)


def _said(error: Exception, say: Say) -> str:
    if isinstance(error, BotError):
        return say(error.template, **error.values)
    here = _SAID_HERE.get(type(error))
    return say(here) if here else str(error)


def cannot_be_answered(error: BaseException) -> bool:
    """Tell whether Discord takes no answer any more, so that trying would only fail again."""
    cause = _cause(error)
    return isinstance(cause, discord.Forbidden | discord.NotFound) or (
        isinstance(cause, discord.HTTPException) and cause.code in _TOO_LATE
    )


async def report(interaction: discord.Interaction, error: BaseException) -> None:
    """Tell the one who asked, and nobody else, what went wrong."""
    if cannot_be_answered(error):
        _log.warning("could not respond: %s", _cause(error))
        return
    say = say_to(interaction)
    sentence = describe(error, say)
    try:
        await _whisper(interaction, sentence, say(_PLACEHOLDER))
    except UNSENT as failure:
        _log.warning("could not respond: %s", failure)


@asynccontextmanager
async def reporting(interaction: discord.Interaction) -> AsyncIterator[None]:
    """Report whatever the body raises."""
    try:
        yield
    except Exception as error:
        await report(interaction, error)


class Tree(app_commands.CommandTree[commands.AutoShardedBot]):
    """The commands, with the errors that Discord's library raises before one of them runs."""

    async def on_error(
        self, interaction: discord.Interaction[commands.AutoShardedBot], error: app_commands.AppCommandError, /
    ) -> None:
        """Report the error."""
        await report(interaction, error)


async def _whisper(interaction: discord.Interaction, sentence: str, placeholder: str) -> None:
    """Send a sentence that only the asker sees."""
    if interaction.response.type in _UPDATES:
        # What was clicked stays as it is.
        await interaction.followup.send(sentence, ephemeral=True)
    elif interaction.response.is_done():
        # What was deferred for all stays visible to all, and a message sent before it is filled takes its place. So it
        # is filled, then a private one is sent, then it is taken away.
        is_filled = await _fill(interaction, placeholder)
        await interaction.followup.send(sentence, ephemeral=True)
        if is_filled:  # otherwise the sentence itself may stand there
            await interaction.delete_original_response()
    else:
        await interaction.response.send_message(sentence, ephemeral=True)


async def _fill(interaction: discord.Interaction, placeholder: str) -> bool:
    """Fill what was deferred; tell whether Discord took it."""
    try:
        await interaction.edit_original_response(content=placeholder, embeds=[])
    except UNSENT as failure:
        _log.warning("could not fill what was deferred: %s", failure)
        return False
    return True


def _cause(error: BaseException) -> BaseException:
    """Look through what Discord's library wraps around an error."""
    return error.original if isinstance(error, app_commands.CommandInvokeError) else error
