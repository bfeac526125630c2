"""What can be done with a message, in a simulated Discord."""

from types import SimpleNamespace
from typing import Any

import discord
import pytest
import simcord

from bot.discord.menus import claim_of
from bot.discord.request import QUESTION_MAX_CHARS
from tests.bot.discord.components import shown_text
from tests.bot.discord.simulated import private_sentence
from tests.bot.fakes import LANDING_SHOWN, FakeAnswering

pytestmark = pytest.mark.simcord(shard_count=1)


@pytest.mark.parametrize("menu", ["Find evidence", "When was this reported?"])
async def test_the_words_of_a_message_are_asked(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle, answering: FakeAnswering, menu: str
) -> None:
    message = await alice.send(channel, "So the Larkspur\nhas landed, they say")

    result = await alice.context_menu(channel, menu, message)

    assert [asked.question for asked in answering.asked] == ["So the Larkspur has landed, they say"]
    assert LANDING_SHOWN in shown_text(result)


async def test_when_it_was_reported_first_is_told_above_the_answer(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle
) -> None:
    message = await alice.send(channel, "Larkspur has landed")

    text = shown_text(await alice.context_menu(channel, "When was this reported?", message))

    assert "**Reported first**\nOrbit Gazette · <t:" in text
    assert "Reported first" not in shown_text(await alice.context_menu(channel, "Find evidence", message))


async def test_a_long_message_is_asked_up_to_the_end_of_a_word(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle, answering: FakeAnswering
) -> None:
    message = await alice.send(channel, "Larkspur landed " * 40)

    await alice.context_menu(channel, "Find evidence", message)

    (asked,) = answering.asked
    assert QUESTION_MAX_CHARS - 20 < len(asked.question) <= QUESTION_MAX_CHARS
    assert asked.question.endswith(("Larkspur", "landed"))


async def test_a_card_is_asked_where_a_message_has_no_words(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle, answering: FakeAnswering, simcord_env: simcord.Env
) -> None:
    target = simcord_env.bot.get_channel(channel.id)
    assert isinstance(target, discord.TextChannel)
    sent = await target.send(embed=discord.Embed(title="Larkspur reaches the ground"))

    await alice.context_menu(channel, "Find evidence", sent)

    assert [asked.question for asked in answering.asked] == ["Larkspur reaches the ground"]


async def test_the_card_under_a_link_is_asked(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle, answering: FakeAnswering, simcord_env: simcord.Env
) -> None:
    target = simcord_env.bot.get_channel(channel.id)
    assert isinstance(target, discord.TextChannel)
    card = discord.Embed(title="Larkspur reaches the ground", url="https://orbit.example/larkspur")
    sent = await target.send("https://orbit.example/larkspur", embed=card)

    await alice.context_menu(channel, "Find evidence", sent)

    assert [asked.question for asked in answering.asked] == ["Larkspur reaches the ground"]


@pytest.mark.parametrize(
    ("content", "title", "expected"),
    [
        ("Larkspur has landed https://orbit.example/a", None, "Larkspur has landed"),
        ("<https://orbit.example/a>", "Larkspur reaches the ground", "Larkspur reaches the ground"),
    ],
)
def test_what_is_forwarded_is_asked(content: str, title: str | None, expected: str) -> None:
    embeds = [{"type": "rich", "title": title}] if title else []
    forwarded: Any = {"content": content, "embeds": embeds, "attachments": [], "timestamp": "2031-05-06T09:30:00+00:00"}
    forwarded |= {"edited_timestamp": None, "type": 0, "mentions": [], "mention_roles": [], "flags": 0}
    snapshot = discord.MessageSnapshot(Any, forwarded)  # type: ignore[arg-type]
    message: Any = SimpleNamespace(clean_content="", embeds=[], message_snapshots=[snapshot])

    assert claim_of(message) == expected


@pytest.mark.parametrize("text", ["!!!", "🚀", "https://orbit.example/larkspur"])
async def test_a_message_without_words_is_told_in_private(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle, answering: FakeAnswering, text: str
) -> None:
    message = await alice.send(channel, text)

    result = await alice.context_menu(channel, "Find evidence", message)

    assert result.ephemeral
    assert private_sentence(result) == "There are no words in that message to look for."
    assert answering.asked == []
