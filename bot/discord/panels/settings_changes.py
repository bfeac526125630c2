"""What each control of `/settings` changes: pure functions from settings to settings.

Owns the names of the controls and the bounds of what a person can type.
"""

from dataclasses import replace
from enum import StrEnum

from bot.discord.panels.control import Act
from bot.errors import BadNumberError
from bot.messages import message
from bot.state import GuildSettings, Place
from bot.state.guild_settings import GUILD_QUESTIONS_PER_MINUTE_MAX, USER_COOLDOWN_SECONDS_MAX

EACH_READERS_OWN = "own"
"""Stands for the language "", since no choice of a menu may be empty."""

PLACES = {
    Place.INLINE: message("In the channel"),
    Place.THREAD: message("In a thread of their own"),
}


class What(StrEnum):
    """A control of the settings."""

    SHOW = "show"
    CHANNELS = "channels"
    ROLE = "role"
    INCLUDED = "included"
    EXCLUDED = "excluded"
    LANGUAGE = "language"
    PLACE = "place"
    RETENTION = "retention"
    PRIVATE = "private"
    USER_IDS = "user_ids"
    COOLDOWNS = "cooldowns"


def changed(settings: GuildSettings, act: Act) -> GuildSettings:
    """Return the settings as a control leaves them; one that changes nothing leaves them as they are."""
    chosen = act.values[0] if act.values else ""
    match act.what:
        case What.CHANNELS:
            return replace(settings, channels=frozenset(map(int, act.values)))
        case What.ROLE:
            return replace(settings, maintainer_role_id=int(chosen) if chosen else None)
        case What.LANGUAGE:
            return replace(settings, language="" if chosen == EACH_READERS_OWN else chosen)
        case What.PLACE:
            return replace(settings, place=Place(chosen))
        case What.RETENTION:
            return replace(settings, retention_days=int(chosen))
        case What.PRIVATE:
            return replace(settings, private_by_default=act.argument == "on")
        case What.USER_IDS:
            return replace(settings, keeps_user_ids=act.argument == "on")
        case "included_chosen":
            return replace(settings, sources_included=_left_with(settings.sources_included, act))
        case "excluded_chosen":
            return replace(settings, sources_excluded=_left_with(settings.sources_excluded, act))
        case "included_clear":
            return replace(settings, sources_included=frozenset())
        case "excluded_clear":
            return replace(settings, sources_excluded=frozenset())
    return settings


def with_cooldowns(settings: GuildSettings, seconds: str, questions: str) -> GuildSettings:
    """Return the settings with the cooldowns that were typed.

    Raises:
        BadNumberError: One of them is no number, or out of its bounds.
    """
    return replace(
        settings,
        user_cooldown_seconds=_whole(seconds, 0, USER_COOLDOWN_SECONDS_MAX),
        guild_questions_per_minute=_whole(questions, 1, GUILD_QUESTIONS_PER_MINUTE_MAX),
    )


def _left_with(chosen: frozenset[str], act: Act) -> frozenset[str]:
    """Return what is chosen once one page of a list was left as it is; the other pages stay."""
    return (chosen - act.offered) | frozenset(act.values)


def _whole(written: str, least: int, most: int) -> int:
    text = written.strip()
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(most)) else -1
    if not least <= number <= most:
        raise BadNumberError(written.strip(), least, most)
    return number
