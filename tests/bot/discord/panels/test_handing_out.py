"""Files that one person gets: written on a thread, packed where they are large, refused where that is not enough."""

import gzip
import threading
from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bot.discord.panels.handing_out import hand_out
from bot.errors import ExportTooLargeError


class _Interaction:
    """One that takes a file."""

    def __init__(self, filesize_limit: int) -> None:
        self.filesize_limit = filesize_limit
        self.sent: list[tuple[str, str, bytes]] = []
        self.followup = SimpleNamespace(send=self._send)

    async def _send(self, sentence: str, *, file: discord.File, ephemeral: bool) -> None:
        assert ephemeral
        self.sent.append((sentence, file.filename, file.fp.read()))


async def test_it_is_written_on_a_thread() -> None:
    interaction: Any = _Interaction(100)
    threads = []

    def write() -> str:
        threads.append(threading.current_thread())
        return "kept é"

    await hand_out(interaction, "All:", "mine.json", write)

    assert interaction.sent == [("All:", "mine.json", "kept é".encode())]
    assert threads != [threading.main_thread()]


async def test_what_is_large_is_packed() -> None:
    interaction: Any = _Interaction(100)

    await hand_out(interaction, "All:", "mine.json", lambda: "a" * 101)

    ((_, name, content),) = interaction.sent
    assert name == "mine.json.gz"
    assert gzip.decompress(content) == b"a" * 101


async def test_what_is_too_large_packed_is_refused() -> None:
    interaction: Any = _Interaction(10)

    with pytest.raises(ExportTooLargeError):
        await hand_out(interaction, "All:", "mine.json", lambda: "a" * 101)

    assert interaction.sent == []
