"""Rounds over the standing questions: whose turn it is, what is new to it, and what is posted.

Owns the order of a round. Who may be asked is told by the state, so that a round that was stopped is taken up by the
next one, in this process or another; a watch is leased while it is worked on. What may be posted when is decided in
bot/watching.py, and what became of a message in watch_sending.py.
"""

import asyncio
import logging
import secrets
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import discord

from bot.discord.answering import Answering
from bot.discord.keeping import Keeping
from bot.discord.localised import say_in
from bot.discord.watch_post import paused_sentence, watch_post
from bot.discord.watch_sending import PAUSES, Outcome, send, tell_maker
from bot.policy import allowed_filters
from bot.state import GuildSettings, guild_settings
from bot.state.watch import Claim, Pause, Waiting, Watch
from bot.state.watch_stories import (
    Story,
    claim_stories,
    drop_stories,
    fold_stories,
    forget_old_stories,
    heard_articles,
    n_shown_since,
    note_stories,
    open_claim,
    settle_in_doubt,
    settle_refused,
    settle_told,
    waiting_stories,
)
from bot.state.watches import give_back, note_asked, pause_watch, put_off, take_to_ask, take_to_tell
from bot.watching import day_start, decide, is_quiet, may_be_sent_again
from index.answer import NO_FILTERS, Answer, Citation, Filters
from index.errors import NoGenerationError
from index.news import Heard

ROUND_SECONDS = 20.0
"""A round ends after so long, wherever it stands."""
AGAIN_SECONDS = 20.0
"""After so long a message is sent again of which nobody knows whether it arrived: while Discord remembers it."""
LATER_SECONDS = 60.0
"""After so long it is tried again where Discord wants fewer messages, or something of ours failed."""
ASKS_MAX = 5
"""So often one generation is asked at most for a watch; each time only some passages are read."""

_BUSY_SECONDS = 0.1
_FORGET_EVERY = timedelta(days=1)
_log = logging.getLogger(__name__)


