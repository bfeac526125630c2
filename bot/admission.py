"""Letting questions in no faster than a person and a server may ask.

Owns counting; how often may be asked is said by bot/policy.py. What is counted is kept in memory, as long as it counts:
after a restart everybody may ask at once.
"""

import math
import time
from collections import deque
from collections.abc import Callable

from bot.errors import PersonCooldownError, ServerCooldownError
from bot.policy import Cooldowns

_MINUTE_SECONDS = 60.0
_SWEEP_SECONDS = 300.0
"""How often those are forgotten who asked long ago."""


class Admission:
    """Who asked when, as far as it still matters."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Take the clock, in seconds."""
        self._clock = clock
        self._free_at: dict[tuple[int | None, int], float] = {}
        self._asked_at: dict[int, deque[float]] = {}
        self._swept_at = clock()

    def admit(self, user_id: int, guild_id: int | None, cooldowns: Cooldowns) -> None:
        """Count a question, or say how long to wait; one that has to wait is not counted.

        Args:
            user_id: Who asks.
            guild_id: In which server; None in a direct message, where only the person is counted.
            cooldowns: How often may be asked there.

        Raises:
            PersonCooldownError: The person asked a moment ago.
            ServerCooldownError: The server asked enough for this minute.
        """
        now = self._clock()
        self._sweep(now)
        person = (guild_id, user_id)
        if (left := self._free_at.get(person, now) - now) > 0:
            raise PersonCooldownError(math.ceil(left))
        if guild_id is not None:
            self._admit_server(guild_id, cooldowns.guild_per_minute, now)
        self._free_at[person] = now + cooldowns.user_seconds

    @property
    def n_remembered(self) -> int:
        """How many people and servers are remembered."""
        return len(self._free_at) + len(self._asked_at)

    def _admit_server(self, guild_id: int, per_minute: int, now: float) -> None:
        asked_at = self._asked_at.setdefault(guild_id, deque())
        while asked_at and asked_at[0] <= now - _MINUTE_SECONDS:
            asked_at.popleft()
        if len(asked_at) >= per_minute:
            # Asking fits again as soon as fewer than the limit lie within a minute.
            raise ServerCooldownError(math.ceil(asked_at[len(asked_at) - per_minute] + _MINUTE_SECONDS - now))
        asked_at.append(now)

    def _sweep(self, now: float) -> None:
        if now - self._swept_at < _SWEEP_SECONDS:
            return
        self._swept_at = now
        self._free_at = {person: free for person, free in self._free_at.items() if free > now}
        self._asked_at = {
            guild_id: asked for guild_id, asked in self._asked_at.items() if asked[-1] > now - _MINUTE_SECONDS
        }
