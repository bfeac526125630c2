"""The smallest parts of a message: buttons, menus, fields to write in.

Owns their looks and what they tell the page about themselves; the page sends that back when one is used.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.preview.markdown import anchor
from bot.preview.markup import Node, element
from bot.preview.payloads import CHANNEL_ID, CHANNEL_NAME, READER_ID, READER_NAME, ROLE_ID, ROLE_NAME, Json

BUTTON_STYLES = {1: "primary", 2: "secondary", 3: "success", 4: "danger"}
LINK_STYLE, PREMIUM_STYLE = 5, 6
PARAGRAPH = 2
NO_SHOP = "Discord alone can sell something"

PEOPLE = ((str(READER_ID), READER_NAME),)
ROLES = ((str(ROLE_ID), ROLE_NAME),)
CHANNELS = ((str(CHANNEL_ID), f"#{CHANNEL_NAME}"),)
OFFERED = {5: PEOPLE, 6: ROLES, 7: (*PEOPLE, *ROLES), 8: CHANNELS}
"""What a menu of people, roles, both, or channels offers, by the component's type."""


@dataclass(frozen=True, slots=True)
class Option:
    """One line of a menu."""

    value: str
    label: str
    description: str = ""
    chosen: bool = False


def button(piece: Json) -> Node:
    """Return a button, a link that looks like one, or a button that tells why it does nothing here."""
    label = " ".join(part for part in (_emoji(piece), str(piece.get("label") or "")) if part) or "…"
    style = piece.get("style")
    if style == LINK_STYLE:
        return anchor(str(piece.get("url", "")), label, css="button link")
    reason = NO_SHOP if style == PREMIUM_STYLE else None
    return element(
        "button",
        label,
        type="button",
        css=f"button {BUTTON_STYLES.get(int(style or 0), 'secondary')}",
        data_component="2",
        data_custom_id=str(piece.get("custom_id", "")),
        disabled=bool(piece.get("disabled")) or reason is not None,
        title=reason,
    )


def menu(piece: Json) -> Node:
    """Return a menu with the button that sends what was chosen."""
    custom_id, placeholder = str(piece.get("custom_id", "")), str(piece.get("placeholder") or "Choose")
    many = int(piece.get("max_values") or 1) > 1
    disabled = bool(piece.get("disabled"))
    choices = select(options(piece), many=many, aria_label=placeholder, disabled=disabled)
    if not many:
        choices.insert(0, element("option", placeholder, value="", selected=not any(o.chosen for o in options(piece))))
    send = element("button", "Choose", type="submit", css="button secondary", disabled=disabled)
    return element("form", choices, send, css="menu", data_component=str(piece["type"]), data_custom_id=custom_id)


def select(lines: Iterable[Option], *, many: bool, **attributes: str | bool | None) -> Node:
    """Return the choices alone."""
    shown = [
        element(
            "option", " – ".join(filter(None, (line.label, line.description))), value=line.value, selected=line.chosen
        )
        for line in lines
    ]
    return element(
        "select", *shown, multiple=many, size=str(min(max(len(shown), 2), 6)) if many else None, **attributes
    )


def options(piece: Json) -> list[Option]:
    """Return what a menu offers."""
    if piece["type"] in OFFERED:
        chosen = {str(default["id"]) for default in piece.get("default_values") or ()}
        return [Option(value, label, "", value in chosen) for value, label in OFFERED[piece["type"]]]
    return [
        Option(
            str(option.get("value", "")),
            " ".join(part for part in (_emoji(option), str(option.get("label", ""))) if part),
            str(option.get("description") or ""),
            bool(option.get("default")),
        )
        for option in piece.get("options") or ()
    ]


def text_input(piece: Json, **attributes: str | bool | None) -> Node:
    """Return a field to write in, as it stands in a form."""
    limits: dict[str, Any] = {
        "placeholder": str(piece.get("placeholder") or "") or None,
        "required": piece.get("required", True) is not False,
        "minlength": str(piece["min_length"]) if piece.get("min_length") else None,
        "maxlength": str(piece["max_length"]) if piece.get("max_length") else None,
    }
    value = str(piece.get("value") or "")
    if piece.get("style") == PARAGRAPH:
        return element("textarea", value, rows="4", **limits, **attributes)
    return element("input", type="text", value=value, **limits, **attributes)


def _emoji(piece: Json) -> str:
    found = piece.get("emoji") or {}
    name = str(found.get("name") or "")
    return f":{name}:" if found.get("id") else name
