"""The preview from start to stop.

Owns what is put together: the real client, a stand-in for Discord, the server. What the bot would keep about a server
is kept in a folder of its own that is gone afterwards; the corpus and the index are the real ones.
"""

import asyncio
import signal
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from bot import create_client
from bot.discord.answering import Answering
from bot.preview.server import Server
from bot.preview.stand_in import StandIn
from bot.settings import Settings


@asynccontextmanager
async def previewing(settings: Settings, answering: Answering, *, port: int) -> AsyncIterator[str]:
    """Run the bot and its page for as long as the context lasts, and give the page's address.

    Args:
        settings: How this installation runs.
        answering: What finds the answers.
        port: Where to listen; 0 takes one that is free.

    Raises:
        RequestError: The port cannot be had.
    """
    with tempfile.TemporaryDirectory(prefix="space-news-preview-", ignore_cleanup_errors=True) as folder:
        own = settings.model_copy(update={"data_dir": Path(folder), "sync_commands": True})
        bot = create_client(own, answering)
        stand_in = StandIn(bot, lambda: datetime.now(UTC))
        try:
            await stand_in.start()
            async with Server(stand_in).running(port) as address:
                yield address
        finally:
            await bot.close()


def serve(settings: Settings, answering: Answering, *, port: int, on_ready: Callable[[str], None]) -> None:
    """Serve the preview until this process is interrupted or terminated.

    Args:
        settings: How this installation runs.
        answering: What finds the answers.
        port: Where to listen; 0 takes one that is free.
        on_ready: Told the page's address once it can be opened.

    Raises:
        RequestError: The port cannot be had.
    """
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(settings, answering, port, on_ready))


async def _serve(settings: Settings, answering: Answering, port: int, on_ready: Callable[[str], None]) -> None:
    stopped = asyncio.Event()
    with suppress(NotImplementedError):  # Windows has no such signals.
        for name in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    async with previewing(settings, answering, port=port) as address:
        on_ready(address)
        await stopped.wait()
