"""docs/discord.md names every command in Discord, with its options, what it does and where it can be used."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest_asyncio

from tests.bot.translations.template import Payload, command_payloads

PAGE = (Path(__file__).parents[1] / "docs" / "discord.md").read_text(encoding="utf-8")
CHAT_INPUT, SUBCOMMANDS = 1, (1, 2)
PLACES = {
    ((0, 1), (0, 1, 2)): "everywhere",
    ((0, 1), (0, 1)): "servers, its own messages",
    ((0,), (0, 1)): "servers, its own messages",
    ((0,), (0,)): "servers",
}

Row = tuple[str, str, str, str]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def payloads() -> list[Payload]:
    return await command_payloads()


def leaves(payload: Payload, before: str = "/") -> Iterator[tuple[str, Payload]]:
    inner = [option for option in payload.get("options", ()) if option["type"] in SUBCOMMANDS]
    for option in inner:
        yield from leaves(option, f"{before}{payload['name']} ")
    if not inner:
        yield before + payload["name"], payload


def place(payload: Payload) -> str:
    return PLACES[tuple(sorted(payload["integration_types"])), tuple(sorted(payload["contexts"]))]


def expected_rows(payloads: list[Payload]) -> Iterator[Row]:
    for payload in payloads:
        if payload["type"] != CHAT_INPUT:
            continue
        for name, leaf in leaves(payload):
            options = ", ".join(
                f"`{option['name']}`" if option.get("required") else f"`{option['name']}`?"
                for option in leaf.get("options", ())
            )
            yield f"`{name}`", options, leaf["description"], place(payload)


def rows() -> list[Row]:
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line[:3] == "| `"]
    return [(row[0], row[1], row[2], row[3]) for row in cells]


async def test_every_command_has_a_row_that_is_true(payloads: list[Payload]) -> None:
    assert sorted(rows()) == sorted(expected_rows(payloads))


async def test_every_menu_is_named(payloads: list[Payload]) -> None:
    menus = [payload["name"] for payload in payloads if payload["type"] != CHAT_INPUT]

    assert menus != []
    assert [name for name in menus if not re.search(rf"^- \*\*{re.escape(name)}\*\*", PAGE, re.MULTILINE)] == []
