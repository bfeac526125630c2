"""The few of Discord's routes that the bot uses, answered from memory.

Owns what becomes of what the bot sends: messages, answers to interactions, threads, the list of commands. What is not
known here is answered as Discord answers what a bot may not do, so that the bot says so in its own words.
"""

import asyncio
import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any, TypeAlias, cast

import discord

from bot.preview import payloads
from bot.preview.conversation import Conversation
from bot.preview.payloads import APPLICATION_ID, CHANNEL_ID, Json

INTERACTIONS_MAX = 500
FILE_SHOWN_MAX_BYTES = 20_000
_EPHEMERAL = discord.MessageFlags.ephemeral.flag
_LOADING = discord.MessageFlags.loading.flag
_V2 = discord.MessageFlags.components_v2.flag
_UNKNOWN_MESSAGE, _UNKNOWN_WEBHOOK, _ANSWERED_ALREADY, _UNKNOWN_ROUTE = 10008, 10015, 40060, 0
_INVALID_FORM = 50035
_Reply = discord.InteractionResponseType
_log = logging.getLogger(__name__)

Told: TypeAlias = Json | list[Json] | None
"""What Discord answers."""


@dataclass(slots=True)
class Open:
    """An interaction that the bot may answer.

    Attributes:
        payload: What the bot was given.
        why: What the reader did, as the answer says.
        offered: Takes what autocomplete offers, where that is what was asked.
        answered: Whether the bot has answered.
        original: The message that is its answer.
    """

    payload: Json
    why: str
    offered: asyncio.Future[list[Json]] | None = None
    answered: bool = False
    original: str | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """One request of the bot.

    Attributes:
        found: What the path holds.
        body: Its JSON.
        files: What comes with it.
    """

    found: re.Match[str]
    body: Any
    files: Sequence[discord.File]


