"""Rounds over the standing questions: whose turn it is, and what is new to it.

Owns the order of a round. Who may be asked is told by the state, so that a round that was stopped is taken up by the
next one, in this process or another; a watch is leased while it is worked on. What is posted is watch_telling.py's.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from bot.discord.answering import Answering
from bot.discord.keeping import Keeping
from bot.discord.watch_telling import LATER_SECONDS, WatchTelling
from bot.state.watch import Watch
from bot.state.watch_stories import Story, forget_old_stories, heard_articles, note_stories
from bot.state.watches import give_back, note_asked, put_off, take_to_ask, take_to_tell
from index.answer import Citation
from index.errors import NoGenerationError
from index.news import Heard

ROUND_SECONDS = 20.0
"""A round ends after so long, wherever it stands."""
ASKS_MAX = 5
"""So often one generation is asked at most for a watch; each time only some passages are read."""

_BUSY_SECONDS = 0.1
_FORGET_EVERY = timedelta(days=1)


class WatchRounds:
    """Asks and posts for all watches of a data folder."""

    def __init__(
        self,
        answering: Answering,
        keeping: Keeping,
        telling: WatchTelling,
        *,
        asks_per_second: float,
        people_wait: Callable[[], bool],
        clock: Callable[[], datetime],
    ) -> None:
        """Take what is needed.

        Args:
            answering: Tells what is news.
            keeping: Holds the watches.
            telling: Posts.
            asks_per_second: How many watches are asked in a second at most.
            people_wait: Tells whether people wait for answers; they come first.
            clock: Tells the time (aware, UTC).
        """
        self._answering = answering
        self._keeping = keeping
        self._telling = telling
        self._seconds_per_ask = 1.0 / asks_per_second
        self._people_wait = people_wait
        self._clock = clock
        self._forgot_at: datetime | None = None

    async def round(self) -> None:
        """Post what is due, then ask the watches that the present generation was not asked for, as far as time goes."""
        await self._forget()
        ends = time.monotonic() + ROUND_SECONDS
        while time.monotonic() < ends:
            watch = await self._keeping.run(take_to_tell, self._telling.owner, self._clock())
            if watch is None:
                break
            async with self._leased(watch):
                await self._telling.tell(watch)
        try:
            generation = await asyncio.to_thread(self._answering.holdings.generation)
        except NoGenerationError:
            return
        while await self._has_time(ends):
            began = time.monotonic()
            watch = await self._keeping.run(take_to_ask, generation, self._telling.owner, self._clock())
            if watch is None:
                break
            async with self._leased(watch):
                await self._ask(watch)
                await self._telling.tell(watch)
            await asyncio.sleep(max(0.0, self._seconds_per_ask - (time.monotonic() - began)))

    async def _has_time(self, ends: float) -> bool:
        while self._people_wait() and time.monotonic() < ends:
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
            await self._keeping.run(
                put_off, watch.watch_id, self._telling.owner, now + timedelta(seconds=LATER_SECONDS)
            )
            raise
        finally:
            await self._keeping.run(give_back, watch.watch_id, self._telling.owner)

    async def _ask(self, watch: Watch) -> None:
        filters = self._telling.filters(watch)
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

    async def _forget(self) -> None:
        now = self._clock()
        if self._forgot_at is None or now - self._forgot_at >= _FORGET_EVERY:
            self._forgot_at = now
            await self._keeping.run(forget_old_stories, now)


def _story(citation: Citation) -> Story:
    ids = frozenset({citation.article.id, *(other.id for other in citation.others)})
    return Story(citation.article.id, citation.score, ids)
