"""From start to exit code."""

import asyncio
import logging
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from discord.http import Route
from pydantic import SecretStr

from bot.discord.run import run
from bot.settings import Settings
from tests.bot.fakes import FakeAnswering
from tests.bot.wire.fake_discord import TOKEN, FakeDiscord

pytestmark = pytest.mark.timeout(10)


@pytest.fixture(autouse=True)
def _logs_as_they_were() -> Iterator[None]:
    root, library = logging.getLogger(), logging.getLogger("discord")
    handlers, levels = root.handlers[:], (root.level, library.level)
    yield
    root.handlers[:] = handlers
    root.setLevel(levels[0])
    library.setLevel(levels[1])


@contextmanager
def discord_in_a_thread(when_identified: Callable[[], None] = lambda: None) -> Iterator[str]:
    """Serve from another thread, since run() takes the main one; yield the base address."""
    base: list[str] = []
    started, stop = threading.Event(), threading.Event()

    async def serve() -> None:
        async with FakeDiscord() as server:
            base.append(server.base)
            started.set()
            told = False
            while not stop.is_set():
                if server.identified.is_set() and not told:
                    told = True
                    when_identified()
                await asyncio.sleep(0.02)

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    try:
        assert started.wait(timeout=5)
        yield base[0]
    finally:
        stop.set()
        thread.join(timeout=5)


def test_missing_token_is_one_plain_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(Settings(), FakeAnswering()) == 1

    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("SPACE_NEWS_DISCORD_TOKEN is not set;")


def test_wrong_token_is_one_plain_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with discord_in_a_thread() as base:
        monkeypatch.setattr(Route, "BASE", base)
        code = run(Settings(discord_token=SecretStr("wrong")), FakeAnswering())

    assert code == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("Discord does not accept the token in SPACE_NEWS_DISCORD_TOKEN;")


def test_unreachable_discord_is_one_plain_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], unused_tcp_port: int
) -> None:
    monkeypatch.setattr(Route, "BASE", f"http://127.0.0.1:{unused_tcp_port}/api/v10")

    assert run(Settings(discord_token=SecretStr(TOKEN)), FakeAnswering()) == 1

    assert capsys.readouterr().err.splitlines()[-1].startswith("Discord cannot be reached: ")


def test_being_terminated_is_an_orderly_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    with discord_in_a_thread(lambda: os.kill(os.getpid(), signal.SIGTERM)) as base:
        monkeypatch.setattr(Route, "BASE", base)
        code = run(Settings(discord_token=SecretStr(TOKEN)), FakeAnswering())

    assert code == 0
