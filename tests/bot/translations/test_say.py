"""Saying a message in a language."""

import pytest

from bot.translations import ENGLISH, LANGUAGES, language_of, translator


@pytest.mark.parametrize(
    ("locale", "expected"),
    [("de", "de"), ("es-419", "es"), ("es-ES", "es"), ("en-GB", "en"), ("pt-BR", "en"), ("", "en"), ("ja", "ja")],
)
def test_language_of(locale: str, expected: str) -> None:
    assert language_of(locale) == expected


def test_english_says_the_message_itself() -> None:
    assert ENGLISH("as of {moment} UTC", moment="noon") == "as of noon UTC"
    assert translator("en-US") is ENGLISH


def test_what_no_catalogue_knows_is_said_in_english() -> None:
    assert translator("fr")("no such message {x}", x=1) == "no such message 1"


@pytest.mark.parametrize(
    ("locale", "expected"), [("en-US", "1,234"), ("de", "1.234"), ("fr", "1\u202f234"), ("ru", "1\xa0234")]
)
def test_numbers_are_written_as_the_language_writes_them(locale: str, expected: str) -> None:
    say = translator(locale)

    assert say("no such message {n}", n=1234) == f"no such message {expected}"
    assert say.number(1234) == expected


def test_a_place_is_filled_once() -> None:
    assert ENGLISH("by {names}", names="{names} {0}") == "by {names} {0}"


@pytest.mark.parametrize(
    ("count", "expected"), [(1, "1 статья"), (2, "2 статьи"), (5, "5 статей"), (21, "21 статья"), (112, "112 статей")]
)
def test_russian_has_three_forms(count: int, expected: str) -> None:
    assert translator("ru").plural("{count} article", "{count} articles", count) == expected


@pytest.mark.parametrize(("count", "expected"), [(0, "0 articles"), (1, "1 article"), (2, "2 articles")])
def test_english_has_two_forms(count: int, expected: str) -> None:
    assert ENGLISH.plural("{count} article", "{count} articles", count) == expected


def test_lists_are_joined_as_the_language_joins_them() -> None:
    assert ENGLISH.listed(["a", "b", "c"]) == "a, b, and c"
    assert translator("de").listed(["a", "b", "c"]) == "a, b und c"
    assert translator("ja").listed(["a", "b", "c"]) == "a、b、c"


def test_every_language_calls_itself_something() -> None:
    assert all(LANGUAGES.values())
