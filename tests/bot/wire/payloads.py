"""JSON as Discord writes it, as far as the library reads it."""

from datetime import UTC, datetime
from typing import Any

import discord

Json = dict[str, Any]

APPLICATION_ID = 1001
BOT_ID = 1001
OWNER_ID = 2001
MEMBER_ID = 2002
GUILD_ID = 3001
CHANNEL_ID = 4001
SESSION_ID = "session"
NOW = datetime(2031, 5, 8, 12, 0, tzinfo=UTC)


def snowflake(number: int, moment: datetime = NOW) -> str:
    """Return an id that was given out at ``moment``."""
    return str(discord.utils.time_snowflake(moment) + number)


def user(id_: int, *, bot: bool = False) -> Json:
    return {
        "id": str(id_),
        "username": f"user{id_}",
        "discriminator": "0",
        "global_name": None,
        "avatar": None,
        "bot": bot,
    }


def member(id_: int) -> Json:
    return {
        "user": user(id_),
        "roles": [],
        "joined_at": "2031-01-01T00:00:00+00:00",
        "deaf": False,
        "mute": False,
        "flags": 0,
        "permissions": "0",
    }


def application() -> Json:
    return {
        "id": str(APPLICATION_ID),
        "name": "bot",
        "icon": None,
        "description": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "",
        "owner": user(OWNER_ID),
        "team": None,
        "flags": 0,
    }


def channel() -> Json:
    return {
        "id": str(CHANNEL_ID),
        "type": 0,
        "name": "news",
        "position": 0,
        "permission_overwrites": [],
        "nsfw": False,
        "parent_id": None,
        "guild_id": str(GUILD_ID),
    }


def guild() -> Json:
    everyone = {
        "id": str(GUILD_ID),
        "name": "@everyone",
        "permissions": "0",
        "position": 0,
        "color": 0,
        "hoist": False,
        "managed": False,
        "mentionable": False,
    }
    return {
        "id": str(GUILD_ID),
        "name": "guild",
        "owner_id": str(OWNER_ID),
        "roles": [everyone],
        "emojis": [],
        "stickers": [],
        "features": [],
        "channels": [channel()],
        "threads": [],
        "members": [],
        "voice_states": [],
        "presences": [],
        "member_count": 3,
        "unavailable": False,
        "large": False,
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "preferred_locale": "en-US",
        "system_channel_flags": 0,
        "afk_timeout": 0,
    }


def ready(shard: list[int], gateway_url: str) -> Json:
    return {
        "v": 10,
        "user": user(BOT_ID, bot=True),
        "guilds": [{"id": str(GUILD_ID), "unavailable": True}],
        "session_id": SESSION_ID,
        "resume_gateway_url": gateway_url,
        "shard": shard,
        "application": {"id": str(APPLICATION_ID), "flags": 0},
    }


def message(number: int, author: Json, content: str, **fields: Json | list[Json] | str) -> Json:
    return {
        "id": snowflake(number),
        "channel_id": str(CHANNEL_ID),
        "author": author,
        "content": content,
        "timestamp": NOW.isoformat(),
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "pinned": False,
        "type": 0,
        **fields,
    }


def slash(number: int, user_id: int, name: str, *, subcommand: str = "", **options: str) -> Json:
    """Return the interaction of someone who runs a command."""
    filled: list[Json] = [{"name": option, "type": 3, "value": value} for option, value in options.items()]
    if subcommand:
        filled = [{"name": subcommand, "type": 1, "options": filled}]
    return {
        "id": snowflake(number),
        "application_id": str(APPLICATION_ID),
        "type": 2,
        "token": f"token{number}",
        "version": 1,
        "guild_id": str(GUILD_ID),
        "channel_id": str(CHANNEL_ID),
        "channel": channel(),
        "member": member(user_id),
        "data": {"id": "5001", "name": name, "type": 1, "options": filled},
        "app_permissions": "0",
        "locale": "en-US",
        "entitlements": [],
        "entitlement_sku_ids": [],
        "authorizing_integration_owners": {},
        "attachment_size_limit": 0,
    }
