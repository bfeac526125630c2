"""Whatever happens between Discord and the bot: what is new is posted once, at the right time, and nothing is lost."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.discord.answering import Answering
from bot.discord.keeping import Keeping
from bot.discord.servers import Servers
from bot.discord.watch_rounds import WatchRounds
from bot.discord.watch_telling import WatchTelling
from bot.state import State
from bot.state.watch import Rhythm, Watch
from bot.state.watches import LEASE_SECONDS, add_watch, find_watch, pause_watch
from bot.watching import is_quiet
from tests.bot.discord.fake_channel import FakeChannel, Killed, Reply
from tests.bot.fake_standing import story
from tests.bot.fakes import FakeAnswering

T = TypeVar("T")

BEGAN = datetime(2031, 3, 28, 20, tzinfo=UTC)
"""Two days before clocks go forward in Berlin."""
WATCH_ID = "watch-01"
RHYTHMS = st.builds(
    Rhythm,
    zone=st.sampled_from(["UTC", "Europe/Berlin", "Pacific/Auckland"]),
    quiet=st.none() | st.sampled_from([(time(22), time(7)), (time(1, 30), time(2, 30)), (time(12), time(13))]),
    daily_cap=st.integers(1, 4),
    digest_at=st.none() | st.sampled_from([time(8), time(23), time(2, 30)]),
)
ROUND = st.lists(st.sampled_from(Reply), max_size=4)
STEPS = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from([0, 30, 45, 200, 3_600, 20_000]), ROUND), min_size=1, max_size=12
)


@dataclass
class Machine:
    """One data folder, and one process after the other that works on it."""

    rhythm: Rhythm
    now: datetime = BEGAN
    n_stories: int = 0
    answering: FakeAnswering = field(default_factory=FakeAnswering)
    channel: FakeChannel = field(init=False)

    def __post_init__(self) -> None:
        self.channel = FakeChannel(lambda: self.now)
        self.state = State.open(Path(":memory:"))
        watch = Watch(
            question="What did the probes do?",
            maker_id=7,
            guild_id=11,
            channel_id=12,
            source="",
            language="en-US",
            rhythm=self.rhythm,
            begun=date(2031, 3, 28),
            made_generation="g0001",
            watch_id=WATCH_ID,
        )
        add_watch(self.state, watch, (), BEGAN, per_guild=1, per_maker=1, share=1)
        self.start()

    def start(self) -> None:
        """Begin another process."""
        self.channel.is_dead = False
        self.rounds = self.process()

    def process(self) -> WatchRounds:
        """Return what a process makes rounds with."""
        answering, keeping = cast(Answering, self.answering), cast(Keeping, self)
        telling = WatchTelling(cast(Any, self.channel), answering, keeping, Servers(keeping), lambda: self.now)
        return WatchRounds(
            answering, keeping, telling, asks_per_second=1000.0, people_wait=lambda: False, clock=lambda: self.now
        )

    async def run(self, work: Callable[..., T], *args: object, **kwargs: object) -> T:
        """Keep, as long as the process lives."""
        if self.channel.is_dead:
            raise Killed
        return work(self.state, *args, **kwargs)

    def publish(self, n_new: int) -> None:
        """Publish a generation with further stories."""
        for _ in range(n_new):
            self.n_stories += 1
            self.answering.standing.stories.append(story(self.n_stories))
        self.answering.holdings.named = f"g{self.n_stories:04}"

    def round(self, replies: list[Reply]) -> None:
        """Make a round; a process that is killed is followed by another."""
        self.channel.replies = list(replies)
        try:
            asyncio.run(self.rounds.round())
        except Killed:
            self.start()
        self.channel.replies = []

    def resume(self) -> None:
        """Mend the channel, as its server would."""
        watch = find_watch(self.state, WATCH_ID)
        if watch is not None and watch.paused:
            pause_watch(self.state, WATCH_ID, None)


@settings(max_examples=40, deadline=None)
@given(RHYTHMS, STEPS)
def test_once_in_time_and_nothing_lost(rhythm: Rhythm, steps: list[tuple[int, int, list[Reply]]]) -> None:
    machine = Machine(rhythm)
    for n_new, seconds, replies in steps:
        machine.publish(n_new)
        machine.round(replies)
        machine.now += timedelta(seconds=seconds)
    machine.resume()
    for _ in range(4 * 8):
        machine.now += timedelta(hours=3)
        machine.round([])

    posted = machine.channel.posted
    shown = [probe for message in posted for probe in message.probes]
    assert len(shown) == len(set(shown))
    assert not any(is_quiet(rhythm, message.at) for message in posted)
    zone = ZoneInfo(rhythm.zone)
    days = [message.at.astimezone(zone).date() for message in posted for _ in message.probes]
    assert max((days.count(day) for day in days), default=0) <= rhythm.daily_cap
    assert machine.n_stories - len(shown) <= sum(message.n_more for message in posted)
    assert LEASE_SECONDS < 10_800  # or the last rounds would not have had the watch
    machine.state.close()


async def test_two_processes_at_once_post_once() -> None:
    machine = Machine(Rhythm(daily_cap=25))
    machine.publish(7)

    await asyncio.gather(machine.process().round(), machine.process().round())

    shown = [probe for message in machine.channel.posted for probe in message.probes]
    assert sorted(shown) == list(range(1, 8))
    machine.state.close()


async def test_people_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.discord.watch_rounds.ROUND_SECONDS", 0.3)
    machine = Machine(Rhythm())
    machine.publish(1)
    rounds = WatchRounds(
        cast(Answering, machine.answering),
        cast(Keeping, machine),
        machine.rounds._telling,
        asks_per_second=1000.0,
        people_wait=lambda: True,
        clock=lambda: machine.now,
    )

    await rounds.round()
    assert machine.answering.standing.asked == []
    await machine.rounds.round()
    assert [message.probes for message in machine.channel.posted] == [(1,)]
    machine.state.close()


@pytest.mark.parametrize(
    ("reply", "seconds", "shown", "n_counted"),
    [
        (Reply.LOST, 30, [1], 0),
        (Reply.TAKEN_UNHEARD, 30, [1], 0),
        (Reply.BUSY, 60, [1], 0),
        (Reply.KILLED_BEFORE, 60, [1], 0),
        (Reply.KILLED_AFTER, 60, [1], 0),
        (Reply.LOST, 100, [], 1),
        (Reply.KILLED_BEFORE, 100, [], 1),
        (Reply.KILLED_AFTER, 100, [1], 1),  # it arrived, but nobody can tell
        (Reply.BAD, 30, [], 1),
    ],
)
def test_what_becomes_of_a_message(reply: Reply, seconds: int, shown: list[int], n_counted: int) -> None:
    machine = Machine(Rhythm())
    machine.publish(1)
    # As components, and then as embeds.
    machine.round([reply, reply] if reply is Reply.BAD else [reply])
    machine.now += timedelta(seconds=seconds)
    machine.round([])
    machine.now += timedelta(days=1)
    machine.round([])

    posted = machine.channel.posted
    assert [probe for message in posted for probe in message.probes] == shown
    assert sum(message.n_more for message in posted) == n_counted
    machine.state.close()
