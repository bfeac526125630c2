"""What Discord is told of the commands: names, descriptions and places, in every language."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
import pytest_asyncio
from discord import Locale

from bot.discord.limits import CHOICES_MAX
from bot.translations import LANGUAGES
from bot.translations.catalogue import language_of
from tests.bot.translations.template import Payload, command_payloads, named_parts

SERVED = [locale.value for locale in Locale if language_of(locale.value) != "en"]
NAME = re.compile(r"^[-_'\w]{1,32}$")
OPTIONS_MAX = 25
CHAT_INPUT, SUBCOMMANDS = 1, {1, 2}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def payloads() -> list[Payload]:
    return await command_payloads()


def named(payload: Payload) -> Iterator[Payload]:
    """Yield what has a name in a chat command, but no choice: those may be called anything."""
    if payload["type"] == CHAT_INPUT:
        yield from (part for part in named_parts(payload) if "value" not in part)


def names_in(part: Payload, locale: str) -> str:
    return str(part.get("name_localizations", {}).get(locale, part["name"]))


def test_there_is_a_locale_of_every_language() -> None:
    assert {language_of(locale) for locale in SERVED} == set(LANGUAGES) - {"en"}
    assert {"es-ES", "es-419", "fr", "de", "ja", "ru"} == set(SERVED)


def test_where_every_command_can_be_used_is_stated(payloads: list[Payload]) -> None:
    unstated = [
        payload["name"] for payload in payloads if not payload.get("contexts") or not payload.get("integration_types")
    ]

    assert unstated == []


def test_everything_has_a_name_in_every_language(payloads: list[Payload]) -> None:
    missing = [
        (part["name"], locale)
        for payload in payloads
        for part in named_parts(payload)
        for locale in SERVED
        if not part.get("name_localizations", {}).get(locale)
    ]

    assert missing == []


def test_everything_has_a_description_in_every_language(payloads: list[Payload]) -> None:
    texts = [
        (part["name"], locale, text)
        for payload in payloads
        for part in named(payload)
        for locale, text in (
            ("en", part["description"]),
            *((locale, part.get("description_localizations", {}).get(locale, "")) for locale in SERVED),
        )
    ]

    assert [(name, locale) for name, locale, text in texts if not 1 <= len(text) <= 100] == []


def test_names_keep_to_discords_rules(payloads: list[Payload]) -> None:
    names = [names_in(part, locale) for payload in payloads for part in named(payload) for locale in ("en", *SERVED)]

    assert [name for name in names if not NAME.fullmatch(name) or name != name.lower()] == []


def test_names_of_menus_and_choices_keep_to_discords_rules(payloads: list[Payload]) -> None:
    menus = [payload for payload in payloads if payload["type"] != CHAT_INPUT]
    choices = [part for payload in payloads for part in named_parts(payload) if "value" in part]

    assert [names_in(menu, locale) for menu in menus for locale in SERVED if len(names_in(menu, locale)) > 32] == []
    assert [names_in(part, locale) for part in choices for locale in SERVED if len(names_in(part, locale)) > 100] == []


def test_nothing_is_called_like_its_neighbour(payloads: list[Payload]) -> None:
    levels = [[payload for payload in payloads if payload["type"] == kind] for kind in (1, 2, 3)]
    levels += [part["options"] for payload in payloads for part in named_parts(payload) if part.get("options")]

    for locale in ("en", *SERVED):
        for level in levels:
            counts = Counter(names_in(part, locale) for part in level)
            assert max(counts.values(), default=1) == 1, (locale, counts)


def test_no_level_is_too_long(payloads: list[Payload]) -> None:
    parts = [part for payload in payloads for part in named_parts(payload)]

    assert max(len(part.get("options", ())) for part in parts) <= OPTIONS_MAX
    assert max(len(part.get("choices", ())) for part in parts) <= CHOICES_MAX


@pytest.mark.parametrize("locale", ["en", *SERVED])
def test_no_command_is_longer_than_discord_takes(payloads: list[Payload], locale: str) -> None:
    """Discord counts names, descriptions and values of a command with all its options: 8000 characters at most."""
    for payload in payloads:
        texts = [
            text
            for part in named_parts(payload)
            for text in (
                names_in(part, locale),
                part.get("description_localizations", {}).get(locale, part.get("description", "")),
                str(part.get("value", "")),
            )
        ]
        assert sum(map(len, texts)) <= 8000


async def test_required_options_come_first(payloads: list[Payload]) -> None:
    for payload in payloads:
        for part in named_parts(payload):
            options = [option for option in part.get("options", ()) if option["type"] not in SUBCOMMANDS]
            required = [bool(option.get("required")) for option in options]
            assert required == sorted(required, reverse=True)
