"""`/watch`, in a simulated Discord."""

import re

import discord
import pytest
import simcord

from bot import create_client
from bot.settings import Settings
from tests.bot.discord.choosing import choose
from tests.bot.discord.components import shown_text
from tests.bot.discord.rendering import seen
from tests.bot.discord.simulated import response_of
from tests.bot.fakes import FakeAnswering

pytestmark = pytest.mark.simcord(shard_count=1)

QUESTION = "What did the probes do?"


async def add(who: simcord.MemberActor, channel: simcord.ChannelHandle, **options: object) -> str:
    """Make a watch and return its id."""
    result = await who.slash(channel, "watch add", **{"question": QUESTION, **options})
    assert result.ephemeral
    found = re.search(r"`([0-9a-f]{8})`", response_of(result).content)
    assert found, response_of(result).content
    return found[1]


async def listed(who: simcord.MemberActor, channel: simcord.ChannelHandle) -> str:
    result = await who.slash(channel, "watch list")
    assert result.ephemeral
    return seen(shown_text(result)).removeprefix("### Watches\n")


def told(result: simcord.InteractionResult) -> str:
    """Return what only the one who acts reads, whether it took the place of the response or followed it."""
    if result.response is None:
        return seen(result.followups[-1].content)
    assert result.ephemeral
    return seen(response_of(result).content)


async def test_a_watch_is_made_and_listed(alice: simcord.MemberActor, channel: simcord.ChannelHandle) -> None:
    assert await listed(alice, channel) == "None yet; `/watch add` makes one."

    plain = await add(alice, channel)
    full = await add(
        alice,
        channel,
        question="Where is @everyone?",
        source="orbit gazette",
        quiet="22-7:30",
        zone="europe/berlin",
        daily_cap=3,
        digest="8",
    )

    assert (await listed(alice, channel)).split("\n") == [
        f"`{plain}` {QUESTION} · <#{channel.id}> · at once · up to 5 a day",
        f"`{full}` Where is @everyone? · Orbit Gazette · <#{channel.id}> · daily at 08:00 · quiet 22:00–07:30 · "
        "Europe/Berlin · up to 3 a day",
    ]


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"quiet": "night"}, "“night” are no hours; write them as HH:MM-HH:MM, for example 22:00-07:00."),
        ({"quiet": "22:00-24:00"}, "“24:00” is no time of day; write it as HH:MM, for example 08:00."),
        ({"quiet": "7-07:00"}, "Quiet hours that begin when they end have no length; “7-07:00” does."),
        ({"digest": "8:60"}, "“8:60” is no time of day; write it as HH:MM, for example 08:00."),
        ({"zone": "Mars/Vesna"}, "“Mars/Vesna” is no time zone; write one such as Europe/Berlin or UTC."),
        ({"source": "Nobody"}, "No article here comes from “Nobody”; `/sources list` shows where they come from."),
        ({"question": "   a    "}, "A question has 3 to 400 characters; yours has 1."),
    ],
)
async def test_what_cannot_be_used_is_told_in_private(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle, options: dict[str, str], complaint: str
) -> None:
    result = await alice.slash(channel, "watch add", **{"question": QUESTION, **options})

    assert told(result) == complaint
    assert await listed(alice, channel) == "None yet; `/watch add` makes one."


async def test_a_watch_is_changed(alice: simcord.MemberActor, channel: simcord.ChannelHandle) -> None:
    watch = await add(alice, channel, quiet="22-7")
    start = f"`{watch}` {QUESTION} · <#{channel.id}>"

    edited = await alice.slash(channel, "watch edit", watch=watch, quiet="off", digest="18:30", daily_cap=1)
    assert told(edited) == f"Changed:\n{start} · daily at 18:30 · UTC · up to 1 a day"
    paused = await alice.slash(channel, "watch pause", watch=watch)
    assert told(paused) == f"Paused:\n{start} · daily at 18:30 · UTC · up to 1 a day · ⏸ paused by hand"
    resumed = await alice.slash(channel, "watch resume", watch=watch)
    assert told(resumed) == f"Posts again:\n{start} · daily at 18:30 · UTC · up to 1 a day"
    removed = await alice.slash(channel, "watch remove", watch=watch)
    assert told(removed) == f"Removed:\n{start} · daily at 18:30 · UTC · up to 1 a day"
    assert await listed(alice, channel) == "None yet; `/watch add` makes one."
    again = await alice.slash(channel, "watch remove", watch=watch)
    assert told(again) == f"There is no watch “{watch}” here; `/watch list` shows those there are."


async def test_only_its_maker_and_who_manages_the_server_change_a_watch(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env
) -> None:
    guild = simcord_env.guild
    bob = guild.add_member(simcord_env.create_user("bob"))
    managers = guild.create_role("managers", permissions=discord.Permissions(manage_guild=True))
    carol = guild.add_member(simcord_env.create_user("carol"), roles=[managers])
    watch = await add(alice, channel)

    refused = await bob.slash(channel, "watch remove", watch=watch)
    assert told(refused) == "Only who made a watch, and who manages this server, can change it."
    assert await bob.autocomplete(channel, "watch remove", "watch", "") == []
    assert [choice["value"] for choice in await carol.autocomplete(channel, "watch pause", "watch", "PROBES")] == [
        watch
    ]
    assert told(await carol.slash(channel, "watch remove", watch=watch)).startswith("Removed:")


