"""A news site on the loopback address: a feed and its pages, with validators, and every way in which a host can fail.

Runs in a thread of its own for as long as a ``with`` block lasts, and answers at most ``MAX_REQUESTS``.
"""

import asyncio
import hashlib
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape

from aiohttp import web

MAX_REQUESTS = 100_000
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_NOUNS = "probe rover lander orbiter telescope capsule booster module antenna battery radiator thruster".split()
_VERBS = "left reached photographed missed survived measured crossed circled tested repaired lifted cooled".split()
_PLACES = "Venus Mars Ceres Titan Europa Io Callisto Phobos Vesta Pallas Deimos Ganymede".split()


@dataclass(slots=True)
class Story:
    """One article of the site."""

    number: int
    paragraphs: list[str]
    head: str = ""

    @property
    def title(self) -> str:
        return f"Story {self.number} about the {_NOUNS[self.number % len(_NOUNS)]}"

    @property
    def published_at(self) -> datetime:
        return datetime(2031, 1, 1, tzinfo=UTC) + timedelta(hours=self.number)

    def page(self) -> bytes:
        body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in self.paragraphs)
        return (
            f"<!DOCTYPE html><html lang='en'><head><title>{self.title}</title>{self.head}</head><body>"
            "<nav><a href='/'>Home</a> <a href='/space'>Space</a></nav>"
            f"<article><h1>{self.title}</h1>{body}</article>"
            "<footer>All rights reserved by the test site</footer></body></html>"
        ).encode()


def story(number: int, *, paragraphs: int = 6) -> Story:
    """Return a story in our own words, the same for the same number and another for another one."""
    lines = []
    for line in range(paragraphs):
        pick = number * 7 + line * 5
        noun, verb, place = (words[(pick + i) % 12] for i, words in enumerate((_NOUNS, _VERBS, _PLACES)))
        lines.append(
            f"In report {number} the {noun} {verb} {place} on day {line + 1}, and the crew of flight {number + line} "
            f"wrote down {pick} readings before the {_NOUNS[(pick + 3) % 12]} was switched off for the night."
        )
    return Story(number, lines)


@dataclass(slots=True)
class NewsSite:
    """A running site; what it says may be changed at any time."""

    port: int = 0
    stories: dict[str, Story] = field(default_factory=dict)
    listed: list[str] = field(default_factory=list)
    special: dict[str, Handler] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    sent_bytes: int = 0
    feed_path: str = "/feed.xml"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def feed_url(self) -> str:
        return self.url + self.feed_path

    @property
    def host(self) -> str:
        """The site as SPACE_NEWS_ALLOWED_HOSTS names it."""
        return f"127.0.0.1:{self.port}"

    def publish(self, *stories: Story) -> None:
        for one in stories:
            path = f"/story/{one.number}"
            self.stories[path] = one
            if path not in self.listed:
                self.listed.append(path)

    def feed(self) -> bytes:
        items = "".join(
            f"<item><title>{escape(self.stories[path].title)}</title><link>{self.url}{path}</link>"
            f"<pubDate>{format_datetime(self.stories[path].published_at)}</pubDate>"
            f"<description>Short: {escape(self.stories[path].paragraphs[0][:80])}</description></item>"
            for path in self.listed
            if path in self.stories
        )
        return (
            "<?xml version='1.0'?><rss version='2.0'><channel><title>Test News</title>"
            f"<link>{self.url}</link><description>News</description>{items}</channel></rss>"
        ).encode()

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer a request, and count it."""
        self.requests.append(request.path)
        if len(self.requests) > MAX_REQUESTS:
            return web.Response(status=503)
        if request.path in self.special:
            return await self.special[request.path](request)
        if request.path == self.feed_path:
            return self._validated(request, self.feed(), "application/rss+xml")
        if request.path in self.stories:
            return self._validated(request, self.stories[request.path].page(), "text/html")
        return web.Response(status=404)

    def _validated(self, request: web.Request, body: bytes, kind: str) -> web.Response:
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304, headers={"ETag": etag})
        self.sent_bytes += len(body)
        return web.Response(body=body, content_type=kind, charset="utf-8", headers={"ETag": etag})


@contextmanager
def running_news_site(count: int = 0, *, paragraphs: int = 6) -> Iterator[NewsSite]:
    """Run a site with so many stories for as long as the context lasts."""
    site = NewsSite()
    site.publish(*(story(number, paragraphs=paragraphs) for number in range(count)))
    loop = asyncio.new_event_loop()
    started = threading.Event()
    stop = asyncio.Event()

    async def serve() -> None:
        runner = web.AppRunner(_application(site), access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        server = web.TCPSite(runner, "127.0.0.1", 0)
        await server.start()
        site.port = runner.addresses[0][1]
        started.set()
        await stop.wait()
        await runner.cleanup()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()), daemon=True)
    thread.start()
    assert started.wait(10), "the site did not start"
    try:
        yield site
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
        loop.close()


def _application(site: NewsSite) -> web.Application:
    application = web.Application()
    application.router.add_get("/{path:.*}", site.answer)
    return application
