"""From start to exit code."""

import asyncio
import logging
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from discord.http import Route
from pydantic import SecretStr

from bot.discord.run import run
from bot.service import Service
from bot.settings import Settings
from tests.bot.fakes import LANDING, LANDING_TEXT, FakeAnswering
from tests.bot.wire.fake_discord import TOKEN, FakeDiscord
from tests.command_line import CommandLine

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


def run_by_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], data_dir: Path) -> CommandLine:
    command_line = CommandLine(monkeypatch, capsys, data_dir)
    command_line.set("STARTER_CORPUS", "false")
    with Service(Settings(data_dir=data_dir)).open_store() as store:
        store.add(LANDING, LANDING_TEXT)
    return command_line


@pytest.mark.timeout(240)
def test_the_command_brings_the_index_up_to_date_before_it_connects(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], empty_data_dir: Path
) -> None:
    command_line = run_by_command(monkeypatch, capsys, empty_data_dir)
    command_line.set("DISCORD_TOKEN", TOKEN)
    built: list[bool] = []

    def stop() -> None:
        built.append((empty_data_dir / "index" / "current").exists())
        os.kill(os.getpid(), signal.SIGTERM)

    with discord_in_a_thread(stop) as base:
        monkeypatch.setattr(Route, "BASE", base)
        ran = command_line("run")

    assert (ran.exit_code, built) == (0, [True])


@pytest.mark.timeout(240)
def test_the_command_builds_nothing_without_a_token(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], empty_data_dir: Path
) -> None:
    ran = run_by_command(monkeypatch, capsys, empty_data_dir)("run")

    assert ran.exit_code == 1
    assert ran.stderr.startswith("SPACE_NEWS_DISCORD_TOKEN is not set;")
    assert not (empty_data_dir / "index").exists()


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


def test_a_state_that_cannot_be_used_is_one_plain_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "bot.db").write_text("no database" * 99)
    with discord_in_a_thread() as base:
        monkeypatch.setattr(Route, "BASE", base)
        code = run(Settings(discord_token=SecretStr(TOKEN), data_dir=tmp_path), FakeAnswering())

    assert code == 1
    expected = f"{tmp_path / 'bot.db'} cannot be used: file is not a database; check that file and its folder."
    assert capsys.readouterr().err.splitlines()[-1] == expected


def test_being_terminated_is_an_orderly_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    with discord_in_a_thread(lambda: os.kill(os.getpid(), signal.SIGTERM)) as base:
        monkeypatch.setattr(Route, "BASE", base)
        code = run(Settings(discord_token=SecretStr(TOKEN)), FakeAnswering())

    assert code == 0
