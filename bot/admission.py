"""Letting questions and looks in no faster than a person and a server may ask.

Owns counting; how often may be asked is said by bot/policy.py. What is counted is kept in memory, as long as it counts:
after a restart everybody may ask at once.
"""

import math
import time
from collections import deque
from collections.abc import Callable
from enum import IntEnum

from bot.errors import PersonCooldownError, ServerCooldownError
from bot.policy import Cooldowns

_MINUTE_SECONDS = 60.0
_SWEEP_SECONDS = 300.0
"""How often those are forgotten who asked long ago."""


class Cost(IntEnum):
    """What is let in, with how much of a server's minute it takes.

    A look is at a list, an article, or what is behind a button.
    """

    LOOK = 1
    QUESTION = 4


_Person = tuple[int | None, int, Cost]


class Admission:
    """Who asked when, as far as it still matters."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Take the clock, in seconds."""
        self._clock = clock
        self._free_at: dict[_Person, float] = {}
        self._told_until: dict[_Person, float] = {}
        self._asked_at: dict[int, deque[float]] = {}
        self._swept_at = clock()

    def admit(self, user_id: int, guild_id: int | None, cooldowns: Cooldowns, cost: Cost = Cost.QUESTION) -> None:
        """Count a question or a look, or say how long to wait; one that has to wait is not counted.

        Args:
            user_id: Who asks.
            guild_id: In which server; None in a direct message, where only the person is counted.
            cooldowns: How often may be asked there.
            cost: What is asked. Who asked a question may look at once, and the other way round.

        Raises:
            PersonCooldownError: The person asked a moment ago.
            ServerCooldownError: The server asked enough for this minute.
        """
        now = self._clock()
        self._sweep(now)
        self.check(user_id, guild_id, cooldowns, cost)
        if guild_id is not None:
            self._asked_at.setdefault(guild_id, deque()).extend([now] * cost)
        pause = cooldowns.user_seconds if cost is Cost.QUESTION else cooldowns.look_seconds
        self._free_at[guild_id, user_id, cost] = now + pause

    def check(self, user_id: int, guild_id: int | None, cooldowns: Cooldowns, cost: Cost = Cost.QUESTION) -> None:
        """Raise what ``admit`` would raise, and count nothing."""
        now = self._clock()
        person = (guild_id, user_id, cost)
        if (left := self._person_wait(person, now)) > 0:
            raise PersonCooldownError(math.ceil(left), is_repeated=self._was_told(person, now, left))
        if (left := self._server_wait(guild_id, cooldowns, cost, now)) > 0:
            raise ServerCooldownError(math.ceil(left), is_repeated=self._was_told(person, now, left))

    def may(self, user_id: int, guild_id: int | None, cooldowns: Cooldowns, cost: Cost = Cost.QUESTION) -> bool:
        """Tell whether ``admit`` would let somebody in, where nobody is told of it."""
        now = self._clock()
        waits = self._person_wait((guild_id, user_id, cost), now), self._server_wait(guild_id, cooldowns, cost, now)
        return max(waits) <= 0

    @property
    def n_remembered(self) -> int:
        """How many people and servers are remembered."""
        return len(self._free_at) + len(self._asked_at)

    def _was_told(self, person: _Person, now: float, left: float) -> bool:
        """Tell whether a person knows that they have to wait; from now on they do."""
        if self._told_until.get(person, now) > now:
            return True
        self._told_until[person] = now + left
        return False

    def _person_wait(self, person: _Person, now: float) -> float:
        """Return in how many seconds a person may ask, or 0."""
        return max(0.0, self._free_at.get(person, now) - now)

    def _server_wait(self, guild_id: int | None, cooldowns: Cooldowns, cost: Cost, now: float) -> float:
        """Return in how many seconds a server may ask, or 0; what is none never waits."""
        if guild_id is None:
            return 0.0
        asked_at = self._asked_at.get(guild_id, deque())
        while asked_at and asked_at[0] <= now - _MINUTE_SECONDS:
            asked_at.popleft()
        n_too_many = len(asked_at) + cost - Cost.QUESTION * cooldowns.guild_per_minute
        # Asking fits again as soon as so many have left the minute.
        return asked_at[n_too_many - 1] + _MINUTE_SECONDS - now if n_too_many > 0 else 0.0

    def _sweep(self, now: float) -> None:
        if now - self._swept_at < _SWEEP_SECONDS:
            return
        self._swept_at = now
        self._free_at = {person: free for person, free in self._free_at.items() if free > now}
        self._told_until = {person: until for person, until in self._told_until.items() if until > now}
        self._asked_at = {
            guild_id: asked for guild_id, asked in self._asked_at.items() if asked and asked[-1] > now - _MINUTE_SECONDS
        }
