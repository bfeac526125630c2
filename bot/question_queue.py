"""Questions waiting for their turn: so many at once, so many in line, and the same one only once.

Owns the line and the threads that work it off. Knows nothing of what is computed, nor of Discord. Everything but the
work itself happens on one event loop.
"""

import asyncio
import math
import time
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.errors import BusyError

_FIRST_GUESS_SECONDS = 0.2
"""What one question is taken to need before any was answered."""
_NEWEST_SHARE = 0.2
"""How much the newest duration counts in the running mean."""

T = TypeVar("T")


@dataclass(eq=False, slots=True)
class _Shared(Generic[T]):
    """One piece of work with those who wait for it.

    Attributes:
        n_turns: How many places in line share it.
        running: What it comes to; None before somebody wanted it.
    """

    n_turns: int = 0
    running: asyncio.Future[T] | None = None


class Turn(Generic[T]):
    """A place in line; nothing is computed before its answer is awaited."""

    def __init__(self, queue: "QuestionQueue[T]", shared: _Shared[T]) -> None:
        self._queue = queue
        self._shared = shared

    async def answer(self, work: Callable[[], T]) -> T:
        """Return what ``work`` comes to, or what the same question of somebody else does that is in line already."""
        if self._shared.running is None:
            self._shared.running = self._queue.begin(work)
        # One who gives up must not take the answer away from the others.
        return await asyncio.shield(self._shared.running)


class QuestionQueue(Generic[T]):
    """A bounded line before a bounded number of threads."""

    def __init__(self, *, workers: int, max_waiting: int) -> None:
        """Take the bounds.

        Args:
            workers: How many questions are computed at the same time.
            max_waiting: How many different ones may be in line, those that are being computed included.
        """
        self._workers = workers
        self._max_waiting = max_waiting
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="question")
        self._in_line: dict[Hashable, _Shared[T]] = {}
        self._mean_seconds = _FIRST_GUESS_SECONDS

    @property
    def is_empty(self) -> bool:
        """Whether nobody waits for an answer."""
        return not self._in_line

    @contextmanager
    def turn(self, key: Hashable) -> Iterator[Turn[T]]:
        """Take a place, to be held until the answer is there.

        Args:
            key: What makes two questions the same.

        Raises:
            BusyError: The line is full, and nobody in it asks the same.
        """
        shared = self._in_line.get(key)
        if shared is None:
            if len(self._in_line) >= self._max_waiting:
                raise BusyError(self._seconds_to_work_off())
            shared = self._in_line[key] = _Shared()
        shared.n_turns += 1
        try:
            yield Turn(self, shared)
        finally:
            self._leave(key, shared)

    def begin(self, work: Callable[[], T]) -> asyncio.Future[T]:
        """Put work in line for the next free thread."""
        return asyncio.get_running_loop().run_in_executor(self._threads, self._timed, work)

    async def close(self) -> None:
        """Forget who waits, and let the threads end."""
        await asyncio.to_thread(self._threads.shutdown, cancel_futures=True)

    def _leave(self, key: Hashable, shared: _Shared[T]) -> None:
        shared.n_turns -= 1
        if shared.n_turns:
            return
        del self._in_line[key]
        if shared.running is not None:
            shared.running.cancel()  # without effect where it is done; nobody waits for it any more where it is not

    def _timed(self, work: Callable[[], T]) -> T:
        began = time.perf_counter()
        try:
            return work()
        finally:
            seconds = time.perf_counter() - began
            self._mean_seconds += _NEWEST_SHARE * (seconds - self._mean_seconds)

    def _seconds_to_work_off(self) -> int:
        return max(1, math.ceil(len(self._in_line) / self._workers * self._mean_seconds))
