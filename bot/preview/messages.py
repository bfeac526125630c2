"""A message, and a form that opens above the page.

Owns what stands around components and embeds: who wrote it, when, in answer to what, and who can see it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import discord

from bot.preview.components import components, text
from bot.preview.embeds import embed
from bot.preview.markdown import moment_node
from bot.preview.markup import Node, element
from bot.preview.payloads import APPLICATION_ID, CHANNEL_ID, Json
from bot.preview.pieces import options, select, text_input

_EPHEMERAL = discord.MessageFlags.ephemeral.flag
_LOADING = discord.MessageFlags.loading.flag
_TEXT, _INPUT, _LABEL, _ROW = 10, 4, 18, 1
_MENUS = (3, 5, 6, 7, 8)


def message(payload: Json, threads: Mapping[str, str]) -> Node:
    """Return a message.

    Args:
        payload: As Discord would send it.
        threads: The names of the threads that were opened, by id.
    """
    flags = int(payload.get("flags") or 0)
    is_loading = bool(flags & _LOADING)
    parts = [_reason(payload, threads), _head(payload)]
    if is_loading:
        parts.append(element("p", f"{payload['author']['username']} is thinking…", css="thinking"))
    if payload.get("content"):
        parts.append(text(str(payload["content"])))
    parts += [embed(one) for one in payload.get("embeds") or ()]
    parts += components(payload.get("components") or ())
    parts += [_attachment(one) for one in payload.get("attachments") or ()]
    if flags & _EPHEMERAL:
        parts.append(element("p", "Only you can see this", css="private"))
    return element(
        "article",
        *(part for part in parts if part is not None),
        css="message private" if flags & _EPHEMERAL else "message",
        id=f"m{payload['id']}",
        data_message=str(payload["id"]),
        aria_busy="true" if is_loading else "false",
        aria_label=f"{payload['author']['username']} says",
    )


def modal(payload: Json) -> Node:
    """Return a form that the bot opened, as a dialogue."""
    title = str(payload.get("title", ""))
    rows = [_modal_row(piece) for piece in payload.get("components") or ()]
    buttons = element(
        "div",
        element("button", "Submit", type="submit", css="button primary"),
        element("button", "Cancel", type="button", css="button secondary", data_close=True),
        css="row",
    )
    facts = {"data_modal": str(payload.get("custom_id", "")), "data_message": payload.get("message_id")}
    form = element("form", element("h2", title), *rows, buttons, **facts)
    return element("dialog", form, aria_label=title)


def _reason(payload: Json, threads: Mapping[str, str]) -> Node | None:
    """Return what the message answers, and where it stands if that is not the channel."""
    said = str((payload.get("preview") or {}).get("why") or "")
    where = threads.get(str(payload.get("channel_id")))
    parts = [said] if said else []
    if str(payload.get("channel_id")) != str(CHANNEL_ID):
        parts.append(f"in the thread “{where}”" if where else "in a direct message")
    return element("p", " · ".join(parts), css="why") if parts else None


def _head(payload: Json) -> Node:
    author = payload["author"]
    parts: list[Node] = [element("strong", str(author["username"]))]
    if author.get("bot"):
        parts.append(element("span", "APP", css="badge"))
    parts.append(moment_node(datetime.fromisoformat(str(payload["timestamp"])), "t"))
    if author["id"] == str(APPLICATION_ID) and not int(payload.get("flags") or 0) & (_EPHEMERAL | _LOADING):
        parts.append(element("button", "Reply", type="button", css="reply", data_reply=str(payload["id"])))
    return element("header", *parts)


def _attachment(one: Mapping[str, Any]) -> Node:
    shown = str(one.get("preview_text") or "")
    title = f"{one.get('filename', 'file')} ({int(one.get('size') or 0):,} bytes)"
    if not shown:
        return element("p", f"File: {title}", css="picture")
    return element("details", element("summary", title), element("pre", shown, tabindex="0"), css="file")


def _modal_row(piece: Json) -> Node:
    if piece.get("type") == _LABEL:
        inner = piece["component"]
        told = str(piece.get("description") or "")
        return _labelled(str(piece.get("label", "")), told, inner)
    if piece.get("type") == _ROW:
        (inner,) = piece["components"]
        return _labelled(str(inner.get("label") or ""), "", inner)
    return components([piece])[0]


def _labelled(label: str, told: str, piece: Json) -> Node:
    """Return a field of a form with its name."""
    facts = {"data_field": str(piece.get("custom_id", "")), "data_type": str(piece.get("type"))}
    if piece.get("type") == _INPUT:
        field = text_input(piece, **facts)
    elif piece.get("type") in _MENUS:
        field = select(options(piece), many=int(piece.get("max_values") or 1) > 1, **facts)
    else:
        field = components([piece])[0]
    shown = [element("span", label), *([element("small", told)] if told else []), field]
    return element("label", *shown, css="field")
