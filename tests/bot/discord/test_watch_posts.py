"""What watches post, in a simulated Discord."""

from collections.abc import Iterator
from typing import Any

import discord
import pytest
import simcord

from bot import create_client
from bot.settings import Settings
from tests.bot.discord.choosing import choose
from tests.bot.discord.test_watch_commands import add, listed, told
from tests.bot.fake_standing import story
from tests.bot.fakes import FakeAnswering

pytestmark = pytest.mark.simcord(shard_count=1)

ROUND_SECONDS = 31


def texts(component: Any) -> Iterator[str]:  # noqa: ANN401
    if isinstance(component, discord.TextDisplay):
        yield component.content
    for inner in getattr(component, "children", ()):
        yield from texts(inner)


def titles(channel: simcord.ChannelHandle) -> list[str]:
    """Return the headlines in a channel, in the order in which they were posted."""
    messages = sorted(channel.history(), key=lambda message: message.id)
    lines = (
        line for message in messages for part in message.components for text in texts(part) for line in text.split("\n")
    )
    return [line.strip("*") for line in lines if line.startswith("**Probe") and "number" not in line]


def shown(channel: simcord.ChannelHandle) -> str:
    return "\n".join(text for message in channel.history() for part in message.components for text in texts(part))


def publish(answering: FakeAnswering, name: str, *numbers: int, others: tuple[str, ...] = ()) -> None:
    answering.standing.stories += [story(number, *others) for number in numbers]
    answering.holdings.named = name


@pytest.fixture
async def seldom(simcord_env: simcord.Env, answering: FakeAnswering) -> discord.Client:
    """Let the bot make a round every half hour only, so that a simulated day is short."""
    bot = create_client(Settings(reload_seconds=3600.0, watch_seconds=1800.0), answering)
    await simcord_env.restart_bot(bot)
    return bot


async def test_what_is_new_is_posted_once(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env, answering: FakeAnswering
) -> None:
    publish(answering, "g0001", 1)
    answering.standing.held = ("s1",)
    watch = await add(alice, channel)
    await simcord_env.advance_time(ROUND_SECONDS)
    assert titles(channel) == []

    publish(answering, "g0002", 2, others=("elsewhere",))
    await simcord_env.advance_time(ROUND_SECONDS)
    await simcord_env.advance_time(ROUND_SECONDS)
    assert titles(channel) == ["Probe 2"]
    assert f"watch {watch}" in shown(channel)

    answering.standing.edit(2, others=())  # the next generation draws the line between two stories elsewhere
    answering.standing.stories.append(story(3, "elsewhere"))
    answering.holdings.named = "g0003"
    await simcord_env.restart_bot(create_client(Settings(reload_seconds=60.0), answering))
    await simcord_env.advance_time(ROUND_SECONDS)
    answering.holdings.named = "g0001"
    await simcord_env.advance_time(ROUND_SECONDS)
    assert titles(channel) == ["Probe 2"]


@pytest.mark.usefixtures("seldom")
async def test_quiet_hours_outlast_a_restart_and_the_cap_folds(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env, answering: FakeAnswering
) -> None:
    await add(alice, channel, quiet="00:00-07:00", daily_cap=2)
    publish(answering, "g0002", 1, 2, 3, 4)
    await simcord_env.advance_time(3600)
    await simcord_env.restart_bot(create_client(Settings(reload_seconds=3600.0, watch_seconds=1800.0), answering))
    await simcord_env.advance_time(5 * 3600)
    assert len(answering.standing.asked) == 2  # until nothing more was new
    assert titles(channel) == []

    await simcord_env.advance_time(3600)
    assert titles(channel) == ["Probe 1", "Probe 2"]
    assert "and 2 more reports: `/ask` “What did the probes do?”" in shown(channel)
    await simcord_env.advance_time(24 * 3600)
    assert titles(channel) == ["Probe 1", "Probe 2"]


@pytest.mark.usefixtures("seldom")
async def test_a_digest_comes_at_its_hour(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env, answering: FakeAnswering
) -> None:
    await add(alice, channel, digest="08:00", zone="Europe/Berlin")
    publish(answering, "g0002", 1)
    await simcord_env.advance_time(6 * 3600)
    publish(answering, "g0003", 2)
    await simcord_env.advance_time(1800)
    assert titles(channel) == []

    await simcord_env.advance_time(3600)
    assert titles(channel) == ["Probe 1", "Probe 2"]
    assert len(channel.history()) == 1


