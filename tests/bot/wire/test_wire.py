"""Unmodified discord.py over sockets: it connects, answers and closes."""

import asyncio

import discord
import pytest

from tests.bot.fakes import LANDING_SHOWN, FakeAnswering
from tests.bot.wire import payloads
from tests.bot.wire.fake_discord import FakeDiscord

pytestmark = [pytest.mark.timeout(10), pytest.mark.usefixtures("client")]

QUESTION = "Where did Larkspur land?"
MENTION = f"<@{payloads.BOT_ID}> {QUESTION}"


def said(body: payloads.Json) -> str:
    """Return all that a message of components says."""
    inner = [*body.get("components", ()), *filter(None, [body.get("accessory")])]
    return "\n".join(filter(None, [body.get("content", ""), *map(said, inner)]))


def a_message(number: int, content: str) -> payloads.Json:
    author = payloads.user(payloads.MEMBER_ID)
    member = {key: value for key, value in payloads.member(payloads.MEMBER_ID).items() if key != "user"}
    mentions = [payloads.user(payloads.BOT_ID, bot=True)]
    guild_id = str(payloads.GUILD_ID)
    return payloads.message(number, author, content, guild_id=guild_id, member=member, mentions=mentions)


async def test_ask_is_deferred_then_answered(fake_discord: FakeDiscord, answering: FakeAnswering) -> None:
    await fake_discord.dispatch(
        "INTERACTION_CREATE", payloads.slash(1, payloads.MEMBER_ID, "ask", question=QUESTION, since="2031-01-01")
    )

    callback = await fake_discord.request("POST", "/callback")
    edit = await fake_discord.request("PATCH", "/token1/messages/@original")
    assert callback.body == {"type": discord.InteractionResponseType.deferred_channel_message.value}
    assert LANDING_SHOWN in said(edit.body)
    assert answering.asked[0].asked_at == payloads.NOW


async def test_mention_is_answered_by_a_reply_that_pings_nobody(fake_discord: FakeDiscord) -> None:
    await fake_discord.dispatch("MESSAGE_CREATE", a_message(1, MENTION))

    await fake_discord.request("POST", "/typing")
    reply = await fake_discord.request("POST", f"channels/{payloads.CHANNEL_ID}/messages")
    assert reply.body["message_reference"]["message_id"] == int(payloads.snowflake(1))
    assert reply.body["allowed_mentions"] == {"parse": [], "replied_user": False}
    assert LANDING_SHOWN in said(reply.body)


async def test_rate_limit_delays_the_reply_only(fake_discord: FakeDiscord) -> None:
    path = f"channels/{payloads.CHANNEL_ID}/messages"
    fake_discord.rate_limited.add(path)
    await fake_discord.dispatch("MESSAGE_CREATE", a_message(1, MENTION))

    reply = await fake_discord.request("POST", path)
    assert LANDING_SHOWN in said(reply.body)
    assert not fake_discord.rate_limited


async def test_commands_are_registered_before_the_gateway_is_asked_for(fake_discord: FakeDiscord) -> None:
    made = [f"{request.method} {request.path}" for request in fake_discord.requests]

    assert made == [
        "GET users/@me",
        "GET oauth2/applications/@me",
        f"PUT applications/{payloads.APPLICATION_ID}/commands",
        "GET gateway/bot",
    ]
    assert {"ask", "sources", "index"} <= {command["name"] for command in fake_discord.requests[2].body}


async def test_command_of_an_older_release_is_told_in_private(fake_discord: FakeDiscord) -> None:
    await fake_discord.dispatch("INTERACTION_CREATE", payloads.slash(1, payloads.MEMBER_ID, "gone"))

    callback = await fake_discord.request("POST", "/callback")
    assert callback.body["data"]["content"].startswith("Discord still shows an older form of this command;")
    assert callback.body["data"]["flags"] == discord.MessageFlags(ephemeral=True).value


async def test_heart_beats(fake_discord: FakeDiscord) -> None:
    async with asyncio.timeout(5):
        while fake_discord.operations.count(1) < 3:
            await asyncio.sleep(0.05)


async def test_session_is_resumed_and_the_bot_still_answers(fake_discord: FakeDiscord) -> None:
    await fake_discord.ask_to_reconnect()
    async with asyncio.timeout(5):
        await fake_discord.resumed.wait()
    await fake_discord.dispatch("MESSAGE_CREATE", a_message(1, MENTION))

    assert LANDING_SHOWN in said((await fake_discord.request("POST", "/messages")).body)
    assert fake_discord.operations.count(2) == 1


async def test_owner_rebuilds_with_progress_while_a_second_rebuild_is_refused(
    fake_discord: FakeDiscord, answering: FakeAnswering
) -> None:
    first = payloads.slash(1, payloads.OWNER_ID, "index", subcommand="rebuild")
    second = payloads.slash(2, payloads.OWNER_ID, "index", subcommand="rebuild")
    await fake_discord.dispatch("INTERACTION_CREATE", first)
    await fake_discord.request("POST", "/token1/callback")
    await fake_discord.dispatch("INTERACTION_CREATE", second)

    refusal = await fake_discord.request("POST", "/token2/callback")
    assert refusal.body["data"]["content"].startswith("Another job is running;")
    assert refusal.body["data"]["flags"] == discord.MessageFlags(ephemeral=True).value

    progress = await fake_discord.request("PATCH", "/token1/messages/@original")
    assert f"Encoding passages\n{'█' * 5}{'░' * 15} 1 of 4" in said(progress.body)

    answering.rebuild_may_end.set()
    outcome = await fake_discord.request("PATCH", "/token1/messages/@original", nth=2)
    assert "### The new index answers now\n**Generation** · g0002" in said(outcome.body)


async def test_another_rebuild_may_follow(fake_discord: FakeDiscord, answering: FakeAnswering) -> None:
    answering.rebuild_may_end.set()
    for number in (1, 2):
        rebuild = payloads.slash(number, payloads.OWNER_ID, "index", subcommand="rebuild")
        await fake_discord.dispatch("INTERACTION_CREATE", rebuild)
        await fake_discord.request("PATCH", f"/token{number}/messages/@original")
    assert answering.generation == "g0002"
