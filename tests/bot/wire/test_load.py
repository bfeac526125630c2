"""Two hundred questions at once over sockets, with and without a gateway that goes away meanwhile."""

import asyncio
import gc
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import aiohttp
import pytest

from bot import create_client
from bot.discord.client import SpaceNewsBot
from bot.settings import Settings
from bot.state import GuildSettings, State, save_guild_settings
from bot.state.state import STATE_FILE
from index.answer import Answer, Filters, NoAnswer
from tests.bot.fakes import FakeAnswering
from tests.bot.wire import payloads
from tests.bot.wire.crowd import (
    Fared,
    all_acknowledged,
    all_answered,
    ask_at_once,
    fared,
    longest_silence_seconds,
    percentile,
)
from tests.bot.wire.fake_discord import TOKEN, FakeDiscord

pytestmark = pytest.mark.timeout(180)

N_QUESTIONS = 200
FIRST_RESPONSE_SECONDS = 0.5
FIRST_RESPONSE_CALLS = 12
"""On a busy machine a first response may take as long as so many bare calls; on a quiet one it takes three or four."""
SECONDS_A_QUESTION = 0.02
SILENCE_SECONDS = 10.0
"""Far below the 41 s between two heartbeats of the real Discord, far above what a busy machine takes away."""
ALL_SECONDS = 90.0


@dataclass
class SlowAnswering(FakeAnswering):
    """Takes its time for each question."""

    most_at_once: int = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        self._running = 0
        self._counting = threading.Lock()

    def ask(self, question: str, *, asked_at: datetime, filters: Filters) -> Answer | NoAnswer:
        """Answer after a while."""
        with self._counting:
            self._running += 1
            self.most_at_once = max(self.most_at_once, self._running)
        time.sleep(SECONDS_A_QUESTION)
        with self._counting:
            self._running -= 1
        return super().ask(question, asked_at=asked_at, filters=filters)


