"""What follows from a server's settings."""

import pytest

from bot.policy import (
    OUTSIDE,
    Cooldowns,
    allowed_filters,
    cooldowns,
    kept_user_id,
    may_answer_in,
    retention_days,
    watch_share,
)
from bot.state import GuildSettings
from index.answer import Filters

DEFAULTS = GuildSettings(1)


def names(*given: str) -> frozenset[str]:
    return frozenset(given)


@pytest.mark.parametrize(
    ("settings", "channel_id", "parent_id", "expected"),
    [
        (None, 5, None, True),
        (DEFAULTS, 5, None, True),
        (GuildSettings(1, channels=frozenset({5})), 5, None, True),
        (GuildSettings(1, channels=frozenset({5})), 6, None, False),
        (GuildSettings(1, channels=frozenset({5})), 6, 5, True),
        (GuildSettings(1, channels=frozenset({5})), 6, 7, False),
    ],
)
def test_channels(settings: GuildSettings | None, channel_id: int, parent_id: int | None, expected: bool) -> None:
    assert may_answer_in(settings, channel_id, parent_id) is expected


@pytest.mark.parametrize(
    ("settings", "asked", "expected"),
    [
        (None, Filters(sources=names("A")), Filters(sources=names("A"))),
        (DEFAULTS, Filters(sources=names("A")), Filters(sources=names("A"))),
        (GuildSettings(1, sources_included=names("A", "B")), Filters(), Filters(sources=names("A", "B"))),
        (
            GuildSettings(1, sources_included=names("A", "B")),
            Filters(sources=names("b", "C")),
            Filters(None, None, names("b")),
        ),
        (
            GuildSettings(1, sources_included=names("A")),
            Filters(sources=names("C")),
            Filters(sources=names("C"), excluded_sources=names("C")),
        ),
        (
            GuildSettings(1, sources_excluded=names("D")),
            Filters(excluded_sources=names("E"), languages=names("fr")),
            Filters(excluded_sources=names("D", "E"), languages=names("fr")),
        ),
    ],
)
def test_sources(settings: GuildSettings | None, asked: Filters, expected: Filters) -> None:
    assert allowed_filters(settings, asked) == expected


def test_cooldowns() -> None:
    settings = GuildSettings(1, user_cooldown_seconds=9, guild_questions_per_minute=4)

    assert cooldowns(settings) == Cooldowns(9, 4)
    assert cooldowns(None) == OUTSIDE


@pytest.mark.parametrize(("chosen", "expected"), [(None, 30), (7, 7), (30, 30), (365, 30)])
def test_retention(chosen: int | None, expected: int) -> None:
    assert retention_days(GuildSettings(1, retention_days=chosen), 30) == expected
    assert retention_days(None, 30) == 30


def test_the_asker_is_kept_only_where_the_server_opted_in() -> None:
    assert kept_user_id(None, 5) is None
    assert kept_user_id(DEFAULTS, 5) is None
    assert kept_user_id(GuildSettings(1, keeps_user_ids=True), 5) == 5


@pytest.mark.parametrize(("per_guild", "expected"), [(25, 5), (10_000, 2000), (3, 1), (0, 1)])
def test_watch_share(per_guild: int, expected: int) -> None:
    assert watch_share(per_guild) == expected
