"""The commands that the bot registered, each as one that can be run.

Owns the reading of Discord's form of a command, and of what was typed for it; pure.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import discord

from bot.errors import RequestError
from bot.preview import payloads
from bot.preview.payloads import Json

_Option = discord.AppCommandOptionType
GROUPS = (_Option.subcommand.value, _Option.subcommand_group.value)
IDS = tuple(kind.value for kind in (_Option.user, _Option.channel, _Option.role, _Option.mentionable))
"""Options whose value is somebody's or something's id."""

_TRUE = "true"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A command that can be run.

    Attributes:
        command: The whole command, as it was registered.
        path: The part of it that is run, from the outside in; empty where the command has no parts.
        described: That part, or the command itself.
    """

    command: Json
    path: tuple[Json, ...]
    described: Json

    @property
    def name(self) -> str:
        """Its names from the outside in, as they are typed in English."""
        return " ".join([self.command["name"], *(part["name"] for part in self.path)])

    @property
    def options(self) -> Sequence[Json]:
        """What may be typed for it."""
        return self.described.get("options") or ()

    def wrap(self, options: Sequence[Json]) -> list[Json]:
        """Return options inside the groups that the command stands in."""
        wrapped = list(options)
        for part in reversed(self.path):
            wrapped = [{"name": part["name"], "type": part["type"], "options": wrapped}]
        return wrapped


def leaves(commands: Sequence[Json]) -> Iterator[Leaf]:
    """Yield every slash command that can be run, in the order in which they were registered."""
    for command in commands:
        if command.get("type", 1) == discord.AppCommandType.chat_input.value:
            yield from _parts(command, (), command)


def find(commands: Sequence[Json], name: str) -> Leaf:
    """Return a command by its whole name.

    Raises:
        RequestError: There is none.
    """
    for leaf in leaves(commands):
        if leaf.name == name:
            return leaf
    raise RequestError(f"there is no command /{name}; reload the page")


def said(described: Json, what: str, locale: str) -> str:
    """Return a ``name`` or ``description`` in a language, or in English."""
    return str((described.get(f"{what}_localizations") or {}).get(locale) or described.get(what) or "")


def typed(leaf: Leaf, values: Mapping[str, Any], focused: str = "") -> list[Json]:
    """Return what was typed, as Discord writes it; what is empty was not typed.

    Args:
        leaf: The command.
        values: What stands in its form, by option.
        focused: The option that is being typed, for autocomplete.

    Raises:
        RequestError: Something that is needed is missing, or no number.
    """
    options = []
    for option in leaf.options:
        written = values.get(option["name"])
        text = written.strip() if isinstance(written, str) else ""
        if text or option["name"] == focused:
            value = text if focused else _value(option, text)
            options.append({"name": option["name"], "type": option["type"], "value": value})
            if option["name"] == focused:
                options[-1]["focused"] = True
        elif option.get("required") and not focused:
            raise RequestError(f"“{option['name']}” is missing; write something there")
    return leaf.wrap(options)


def resolved(chosen: Iterable[str]) -> Json:
    """Return whom and what ids stand for, as Discord tells it beside them."""
    known = {
        "users": (payloads.READER_ID, payloads.user(payloads.READER_ID)),
        "members": (payloads.READER_ID, payloads.member(payloads.READER_ID)),
        "roles": (payloads.ROLE_ID, payloads.role(payloads.ROLE_ID, payloads.ROLE_NAME)),
        "channels": (payloads.CHANNEL_ID, payloads.channel()),
    }
    ids = set(chosen)
    return {kind: {str(id_): described} for kind, (id_, described) in known.items() if str(id_) in ids}


def _parts(command: Json, path: tuple[Json, ...], described: Json) -> Iterator[Leaf]:
    groups = [option for option in described.get("options") or () if option["type"] in GROUPS]
    if not groups:
        yield Leaf(command, path, described)
    for group in groups:
        yield from _parts(command, (*path, group), group)


def _value(option: Json, text: str) -> str | int | float | bool:
    kind = option["type"]
    try:
        if kind == _Option.integer.value:
            return int(text)
        if kind == _Option.number.value:
            return float(text)
    except ValueError as error:
        raise RequestError(f"“{text}” is no number; write one for “{option['name']}”") from error
    return text == _TRUE if kind == _Option.boolean.value else text
