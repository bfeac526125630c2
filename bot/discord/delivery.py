"""Where an answer goes: the response to an interaction, a reply, or a thread of its own.

Owns sending, and what is tried when Discord refuses. Nothing is sent a second time unless Discord said that it did not
take the first; what is given up has one line in the log.
"""

import logging
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import Any, Literal, Protocol

import discord

from bot.discord.cards.shown import Shown
from bot.discord.escape import plain
from bot.discord.failures import UNSENT, cannot_be_answered, describe, report
from bot.discord.limits import cut
from bot.errors import WaitError
from bot.translations import ENGLISH, Say

_ACKNOWLEDGED_ALREADY = 40060
_THREAD_NAME_MAX_UNITS = 90
_ARCHIVED_AFTER_MINUTES: Literal[1440] = 1440

_log = logging.getLogger(__name__)


class Destination(Protocol):
    """Where an answer goes."""

    def expecting(self) -> AbstractAsyncContextManager[None]:
        """Tell Discord, before the body runs, that an answer will come."""

    async def show(self, shown: Shown) -> discord.Message:
        """Send the answer, and return the message that shows it."""

    async def report(self, error: Exception) -> None:
        """Tell the one who asked what went wrong; raises nothing."""


class DeferredResponse:
    """The response to a command."""

    def __init__(self, interaction: discord.Interaction, *, private: bool, remark: str = "") -> None:
        """Take the interaction, unanswered.

        Args:
            interaction: The command.
            private: Whether only the one who asked sees the answer.
            remark: What that one reads besides the answer, if anything.
        """
        self._interaction = interaction
        self._private = private
        self._remark = remark

    @asynccontextmanager
    async def expecting(self) -> AsyncIterator[None]:
        """Defer."""
        try:
            await self._interaction.response.defer(thinking=True, ephemeral=self._private)
        except discord.HTTPException as error:
            # The library repeats what Discord failed to confirm, and then learns that it was taken the first time.
            if error.code != _ACKNOWLEDGED_ALREADY:
                raise
        yield

    async def show(self, shown: Shown) -> discord.Message:
        """Fill the deferred response."""
        message = await shown.send_with(self._interaction.edit_original_response)
        if self._remark:
            await self._add_remark()
        return message

    async def _add_remark(self) -> None:
        """Say what goes with the answer; without it the answer stands all the same."""
        try:
            await self._interaction.followup.send(self._remark, ephemeral=True)
        except UNSENT as failure:
            _log.warning("could not add to an answer: %s", failure)

    async def report(self, error: Exception) -> None:
        """Tell it to nobody else."""
        await report(self._interaction, error)


class Reply:
    """A reply to a message, or a thread that is opened on it."""

    def __init__(self, message: discord.Message, *, in_thread: bool, say: Say = ENGLISH) -> None:
        """Take the message.

        Args:
            message: The question.
            in_thread: Whether the answer gets a thread of its own, where that is possible.
            say: What speaks to the one who asked.
        """
        self._say = say
        self._message = message
        self._in_thread = in_thread

    @asynccontextmanager
    async def expecting(self) -> AsyncIterator[None]:
        """Show that the bot is typing; where that is not allowed, the reply will tell."""
        async with AsyncExitStack() as stack:
            try:
                await stack.enter_async_context(self._message.channel.typing())
            except UNSENT as error:
                _log.debug("could not type: %s", error)
            yield

    async def show(self, shown: Shown) -> discord.Message:
        """Reply, in a thread if that is wanted and possible."""
        thread = await self._open_thread(shown.title) if self._in_thread else None
        if thread is not None:
            try:
                return await shown.send_with(thread.send)
            except discord.HTTPException as error:
                _log.warning("could not answer in thread %s, so the channel gets it: %s", thread.id, error)
        return await shown.send_with(self._send)

    async def say_plainly(self, sentence: str) -> None:
        """Reply with a sentence."""
        await self._send(sentence)

    async def _send(self, content: str | None = None, **parts: Any) -> discord.Message:  # noqa: ANN401
        """Reply to the message; where it is gone meanwhile, the answer stands alone."""
        reference = self._message.to_reference(fail_if_not_exists=False)
        return await self._message.channel.send(content, reference=reference, mention_author=False, **parts)

    async def report(self, error: Exception) -> None:
        """Reply with what went wrong; all can read it, so that nobody is told twice of the same wait."""
        if isinstance(error, WaitError) and error.is_repeated:
            return
        if cannot_be_answered(error):
            _log.warning("could not reply: %s", error)
            return
        try:
            await self.say_plainly(describe(error, self._say))
        except UNSENT as failure:
            _log.warning("could not reply: %s", failure)

    async def _open_thread(self, title: str) -> discord.Thread | None:
        channel = self._message.channel
        if not isinstance(channel, discord.TextChannel) or not _may_open_thread(channel):
            return None
        name = cut(title, _THREAD_NAME_MAX_UNITS, plain) or "…"
        try:
            return await self._message.create_thread(name=name, auto_archive_duration=_ARCHIVED_AFTER_MINUTES)
        except UNSENT as error:
            _log.warning("could not open a thread in channel %s, so the channel gets the answer: %s", channel.id, error)
            return None


def _may_open_thread(channel: discord.TextChannel) -> bool:
    allowed = channel.permissions_for(channel.guild.me)
    return allowed.create_public_threads and allowed.send_messages_in_threads
