"""A Discord that only takes messages, loses some of them, and ends the process when told to."""

import asyncio
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from types import SimpleNamespace
from typing import Any

import discord

REMEMBERED = timedelta(minutes=3)
"""For so long this Discord knows a nonce."""


class Killed(BaseException):
    """The process ends here."""


class Reply(StrEnum):
    """What happens to a message."""

    TAKEN = "taken"
    BUSY = "busy"
    FORBIDDEN = "forbidden"
    GONE = "gone"
    BAD = "bad"
    LOST = "lost"
    TAKEN_UNHEARD = "taken_unheard"
    KILLED_BEFORE = "killed_before"
    KILLED_AFTER = "killed_after"


_STATUS = {Reply.BUSY: 429, Reply.FORBIDDEN: 403, Reply.GONE: 404, Reply.BAD: 400}
_ERRORS = {403: discord.Forbidden, 404: discord.NotFound, 503: discord.DiscordServerError}


@dataclass(frozen=True, slots=True)
class Posted:
    """A message that stands in a channel.

    Attributes:
        at: When it came.
        probes: The numbers of the stories that it shows.
        n_more: How many it only counts.
    """

    at: datetime
    probes: tuple[int, ...]
    n_more: int


@dataclass
class FakeChannel:
    """One channel, which is also the client that leads there.

    Attributes:
        clock: Tells the time.
        replies: What happens to the next messages; after them, all are taken.
        posted: What stands in the channel.
        told: What makers were told in private.
    """

    clock: Callable[[], datetime]
    replies: list[Reply] = field(default_factory=list)
    posted: list[Posted] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    is_dead: bool = False
    _nonces: dict[str, datetime] = field(default_factory=dict)

    def get_partial_messageable(self, channel_id: int, *, guild_id: int | None = None) -> "FakeChannel":
        """Lead to the channel."""
        return self

    async def create_dm(self, user: discord.Object) -> "FakeChannel":
        """Lead to the channel."""
        return self

    async def send(self, content: str | None = None, *, nonce: str | None = None, **parts: Any) -> SimpleNamespace:  # noqa: ANN401
        """Take a message, or not."""
        if nonce is None:
            self.told.append(content or "")
            return self._message()
        await asyncio.sleep(0)  # where another process may come in between
        reply = self.replies.pop(0) if self.replies else Reply.TAKEN
        if reply in _STATUS:
            raise http_error(_STATUS[reply])
        if reply is Reply.KILLED_BEFORE:
            self._die()
        if reply is not Reply.LOST:
            self._take(nonce, parts)
        if reply is Reply.KILLED_AFTER:
            self._die()
        if reply in (Reply.LOST, Reply.TAKEN_UNHEARD):
            raise http_error(503)
        return self._message()

    def _take(self, nonce: str, parts: dict[str, Any]) -> None:
        seen_at = self._nonces.get(nonce)
        if seen_at is not None and self.clock() - seen_at <= REMEMBERED:
            return
        self._nonces[nonce] = self.clock()
        shown = json.dumps([*_payloads(parts)], ensure_ascii=False)
        probes = tuple(dict.fromkeys(int(number) for number in re.findall(r"Probe (\d+)", shown)))
        more = re.search(r"and (\d+) more", shown)
        self.posted.append(Posted(self.clock(), probes, int(more[1]) if more else 0))

    def _message(self) -> SimpleNamespace:
        return SimpleNamespace(id=1, channel=SimpleNamespace(id=12))

    def _die(self) -> None:
        self.is_dead = True
        raise Killed


def http_error(status: int) -> discord.HTTPException:
    """Return the error that Discord's library makes of a status."""
    response: Any = SimpleNamespace(status=status, reason="because")
    return _ERRORS.get(status, discord.HTTPException)(response, {"code": 0, "message": "injected"})


def _payloads(parts: dict[str, Any]) -> Iterator[object]:
    for embed in parts.get("embeds", ()):
        yield embed.to_dict()
    if parts.get("view") is not None:
        yield parts["view"].to_components()