class WatchRounds:
    """Asks and posts for all watches of a data folder."""

    def __init__(
        self,
        bot: discord.Client,
        answering: Answering,
        keeping: Keeping,
        asks_per_second: float,
        is_busy: Callable[[], bool] = lambda: False,
        clock: Callable[[], datetime] = discord.utils.utcnow,
    ) -> None:
        """Take what is needed.

        Args:
            bot: Posts.
            answering: Tells what is news.
            keeping: Holds the watches.
            asks_per_second: How many watches are asked in a second at most.
            is_busy: Tells whether people wait for answers; they come first.
            clock: Tells the time (aware, UTC).
        """
        self._bot = bot
        self._answering = answering
        self._keeping = keeping
        self._seconds_per_ask = 1.0 / asks_per_second
        self._is_busy = is_busy
        self._clock = clock
        self._owner = secrets.token_urlsafe(9)
        self._forgot_at: datetime | None = None

    async def round(self) -> None:
        """Post what is due, then ask the watches that the present generation was not asked for, as far as time goes."""
        await self._forget()
        ends = time.monotonic() + ROUND_SECONDS
        while time.monotonic() < ends:
            watch = await self._keeping.run(take_to_tell, self._owner, self._clock())
            if watch is None:
                break
            async with self._leased(watch):
                await self._tell(watch)
        try:
            generation = await asyncio.to_thread(self._answering.holdings.generation)
        except NoGenerationError:
            return
        while await self._has_time(ends):
            began = time.monotonic()
            watch = await self._keeping.run(take_to_ask, generation, self._owner, self._clock())
            if watch is None:
                break
            async with self._leased(watch):
                await self._ask(watch)
                await self._tell(watch)
            await asyncio.sleep(max(0.0, self._seconds_per_ask - (time.monotonic() - began)))

    async def _has_time(self, ends: float) -> bool:
        while self._is_busy() and time.monotonic() < ends:
            await asyncio.sleep(_BUSY_SECONDS)
        return time.monotonic() < ends

    @asynccontextmanager
    async def _leased(self, watch: Watch) -> AsyncIterator[None]:
        """Give a watch back whatever happens; one that fails waits a little, so that the others have their turn."""
        try:
            yield
        except Exception:
            now = self._clock()
            await self._keeping.run(note_asked, watch.watch_id, None, now)
            await self._keeping.run(put_off, watch.watch_id, self._owner, now + timedelta(seconds=LATER_SECONDS))
            raise
        finally:
            await self._keeping.run(give_back, watch.watch_id, self._owner)

    async def _ask(self, watch: Watch) -> None:
        filters = _filters(watch, await self._settings(watch))
        asked_at = self._clock()
        for _ in range(ASKS_MAX):
            heard = Heard(watch.begun, await self._keeping.run(heard_articles, watch))
            news = await asyncio.to_thread(
                self._answering.standing.news, watch.question, asked_at=asked_at, filters=filters, heard=heard
            )
            stories = [_story(citation) for citation in news.citations]
            await self._keeping.run(note_stories, watch.watch_id, stories, news.joined, asked_at)
            if not stories:
                break
        await self._keeping.run(note_asked, watch.watch_id, news.generation, asked_at)

    async def _tell(self, watch: Watch) -> None:
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
                if not await self._post(watch, claim, answer, is_first=False):
                    return
            else:
                await self._keeping.run(settle_in_doubt, claim)

    async def _next_post(self, watch: Watch, now: datetime) -> tuple[Claim, Answer | None] | None:
        """Claim what is to be posted now, or note when to look again."""
        while True:
            waiting = await self._keeping.run(waiting_stories, watch.watch_id)
            n_shown = await self._keeping.run(n_shown_since, watch.watch_id, day_start(watch.rhythm, now))
            decision = decide(watch.rhythm, waiting, n_shown, now)
            await self._keeping.run(fold_stories, decision.folded)
            if not decision.posts:
                if decision.held_until is not None:
                    await self._keeping.run(put_off, watch.watch_id, self._owner, decision.held_until)
                return None
            answer = await self._quoted(watch, decision.cards, now)
            if gone := _no_longer_told(decision.cards, answer):
                await self._keeping.run(drop_stories, gone)
                continue
            parts = decision.cards, decision.mentions
            claim = await self._keeping.run(claim_stories, watch.watch_id, self._owner, *parts, now)
            return None if claim is None else (claim, answer)

    async def _quoted(self, watch: Watch, cards: Sequence[Waiting], now: datetime) -> Answer | None:
        """Quote stories anew: since they were found, the article may have been edited, or another generation came."""
        if not cards:
            return None
        return await asyncio.to_thread(
            self._answering.standing.quoted,
            watch.question,
            frozenset(story.article_id for story in cards),
            asked_at=now,
            filters=_filters(watch, await self._settings(watch)),
        )

    async def _post(self, watch: Watch, claim: Claim, answer: Answer | None, *, is_first: bool) -> bool:
        """Send a claimed message; tell whether the watch may go on posting."""
        settings = await self._settings(watch)
        say = say_in((settings.language if settings else "") or watch.language)
        n_more = len(claim.mentions) + len(_no_longer_told(claim.cards, answer))
        shown = watch_post(watch, answer, n_more, say)
        outcome, _ = await send(self._bot, watch, shown, claim.nonce)
        await self._settle(watch, claim, outcome, is_first=is_first)
        if why := PAUSES.get(outcome):
            await self._pause(watch, why)
        elif outcome in (Outcome.LATER, Outcome.IN_DOUBT):
            seconds = LATER_SECONDS if outcome is Outcome.LATER and is_first else AGAIN_SECONDS
            until = self._clock() + timedelta(seconds=seconds)
            await self._keeping.run(put_off, watch.watch_id, self._owner, until)
        return outcome in (Outcome.TOLD, Outcome.NOT_TAKEN)

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
            await tell_maker(self._bot, watch, paused_sentence(watch, why, say_in(watch.language)))

    async def _settings(self, watch: Watch) -> GuildSettings | None:
        return None if watch.guild_id is None else await self._keeping.run(guild_settings, watch.guild_id)

    async def _forget(self) -> None:
        now = self._clock()
        if self._forgot_at is None or now - self._forgot_at >= _FORGET_EVERY:
            self._forgot_at = now
            await self._keeping.run(forget_old_stories, now)


def _filters(watch: Watch, settings: GuildSettings | None) -> Filters:
    asked = Filters(sources=frozenset({watch.source})) if watch.source else NO_FILTERS
    return allowed_filters(settings, asked)


def _story(citation: Citation) -> Story:
    ids = frozenset({citation.article.id, *(other.id for other in citation.others)})
    return Story(citation.article.id, citation.score, ids)


def _no_longer_told(cards: Sequence[Waiting], answer: Answer | None) -> list[Waiting]:
    """Return the stories that were edited away or withdrawn since they were found."""
    told = {citation.article.id for citation in answer.citations} if answer else set()
    return [story for story in cards if story.article_id not in told]
