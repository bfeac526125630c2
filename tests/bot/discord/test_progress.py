"""What long work shows while it runs."""

import asyncio
import threading
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest

from bot.discord import progress
from bot.discord.jobs import Job, Jobs
from bot.discord.progress import STAGES, follow, progress_card, progress_text
from bot.errors import JobRunningError
from bot.translations import ENGLISH, translator
from tests.bot.fakes import FakeProgress


@pytest.mark.parametrize(
    ("progress", "expected"),
    [
        (None, ""),
        (FakeProgress("preparing", 0, 0), "preparing"),
        (FakeProgress("reading", 1200, 0), "reading\n1,200"),
        (FakeProgress("encoding", 5, 10), f"encoding\n{'█' * 10}{'░' * 10} 5 of 10"),
        (FakeProgress("encoding", 11, 10), f"encoding\n{'█' * 20} 11 of 10"),
    ],
)
def test_progress_text(progress: FakeProgress | None, expected: str) -> None:
    assert progress_text(progress, ENGLISH) == expected


def test_progress_card_speaks_the_language_of_the_reader() -> None:
    card = progress_card(Job.REBUILD, FakeProgress("encoding passages", 1, 1200), translator("de"))

    assert card.heading.plain == "Der Index wird gebaut …"
    assert card.parts[0].text.startswith("Passagen werden kodiert\n")
    assert card.parts[0].text.endswith("1 von 1.200")


def test_every_stage_is_named_once() -> None:
    assert len(set(STAGES)) == len(STAGES)


def test_one_job_at_a_time() -> None:
    jobs = Jobs()
    with jobs.at(Job.SYNC):
        jobs.note(FakeProgress("reading", 1, 2))
        assert jobs.running is Job.SYNC
        with pytest.raises(JobRunningError), jobs.at(Job.VERIFY):
            raise AssertionError

    assert jobs.running is None
    assert jobs.progress is None


async def test_work_goes_on_to_its_end_where_the_network_fails_under_its_message(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(progress, "EDIT_SECONDS", 0.001)
    may_end, edits = threading.Event(), []

    async def edit(**_: object) -> None:
        edits.append(1)
        may_end.set()
        raise aiohttp.ServerDisconnectedError

    def work(_: object) -> str:
        return "done" if may_end.wait(10) else "never shown"

    interaction: Any = SimpleNamespace(edit_original_response=edit)
    async with asyncio.timeout(10):
        assert await follow(interaction, Jobs(), Job.REBUILD, work, ENGLISH) == "done"
    assert edits
