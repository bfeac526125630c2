"""Embeds as Discord shows them: what a server sees where the bot may send nothing better.

Owns their looks only.
"""

from datetime import datetime

from bot.preview.components import picture
from bot.preview.markdown import anchor, inline_markdown, markdown, moment_node
from bot.preview.markup import Node, element
from bot.preview.payloads import NAMES, Json


def embed(payload: Json) -> Node:
    """Return one embed."""
    parts = [
        _named("author", payload),
        _title(payload),
        _text("description", payload),
        _fields(payload),
        *_pictures(payload),
        _footer(payload),
    ]
    colour = payload.get("color")
    accent = None if colour is None else f"#{int(colour):06x}"
    return element("div", *(part for part in parts if part is not None), css="embed", data_accent=accent)


def _named(name: str, payload: Json) -> Node | None:
    part = payload.get(name) or {}
    shown = str(part.get("name") or "")
    if not shown:
        return None
    return element("p", anchor(str(part.get("url", "")), shown), css=name)


def _title(payload: Json) -> Node | None:
    if not payload.get("title"):
        return None
    url = str(payload.get("url") or "")
    return element("h3", anchor(url, *inline_markdown(str(payload["title"]), NAMES, linked=bool(url))))


def _text(name: str, payload: Json) -> Node | None:
    written = str(payload.get(name) or "")
    return element("div", *markdown(written, NAMES), css="text") if written else None


def _fields(payload: Json) -> Node | None:
    fields = payload.get("fields") or ()
    shown = [
        element(
            "div",
            element("dt", *inline_markdown(str(field.get("name", "")), NAMES)),
            element("dd", *markdown(str(field.get("value", "")), NAMES), css="text"),
            css="field inline" if field.get("inline") else "field",
        )
        for field in fields
    ]
    return element("dl", *shown) if shown else None


def _pictures(payload: Json) -> list[Node]:
    return [picture(str(payload[name].get("url", "")), "") for name in ("image", "thumbnail") if payload.get(name)]


def _footer(payload: Json) -> Node | None:
    parts: list[Node] = [str((payload.get("footer") or {}).get("text") or "")]
    if payload.get("timestamp"):
        parts += [" · " if parts[0] else "", moment_node(datetime.fromisoformat(str(payload["timestamp"])), "f")]
    return element("p", *parts, css="footer") if any(not isinstance(part, str) or part for part in parts) else None
