"""Telling what is new: which stories of a watch go into the next message, and what becomes of it.

Owns claiming before sending and settling after. When something may be posted is decided in bot/watching.py, what became
of a message in watch_sending.py, and what it looks like in watch_post.py.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import discord

from bot.discord.answering import Answering
from bot.discord.asking import id_of
from bot.discord.cards import NO_KINDS
from bot.discord.cards.shown import Shown
from bot.discord.keeping import Keeping
from bot.discord.servers import Servers
from bot.discord.watch_post import paused_sentence, watch_post
from bot.discord.watch_sending import PAUSES, Outcome, send, tell_maker
from bot.policy import allowed_filters
from bot.state import KeptAnswer, attach_message, keep_answer
from bot.state.watch import Claim, Pause, Waiting, Watch
from bot.state.watch_stories import (
    claim_stories,
    drop_stories,
    fold_stories,
    n_shown_since,
    open_claim,
    settle_in_doubt,
    settle_refused,
    settle_told,
    waiting_stories,
)
from bot.state.watches import pause_watch, put_off
from bot.translations import translator
from bot.watching import day_start, decide, is_quiet, may_be_sent_again
from index.answer import NO_FILTERS, Answer, Filters

AGAIN_SECONDS = 20.0
"""After so long a message is sent again of which nobody knows whether it arrived: while Discord remembers it."""
LATER_SECONDS = 60.0
"""After so long it is tried again where Discord wants fewer messages, or something of ours failed."""

_OWNER_BYTES = 9
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A message that can be sent.

    Attributes:
        shown: What it shows.
        kept: The answer in it, as its buttons find it; None where it only counts.
    """

    shown: Shown
    kept: KeptAnswer | None


