"""The server of the preview: on this machine, for this machine.

Owns who may ask it for what. It listens on the loopback address only, answers only requests that name that address
(another name could be one that an attacker points here), takes changes only from its own page, sets no cookie, and
lets the page load nothing from elsewhere.
"""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from bot.errors import RequestError
from bot.preview import catalogue
from bot.preview.conversation import Change
from bot.preview.markup import write
from bot.preview.messages import message, modal
from bot.preview.page import FILES, LANGUAGES, page
from bot.preview.payloads import ENGLISH
from bot.preview.stand_in import StandIn

HOST = "127.0.0.1"
MARK = "X-Space-News-Preview"
"""A header that only a script of the page itself can send."""

BODY_MAX_BYTES = 64 * 1024
TEXT_MAX_CHARS = 4000
_STOP_SECONDS = 1.0
_POLICY = "; ".join(
    [
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in ("script", "style", "img", "connect")),
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Values = Mapping[str, Any]


class Server:
    """Shows one conversation."""

    def __init__(self, stand_in: StandIn) -> None:
        """Take Discord and the bot."""
        self._stand_in = stand_in

    @asynccontextmanager
    async def running(self, port: int) -> AsyncIterator[str]:
        """Serve for as long as the context lasts, and give the page's address.

        Args:
            port: Where to listen; 0 takes one that is free.

        Raises:
            RequestError: The port is taken, or not allowed.
        """
        runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=_STOP_SECONDS)
        await runner.setup()
        try:
            await _listen(runner, port)
            yield f"http://{HOST}:{runner.addresses[0][1]}/"
        finally:
            self._stand_in.conversation.close()
            await runner.cleanup()

    def _application(self) -> web.Application:
        application = web.Application(middlewares=[_guarded], client_max_size=BODY_MAX_BYTES)
        application.router.add_get("/", self._page)
        application.router.add_get("/events", self._events)
        for path in FILES:
            application.router.add_get(path, _file)
        for path, act in (
            ("/run", self._run),
            ("/offers", self._offers),
            ("/use", self._use),
            ("/submit", self._submit),
            ("/reply", self._reply),
        ):
            application.router.add_post(path, act)
        return application

    async def _page(self, request: web.Request) -> web.Response:
        locale = _locale(request.query.get("lang"))
        return web.Response(text=page(self._stand_in.commands, locale), content_type="text/html")

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """Tell what is shown and what changes, for as long as the page is open."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", **HEADERS})
        await response.prepare(request)
        with self._stand_in.conversation.listening() as changes:
            async for change in changes:
                told = json.dumps({"id": change.payload.get("id"), "html": self._html(change)})
                try:
                    await response.write(f"event: {change.kind}\ndata: {told}\n\n".encode())
                except ConnectionError:
                    break  # the page was closed
        return response

    def _html(self, change: Change) -> str:
        if change.kind == "message":
            return write(message(change.payload, self._stand_in.conversation.threads))
        return write(modal(change.payload)) if change.kind == "modal" else ""

    async def _run(self, request: web.Request) -> web.Response:
        values = await _values(request)
        leaf = catalogue.find(self._stand_in.commands, _text(values, "command"))
        options = catalogue.typed(leaf, _object(values, "values"))
        self._stand_in.takes_components(values.get("plain") is not True)
        self._stand_in.run(leaf.command, options, _locale(values.get("lang")))
        return web.json_response({})

    async def _offers(self, request: web.Request) -> web.Response:
        values = await _values(request)
        leaf = catalogue.find(self._stand_in.commands, _text(values, "command"))
        options = catalogue.typed(leaf, _object(values, "values"), _text(values, "focused"))
        offered = await self._stand_in.offers(leaf.command, options, _locale(values.get("lang")))
        return web.json_response({"offers": [str(choice["value"]) for choice in offered]})

    async def _use(self, request: web.Request) -> web.Response:
        values = await _values(request)
        self._stand_in.takes_components(values.get("plain") is not True)
        data = {"custom_id": _text(values, "custom_id"), "component_type": _number(values, "component")}
        if values.get("chosen") is not None:
            chosen = _texts(values, "chosen")
            data |= {"values": chosen, "resolved": catalogue.resolved(chosen)}
        self._stand_in.use(_text(values, "message"), data, _locale(values.get("lang")))
        return web.json_response({})

    async def _submit(self, request: web.Request) -> web.Response:
        values = await _values(request)
        fields = [field for field in values.get("fields") or () if isinstance(field, dict)]
        data = {
            "custom_id": _text(values, "custom_id"),
            "components": [_form_field(field) for field in fields],
            "resolved": catalogue.resolved(one for field in fields for one in _texts(field, "chosen")),
        }
        self._stand_in.submit(str(values.get("message") or "") or None, data, _locale(values.get("lang")))
        return web.json_response({})

    async def _reply(self, request: web.Request) -> web.Response:
        values = await _values(request)
        self._stand_in.reply(_text(values, "message"), _text(values, "text"))
        return web.json_response({})


async def _listen(runner: web.AppRunner, port: int) -> None:
    try:
        await web.TCPSite(runner, HOST, port).start()
    except OSError as error:
        raise RequestError(f"cannot listen on port {port}: {error.strerror}; name another with --port") from error


async def _file(request: web.Request) -> web.Response:
    kind, content = FILES[request.path]
    return web.Response(body=content, content_type=kind, charset="utf-8")


@web.middleware
async def _guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let in what comes from this machine's own page, and tell what cannot be done in one line."""
    try:
        _check(request)
        response = await handler(request)
    except RequestError as error:
        response = web.json_response({"error": str(error)}, status=400)
    except web.HTTPException as error:
        response = web.json_response({"error": error.reason}, status=error.status)
    if not response.prepared:
        response.headers.update(HEADERS)
    return response


