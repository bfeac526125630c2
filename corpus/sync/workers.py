"""The worker processes: started when first needed, replaced when they hang, break down or have grown old.

Owns their life. A task that breaks its worker costs that task alone.
"""

import asyncio
import os
import pickle
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from corpus.sync.tasks import Unreadable
from corpus.sync.worker import LENGTH

Given = ParamSpec("Given")
Result = TypeVar("Result")

_ROOT = Path(__file__).parents[2]
_TASKS_EACH = 1000
_START_SECONDS = 60.0


class Workers:
    """Runs tasks in processes of their own; an asynchronous context manager that ends them."""

    def __init__(self, count: int, *, timeout_seconds: float) -> None:
        """Start nothing yet.

        Args:
            count: How many processes there may be.
            timeout_seconds: How long one task may take.
        """
        self._timeout_seconds = timeout_seconds
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        for _ in range(count):
            self._idle.put_nowait(_Worker())

    async def __aenter__(self) -> "Workers":
        """Return the workers themselves."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """End every process."""
        while not self._idle.empty():
            await self._idle.get_nowait().end()

    async def run(
        self, task: Callable[Given, Result], *arguments: Given.args, **named: Given.kwargs
    ) -> Result | Unreadable:
        """Run a task (see ``tasks``) when a worker is free; what breaks or hangs is ``Unreadable``."""
        worker = await self._idle.get()
        try:
            result: Result | Unreadable = await worker.run((task, arguments, named), self._timeout_seconds)
            return result
        finally:
            self._idle.put_nowait(worker)


class _Worker:
    """One process, or none yet."""

    def __init__(self) -> None:
        self._process: Process | None = None
        self._done = 0

    async def run(self, task: tuple[object, ...], timeout_seconds: float) -> Any:  # noqa: ANN401 what the task gives
        if self._process is None:
            self._process, self._done = await _start(), 0
            timeout_seconds += _START_SECONDS
        try:
            async with asyncio.timeout(timeout_seconds):
                result = await _ask(self._process, pickle.dumps(task))
        except TimeoutError:
            await self.end()
            return Unreadable(f"reading it took longer than {timeout_seconds:g} seconds.")
        except (asyncio.IncompleteReadError, ConnectionError):
            await self.end()
            return Unreadable("the reader broke down on it.")
        except BaseException:
            await self.end()  # it may be in the middle of an answer that nobody waits for any more
            raise
        self._done += 1
        if self._done >= _TASKS_EACH:
            await self.end()
        return result

    async def end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
            if process.stdin is not None:
                process.stdin.close()


async def _start() -> Process:
    paths = [str(_ROOT), os.environ.get("PYTHONPATH", "")]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "corpus.sync.worker", stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=environment
    )


async def _ask(process: Process, message: bytes) -> object:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(LENGTH.pack(len(message)) + message)
    await process.stdin.drain()
    (length,) = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))
    return pickle.loads(await process.stdout.readexactly(length))
