"""JSON as Discord writes it, as far as this bot and Discord's library read it.

Owns the one server, its channel and its reader of the preview, and the interactions that come from them. Pure; the ids
are small and fixed, except where they tell a moment.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import count
from typing import Any, cast

import discord

Json = dict[str, Any]

APPLICATION_ID = 1
READER_ID = 2
GUILD_ID = 3
CHANNEL_ID = 4
ROLE_ID = 5
DIRECT_ID = 6
BOT_NAME = "space-news"
READER_NAME = "You"
ROLE_NAME = "Maintainers"
CHANNEL_NAME = "space-news"
GUILD_NAME = "Preview"
ENGLISH = "en-US"

NAMES = {f"@{APPLICATION_ID}": BOT_NAME, f"@{READER_ID}": READER_NAME, f"&{ROLE_ID}": ROLE_NAME}
NAMES |= {f"#{CHANNEL_ID}": CHANNEL_NAME}
"""What mentions are shown as."""

_NUMBERS = count(1)
_EVERYTHING = str(discord.Permissions.all().value)
_ATTACHMENT_MAX_BYTES = 10_000_000


def snowflake(moment: datetime) -> str:
    """Return an id that was given out at ``moment`` (aware), another one at each call."""
    return str(discord.utils.time_snowflake(moment) + next(_NUMBERS) % (1 << 22))


def user(id_: int) -> Json:
    """Return the bot or the reader."""
    is_bot = id_ == APPLICATION_ID
    name = BOT_NAME if is_bot else READER_NAME
    return {"id": str(id_), "username": name, "discriminator": "0", "global_name": name, "avatar": None, "bot": is_bot}


def member(id_: int) -> Json:
    """Return the bot or the reader as a member of the server, who may do everything."""
    return {
        "user": user(id_),
        "roles": [],
        "joined_at": "2015-05-13T00:00:00+00:00",
        "deaf": False,
        "mute": False,
        "flags": 0,
        "permissions": _EVERYTHING,
    }


def application() -> Json:
    """Return the application, which the reader owns."""
    return {
        "id": str(APPLICATION_ID),
        "name": BOT_NAME,
        "icon": None,
        "description": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "",
        "owner": user(READER_ID),
        "team": None,
        "flags": 0,
    }


def channel() -> Json:
    """Return the channel."""
    return {
        "id": str(CHANNEL_ID),
        "type": discord.ChannelType.text.value,
        "name": CHANNEL_NAME,
        "position": 0,
        "permission_overwrites": [],
        "nsfw": False,
        "parent_id": None,
        "guild_id": str(GUILD_ID),
        "permissions": _EVERYTHING,
    }


def thread(id_: str, name: str) -> Json:
    """Return a thread of the channel."""
    return {
        "id": id_,
        "type": discord.ChannelType.public_thread.value,
        "name": name,
        "guild_id": str(GUILD_ID),
        "parent_id": str(CHANNEL_ID),
        "owner_id": str(APPLICATION_ID),
        "member_count": 2,
        "message_count": 0,
        "permissions": _EVERYTHING,
        "thread_metadata": {
            "archived": False,
            "auto_archive_duration": 1440,
            "archive_timestamp": "2015-05-13T00:00:00+00:00",
            "locked": False,
        },
    }


def role(id_: int, name: str) -> Json:
    """Return a role that may do everything."""
    return {
        "id": str(id_),
        "name": name,
        "permissions": _EVERYTHING,
        "position": 0,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }


def guild(locale: str = ENGLISH) -> Json:
    """Return the server."""
    return {
        "id": str(GUILD_ID),
        "name": GUILD_NAME,
        "owner_id": str(READER_ID),
        "roles": [role(GUILD_ID, "@everyone"), role(ROLE_ID, ROLE_NAME)],
        "emojis": [],
        "stickers": [],
        "features": [],
        "channels": [channel()],
        "threads": [],
        "members": [member(APPLICATION_ID), member(READER_ID)],
        "voice_states": [],
        "presences": [],
        "member_count": 2,
        "large": False,
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "preferred_locale": locale,
        "system_channel_flags": 0,
        "afk_timeout": 0,
    }


def message(id_: str, author_id: int, moment: datetime, sent: Mapping[str, Any], channel_id: int = CHANNEL_ID) -> Json:
    """Return a message as it is after it was sent."""
    return {
        "id": id_,
        "channel_id": str(channel_id),
        "guild_id": str(GUILD_ID),
        "author": user(author_id),
        "member": member(author_id),
        "timestamp": moment.isoformat(),
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "pinned": False,
        "type": discord.MessageType.default.value,
        "flags": 0,
        "content": "",
        "embeds": [],
        "components": [],
        **{name: value for name, value in sent.items() if value is not None},
    }


def interaction(kind: discord.InteractionType, moment: datetime, locale: str, data: Json, message: Json | None) -> Json:
    """Return an interaction of the reader.

    Args:
        kind: What the reader did.
        moment: When (aware).
        locale: The language of the reader's client.
        data: What it was done with.
        message: The message that it was done to, if any.
    """
    id_ = snowflake(moment)
    return {
        "id": id_,
        "application_id": str(APPLICATION_ID),
        "type": kind.value,
        "token": f"preview-{id_}",
        "version": 1,
        "guild_id": str(GUILD_ID),
        "guild": {"id": str(GUILD_ID), "locale": ENGLISH, "features": []},
        "channel_id": str(CHANNEL_ID),
        "channel": channel(),
        "member": member(READER_ID),
        "data": data,
        "app_permissions": _EVERYTHING,
        "locale": locale,
        "guild_locale": ENGLISH,
        "context": 0,
        "entitlements": [],
        "entitlement_sku_ids": [],
        "authorizing_integration_owners": {"0": str(GUILD_ID)},
        "attachment_size_limit": _ATTACHMENT_MAX_BYTES,
        **({"message": message} if message else {}),
    }


def interaction_metadata(payload: Json) -> Json:
    """Return what a message tells of the interaction that it answers."""
    return {
        "id": payload["id"],
        "type": payload["type"],
        "user": payload["member"]["user"],
        "authorizing_integration_owners": payload["authorizing_integration_owners"],
    }


def numbered(components: Sequence[Json]) -> list[Json]:
    """Return components with the ids that Discord gives to those without one."""
    numbers = count(1)

    def number(value: object) -> object:
        if isinstance(value, list):
            return [number(item) for item in value]
        if not isinstance(value, dict):
            return value
        inner = {name: number(item) for name, item in value.items()}
        return {"id": next(numbers), **inner} if isinstance(value.get("type"), int) else inner

    return cast("list[Json]", number(list(components)))
