"""The forms of the page: the question box, and every other command.

Owns their looks. What a form is called and what stands beside its fields is what the bot registered, in the reader's
language.
"""

from collections.abc import Sequence

import discord

from bot.preview.catalogue import Leaf, leaves, said
from bot.preview.markup import Node, element
from bot.preview.payloads import Json
from bot.preview.pieces import CHANNELS, PEOPLE, ROLES, Option, select

ASK = "ask"
QUESTION = "question"
_Kind = discord.AppCommandOptionType
_OFFERED = {
    _Kind.user.value: PEOPLE,
    _Kind.channel.value: CHANNELS,
    _Kind.role.value: ROLES,
    _Kind.mentionable.value: (*PEOPLE, *ROLES),
    _Kind.boolean.value: (("true", "True"), ("false", "False")),
}
_NUMBERS = (_Kind.integer.value, _Kind.number.value)


def question_box(commands: Sequence[Json], locale: str) -> Node:
    """Return the form of ``/ask``, its question first."""
    leaf = next((leaf for leaf in leaves(commands) if leaf.name == ASK), None)
    if leaf is None:
        return element("p", "The bot registered no /ask.")
    question, *others = [_field(leaf, option, locale) for option in leaf.options]
    # The script opens them where there is room.
    more = element("details", element("summary", "Options"), element("div", *others, css="fields"), id="options")
    send = element("button", said(leaf.described, "name", locale).capitalize(), type="submit", css="button primary")
    return _form(leaf, question, more, send, id="question")


def other_commands(commands: Sequence[Json], locale: str) -> Node:
    """Return a list of the other commands, each with its form folded."""
    shown = [_command(leaf, locale) for leaf in leaves(commands) if leaf.name != ASK]
    return element("ul", *(element("li", one) for one in shown), css="commands")


def _command(leaf: Leaf, locale: str) -> Node:
    names = " ".join(said(part, "name", locale) for part in (leaf.command, *leaf.path))
    title = element("summary", element("code", f"/{names}"), f" {said(leaf.described, 'description', locale)}")
    fields = [_field(leaf, option, locale) for option in leaf.options]
    send = element("button", "Run", type="submit", css="button secondary")
    return element("details", title, _form(leaf, element("div", *fields, css="fields"), send))


def _form(leaf: Leaf, *children: Node, **attributes: str) -> Node:
    return element("form", *children, data_command=leaf.name, aria_label=f"/{leaf.name}", **attributes)


def _field(leaf: Leaf, option: Json, locale: str) -> Node:
    id_ = "-".join([*leaf.name.split(), option["name"]])
    name = element("span", said(option, "name", locale).replace("_", " ").capitalize())
    told = element("small", said(option, "description", locale), id=f"{id_}-told")
    css = "field wide" if option["name"] == QUESTION else "field"
    return element("label", name, _input(option, id_), told, css=css, for_=id_)


def _input(option: Json, id_: str) -> Node:
    shared: dict[str, str | bool | None] = {
        "id": id_,
        "name": option["name"],
        "required": bool(option.get("required")),
        "aria_describedby": f"{id_}-told",
    }
    if option.get("choices"):
        lines = [Option(str(choice["value"]), str(choice["name"])) for choice in option["choices"]]
        return select([Option("", "–"), *lines], many=False, **shared)
    if option["type"] in _OFFERED:
        return select([Option("", "–"), *(Option(*pair) for pair in _OFFERED[option["type"]])], many=False, **shared)
    bounds = {name: str(option[key]) for name, key in _BOUNDS.items() if option.get(key) is not None}
    kind = "number" if option["type"] in _NUMBERS else "text"
    return element(
        "input", type=kind, autocomplete="off", data_offers=bool(option.get("autocomplete")), **shared, **bounds
    )


_BOUNDS = {"minlength": "min_length", "maxlength": "max_length", "min": "min_value", "max": "max_value"}
"""What a field may hold, by the attribute that says so."""