@pytest.fixture(autouse=True)
def _little_to_walk() -> Iterator[None]:
    """Keep the collector from what hundreds of earlier tests left behind, which makes every allocation slower."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


def questions(number: int = N_QUESTIONS) -> list[str]:
    return [f"Where did Larkspur {one} land?" for one in range(number)]


@pytest.fixture
def answering() -> SlowAnswering:
    return SlowAnswering()


@asynccontextmanager
async def connected(
    discord: FakeDiscord, answering: FakeAnswering, data_dir: Path, **chosen: int
) -> AsyncIterator[SpaceNewsBot]:
    """Run a bot in a server that lets everybody ask."""
    data_dir.mkdir(exist_ok=True)
    with State.open(data_dir / STATE_FILE) as state:
        save_guild_settings(state, GuildSettings(payloads.GUILD_ID, guild_questions_per_minute=600))
    bot = create_client(Settings(reload_seconds=60.0, data_dir=data_dir, **chosen), answering)  # type: ignore[arg-type]
    assert isinstance(bot, SpaceNewsBot)
    running = asyncio.create_task(bot.start(TOKEN))
    try:
        async with asyncio.timeout(60):
            await discord.identified.wait()
        yield bot
    finally:
        async with asyncio.timeout(60):
            await bot.close()
            await running


async def bare_calls_seconds(discord: FakeDiscord) -> float:
    """Return how long this machine takes, as busy as it is, for as many bare calls to the fake."""
    async with aiohttp.ClientSession(headers={"Authorization": f"Bot {TOKEN}"}) as session:

        async def call() -> None:
            async with session.post(f"{discord.base}/channels/1/typing", json={}) as response:
                await response.read()

        began = time.perf_counter()
        await asyncio.gather(*(call() for _ in range(N_QUESTIONS)))
        return time.perf_counter() - began


def check_that_all_fared_well(outcomes: dict[int, Fared]) -> None:
    """None is lost, and none is answered twice."""
    assert {number: one.n_answers for number, one in outcomes.items()} == dict.fromkeys(outcomes, 1)


async def test_two_hundred_at_once_are_all_answered_and_soon_acknowledged(
    fake_discord: FakeDiscord, answering: SlowAnswering, tmp_path: Path
) -> None:
    async with connected(fake_discord, answering, tmp_path):
        floor_seconds = await bare_calls_seconds(fake_discord)
        began, busy_before = time.perf_counter(), time.thread_time()
        sent_at = await ask_at_once(fake_discord, questions())
        await all_acknowledged(fake_discord, set(sent_at), ALL_SECONDS)
        busy_seconds = time.thread_time() - busy_before
        await all_answered(fake_discord, set(sent_at), ALL_SECONDS)
        ended = time.perf_counter()

    outcomes = fared(fake_discord, sent_at)
    check_that_all_fared_well(outcomes)
    assert not any(one.was_busy for one in outcomes.values())
    assert len(answering.asked) == N_QUESTIONS
    assert answering.most_at_once == 2
    firsts = [one.first_seconds for one in outcomes.values() if one.first_seconds is not None]
    # What else the machine does meanwhile takes longer, and as many bare calls tell how much.
    allowed_seconds = max(FIRST_RESPONSE_SECONDS, FIRST_RESPONSE_CALLS * floor_seconds)
    assert busy_seconds < allowed_seconds
    assert percentile(firsts, 0.99) < allowed_seconds
    assert longest_silence_seconds(fake_discord, began, ended) < SILENCE_SECONDS
    assert fake_discord.operations.count(2) == 1


async def test_those_past_the_line_are_told_to_come_again(
    fake_discord: FakeDiscord, answering: SlowAnswering, tmp_path: Path
) -> None:
    async with connected(fake_discord, answering, tmp_path, questions_waiting=20):
        sent_at = await ask_at_once(fake_discord, questions(60))
        await all_answered(fake_discord, set(sent_at), ALL_SECONDS)

    outcomes = fared(fake_discord, sent_at)
    check_that_all_fared_well(outcomes)
    n_busy = sum(one.was_busy for one in outcomes.values())
    assert n_busy + len(answering.asked) == 60
    assert len(answering.asked) >= 20
    told = [
        r.body["data"]["content"] for r in fake_discord.requests if r.path.endswith("callback") and "data" in r.body
    ]
    assert len(told) == n_busy
    assert all(sentence.startswith("Many questions are waiting just now; try again in ") for sentence in told)


async def test_same_question_of_many_is_computed_once(
    fake_discord: FakeDiscord, answering: SlowAnswering, tmp_path: Path
) -> None:
    async with connected(fake_discord, answering, tmp_path, question_workers=1):
        sent_at = await ask_at_once(fake_discord, ["Where did Larkspur land?"] * 20)
        await all_answered(fake_discord, set(sent_at), ALL_SECONDS)

    check_that_all_fared_well(fared(fake_discord, sent_at))
    assert len(answering.asked) < 10


async def test_nothing_is_lost_or_doubled_by_a_gateway_that_goes_away(
    fake_discord: FakeDiscord, answering: SlowAnswering, tmp_path: Path
) -> None:
    half = N_QUESTIONS // 2
    async with connected(fake_discord, answering, tmp_path):
        began = time.perf_counter()
        sent_at = await ask_at_once(fake_discord, questions()[:half])
        await fake_discord.ask_to_reconnect()
        sent_at |= await ask_at_once(fake_discord, questions()[half:], first_number=half + 1)
        await all_answered(fake_discord, set(sent_at), ALL_SECONDS)
        ended = time.perf_counter()

    check_that_all_fared_well(fared(fake_discord, sent_at))
    assert sorted(asked.question for asked in answering.asked) == sorted(questions())
    assert fake_discord.resumed.is_set()
    assert fake_discord.operations.count(2) == 1
    assert longest_silence_seconds(fake_discord, began, ended) < SILENCE_SECONDS
