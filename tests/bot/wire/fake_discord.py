"""A Discord of its own on 127.0.0.1: the gateway and the REST calls that this bot makes.

Speaks what the library asks for: zlib-stream or zstd-stream, heartbeats, identify, resume. Records every request.
"""

import asyncio
import importlib
import json
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from aiohttp import WSMsgType, web

from tests.bot.wire import payloads
from tests.bot.wire.payloads import Json

TOKEN = "letters.for.tests"
HEARTBEAT_MS = 200
WAIT_SECONDS = 5.0

_DISPATCH, _HEARTBEAT, _IDENTIFY, _RESUME, _RECONNECT, _HELLO, _ACK = 0, 1, 2, 6, 7, 10, 11


@dataclass(frozen=True, slots=True)
class Request:
    """One REST call.

    Attributes:
        method: GET, POST and so on.
        path: What follows the API's version.
        body: The JSON that was sent, if any.
        at: When it came, on the clock of ``time.perf_counter``.
    """

    method: str
    path: str
    body: Any
    at: float


@dataclass
class FakeDiscord:
    """Serves one bot; leave it to stop it.

    Attributes:
        requests: Every REST call so far.
        operations: Every operation code that the gateway received.
        heartbeats: When each heartbeat came, on the clock of ``time.perf_counter``.
        rate_limited: Paths whose next call is told to come again.
        base: What to put in the place of the library's base address.
    """

    requests: list[Request] = field(default_factory=list)
    operations: list[int] = field(default_factory=list)
    heartbeats: list[float] = field(default_factory=list)
    rate_limited: set[str] = field(default_factory=set)
    base: str = ""
    identified: asyncio.Event = field(default_factory=asyncio.Event)
    resumed: asyncio.Event = field(default_factory=asyncio.Event)
    _is_connected: bool = True
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    _sent: list[Json] = field(default_factory=list)
    _socket: web.WebSocketResponse | None = None
    _compress: Callable[[bytes], bytes] = bytes
    _runner: web.AppRunner | None = None
    _gateway_url: str = ""

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/gateway/", self._gateway)
        app.router.add_route("*", "/api/v10/{path:.*}", self._rest)
        self._runner = web.AppRunner(app, shutdown_timeout=1.0)
        await self._runner.setup()
        # A crowd connects at once, and whom the backlog has no room for tries again a second later.
        site = web.TCPSite(self._runner, "127.0.0.1", 0, backlog=1024)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.base = f"http://{host}:{port}/api/v10"
        self._gateway_url = f"ws://{host}:{port}/gateway/"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    async def dispatch(self, event: str, data: Json) -> None:
        """Send an event to the bot; while it is not connected, it gets it when it resumes."""
        self._sent.append({"op": _DISPATCH, "t": event, "s": len(self._sent) + 1, "d": data})
        if self._is_connected:
            await self._send(self._sent[-1])

    async def ask_to_reconnect(self) -> None:
        """Tell the bot to connect anew and resume; until it has, nothing else is sent to it."""
        self._is_connected = False
        await self._send({"op": _RECONNECT, "t": None, "s": None, "d": None})

    async def request(self, method: str, ending: str, nth: int = 1) -> Request:
        """Wait for the nth call of that kind."""

        def found() -> list[Request]:
            return [r for r in self.requests if r.method == method and r.path.endswith(ending)]

        async with asyncio.timeout(WAIT_SECONDS), self._changed:
            await self._changed.wait_for(lambda: len(found()) >= nth)
        return found()[nth - 1]

    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        self._compress = _compressor(request.query["compress"])
        self._socket = socket = web.WebSocketResponse()
        await socket.prepare(request)
        await self._send({"op": _HELLO, "t": None, "s": None, "d": {"heartbeat_interval": HEARTBEAT_MS}})
        async for frame in socket:
            if frame.type is WSMsgType.TEXT:
                await self._receive(json.loads(frame.data))
        return socket

    async def _receive(self, packet: Json) -> None:
        operation, data = packet["op"], packet["d"]
        self.operations.append(operation)
        if operation == _HEARTBEAT:
            self.heartbeats.append(time.perf_counter())
            await self._send({"op": _ACK, "t": None, "s": None, "d": None})
        elif operation == _IDENTIFY:
            assert data["token"] == TOKEN
            await self.dispatch("READY", payloads.ready(data["shard"], self._gateway_url))
            await self.dispatch("GUILD_CREATE", payloads.guild())
            self.identified.set()
        elif operation == _RESUME:
            assert data["session_id"] == payloads.SESSION_ID
            for missed in self._sent[data["seq"] :]:
                await self._send(missed)
            self._is_connected = True
            await self.dispatch("RESUMED", {})
            self.resumed.set()

    async def _send(self, packet: Json) -> None:
        assert self._socket is not None
        await self._socket.send_bytes(self._compress(json.dumps(packet).encode()))

    async def _rest(self, request: web.Request) -> web.Response:
        path = request.match_info["path"]
        body = await request.json() if request.can_read_body else None
        if path in self.rate_limited:
            self.rate_limited.discard(path)
            # The library takes an answer without this header for a ban.
            limited = {"message": "You are being rate limited.", "retry_after": 0.05, "global": False}
            return _json(limited, status=429, Via="1.1 test")
        async with self._changed:
            self.requests.append(Request(request.method, path, body, time.perf_counter()))
            self._changed.notify_all()
        if request.headers.get("Authorization", f"Bot {TOKEN}") != f"Bot {TOKEN}":
            return _json({"message": "401: Unauthorized", "code": 0}, status=401)
        answer = self._answer(request.method, path, body)
        return web.Response(status=204) if answer is None else _json(answer)

    def _answer(self, method: str, path: str, body: Any) -> Json | list[Json] | None:  # noqa: ANN401
        number = len(self.requests)
        match method, path.split("/"):
            case "GET", ["users", "@me"]:
                return payloads.user(payloads.BOT_ID, bot=True)
            case "GET", ["oauth2", "applications", "@me"]:
                return payloads.application()
            case "GET", ["gateway", "bot"]:
                limit = {"total": 9, "remaining": 9, "reset_after": 0, "max_concurrency": 1}
                return {"url": self._gateway_url, "shards": 1, "session_start_limit": limit}
            case "PUT", ["applications", application_id, "commands"]:
                return [_registered(command, application_id, at) for at, command in enumerate(body)]
            case "POST", ["interactions", interaction_id, _, "callback"]:
                return {"interaction": {"id": interaction_id, "type": 2}}
            case "POST", ["channels", _, "typing"]:
                return None
            case "POST" | "PATCH", ["webhooks", *_] | ["channels", _, "messages"]:
                bot = payloads.user(payloads.BOT_ID, bot=True)
                return payloads.message(number, bot, body.get("content") or "", embeds=body.get("embeds") or [])
            case "DELETE", ["webhooks", *_]:
                return None
        raise web.HTTPNotFound(text=f"the fake has no {method} {path}")


def _json(answer: Json | list[Json], status: int = 200, **headers: str) -> web.Response:
    """Write JSON; the library takes it for text if anything follows the content type."""
    body = json.dumps(answer).encode()
    return web.Response(body=body, status=status, headers={"Content-Type": "application/json", **headers})


def _registered(command: Json, application_id: str, number: int) -> Json:
    id_ = str(5001 + number)
    made = {"id": id_, "application_id": application_id, "version": id_, "default_member_permissions": None}
    return {**made, "description": "", **command}  # a menu has none


def _compressor(name: str) -> Callable[[bytes], bytes]:
    """Return what compresses each packet as the next part of one stream."""
    if name == "zlib-stream":
        zlib_stream = zlib.compressobj()
        return lambda packet: zlib_stream.compress(packet) + zlib_stream.flush(zlib.Z_SYNC_FLUSH)
    assert name == "zstd-stream"
    zstandard = importlib.import_module("zstandard")

    zstd_stream = zstandard.ZstdCompressor().compressobj()
    return lambda packet: zstd_stream.compress(packet) + zstd_stream.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
