"""Stands in for Discord: gives the bot what its reader does, and takes what the bot sends.

Owns the seam to Discord's library. The bot is the real one: its commands, buttons and forms run as they do in Discord,
and only what the library would send over the network is led to the routes of this package.
"""

import asyncio
import contextvars
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from json import loads

import discord
from discord.http import Route
from discord.webhook.async_ import AsyncWebhookAdapter, async_context

from bot.errors import RequestError
from bot.preview import catalogue, payloads
from bot.preview.conversation import Conversation
from bot.preview.payloads import APPLICATION_ID, READER_ID, Json
from bot.preview.routes import Open, Routes, Told

_AUTOCOMPLETE_SECONDS = 3.0
_Kind = discord.InteractionType

Offered = asyncio.Future[list[Json]]


class StandIn:
    """One server with one channel, one reader and the bot."""

    def __init__(self, bot: discord.Client, clock: Callable[[], datetime]) -> None:
        """Lead what the bot sends here.

        Args:
            bot: The client, not started.
            clock: Tells the moment (aware).
        """
        self.conversation = Conversation()
        self._routes = Routes(self.conversation, clock)
        self._bot = bot
        self._clock = clock
        self._context = contextvars.copy_context()
        self._context.run(async_context.set, _Adapter(self._routes))
        bot.http.request = self._request  # type: ignore[method-assign]

    @property
    def commands(self) -> Sequence[Json]:
        """What the bot registered, as Discord is told."""
        return self._routes.commands

    def takes_components(self, takes: bool) -> None:
        """Say whether Discord takes components of the second kind from now on; the bot then sends embeds."""
        self._routes.takes_components = takes

    async def start(self) -> None:
        """Let the bot begin as it does once Discord has let it in."""
        await asyncio.get_running_loop().create_task(self._bot.login("preview"), context=self._context)
        self._feed("GUILD_CREATE", payloads.guild())
        self._bot._ready.set()
        self._bot.dispatch("ready")

    def run(self, command: Json, typed: Sequence[Json], locale: str) -> None:
        """Run a command.

        Args:
            command: As it was registered.
            typed: Its options, as Discord writes them.
            locale: The language of the reader's client.
        """
        why = f"{payloads.READER_NAME} used /{_whole_name(command, typed)}"
        self._interact(_Kind.application_command, locale, _command_data(command, typed), why)

    async def offers(self, command: Json, typed: Sequence[Json], locale: str) -> list[Json]:
        """Return what a command offers for what is being typed; nothing where it takes too long, as in Discord."""
        offered: Offered = asyncio.get_running_loop().create_future()
        self._interact(_Kind.autocomplete, locale, _command_data(command, typed), "", offered=offered)
        try:
            return await asyncio.wait_for(offered, _AUTOCOMPLETE_SECONDS)
        except TimeoutError:
            return []

    def use(self, message_id: str, data: Json, locale: str) -> None:
        """Press a button, or choose from a menu.

        Raises:
            RequestError: The message is gone.
        """
        message = self._known(message_id)
        label = _label(message["components"], data["custom_id"])
        why = f"{payloads.READER_NAME} pressed “{label}”" if label else f"{payloads.READER_NAME} chose"
        self._interact(_Kind.component, locale, data, why, message=message)

    def submit(self, message_id: str | None, data: Json, locale: str) -> None:
        """Send a form that the bot opened.

        Raises:
            RequestError: The message that it was opened from is gone.
        """
        message = self._known(message_id) if message_id else None
        self._interact(_Kind.modal_submit, locale, data, f"{payloads.READER_NAME} sent a form", message=message)

    def reply(self, message_id: str, text: str) -> None:
        """Reply to a message of the bot, with its name in the text.

        Raises:
            RequestError: The message is gone.
        """
        answered, moment = self._known(message_id), self._clock()
        reference = {"message_id": message_id, "channel_id": answered["channel_id"], "guild_id": str(payloads.GUILD_ID)}
        sent = {
            "content": f"<@{APPLICATION_ID}> {text}",
            "mentions": [payloads.user(APPLICATION_ID)],
            "type": discord.MessageType.reply.value,
            "message_reference": reference,
            "referenced_message": answered,
        }
        channel_id = int(answered["channel_id"])
        said = payloads.message(payloads.snowflake(moment), READER_ID, moment, sent, channel_id)
        self.conversation.put(said)
        self._feed("MESSAGE_CREATE", said)

    def _interact(
        self,
        kind: _Kind,
        locale: str,
        data: Json,
        why: str,
        *,
        message: Json | None = None,
        offered: Offered | None = None,
    ) -> None:
        payload = payloads.interaction(kind, self._clock(), locale, data, message)
        self._routes.expect(Open(payload, why, offered))
        self._feed("INTERACTION_CREATE", payload)

    def _known(self, message_id: str) -> Json:
        message = self.conversation.message(message_id)
        if message is None:
            raise RequestError("that message is gone; ask anew")
        return message

    def _feed(self, event: str, payload: Json) -> None:
        """Let the bot learn of something, as over the gateway; what it then sends comes back here."""
        self._context.copy().run(self._bot._connection.parsers[event], payload)

    async def _request(
        self,
        route: Route,
        *,
        files: Sequence[discord.File] | None = None,
        form: Iterable[Json] | None = None,
        json: object = None,
        **_: object,
    ) -> Told:
        body = _form_body(form) if form else json
        answer = self._routes.handle(route.method, _path(route), body, files or ())
        if route.method == "POST" and route.path.endswith("/threads") and isinstance(answer, dict):
            self._feed("THREAD_CREATE", answer)
        return answer