class Routes:
    """Discord, as far as the bot sends it something."""

    def __init__(self, conversation: Conversation, clock: Callable[[], datetime]) -> None:
        """Begin with an empty channel.

        Args:
            conversation: What was said so far.
            clock: Tells the moment (aware).
        """
        self.commands: list[Json] = []
        self.takes_components = True
        self._conversation = conversation
        self._clock = clock
        self._open: dict[str, Open] = {}

    def expect(self, interaction: Open) -> None:
        """Take answers to an interaction from now on."""
        self._open[interaction.payload["token"]] = interaction
        while len(self._open) > INTERACTIONS_MAX:
            del self._open[next(iter(self._open))]

    def handle(self, method: str, path: str, body: object, files: Sequence[discord.File]) -> Told:
        """Answer a request as Discord would.

        Raises:
            discord.HTTPException: The preview has no such thing.
        """
        for known, pattern, answer in _ROUTES:
            found = pattern.fullmatch(path) if known == method else None
            if found:
                return answer(self, Sent(found, body, files))
        _log.info("the preview has no %s %s", method, path)
        raise _refusal(403, _UNKNOWN_ROUTE, "the preview has no such thing")

    def _callback(self, sent: Sent) -> Json:
        opened = self._of_token(sent.found["token"])
        if opened.answered:
            raise _refusal(400, _ANSWERED_ALREADY, "Interaction has already been acknowledged.")
        opened.answered = True
        kind, data = _Reply(sent.body["type"]), sent.body.get("data") or {}
        source = (opened.payload.get("message") or {}).get("id")
        shown: Json | None = None
        if kind is _Reply.channel_message:
            shown = self._say(data, sent.files, opened)
        elif kind is _Reply.deferred_channel_message:
            shown = self._say({"flags": int(data.get("flags") or 0) | _LOADING}, (), opened)
        elif kind is _Reply.deferred_message_update:
            opened.original = source
        elif kind is _Reply.message_update:
            opened.original = source
            shown = self._edit(str(source), data, sent.files)
        elif kind is _Reply.autocomplete_result and opened.offered and not opened.offered.done():
            opened.offered.set_result(data.get("choices") or [])
        elif kind is _Reply.modal:
            self._conversation.open(data | {"message_id": source})
        told = {"id": opened.payload["id"], "type": opened.payload["type"], "response_message_id": opened.original}
        return {"interaction": told, "resource": {"type": kind.value, **({"message": shown} if shown else {})}}

    def _follow_up(self, sent: Sent) -> Json:
        opened = self._of_token(sent.found["token"])
        waiting = self._conversation.message(opened.original or "")
        if waiting is not None and waiting["flags"] & _LOADING:
            return self._edit(waiting["id"], sent.body, sent.files)  # the first one takes the waiting one's place
        original, said = opened.original, self._say(sent.body, sent.files, opened)
        opened.original = original
        return said

    def _edit_answer(self, sent: Sent) -> Json:
        return self._edit(self._answer_id(sent), sent.body, sent.files)

    def _read_answer(self, sent: Sent) -> Json:
        return self._known(self._answer_id(sent))

    def _delete_answer(self, sent: Sent) -> None:
        self._conversation.remove(self._known(self._answer_id(sent))["id"])

    def _send(self, sent: Sent) -> Json:
        reference = (sent.body.get("message_reference") or {}).get("message_id")
        answered = self._conversation.message(str(reference)) if reference else None
        why = f"in reply to {answered['author']['username']}" if answered else ""
        return self._put(sent.body, sent.files, why, int(sent.found["channel"]))

    def _edit_message(self, sent: Sent) -> Json:
        return self._edit(sent.found["message"], sent.body, sent.files)

    def _read_message(self, sent: Sent) -> Json:
        return self._known(sent.found["message"])

    def _delete_message(self, sent: Sent) -> None:
        self._conversation.remove(self._known(sent.found["message"])["id"])

    def _register(self, sent: Sent) -> list[Json]:
        self.commands = [
            {"description": "", **command, "id": str(number), "application_id": str(APPLICATION_ID), "version": "1"}
            for number, command in enumerate(sent.body, start=100)
        ]
        return self.commands

    def _start_thread(self, sent: Sent) -> Json:
        id_ = sent.found["message"] or payloads.snowflake(self._clock())
        name = str(sent.body.get("name", ""))
        self._conversation.threads[id_] = name
        return payloads.thread(id_, name)

    def _channel(self, sent: Sent) -> Json:
        id_ = sent.found["channel"]
        if id_ in self._conversation.threads:
            return payloads.thread(id_, self._conversation.threads[id_])
        return payloads.channel()

    def _direct(self, _: Sent) -> Json:
        recipients = [payloads.user(payloads.READER_ID)]
        return {"id": str(payloads.DIRECT_ID), "type": discord.ChannelType.private.value, "recipients": recipients}

    def _say(self, data: Json, files: Sequence[discord.File], opened: Open) -> Json:
        """Answer an interaction with a new message where the reader is."""
        channel_id = int((opened.payload.get("message") or {}).get("channel_id") or CHANNEL_ID)
        # By this the library finds the view that it sent.
        origin = {"interaction_metadata": payloads.interaction_metadata(opened.payload)}
        said = self._put(data | origin, files, opened.why, channel_id)
        opened.original = said["id"]
        return said

    def _put(self, data: Json, files: Sequence[discord.File], why: str, channel_id: int) -> Json:
        self._check(data)
        moment = self._clock()
        said = payloads.message(payloads.snowflake(moment), APPLICATION_ID, moment, _fields(data, files), channel_id)
        return self._conversation.put(said | {"preview": {"why": why}})

    def _edit(self, id_: str, data: Json, files: Sequence[discord.File]) -> Json:
        known = self._known(id_)
        self._check(data)
        kept = int(known["flags"]) & (_EPHEMERAL | _V2)
        fields = _fields(data, files)
        if int(fields.get("flags", 0)) & _V2:
            fields = {"content": "", "embeds": [], **fields}
        changed = {
            name: [] if name in ("embeds", "components", "attachments") else "" for name in data if data[name] is None
        }
        flags = int(fields.get("flags", 0)) & ~_EPHEMERAL | kept
        return self._conversation.put(known | changed | fields | {"flags": flags})

    def _check(self, data: Json) -> None:
        """Refuse what a Discord that knows no components of the second kind refuses."""
        if int(data.get("flags") or 0) & _V2 and not self.takes_components:
            raise _refusal(400, _INVALID_FORM, "Invalid Form Body")

    def _known(self, id_: str) -> Json:
        known = self._conversation.message(id_)
        if known is None:
            raise _refusal(404, _UNKNOWN_MESSAGE, "Unknown Message")
        return known

    def _answer_id(self, sent: Sent) -> str:
        opened = self._of_token(sent.found["token"])
        return str(opened.original) if sent.found["message"] == "@original" else sent.found["message"]

    def _of_token(self, token: str) -> Open:
        opened = self._open.get(token)
        if opened is None:
            raise _refusal(404, _UNKNOWN_WEBHOOK, "Unknown Webhook")
        return opened