class WatchTelling:
    """Posts what waits.

    Attributes:
        owner: By which the state knows this process.
    """

    def __init__(
        self,
        bot: discord.Client,
        answering: Answering,
        keeping: Keeping,
        servers: Servers,
        clock: Callable[[], datetime],
    ) -> None:
        """Take what is needed.

        Args:
            bot: Posts.
            answering: Quotes what is posted.
            keeping: Holds the stories that wait.
            servers: What each server chose.
            clock: Tells the time (aware, UTC).
        """
        self.owner = secrets.token_urlsafe(_OWNER_BYTES)
        self._bot = bot
        self._answering = answering
        self._keeping = keeping
        self._servers = servers
        self._clock = clock

    def filters(self, watch: Watch) -> Filters:
        """Return what evidence of a watch must meet: its source, and what its server lets count."""
        asked = Filters(sources=frozenset({watch.source})) if watch.source else NO_FILTERS
        return allowed_filters(self._servers.settings(watch.guild_id), asked)

    async def tell(self, watch: Watch) -> None:
        """Post one message after the other, until nothing is left to post now."""
        while True:
            now = self._clock()
            claim = await self._keeping.run(open_claim, watch.watch_id)
            if claim is None:
                next_post = await self._next_post(watch, now)
                if next_post is None or not await self._post(watch, *next_post, is_first=True):
                    return
            elif may_be_sent_again(claim.claimed_at, now) and not is_quiet(watch.rhythm, now):
                answer = await self._quoted(watch, claim.cards, now)
                prepared = await self._prepare(watch, claim.cards, claim.mentions, answer)
                if not await self._post(watch, claim, prepared, is_first=False):
                    return
            else:
                await self._keeping.run(settle_in_doubt, claim)

    async def _next_post(self, watch: Watch, now: datetime) -> tuple[Claim, _Prepared] | None:
        """Prepare and claim what is to be posted now, or note when to look again."""
        while True:
            waiting = await self._keeping.run(waiting_stories, watch.watch_id)
            n_shown = await self._keeping.run(n_shown_since, watch.watch_id, day_start(watch.rhythm, now))
            decision = decide(watch.rhythm, waiting, n_shown, now)
            await self._keeping.run(fold_stories, decision.folded)
            if not decision.posts:
                if decision.held_until is not None:
                    await self._keeping.run(put_off, watch.watch_id, self.owner, decision.held_until)
                return None
            answer = await self._quoted(watch, decision.cards, now)
            if gone := _no_longer_told(decision.cards, answer):
                await self._keeping.run(drop_stories, gone)
                continue
            parts = decision.cards, decision.mentions
            # Before the claim: what fails here must not leave a message in doubt that was never sent.
            prepared = await self._prepare(watch, *parts, answer)
            claim = await self._keeping.run(claim_stories, watch.watch_id, self.owner, *parts, now)
            return None if claim is None else (claim, prepared)

    async def _quoted(self, watch: Watch, cards: Sequence[Waiting], now: datetime) -> Answer | None:
        """Quote stories anew: since they were found, the article may have been edited, or another generation came."""
        if not cards:
            return None
        return await asyncio.to_thread(
            self._answering.standing.quoted,
            watch.question,
            frozenset(story.article_id for story in cards),
            asked_at=now,
            filters=self.filters(watch),
        )

    async def _prepare(
        self, watch: Watch, cards: Sequence[Waiting], mentions: Sequence[Waiting], answer: Answer | None
    ) -> _Prepared:
        """Make a message, and keep its answer for the buttons under it."""
        kept = self._kept(watch, answer) if answer else None
        if kept:
            await self._keeping.run(keep_answer, kept)
        settings = self._servers.settings(watch.guild_id)
        shown = watch_post(
            watch,
            answer,
            len(mentions) + len(_no_longer_told(cards, answer)),
            answer_id=kept.answer_id if kept else "",
            say=translator(settings.language if settings and settings.language else watch.language),
            kinds=await asyncio.to_thread(self._answering.looking_back.kinds, answer) if answer else NO_KINDS,
        )
        return _Prepared(shown, kept)

    async def _post(self, watch: Watch, claim: Claim, prepared: _Prepared, *, is_first: bool) -> bool:
        """Send a claimed message; tell whether the watch may go on posting."""
        outcome, message = await send(self._bot, watch, prepared.shown, claim.nonce)
        await self._settle(watch, claim, outcome, is_first=is_first)
        if prepared.kept and message:
            await self._keeping.run(attach_message, prepared.kept.answer_id, message.channel.id, message.id)
        if why := PAUSES.get(outcome):
            await self._pause(watch, why)
        elif outcome in (Outcome.LATER, Outcome.IN_DOUBT):
            seconds = LATER_SECONDS if outcome is Outcome.LATER and is_first else AGAIN_SECONDS
            until = self._clock() + timedelta(seconds=seconds)
            await self._keeping.run(put_off, watch.watch_id, self.owner, until)
        return outcome in (Outcome.TOLD, Outcome.NOT_TAKEN)

    def _kept(self, watch: Watch, answer: Answer) -> KeptAnswer:
        return KeptAnswer(
            question=watch.question,
            asked_at=answer.asked_at,
            filters=self.filters(watch),
            generation=answer.generation,
            kept_at=self._clock(),
            citation_ids=tuple(id_of(citation) for citation in answer.citations),
            guild_id=watch.guild_id,
            channel_id=watch.channel_id,
            private=watch.channel_id is None,
        )

    async def _settle(self, watch: Watch, claim: Claim, outcome: Outcome, *, is_first: bool) -> None:
        """Note what became of a message. Of one that was sent before, only its arrival can be known for sure."""
        if outcome is Outcome.TOLD:
            await self._keeping.run(settle_told, claim)
        elif is_first and outcome is not Outcome.IN_DOUBT:
            await self._keeping.run(settle_refused, claim)
            if outcome is Outcome.NOT_TAKEN:
                _log.error(
                    "watch %s made a message that Discord does not take; its stories are counted", watch.watch_id
                )
                await self._keeping.run(fold_stories, claim.cards)
                await self._keeping.run(drop_stories, claim.mentions if not claim.cards else ())
        elif outcome not in (Outcome.IN_DOUBT, Outcome.LATER):
            await self._keeping.run(settle_in_doubt, claim)

    async def _pause(self, watch: Watch, why: Pause) -> None:
        await self._keeping.run(pause_watch, watch.watch_id, why)
        _log.warning("watch %s is paused: %s", watch.watch_id, why)
        if watch.channel_id is not None:
            await tell_maker(self._bot, watch, paused_sentence(watch, why, translator(watch.language)))


def _no_longer_told(cards: Sequence[Waiting], answer: Answer | None) -> list[Waiting]:
    """Return the stories that were edited away or withdrawn since they were found."""
    told = {citation.article.id for citation in answer.citations} if answer else set()
    return [story for story in cards if story.article_id not in told]
