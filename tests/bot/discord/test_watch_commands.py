"""`/watch`, in a simulated Discord."""

import re

import pytest
import simcord

from tests.bot.discord.rendering import seen
from tests.bot.discord.simulated import private_sentence, response_of

pytestmark = pytest.mark.simcord(shard_count=1)

QUESTION = "What did the probes do?"


async def add(who: simcord.MemberActor, channel: simcord.ChannelHandle, **options: object) -> str:
    """Make a watch and return its id."""
    result = await who.slash(channel, "watch add", **{"question": QUESTION, **options})
    assert result.ephemeral
    found = re.search(r"`([\w-]{8})`", response_of(result).content)
    assert found, response_of(result).content
    return found[1]


async def listed(who: simcord.MemberActor, channel: simcord.ChannelHandle) -> str:
    result = await who.slash(channel, "watch list")
    assert result.ephemeral
    (embed,) = response_of(result).embeds
    return seen(embed.description or "")


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
        ({"source": "Nobody"}, "No article here comes from “Nobody”; `/sources` lists where they come from."),
        ({"question": "   a    "}, "A question has 3 to 400 characters; yours has 1."),
    ],
)
async def test_what_cannot_be_used_is_told_in_private(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle, options: dict[str, str], complaint: str
) -> None:
    result = await alice.slash(channel, "watch add", **{"question": QUESTION, **options})

    assert seen(private_sentence(result)) == complaint
    assert await listed(alice, channel) == "None yet; `/watch add` makes one."
