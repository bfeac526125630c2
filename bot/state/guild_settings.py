"""What a server chose, and what holds where it chose nothing.

Owns the table ``guild_settings`` and the bounds of its values. What follows from the settings is bot/policy.py's.
"""

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.state.state import State

USER_COOLDOWN_SECONDS_MAX = 3600
GUILD_QUESTIONS_PER_MINUTE_MAX = 600
CHANNELS_MAX = 25


class Place(StrEnum):
    """Where an answer to a message goes."""

    INLINE = "inline"
    THREAD = "thread"


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """What holds in one server.

    Attributes:
        guild_id: The server.
        channels: Where the bot answers, with their threads; empty means everywhere.
        sources_included: Publishers whose articles count; empty means all.
        sources_excluded: Publishers whose articles do not count.
        language: Of the bot's own words, as Discord writes it ("en-US", "fr"); "" means each reader's own.
        place: Where an answer to a message goes.
        user_cooldown_seconds: How long one person waits between two questions; 0 means not at all.
        guild_questions_per_minute: How many questions the server may ask in a minute.
        maintainer_role_id: Members with this role see gaps and feedback, besides those who manage the server.
        private_by_default: Whether commands answer the asker alone unless told otherwise.
        keeps_user_ids: Whether answers are kept with the id of the asker.
        retention_days: How long things are kept; None means as long as the installation says, which is also the most.
    """

    guild_id: int
    channels: frozenset[int] = frozenset()
    sources_included: frozenset[str] = frozenset()
    sources_excluded: frozenset[str] = frozenset()
    language: str = ""
    place: Place = Place.INLINE
    user_cooldown_seconds: int = 5
    guild_questions_per_minute: int = 30
    maintainer_role_id: int | None = None
    private_by_default: bool = False
    keeps_user_ids: bool = False
    retention_days: int | None = None


_COLUMNS = tuple(GuildSettings.__dataclass_fields__)


def guild_settings(state: State, guild_id: int) -> GuildSettings:
    """Return what a server chose, or the defaults."""
    query = f"SELECT {', '.join(_COLUMNS)} FROM guild_settings WHERE guild_id = ?"
    row = state.connection.execute(query, (guild_id,)).fetchone()
    return _read(row) if row else GuildSettings(guild_id)


def all_guild_settings(state: State) -> list[GuildSettings]:
    """Return what was chosen in every server that chose anything, ordered by id."""
    query = f"SELECT {', '.join(_COLUMNS)} FROM guild_settings ORDER BY guild_id"
    return [_read(row) for row in state.connection.execute(query)]


def save_guild_settings(state: State, settings: GuildSettings) -> None:
    """Keep what a server chose, in place of what it chose before."""
    query = f"INSERT OR REPLACE INTO guild_settings ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"
    state.connection.execute(query, [_stored(getattr(settings, column)) for column in _COLUMNS])


def _stored(value: object) -> object:
    return json.dumps(sorted(value), ensure_ascii=False) if isinstance(value, frozenset) else value


def _read(row: tuple[Any, ...]) -> GuildSettings:
    values = dict(zip(_COLUMNS, row, strict=True))
    for column in ("channels", "sources_included", "sources_excluded"):
        values[column] = frozenset(json.loads(values[column]))
    for column in ("private_by_default", "keeps_user_ids"):
        values[column] = bool(values[column])
    return GuildSettings(**{**values, "place": Place(values["place"])})
