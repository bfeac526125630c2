"""How every question travels through Discord: it is let in, asked, kept, and shown.

Owns that order. Commands, messages, menus and follow-ups all come here; where the answer goes is delivery.py's, what it
looks like is said in cards, and how often may be asked is bot/policy.py's.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Concatenate, ParamSpec

import discord

from bot import policy
from bot.discord.admitting import Admitting
from bot.discord.answering import Answering
from bot.discord.cards import answer_shown
from bot.discord.cards.card import Card
from bot.discord.cards.shown import Shown
from bot.discord.delivery import DeferredResponse, Destination
from bot.discord.keeping import Keeping
from bot.discord.localised import say_in
from bot.discord.servers import Servers
from bot.kinds import Kinds
from bot.question_queue import QuestionQueue
from bot.state import GuildSettings, KeptAnswer, State, attach_message, keep_answer, new_answer_id
from bot.translations import Say, translator
from corpus.citations import citation_id
from index.answer import NO_FILTERS, Answer, Citation, Filters, NoAnswer

_log = logging.getLogger(__name__)

P = ParamSpec("P")
Found = tuple[Answer | NoAnswer, Kinds]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question with all that its answer depends on.

    Attributes:
        question: What is asked, in full.
        asked_at: The moment that counts as now (aware, UTC).
        user_id: Who asks.
        guild_id: In which server, or None in a direct message.
        channel_id: Where.
        locale: The language of the one who asks, as Discord writes it.
        filters: What citations must meet, besides what the server allows.
        private: Whether only the one who asks sees the answer.
        previous_id: The answer that it follows up on.
        dated: Whether the answer says first who reported it first, and when.
    """

    question: str
    asked_at: datetime
    user_id: int
    guild_id: int | None
    channel_id: int | None
    locale: str = ""
    filters: Filters = NO_FILTERS
    private: bool = False
    previous_id: str | None = None
    dated: bool = False


