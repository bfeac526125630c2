"""Asking by command, by mention and in a direct message, in a simulated Discord."""

import threading
from datetime import UTC, date, datetime

import discord
import pytest
import simcord

from index.answer import Filters
from tests.bot.discord.rendering import quoted
from tests.bot.discord.simulated import QUESTION, check_reference, embed_of, private_sentence, response_of
from tests.bot.fakes import LANDING_SHOWN, LANDING_TEXT, FakeAnswering

pytestmark = pytest.mark.simcord(shard_count=1)


class TestAsk:
    async def test_answer_is_deferred_then_shown(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env
    ) -> None:
        result = await alice.slash(channel, "ask", question=f"  {QUESTION} ")

        (callback,) = [r for r in simcord_env.http_requests if r.path.endswith("/callback")]
        assert callback.json == {"type": discord.InteractionResponseType.deferred_channel_message.value}
        assert not result.ephemeral
        embed = embed_of(result)
        assert embed.author.name == QUESTION
        assert LANDING_SHOWN in (embed.description or "")
        assert quoted(embed.description or "").replace("**", "").replace("__", "") == LANDING_TEXT

    async def test_asked_at_is_the_moment_of_the_interaction(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        simcord_env: simcord.Env,
    ) -> None:
        result = await alice.slash(channel, "ask", question=QUESTION)

        (asked,) = answering.asked
        assert abs((asked.asked_at - response_of(result).message.created_at).total_seconds()) < 1
        assert asked.asked_at.tzinfo is UTC
        assert asked.filters == Filters()

    async def test_index_is_never_asked_on_the_event_loop(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle, answering: FakeAnswering
    ) -> None:
        await alice.slash(channel, "ask", question=QUESTION)

        assert answering.asked[0].thread_id != threading.get_ident()

    async def test_options_become_filters(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle, answering: FakeAnswering
    ) -> None:
        options = {"as_of": "2031-05-07", "since": "2031-05-01", "until": "2031-05-06", "source": "Orbit Gazette"}
        await alice.slash(channel, "ask", question=QUESTION, **options)

        (asked,) = answering.asked
        assert asked.asked_at == datetime(2031, 5, 7, 23, 59, 59, 999999, tzinfo=UTC)
        assert asked.filters == Filters(date(2031, 5, 1), date(2031, 5, 6), frozenset({"Orbit Gazette"}))

    @pytest.mark.parametrize(
        ("options", "expected"),
        [
            (
                {"as_of": "soon"},
                "“soon” is not a date from 1900 to 2200; write it as YYYY-MM-DD, for example 2024-10-14.",
            ),
            (
                {"since": "2031-05-02", "until": "2031-05-01"},
                "The period ends (2031-05-01) before it begins (2031-05-02); swap “since” and “until”.",
            ),
        ],
    )
    async def test_wrong_dates_are_told_in_private(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        options: dict[str, str],
        expected: str,
    ) -> None:
        result = await alice.slash(channel, "ask", question=QUESTION, **options)

        assert private_sentence(result) == expected
        assert answering.asked == []

    async def test_refusal_shows_the_nearest_as_no_answer(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle
    ) -> None:
        reason, nearest = response_of(await alice.slash(channel, "ask", question="Who paid for it?")).embeds

        assert reason.description == "Nothing in the index answers this."
        assert nearest.author.name == "Not an answer, but the nearest passage"
        assert "**" not in (nearest.description or "")

    async def test_autocomplete_offers_what_was_known_at_start(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle, answering: FakeAnswering
    ) -> None:
        answering.failure = AssertionError("autocomplete must not ask the index")

        choices = await alice.autocomplete(channel, "ask", "source", "orb", question=QUESTION)

        assert [choice["value"] for choice in choices] == ["Orbit Gazette"]


class TestMention:
    async def test_mention_is_answered_like_the_command(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        simcord_env: simcord.Env,
    ) -> None:
        message = await alice.send(channel, f"{self._mention(simcord_env)} {QUESTION}")

        reply = channel.last_message
        assert reply is not None
        assert reply.reference is not None
        assert reply.reference.message_id == message.id
        assert LANDING_SHOWN in (reply.embeds[0].description or "")
        assert answering.asked[0].question == QUESTION
        assert answering.asked[0].asked_at == message.created_at

    async def test_reply_pings_nobody(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env
    ) -> None:
        await alice.send(channel, f"{self._mention(simcord_env)} {QUESTION}")

        (sent,) = [r.json for r in simcord_env.http_requests if r.method == "POST" and r.path.endswith("/messages")]
        assert sent is not None
        assert sent["allowed_mentions"] == {"parse": [], "replied_user": False}

    async def test_typing_shows_meanwhile(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env
    ) -> None:
        await alice.send(channel, f"{self._mention(simcord_env)} {QUESTION}")

        assert [r.path for r in simcord_env.http_requests if r.path.endswith("/typing")] == [
            f"/channels/{channel.id}/typing"
        ]

    async def test_direct_message_needs_no_mention(
        self, alice: simcord.MemberActor, answering: FakeAnswering, simcord_env: simcord.Env
    ) -> None:
        await alice.send_dm(QUESTION)

        reply = alice.user.dm_channel.last_message
        assert reply is not None
        assert reply.embeds[0].title == "Larkspur reaches the ground"

    async def test_empty_mention_explains_itself(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        simcord_env: simcord.Env,
    ) -> None:
        await alice.send(channel, self._mention(simcord_env))

        reply = channel.last_message
        assert reply is not None
        assert reply.content.startswith("Ask me about space news")
        assert answering.asked == []

    @pytest.mark.parametrize("text", ["hello all", "@everyone look", "<@1> where did Larkspur land?"])
    async def test_other_messages_are_left_alone(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle, answering: FakeAnswering, text: str
    ) -> None:
        message = await alice.send(channel, text)

        assert channel.last_message == message
        assert answering.asked == []

    async def test_other_bots_are_left_alone(
        self, channel: simcord.ChannelHandle, answering: FakeAnswering, simcord_env: simcord.Env
    ) -> None:
        robot = simcord_env.guild.add_member(simcord_env.create_user("robot", bot=True))

        await robot.send(channel, f"{self._mention(simcord_env)} {QUESTION}")

        assert answering.asked == []

    async def test_too_long_a_question_is_told_so(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env
    ) -> None:
        await alice.send(channel, f"{self._mention(simcord_env)} {'x' * 401}")

        reply = channel.last_message
        assert reply is not None
        assert reply.content == "A question has 3 to 400 characters; yours has 401."

    async def test_failure_is_told_with_a_reference(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        simcord_env: simcord.Env,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        answering.failure = ZeroDivisionError("secret detail")
        await alice.send(channel, f"{self._mention(simcord_env)} {QUESTION}")

        reply = channel.last_message
        assert reply is not None
        check_reference(reply.content, caplog, answering.failure)

    @staticmethod
    def _mention(env: simcord.Env) -> str:
        assert env.bot.user is not None
        return env.bot.user.mention