async def test_a_watch_is_listed_to_those_who_see_its_channel(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env
) -> None:
    guild = simcord_env.guild
    bob = guild.add_member(simcord_env.create_user("bob"))
    hidden = guild.create_text_channel("hidden", overwrites={bob: discord.PermissionOverwrite(view_channel=False)})
    watch = await add(alice, hidden)

    assert (await listed(alice, channel))[1:9] == watch
    assert await listed(bob, channel) == "None yet; `/watch add` makes one."
    assert "is no watch" in told(await bob.slash(channel, "watch remove", watch=watch)).replace("There is", "is")


async def test_servers_see_their_own_watches_and_people_theirs(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env
) -> None:
    elsewhere = simcord_env.create_guild("Elsewhere")
    other_channel = elsewhere.create_text_channel("news")
    bob = elsewhere.add_member(simcord_env.create_user("bob"))
    here, private = await add(alice, channel), await add(alice, channel, direct=True)
    there = await add(bob, other_channel)

    assert [line[1:9] for line in (await listed(alice, channel)).split("\n")] == [here, private]
    assert (await listed(bob, other_channel))[1:9] == there
    assert "direct message" in (await listed(alice, channel)).split("\n")[1]
    assert "is no watch" in told(await bob.slash(other_channel, "watch remove", watch=here)).replace("There is", "is")


async def test_there_are_only_so_many(
    channel: simcord.ChannelHandle, simcord_env: simcord.Env, answering: FakeAnswering
) -> None:
    settings = Settings(watches_per_person=2, watches_per_guild=4, reload_seconds=60.0)
    await simcord_env.restart_bot(create_client(settings, answering))
    alice, bob = (simcord_env.guild.add_member(simcord_env.create_user(name)) for name in ("alice", "bob"))
    await add(alice, channel)
    await add(alice, channel, direct=True)
    await add(bob, channel)

    full = await alice.slash(channel, "watch add", question=QUESTION)
    assert told(full) == "There are 2 watches already, and no more may be; `/watch remove` makes room."
    shared = await bob.slash(channel, "watch add", question=QUESTION)
    assert told(shared) == (
        "Your share of the watches of this server (1) is used up; `/watch remove` makes room, and what comes as a "
        "direct message does not count."
    )
    managers = simcord_env.guild.create_role("managers", permissions=discord.Permissions(manage_guild=True))
    carol = simcord_env.guild.add_member(simcord_env.create_user("carol"), roles=[managers])
    await add(carol, channel)
    await add(carol, channel)
    dave = simcord_env.guild.add_member(simcord_env.create_user("dave"))
    assert "There are 4 watches" in told(await dave.slash(channel, "watch add", question=QUESTION))


async def test_one_finds_all_of_ones_own_watches_in_a_direct_message(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle
) -> None:
    here, direct = await add(alice, channel), await add(alice, channel, direct=True)

    everything = seen(shown_text(await alice.user.slash("watch list")))
    assert re.findall(r"`([0-9a-f]{8})`", everything) == [here, direct]
    assert told(await alice.user.slash("watch remove", watch=here)).startswith("Removed:")
    assert (await listed(alice, channel))[1:9] == direct


async def test_a_watch_is_not_made_where_it_could_not_post(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env
) -> None:
    guild = simcord_env.guild
    silent = guild.create_text_channel(
        "silent", overwrites={guild.default_role: discord.PermissionOverwrite(send_messages=False)}
    )
    refused = await alice.slash(silent, "watch add", question=QUESTION)
    assert told(refused) == "I may not post in this channel; let me, or choose another."
    assert simcord_env.bot.user is not None
    announcements = guild.create_text_channel(
        "announcements",
        overwrites={
            guild.default_role: discord.PermissionOverwrite(send_messages=False),
            simcord_env.bot.user: discord.PermissionOverwrite(send_messages=True),
        },
    )
    refused = await alice.slash(announcements, "watch add", question=QUESTION)
    assert told(refused) == "You may not write in this channel; choose one in which you may."

    await choose(simcord_env, guild.id, channels=frozenset({silent.id}))
    refused = await alice.slash(channel, "watch add", question=QUESTION)
    assert told(refused) == "This server lets me answer in other channels only; choose one of those."


async def test_zones_and_sources_are_offered(alice: simcord.MemberActor, channel: simcord.ChannelHandle) -> None:
    zones = await alice.autocomplete(channel, "watch add", "zone", "europe/ber")
    assert [choice["value"] for choice in zones] == ["Europe/Berlin"]
    assert len(await alice.autocomplete(channel, "watch edit", "zone", "")) == 25