def _fields(data: Json, files: Sequence[discord.File]) -> Json:
    """Return what a message is made of, as Discord completes it."""
    fields = {name: value for name, value in data.items() if value is not None}
    if "components" in fields:
        fields["components"] = payloads.numbered(fields["components"])
    if files:
        fields["attachments"] = [_attachment(number, file) for number, file in enumerate(files, start=1)]
    else:
        fields.pop("attachments", None)
    return fields


def _attachment(number: int, file: discord.File) -> Json:
    content = file.fp.read()
    shown = content.decode(errors="replace") if len(content) <= FILE_SHOWN_MAX_BYTES else ""
    address = f"attachment://{file.filename}"
    facts = {"id": str(number), "filename": file.filename, "size": len(content), "url": address, "proxy_url": address}
    return facts | {"preview_text": shown}


def _refusal(status: int, code: int, text: str) -> discord.HTTPException:
    response = cast("Any", SimpleNamespace(status=status, reason=text))
    kind = {403: discord.Forbidden, 404: discord.NotFound}.get(status, discord.HTTPException)
    return kind(response, {"code": code, "message": text})


_CHANNEL = r"/channels/(?P<channel>\d+)"
_ANSWER = r"/webhooks/\d+/(?P<token>[^/]+)/messages/(?P<message>\d+|@original)"
_ROUTES: tuple[tuple[str, re.Pattern[str], Callable[[Routes, Sent], Told]], ...] = tuple(
    (method, re.compile(pattern), answer)
    for method, pattern, answer in (
        ("GET", r"/users/@me", lambda _, __: payloads.user(APPLICATION_ID)),
        ("GET", r"/oauth2/applications/@me|/applications/@me", lambda _, __: payloads.application()),
        ("PUT", r"/applications/\d+/(?:guilds/\d+/)?commands", Routes._register),
        ("GET", r"/applications/\d+/(?:guilds/\d+/)?commands", lambda routes, _: routes.commands),
        ("GET", r"/users/(?P<user>\d+)", lambda _, sent: payloads.user(int(sent.found["user"]))),
        ("GET", r"/guilds/\d+/members/(?P<user>\d+)", lambda _, sent: payloads.member(int(sent.found["user"]))),
        ("POST", r"/users/@me/channels", Routes._direct),
        ("POST", r"/interactions/\d+/(?P<token>[^/]+)/callback", Routes._callback),
        ("POST", r"/webhooks/\d+/(?P<token>[^/]+)", Routes._follow_up),
        ("GET", _ANSWER, Routes._read_answer),
        ("PATCH", _ANSWER, Routes._edit_answer),
        ("DELETE", _ANSWER, Routes._delete_answer),
        ("GET", _CHANNEL, Routes._channel),
        ("POST", _CHANNEL + r"/messages", Routes._send),
        ("POST", _CHANNEL + r"/typing", lambda _, __: None),
        ("GET", _CHANNEL + r"/messages/(?P<message>\d+)", Routes._read_message),
        ("PATCH", _CHANNEL + r"/messages/(?P<message>\d+)", Routes._edit_message),
        ("DELETE", _CHANNEL + r"/messages/(?P<message>\d+)", Routes._delete_message),
        ("POST", _CHANNEL + r"(?:/messages/(?P<message>\d+))?/threads", Routes._start_thread),
    )
)