async def test_servers_differ_in_sources_and_language(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env, answering: FakeAnswering
) -> None:
    elsewhere = simcord_env.create_guild("Elsewhere")
    other_channel = elsewhere.create_text_channel("news")
    bob = elsewhere.add_member(simcord_env.create_user("bob"))
    await choose(simcord_env, elsewhere.id, sources_excluded=frozenset({"Orbit Gazette"}))
    await add(alice, channel, source="Orbit Gazette")
    await add(bob, other_channel)
    publish(answering, "g0002", 1)
    await simcord_env.advance_time(ROUND_SECONDS)

    asked = {tuple(sorted(filters.sources)): filters.excluded_sources for _, filters in answering.standing.asked}
    assert asked == {("Orbit Gazette",): frozenset(), (): frozenset({"Orbit Gazette"})}
    assert titles(channel) == titles(other_channel) == ["Probe 1"]


@pytest.mark.parametrize(
    ("status", "code", "why"), [(403, 50013, "it may not post there"), (404, 10003, "its channel is gone")]
)
async def test_a_channel_that_takes_nothing_pauses_the_watch(
    alice: simcord.MemberActor,
    channel: simcord.ChannelHandle,
    simcord_env: simcord.Env,
    answering: FakeAnswering,
    status: int,
    code: int,
    why: str,
) -> None:
    watch = await add(alice, channel)
    publish(answering, "g0002", 1)
    simcord_env.inject_error("POST", f"/channels/{channel.id}/messages", status=status, code=code, message="No")
    await simcord_env.advance_time(ROUND_SECONDS)
    await simcord_env.advance_time(ROUND_SECONDS)

    assert titles(channel) == []
    assert (await listed(alice, channel)).endswith(f"⏸ {why}")
    said = last_dm(alice)
    assert said.startswith(f"Your watch “What did the probes do?” is paused: {why}.")

    assert told(await alice.slash(channel, "watch resume", watch=watch)).startswith("Posts again:")
    await simcord_env.advance_time(ROUND_SECONDS)
    assert titles(channel) == ["Probe 1"]


async def test_a_deleted_channel_pauses_the_watch(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env, answering: FakeAnswering
) -> None:
    doomed = simcord_env.guild.create_text_channel("doomed")
    await add(alice, doomed)
    gone = simcord_env.bot.get_channel(doomed.id)
    assert isinstance(gone, discord.TextChannel)
    await gone.delete()
    publish(answering, "g0002", 1)
    await simcord_env.advance_time(ROUND_SECONDS)

    assert (await listed(alice, channel)).endswith("⏸ its channel is gone")


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_failure_that_passes_delays_the_post(
    alice: simcord.MemberActor,
    channel: simcord.ChannelHandle,
    simcord_env: simcord.Env,
    answering: FakeAnswering,
    status: int,
) -> None:
    await add(alice, channel)
    publish(answering, "g0002", 1)
    simcord_env.inject_error("POST", f"/channels/{channel.id}/messages", status=status, message="Later")
    await simcord_env.advance_time(ROUND_SECONDS)
    assert titles(channel) == []

    await simcord_env.advance_time(2 * ROUND_SECONDS)
    assert titles(channel) == ["Probe 1"]
    assert len(channel.history()) == 1


async def test_a_direct_watch_writes_to_its_maker(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env, answering: FakeAnswering
) -> None:
    await add(alice, channel, direct=True)
    publish(answering, "g0002", 1)
    await simcord_env.advance_time(ROUND_SECONDS)

    assert titles(channel) == []
    assert titles(alice.user.dm_channel) == ["Probe 1"]


@pytest.mark.usefixtures("seldom")
async def test_what_was_edited_away_before_it_was_posted_is_not_told(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env, answering: FakeAnswering
) -> None:
    await add(alice, channel, quiet="00:00-01:00")
    publish(answering, "g0002", 1, 2)
    await simcord_env.advance_time(1800)
    del answering.standing.stories[0]
    await simcord_env.advance_time(3600)

    assert titles(channel) == ["Probe 2"]


async def test_a_failing_index_is_asked_again(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env, answering: FakeAnswering
) -> None:
    await add(alice, channel)
    publish(answering, "g0002", 1)
    answering.standing.failure = OSError("disk")
    await simcord_env.advance_time(ROUND_SECONDS)
    answering.standing.failure = None
    await simcord_env.advance_time(3 * ROUND_SECONDS)

    assert titles(channel) == ["Probe 1"]


def last_dm(who: simcord.MemberActor) -> str:
    message = who.user.dm_channel.last_message
    assert message is not None
    return str(message.content)
