"""Every message that the bot can say, gathered from its code and its commands.

Run it (``python -m tests.bot.translations.template``) to bring the catalogues up to date: new messages are added empty,
and those that nobody says any more are dropped.
"""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

import bot.translations
from bot import create_client
from bot.discord.client import SpaceNewsBot
from bot.discord.localised import NAME
from bot.settings import Settings
from bot.translations import LANGUAGES
from tests.bot.fakes import FakeAnswering

CATALOGUES = Path(bot.translations.__file__).parent
CODE = CATALOGUES.parent
KEYWORDS: dict[str, Any] = {"say": None, "_say": None, "message": None, "plural": (1, 2)}

Payload = dict[str, Any]


def load_catalogue(language: str) -> Catalog:
    """Read a catalogue as it stands."""
    with (CATALOGUES / f"{language}.po").open("rb") as stream:
        return read_po(stream, locale=language)


def code_messages() -> Iterator[tuple[str, str | tuple[str, str]]]:
    """Yield the file and the text of everything that the code marks as said."""
    for file, _, text, _, _ in extract_from_dir(CODE, [("**.py", "python")], keywords=KEYWORDS):
        yield file, text if isinstance(text, str) else cast(tuple[str, str], tuple(text))


async def command_payloads() -> list[Payload]:
    """Return what Discord is told of every command, with its translations."""
    with TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), sync_commands=False, reload_seconds=3600.0)
        client = cast(SpaceNewsBot, create_client(settings, FakeAnswering()))
        async with client:
            await client.setup_hook()
            translator = client.tree.translator
            assert translator is not None
            commands = client.tree.get_commands()
            return [await command.get_translated_payload(client.tree, translator) for command in commands]


def named_parts(payload: Payload) -> Iterator[Payload]:
    """Yield a command and everything in it that has a name: subcommands, options and choices."""
    yield payload
    for inner in (*payload.get("options", ()), *payload.get("choices", ())):
        yield from named_parts(inner)


def command_messages(payloads: list[Payload]) -> Iterator[tuple[str | None, str]]:
    """Yield the context and the text of every name and description."""
    for payload in payloads:
        is_menu = payload["type"] != 1
        for part in named_parts(payload):
            is_choice = "value" in part
            yield (None if is_menu or is_choice else NAME), part["name"]
            if part.get("description"):
                yield None, part["description"]


def template(payloads: list[Payload]) -> Catalog:
    """Return a catalogue that holds every message, untranslated."""
    catalog = Catalog(project="space-news-bot", version="0")
    for _, text in code_messages():
        catalog.add(text)
    for context, text in command_messages(payloads):
        catalog.add(text, context=context)
    return catalog


def main() -> None:
    """Bring every catalogue up to date."""
    wanted = template(asyncio.run(command_payloads()))
    for language in set(LANGUAGES) - {"en"}:
        catalog = load_catalogue(language)
        catalog.update(wanted, no_fuzzy_matching=True, update_header_comment=False)
        catalog.obsolete.clear()
        with (CATALOGUES / f"{language}.po").open("wb") as stream:
            write_po(stream, catalog, sort_output=True, width=120, omit_header=False)


if __name__ == "__main__":
    main()