def _check(request: web.Request) -> None:
    """Refuse what another site may have sent."""
    port = request.transport.get_extra_info("sockname")[1] if request.transport else None
    own = {f"{name}:{port}" for name in (HOST, "localhost")}
    if request.host not in own:
        raise web.HTTPMisdirectedRequest(reason="the preview answers only under its own address")
    if request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
        raise web.HTTPForbidden(reason="the preview answers only its own page")
    if request.method != "GET":
        origin = request.headers.get("Origin", f"http://{request.host}")
        if MARK not in request.headers or origin != f"http://{request.host}":
            raise web.HTTPForbidden(reason="the preview answers only its own page")


async def _values(request: web.Request) -> Values:
    """Return the JSON object that was sent.

    Raises:
        RequestError: It is none.
    """
    if request.content_type != "application/json":
        raise RequestError("send JSON")
    try:
        values = await request.json()
    except (ValueError, RecursionError) as error:
        raise RequestError("that is no JSON") from error
    if not isinstance(values, dict):
        raise RequestError("send a JSON object")
    return values


def _text(values: Values, name: str) -> str:
    value = values.get(name)
    if not isinstance(value, str) or not value or len(value) > TEXT_MAX_CHARS:
        raise RequestError(f"“{name}” must be a text of 1 to {TEXT_MAX_CHARS} characters")
    return value


def _texts(values: Values, name: str) -> list[str]:
    chosen = values.get(name)
    if not isinstance(chosen, list) or not all(isinstance(one, str) for one in chosen):
        raise RequestError(f"“{name}” must be a list of texts")
    return chosen


def _object(values: Values, name: str) -> Values:
    value = values.get(name)
    if not isinstance(value, dict):
        raise RequestError(f"“{name}” must be an object")
    return value


def _number(values: Values, name: str) -> int:
    value = values.get(name)
    if not isinstance(value, int):
        raise RequestError(f"“{name}” must be a number")
    return value


def _form_field(field: Values) -> dict[str, Any]:
    """Return a filled field of a form, as Discord writes it."""
    kind = _number(field, "component")
    filled = {"type": kind, "custom_id": _text(field, "custom_id")}
    chosen = _texts(field, "chosen")
    return {"type": 18, "component": filled | ({"value": "".join(chosen)} if kind == 4 else {"values": chosen})}


def _locale(wanted: object) -> str:
    return wanted if isinstance(wanted, str) and wanted in LANGUAGES else ENGLISH
