"""What was said so far, and who wants to hear of it.

Owns the messages, files and threads of the preview, in memory. Bounded: the oldest message goes first.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from bot.preview.payloads import Json

MESSAGES_MAX = 300
LISTENER_MAX_CHANGES = 1000


@dataclass(frozen=True, slots=True)
class Change:
    """Something that the page has to show.

    Attributes:
        kind: A message that is new or another one now, one that is gone, or a form that opens.
        payload: The message or the form; of what is gone, its ``id``.
    """

    kind: Literal["message", "gone", "modal"]
    payload: Json


class Conversation:
    """The messages of one preview, oldest first."""

    def __init__(self) -> None:
        self._messages: dict[str, Json] = {}
        self._listeners: set[asyncio.Queue[Change | None]] = set()
        self.threads: dict[str, str] = {}

    def messages(self) -> tuple[Json, ...]:
        """Return every message."""
        return tuple(self._messages.values())

    def message(self, id_: str) -> Json | None:
        """Return a message, or None where it is gone or never was."""
        return self._messages.get(id_)

    def put(self, message: Json) -> Json:
        """Show a message, or show it anew where it is known."""
        self._messages[message["id"]] = message
        while len(self._messages) > MESSAGES_MAX:
            self.remove(next(iter(self._messages)))
        self._tell(Change("message", message))
        return message

    def remove(self, id_: str) -> None:
        """Take a message away."""
        if self._messages.pop(id_, None) is not None:
            self._tell(Change("gone", {"id": id_}))

    def open(self, modal: Json) -> None:
        """Open a form."""
        self._tell(Change("modal", modal))

    def close(self) -> None:
        """End every listening."""
        for queue in self._listeners:
            _offer(queue, None)

    @contextmanager
    def listening(self) -> Iterator[AsyncIterator[Change]]:
        """Give all that is shown so far, and then what changes, until the conversation is closed."""
        queue: asyncio.Queue[Change | None] = asyncio.Queue(LISTENER_MAX_CHANGES)
        for message in self._messages.values():
            queue.put_nowait(Change("message", message))
        self._listeners.add(queue)
        try:
            yield _changes(queue)
        finally:
            self._listeners.discard(queue)

    def _tell(self, change: Change) -> None:
        for queue in self._listeners:
            _offer(queue, change)


async def _changes(queue: asyncio.Queue[Change | None]) -> AsyncIterator[Change]:
    while (change := await queue.get()) is not None:
        yield change


def _offer(queue: asyncio.Queue[Change | None], change: Change | None) -> None:
    """Hand a change over; a page that has not read for so long has to begin anew."""
    if queue.full():
        while not queue.empty():
            queue.get_nowait()
        change = None
    queue.put_nowait(change)
