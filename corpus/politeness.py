"""How often a host is asked, and what it asked to be left alone.

Owns robots.txt with its Crawl-delay, the pause between two pages of one host, and trying again where a host is busy:
with growing, jittered pauses, or as long as the host itself says. What is asked for is ``fetch``'s business.
"""

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx
from protego import Protego

from corpus.errors import FetchError, HostDownError, RobotsError, SlowHostError, StatusError
from corpus.fetch import AGENT, PAGE_KINDS, Fetched, Fetcher, Validators, checked_link, host_pair

_ROBOTS_MAX_CHARS = 500_000
_ATTEMPTS = 3
_FAILURES_IN_A_ROW = 3


@dataclass(frozen=True, slots=True)
class Pace:
    """How patient the fetching is.

    Attributes:
        delay_seconds: How long a public host is left alone between two pages, unless it asks for longer.
        backoff_seconds: The pause before the first further try; it doubles with each.
        patience_seconds: The longest pause that is waited for; a host that asks for a longer one waits for the next
            sync.
        own_host_connections: How many pages are asked for at once of a host that the settings allow by name, which is
            nobody else's.
    """

    delay_seconds: float = 1.0
    backoff_seconds: float = 1.0
    patience_seconds: float = 120.0
    own_host_connections: int = 4


@dataclass(slots=True)
class _Host:
    """What is known of one host in this run."""

    slots: asyncio.Semaphore
    delay_seconds: float
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    next_at: float = 0.0
    robots: Protego | None = None
    is_asked_for_robots: bool = False
    failures: int = 0
    down: str = ""

    def note_failure(self, why: str) -> None:
        """Count a page that could not be had; after some in a row the host is left alone for this run."""
        self.failures += 1
        if self.failures >= _FAILURES_IN_A_ROW:
            self.down = why


class PoliteFetcher:
    """Asks hosts as often as they like to be asked; one for each run."""

    def __init__(self, fetcher: Fetcher, pace: Pace, *, draw: Callable[[], float] = random.random) -> None:
        """Know no host yet.

        Args:
            fetcher: What asks.
            pace: How patiently.
            draw: Gives numbers from 0 to 1, for the jitter.
        """
        self.received_bytes = 0
        self._fetcher = fetcher
        self._pace = pace
        self._draw = draw
        self._hosts: dict[str, _Host] = {}

    async def fetch(
        self, url: str, *, accept: frozenset[str] | None = PAGE_KINDS, validators: Validators | None = None
    ) -> Fetched:
        """Ask an address when its host is ready for it, and again where the host was only busy.

        Raises:
            RobotsError: If robots.txt asks not to.
            HostDownError: If the host cannot be reached, or asks for more patience than there is.
            FetchError: Whatever else ``Fetcher.fetch`` raises.
        """
        parsed = checked_link(url)
        host = self._host(parsed)
        if not host.is_asked_for_robots:
            async with host.turn:
                if not host.is_asked_for_robots:
                    await self._read_robots(parsed, host)
        if host.down:
            raise HostDownError(url, host.down)
        if host.robots is not None and not host.robots.can_fetch(url, AGENT):
            raise RobotsError(url)
        async with host.slots:
            return await self._try(url, host, accept, validators)

    async def _try(
        self, url: str, host: _Host, accept: frozenset[str] | None, validators: Validators | None
    ) -> Fetched:
        for attempt in range(1, _ATTEMPTS + 1):
            await self._wait_turn(host)
            if host.down:
                raise HostDownError(url, host.down)
            try:
                fetched = await self._fetcher.fetch(url, accept=accept, validators=validators)
            except HostDownError as error:
                if attempt == _ATTEMPTS or isinstance(error, SlowHostError):
                    host.note_failure(error.why)
                    raise
                pause_seconds = self._backoff(attempt)
            except StatusError as error:
                if not error.is_passing:
                    host.failures = 0
                    raise
                pause_seconds = self._asked_pause(error) or self._backoff(attempt)
                if pause_seconds > self._pace.patience_seconds:
                    host.down = f"the host answered with status {error.status} and asks to wait {error.retry_after}."
                    raise HostDownError(url, host.down) from error
                if attempt == _ATTEMPTS:
                    host.note_failure(error.why)
                    raise
            else:
                host.failures = 0
                self.received_bytes += fetched.received_bytes
                return fetched
            host.next_at = max(host.next_at, time.monotonic() + pause_seconds)
        raise AssertionError("the last attempt returns or raises")

    async def _wait_turn(self, host: _Host) -> None:
        async with host.turn:
            pause_seconds = host.next_at - time.monotonic()
            if pause_seconds > self._pace.patience_seconds:
                host.down = f"the host asks for pauses of {host.delay_seconds:g} seconds."
            elif pause_seconds > 0:
                await asyncio.sleep(pause_seconds)
            host.next_at = max(host.next_at, time.monotonic() + host.delay_seconds)

    def _host(self, url: httpx.URL) -> _Host:
        pair = host_pair(url)
        if pair not in self._hosts:
            is_own = pair in self._fetcher.limits.allowed_hosts
            slots = asyncio.Semaphore(self._pace.own_host_connections if is_own else 1)
            self._hosts[pair] = _Host(slots, 0.0 if is_own else self._pace.delay_seconds)
        return self._hosts[pair]

    async def _read_robots(self, url: httpx.URL, host: _Host) -> None:
        """Read robots.txt as RFC 9309 says: none means all is allowed, a failing host that nothing is."""
        host.is_asked_for_robots = True
        place = str(url.copy_with(path="/robots.txt", query=None, fragment=None))
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                fetched = await self._fetcher.fetch(place, accept=None)
            except StatusError as error:
                pause_seconds = self._asked_pause(error) or self._backoff(attempt)
                if not error.is_passing:
                    return
                if attempt == _ATTEMPTS or pause_seconds > self._pace.patience_seconds:
                    host.down = f"its robots.txt cannot be read (status {error.status})."
                    return
            except HostDownError as error:
                pause_seconds = self._backoff(attempt)
                if attempt == _ATTEMPTS:
                    host.down = error.why
                    return
            except FetchError:
                return
            else:
                self.received_bytes += fetched.received_bytes
                host.robots = Protego.parse(fetched.body.decode("utf-8", "ignore")[:_ROBOTS_MAX_CHARS])
                host.delay_seconds = max(host.delay_seconds, host.robots.crawl_delay(AGENT) or 0.0)
                return
            await asyncio.sleep(pause_seconds)

    def _backoff(self, attempt: int) -> float:
        return self._pace.backoff_seconds * 2.0 ** (attempt - 1) * (0.5 + self._draw())

    def _asked_pause(self, error: StatusError) -> float:
        """Return how many seconds the host asked to wait; 0 where it did not say."""
        written = (error.retry_after or "").strip()
        if written.isdecimal():
            return float(written) if len(written) < 10 else float("inf")
        try:
            moment = parsedate_to_datetime(written)
        except ValueError:
            return 0.0
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
        return max(0.0, (moment - datetime.now(UTC)).total_seconds())