class Asking:
    """Answers questions, wherever in Discord they come from.

    Attributes:
        admitting: Lets them in.
    """

    def __init__(
        self,
        answering: Answering,
        keeping: Keeping,
        servers: Servers,
        queue: QuestionQueue[Found],
        admitting: Admitting,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Put the parts together.

        Args:
            answering: Finds the answers.
            keeping: Keeps them.
            servers: What each server chose.
            queue: The line that questions wait in.
            admitting: Lets them in.
            clock: Tells when an answer is kept (aware, UTC).
        """
        self._answering = answering
        self._keeping = keeping
        self._servers = servers
        self._queue = queue
        self.admitting = admitting
        self._in_flight: set[asyncio.Task[None]] = set()
        self._clock = clock

    async def respond(
        self,
        interaction: discord.Interaction,
        question: str,
        *,
        asked_at: datetime,
        filters: Filters = NO_FILTERS,
        private: bool | None = None,
        dated: bool = False,
    ) -> None:
        """Answer a command or a menu that was not responded to yet.

        Args:
            interaction: The command.
            question: What is asked, in full.
            asked_at: The moment that counts as now (aware, UTC).
            filters: What citations must meet.
            private: Whether only the one who asks sees the answer; None leaves it to the server.
            dated: Whether the answer says first who reported it first, and when.
        """
        settings = self._servers.settings(interaction.guild_id)
        is_welcome = policy.may_answer_in(settings, *place_of(interaction))
        if private is None:
            private = settings is not None and settings.private_by_default
        wanted = Wanted(
            question=question,
            asked_at=asked_at,
            user_id=interaction.user.id,
            guild_id=interaction.guild_id,
            channel_id=interaction.channel_id,
            locale=interaction.locale.value,
            filters=filters,
            private=private or not is_welcome,
            dated=dated,
        )
        remark = "" if is_welcome else _only_for_you(settings, interaction)
        await self.answer(wanted, DeferredResponse(interaction, private=wanted.private, remark=remark))

    async def answer(self, wanted: Wanted, where: Destination) -> None:
        """Ask, keep and show; whatever goes wrong is told to the one who asked, and nothing is raised."""
        task = asyncio.current_task()
        assert task is not None
        self._in_flight.add(task)
        try:
            await self._answer(wanted, where)
        except Exception as error:
            await where.report(error)
        finally:
            self._in_flight.discard(task)

    async def finish(self, timeout_seconds: float) -> None:
        """Wait until those are answered who asked already, as long as that takes no longer than a restart may."""
        if not self._in_flight:
            return
        _, left = await asyncio.wait(self._in_flight, timeout=timeout_seconds)
        if left:
            _log.warning("%d questions were not answered any more before the bot stopped", len(left))

    async def _answer(self, wanted: Wanted, where: Destination) -> None:
        # Nothing is waited for until Discord knows that an answer comes, and a complaint can still take its place.
        filters = policy.allowed_filters(self._servers.settings(wanted.guild_id), wanted.filters)
        with self._queue.turn(self._key(wanted, filters)) as turn:
            self.admitting.admit_question(wanted.user_id, wanted.guild_id)
            async with where.expecting():
                result, kinds = await turn.answer(partial(self._find, wanted, filters))
        kept = self._kept(wanted, filters, result)
        # It is kept before it is shown, since its buttons may be clicked at once.
        await self._keep(keep_answer, kept)
        say, answer_id = self._say(wanted), kept.answer_id
        shown = answer_shown(
            result, answer_id=answer_id, say=say, kinds=kinds, private=wanted.private, dated=wanted.dated
        )
        await self._show(kept, shown, where)

    def _find(self, wanted: Wanted, filters: Filters) -> Found:
        """Return what answers, with who speaks in it; blocks."""
        result = self._answering.ask(wanted.question, asked_at=wanted.asked_at, filters=filters)
        return result, self._answering.looking_back.kinds(result)

    async def show_again(self, kept: KeptAnswer, card: Card, where: Destination) -> None:
        """Show another card of a kept answer, which can be followed up on in its turn."""
        copy = replace(kept, answer_id=new_answer_id(), previous_id=kept.answer_id, user_id=None, kept_at=self._clock())
        await self._keep(keep_answer, copy)
        await self._show(copy, Shown(card), where)

    async def _show(self, kept: KeptAnswer, shown: Shown, where: Destination) -> None:
        message = await where.show(shown)
        await self._keep(attach_message, kept.answer_id, message.channel.id, message.id)

    def _say(self, wanted: Wanted) -> Say:
        """Return what speaks to everybody who sees an answer."""
        settings = self._servers.settings(wanted.guild_id)
        return translator(settings.language if settings and settings.language else wanted.locale)

    def _key(self, wanted: Wanted, filters: Filters) -> Hashable:
        """Return what makes two questions the same.

        The day and the minute of asking are part of it, so that "yesterday" means one day to all who share an answer.
        """
        minute = wanted.asked_at.replace(second=0, microsecond=0)
        return " ".join(wanted.question.split()), minute, filters, self._answering.generation

    def _kept(self, wanted: Wanted, filters: Filters, result: Answer | NoAnswer) -> KeptAnswer:
        citations = result.citations if isinstance(result, Answer) else ()
        return KeptAnswer(
            question=wanted.question,
            asked_at=result.asked_at,
            filters=filters,
            generation=result.generation,
            kept_at=self._clock(),
            refusal=result.refusal if isinstance(result, NoAnswer) else None,
            citation_ids=tuple(id_of(citation) for citation in citations),
            guild_id=wanted.guild_id,
            channel_id=wanted.channel_id,
            previous_id=wanted.previous_id,
            user_id=policy.kept_user_id(self._servers.settings(wanted.guild_id), wanted.user_id),
            private=wanted.private,
        )

    async def _keep(self, work: Callable[Concatenate[State, P], None], *args: P.args, **kwargs: P.kwargs) -> None:
        """Keep something of an answer, which is shown also where that fails."""
        try:
            await self._keeping.run(work, *args, **kwargs)
        except (OSError, sqlite3.Error) as error:
            _log.warning("an answer could not be kept, so that its buttons may not work: %s", error)


def id_of(citation: Citation) -> str:
    """Return the id that a citation is kept under."""
    quote = citation.quote
    return citation_id(quote.article_id, quote.version, quote.span.start_char, quote.text)


def place_of(interaction: discord.Interaction) -> tuple[int, int | None]:
    """Return the channel of an interaction, and the one that it hangs on where it is a thread."""
    channel = interaction.channel
    return interaction.channel_id or 0, channel.parent_id if isinstance(channel, discord.Thread) else None


def _only_for_you(settings: GuildSettings | None, interaction: discord.Interaction) -> str:
    """Return why an answer is private that nobody asked to be."""
    say = say_in(settings.language if settings else "", interaction)
    channels = say.listed([f"<#{channel_id}>" for channel_id in sorted(settings.channels if settings else ())])
    return say("Only you see this answer: in this server I answer for all in {channels}.", channels=channels)
