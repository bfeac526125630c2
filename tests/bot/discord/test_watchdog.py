"""A loop that is held up is noticed, with what holds it up."""

import asyncio
import time
from collections.abc import Iterator

import pytest

from bot.discord.watchdog import Watchdog


@pytest.fixture
def watchdog() -> Iterator[Watchdog]:
    watchdog = Watchdog()
    yield watchdog
    watchdog.stop()


def hold_up_the_loop() -> None:
    time.sleep(0.4)


async def test_late_loop_is_logged_with_what_it_is_at(watchdog: Watchdog, caplog: pytest.LogCaptureFixture) -> None:
    watchdog.start()
    hold_up_the_loop()
    await asyncio.sleep(0.1)

    assert watchdog.n_late == 1
    assert watchdog.worst_seconds > 0.2
    (record,) = [one for one in caplog.records if one.name == "bot.discord.watchdog"]
    assert record.getMessage().startswith("the event loop did not turn for 50 ms (late 1 times so far); it is at\n")
    assert "in hold_up_the_loop" in record.getMessage()


async def test_second_time_is_counted_but_not_logged_again(
    watchdog: Watchdog, caplog: pytest.LogCaptureFixture
) -> None:
    watchdog.start()
    for _ in range(2):
        hold_up_the_loop()
        await asyncio.sleep(0.1)

    assert watchdog.n_late == 2
    assert len([one for one in caplog.records if one.name == "bot.discord.watchdog"]) == 1


async def test_waiting_holds_up_nothing(watchdog: Watchdog) -> None:
    patient = Watchdog(late_seconds=2.0)
    patient.start()
    await asyncio.sleep(0.3)
    patient.stop()

    assert patient.n_late == 0
    assert patient.worst_seconds < 2.0


def test_watching_ends_with_the_loop() -> None:
    watchdog = Watchdog()

    async def run() -> None:
        watchdog.start()

    asyncio.run(run())

    deadline = time.monotonic() + 2.0
    while watchdog.is_watching and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not watchdog.is_watching
