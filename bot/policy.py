"""What follows from the settings of a server for one question: where, from which sources, how often, how long it stays.

Pure: it asks neither Discord nor the state.
"""

from dataclasses import dataclass, replace

from bot.state import GuildSettings
from index.answer import Filters


@dataclass(frozen=True, slots=True)
class Cooldowns:
    """How often may be asked.

    Attributes:
        user_seconds: How long one person waits between two questions; 0 means not at all.
        guild_per_minute: How many questions a server may ask in a minute.
    """

    user_seconds: float
    guild_per_minute: int

    @property
    def look_seconds(self) -> float:
        """How long one person waits between two looks: at a list, an article, or what is behind a button."""
        return min(LOOK_SECONDS, self.user_seconds)


LOOK_SECONDS = 0.5
"""How long one person waits at most between two looks."""
WATCH_SHARES = 5
"""Among so many members the watches of a server are shared at least."""
OUTSIDE = Cooldowns(user_seconds=3.0, guild_per_minute=0)
"""In a direct message there is no server to count for."""


def may_answer_in(settings: GuildSettings | None, channel_id: int, parent_id: int | None = None) -> bool:
    """Tell whether the bot answers in a channel.

    Args:
        settings: Of the server, or None in a direct message.
        channel_id: The channel, or the thread.
        parent_id: The channel that a thread hangs on; a thread goes with its channel.
    """
    if settings is None or not settings.channels:
        return True
    return channel_id in settings.channels or parent_id in settings.channels


def allowed_filters(settings: GuildSettings | None, asked: Filters) -> Filters:
    """Return the filters that a question was asked with, narrowed to the sources that the server lets count.

    Where the question names only sources that the server does not include, nothing is left that may be cited, so that
    the question's own are kept and all of them excluded.
    """
    if settings is None:
        return asked
    included = _narrowed(asked.sources, settings.sources_included)
    excluded = asked.excluded_sources | settings.sources_excluded
    if included is None:
        return replace(asked, excluded_sources=excluded | asked.sources)
    return replace(asked, sources=included, excluded_sources=excluded)


def cooldowns(settings: GuildSettings | None) -> Cooldowns:
    """Return how often may be asked."""
    if settings is None:
        return OUTSIDE
    return Cooldowns(settings.user_cooldown_seconds, settings.guild_questions_per_minute)


def watch_share(per_guild: int) -> int:
    """Return how many of the watches that a server may have are for one member; who manages it may have all."""
    return max(1, per_guild // WATCH_SHARES)


def retention_days(settings: GuildSettings | None, at_most_days: int) -> int:
    """Return how long things are kept: as long as the server chose, within what the installation allows."""
    if settings is None or settings.retention_days is None:
        return at_most_days
    return min(settings.retention_days, at_most_days)


def kept_user_id(settings: GuildSettings | None, user_id: int) -> int | None:
    """Return the id of the asker where it is to be kept: only in a server that opted in."""
    return user_id if settings is not None and settings.keeps_user_ids else None


def _narrowed(asked: frozenset[str], included: frozenset[str]) -> frozenset[str] | None:
    """Return the publishers that both allow, with empty for all; None where both name some and share none."""
    if not asked or not included:
        return asked or included
    names = {name.casefold() for name in included}
    return frozenset(name for name in asked if name.casefold() in names) or None
