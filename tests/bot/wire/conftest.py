"""The bot, connected over sockets."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import discord
import pytest
from discord.http import Route

from bot import create_client
from bot.settings import Settings
from tests.bot.fakes import FakeAnswering
from tests.bot.wire.fake_discord import TOKEN, FakeDiscord

CLOSE_SECONDS = 5.0


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPACE_NEWS_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture
def answering() -> FakeAnswering:
    return FakeAnswering()


@pytest.fixture
async def fake_discord(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FakeDiscord]:
    async with FakeDiscord() as server:
        monkeypatch.setattr(Route, "BASE", server.base)
        yield server


@pytest.fixture
async def client(fake_discord: FakeDiscord, answering: FakeAnswering) -> AsyncIterator[discord.Client]:
    """Connect; on leaving, close within a time."""
    client = create_client(Settings(reload_seconds=60.0), answering)
    running = asyncio.create_task(client.start(TOKEN))
    try:
        async with asyncio.timeout(CLOSE_SECONDS):
            await fake_discord.identified.wait()
        yield client
    finally:
        answering.rebuild_may_end.set()
        async with asyncio.timeout(CLOSE_SECONDS):
            await client.close()
            await running
    assert client.is_closed()