class _Adapter(AsyncWebhookAdapter):
    """Leads what the library sends in answer to an interaction to the routes."""

    def __init__(self, routes: Routes) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._routes = routes

    async def request(
        self,
        route: Route,
        session: object,
        *,
        payload: Json | None = None,
        multipart: list[Json] | None = None,
        files: Sequence[discord.File] | None = None,
        **_: object,
    ) -> Told:
        body = payload if payload is not None else _form_body(multipart or ())
        return self._routes.handle(route.method, _path(route), body, files or ())


def _path(route: Route) -> str:
    return route.url.removeprefix(Route.BASE)


def _form_body(form: Iterable[Json]) -> Json:
    """Return the JSON of a form that carries files."""
    for part in form:
        if part["name"] == "payload_json":
            body: Json = loads(part["value"])
            return body
    return {}


def _label(piece: object, custom_id: str) -> str:
    """Return what stands on a button somewhere in components; empty, where it is none."""
    if isinstance(piece, list):
        return next((found for inner in piece if (found := _label(inner, custom_id))), "")
    if not isinstance(piece, dict):
        return ""
    if piece.get("custom_id") == custom_id:
        return str(piece.get("label") or "")
    return _label(list(piece.values()), custom_id)


def _command_data(command: Json, typed: Sequence[Json]) -> Json:
    chosen = [str(option["value"]) for option in _flat(typed) if option["type"] in catalogue.IDS]
    data = {"id": command["id"], "name": command["name"], "type": command.get("type", 1), "options": list(typed)}
    return data | {"resolved": catalogue.resolved(chosen)}


def _flat(typed: Sequence[Json]) -> Sequence[Json]:
    """Return the options inside all groups."""
    while typed and typed[0]["type"] in catalogue.GROUPS:
        typed = typed[0].get("options") or ()
    return typed


def _whole_name(command: Json, typed: Sequence[Json]) -> str:
    """Return the name with the names of the group and the command inside it."""
    names = [command["name"]]
    while typed and typed[0]["type"] in catalogue.GROUPS:
        names.append(typed[0]["name"])
        typed = typed[0].get("options") or ()
    return " ".join(names)
