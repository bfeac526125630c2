"""The catalogues hold what the bot says, all of it and nothing else."""

import re
from string import Formatter

import pytest
import pytest_asyncio
from babel.messages.catalog import Catalog, Message

from bot.discord.localised import NAME
from bot.translations import LANGUAGES
from tests.bot.translations.template import (
    Payload,
    command_payloads,
    load_catalogue,
    template,
)

TRANSLATED = sorted(set(LANGUAGES) - {"en"})
COMMAND = re.compile(r"`/([^`]+)`")

Key = tuple[str | None, str]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def wanted() -> Catalog:
    return template(await command_payloads())


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def payloads() -> list[Payload]:
    return await command_payloads()


@pytest.fixture(params=TRANSLATED)
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    return load_catalogue(request.param)


def keys(catalog: Catalog) -> set[Key]:
    return {(message.context, one_form(message)) for message in catalog if message.id}


def one_form(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_everything_that_is_said_is_in_it(catalogue: Catalog, wanted: Catalog) -> None:
    assert keys(wanted) - keys(catalogue) == set()


def test_nothing_is_in_it_that_nobody_says(catalogue: Catalog, wanted: Catalog) -> None:
    assert keys(catalogue) - keys(wanted) == set()


def test_everything_is_translated(catalogue: Catalog) -> None:
    empty = [message.id for message in catalogue if message.id and not all(forms(message))]

    assert empty == []
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []


def test_every_form_of_the_plural_is_there(catalogue: Catalog) -> None:
    plural = [message for message in catalogue if message.pluralizable]

    assert plural != []
    assert [message.id for message in plural if len(forms(message)) != catalogue.num_plurals] == []


def test_places_are_the_same(catalogue: Catalog) -> None:
    for message in catalogue:
        many = message.id if isinstance(message.id, str) else message.id[1]
        for form in forms(message):
            # One form of a plural may do without the number: "ein Artikel".
            spared = {"count"} if message.pluralizable else set()
            assert places(many) - spared <= places(form) <= places(many), message.id


def test_commands_are_mentioned_by_the_name_that_they_have(catalogue: Catalog, payloads: list[Payload]) -> None:
    names = {message.id: message.string for message in catalogue if message.context == NAME}
    for message in catalogue:
        english = COMMAND.findall(one_form(message)) if message.id else []
        expected = {" ".join(str(names[word]) for word in command.split()) for command in english}
        for form in forms(message):
            assert set(COMMAND.findall(form)) == expected, form
