"""Running the bot from start to exit code.

Owns the process: logs, signals, and the one line that says why it could not start.
"""

import asyncio
import logging
import signal
import sys
from contextlib import suppress

import aiohttp
import discord

from bot import create_client
from bot.discord.answering import Answering
from bot.errors import BotError
from bot.settings import PREFIX, Settings
from corpus.errors import CorpusError

TOKEN_KEY = f"{PREFIX}DISCORD_TOKEN"
_LOG_FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"


def run(settings: Settings, answering: Answering | None = None) -> int:
    """Run the bot until it is told to stop.

    Args:
        settings: How this installation runs.
        answering: What finds the answers; None means the index in ``settings.data_dir``.

    Returns:
        The exit code: 0 after an orderly stop (interrupt or termination), 1 when the token is missing or wrong, Discord
        cannot be reached at the start, or what is kept cannot be used. Code 1 comes with one plain line on stderr.
    """
    if settings.discord_token is None:
        return _refuse(f"{TOKEN_KEY} is not set; put your bot's token there (Discord developer portal, page “Bot”).")
    _set_up_logs(settings)
    try:
        asyncio.run(_serve(create_client(settings, answering), settings.discord_token.get_secret_value()))
    except KeyboardInterrupt:
        return 0
    except (BotError, CorpusError) as error:
        return _refuse(str(error))
    except discord.LoginFailure:
        return _refuse(f"Discord does not accept the token in {TOKEN_KEY}; copy it anew from the developer portal.")
    except (discord.HTTPException, discord.GatewayNotFound, aiohttp.ClientError, OSError) as error:
        return _refuse(f"Discord cannot be reached: {error or type(error).__name__}; try again later.")
    return 0


async def _serve(client: discord.Client, token: str) -> None:
    """Stay connected until the client is closed; being terminated closes it."""
    running = asyncio.current_task()
    assert running is not None
    with suppress(NotImplementedError):  # Windows has no such signals.
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, running.cancel)
    async with client:
        with suppress(asyncio.CancelledError):
            await client.start(token)


def _set_up_logs(settings: Settings) -> None:
    logging.basicConfig(stream=sys.stderr, level=settings.log_level, format=_LOG_FORMAT)
    if settings.log_level == "INFO":
        # Discord's library reports its routine at this level.
        logging.getLogger("discord").setLevel(logging.WARNING)


def _refuse(line: str) -> int:
    sys.stderr.write(f"{line}\n")
    return 1
