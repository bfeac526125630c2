"""What is kept, for an event loop: one thread of its own that holds the open file.

Owns the thread. Everything in ``bot.state`` takes a state first and is called through ``run``, for example
``await keeping.run(find_answer, answer_id)``.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from bot.state import State

P = ParamSpec("P")
T = TypeVar("T")


class Keeping:
    """The state at ``path``, opened with the first call."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._state: State | None = None
        self._closed = False
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="keeping")

    async def run(self, work: Callable[Concatenate[State, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Call ``work`` with the state in the thread of this keeping, after all that was asked for before."""
        return await asyncio.get_running_loop().run_in_executor(
            self._thread, lambda: work(self._opened(), *args, **kwargs)
        )

    async def close(self) -> None:
        """Finish what was asked for, and close the file; closing again does nothing."""
        if not self._closed:
            self._closed = True
            await asyncio.to_thread(self._close)

    def _opened(self) -> State:
        if self._state is None:
            self._state = State.open(self._path)
        return self._state

    def _close(self) -> None:
        self._thread.submit(self._close_state)
        self._thread.shutdown()

    def _close_state(self) -> None:
        if self._state is not None:
            self._state.close()
            self._state = None
