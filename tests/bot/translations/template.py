"""Every message that the bot can say, gathered from its code and its commands.

Run it (``python -m tests.bot.translations.template``) to bring the catalogues up to date: new messages are added empty,
and those that nobody says any more are dropped.
"""

import ast
import asyncio
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from babel.messages.catalog import Catalog
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
SAYING = {"say": 1, "_say": 1, "message": 1, "plural": 2}
"""What is called to say a text or to mark one, with how many texts it is given."""

Payload = dict[str, Any]
Text = str | tuple[str, ...]


def load_catalogue(language: str) -> Catalog:
    """Read a catalogue as it stands."""
    with (CATALOGUES / f"{language}.po").open("rb") as stream:
        return read_po(stream, locale=language)


def save_catalogue(language: str, catalog: Catalog) -> None:
    """Write a catalogue with no more of a header than its readers need, so that it changes only with its texts."""
    entries = BytesIO()
    write_po(entries, catalog, sort_output=True, width=120, omit_header=True)
    lines = [
        f"Language: {language}",
        "Content-Type: text/plain; charset=utf-8",
        f"Plural-Forms: {catalog.plural_forms}",
    ]
    header = "".join(f'"{line}\\n"\n' for line in lines)
    (CATALOGUES / f"{language}.po").write_bytes(f'msgid ""\nmsgstr ""\n{header}\n'.encode() + entries.getvalue())


def code_messages(code: Path = CODE) -> Iterator[Text]:
    """Yield everything that the code marks as said; a pair where it is counted."""
    for file in sorted(code.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and (n_texts := SAYING.get(_name(node.func), 0)):
                texts = tuple(text for text in map(_text, node.args[:n_texts]) if text is not None)
                if len(texts) == n_texts:
                    yield texts if n_texts > 1 else texts[0]


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _text(argument: ast.expr) -> str | None:
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None


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
    for text in code_messages():
        catalog.add(text)
    for context, text in command_messages(payloads):
        catalog.add(text, context=context)
    return catalog


def main() -> None:
    """Bring every catalogue up to date."""
    wanted = template(asyncio.run(command_payloads()))
    for language in set(LANGUAGES) - {"en"}:
        catalog = load_catalogue(language)
        catalog.update(wanted, no_fuzzy_matching=True, update_header_comment=False, update_creation_date=False)
        catalog.obsolete.clear()
        save_catalogue(language, catalog)


if __name__ == "__main__":
    main()
