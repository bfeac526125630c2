"""Sending a watch's message, and what can be said of it afterwards.

Owns telling apart what surely arrived, what surely did not, and what nobody knows. Every message carries its claim's
nonce, and Discord posts a nonce once within some minutes.
"""

import asyncio
import logging
from enum import StrEnum

import aiohttp
import discord

from bot.discord.cards.shown import Shown
from bot.state.watch import Pause, Watch

SEND_SECONDS = 40.0
"""Longer than the library's own attempts take; so that a late one still lies within what Discord remembers."""

_TOO_MANY = 429
_UNKNOWN_MESSAGE = 10008
_log = logging.getLogger(__name__)


class Outcome(StrEnum):
    """What became of a message."""

    TOLD = "told"
    NOT_TAKEN = "not_taken"
    LATER = "later"
    GONE = "gone"
    NOT_ALLOWED = "not_allowed"
    IN_DOUBT = "in_doubt"


PAUSES = {Outcome.GONE: Pause.CHANNEL_GONE, Outcome.NOT_ALLOWED: Pause.NOT_ALLOWED}
"""Why a watch is paused whose message met with this."""


async def send(bot: discord.Client, watch: Watch, shown: Shown, nonce: str) -> tuple[Outcome, discord.Message | None]:
    """Send a message to where a watch posts; raises nothing that Discord may answer."""
    try:
        channel = await _destination(bot, watch)
    except discord.HTTPException as error:
        return _surely_failed(watch, error), None
    except (OSError, aiohttp.ClientError) as error:
        _log.warning("watch %s could not reach Discord: %s", watch.watch_id, error)
        return Outcome.LATER, None
    try:
        async with asyncio.timeout(SEND_SECONDS):
            return Outcome.TOLD, await shown.send_with(channel.send, nonce=nonce)
    except discord.DiscordServerError as error:
        _log.warning("watch %s: Discord failed, and may have posted all the same: %s", watch.watch_id, error)
    except discord.HTTPException as error:
        return _surely_failed(watch, error), None
    except (OSError, aiohttp.ClientError, TimeoutError) as error:
        _log.warning("watch %s: nobody knows whether its post arrived: %r", watch.watch_id, error)
    return Outcome.IN_DOUBT, None


async def tell_maker(bot: discord.Client, watch: Watch, sentence: str) -> None:
    """Tell the maker of a watch something in private, where Discord lets us."""
    try:
        channel = await bot.create_dm(discord.Object(watch.maker_id))
        await channel.send(sentence)
    except (discord.HTTPException, OSError, aiohttp.ClientError) as error:
        _log.info("the maker of watch %s could not be told: %s", watch.watch_id, error)


async def _destination(bot: discord.Client, watch: Watch) -> discord.abc.Messageable:
    if watch.channel_id is None:
        return await bot.create_dm(discord.Object(watch.maker_id))
    # Not from the cache: another process may hold the shard of that server.
    return bot.get_partial_messageable(watch.channel_id, guild_id=watch.guild_id)


def _surely_failed(watch: Watch, error: discord.HTTPException) -> Outcome:
    _log.warning("watch %s could not post: %s", watch.watch_id, error)
    if isinstance(error, discord.NotFound):
        # A message that arrived at the first attempt and was deleted since is unknown, the channel is there.
        return Outcome.TOLD if error.code == _UNKNOWN_MESSAGE else Outcome.GONE
    if isinstance(error, discord.Forbidden):
        return Outcome.NOT_ALLOWED
    if error.status == _TOO_MANY or error.status >= 500:
        return Outcome.LATER
    return Outcome.NOT_TAKEN
