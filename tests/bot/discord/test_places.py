"""What a server chose, as it shows: where, for whom, from which sources, how often."""

import pytest
import simcord

from bot import create_client
from bot.discord.client import SpaceNewsBot
from bot.settings import Settings
from bot.state import Place
from index.answer import Filters
from tests.bot.discord.components import shown_text, text_of
from tests.bot.discord.simulated import (
    QUESTION,
    bot_mention,
    calls,
    choose,
    logged,
    private_sentence,
    response_of,
    without,
)
from tests.bot.fakes import LANDING_SHOWN, FakeAnswering

pytestmark = pytest.mark.simcord(shard_count=1)


class TestChannels:
    @pytest.fixture
    async def elsewhere(self, simcord_env: simcord.Env, channel: simcord.ChannelHandle) -> simcord.ChannelHandle:
        """Return a channel in which the bot may not answer; it may in the other."""
        await choose(simcord_env, simcord_env.guild, channels=frozenset({channel.id}))
        return simcord_env.guild.create_text_channel("elsewhere")

    async def test_command_elsewhere_is_answered_in_private_and_says_why(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle, elsewhere: simcord.ChannelHandle
    ) -> None:
        result = await alice.slash(elsewhere, "ask", question=QUESTION)

        assert result.ephemeral
        assert LANDING_SHOWN in shown_text(result)
        (remark,) = result.followups
        assert remark.ephemeral
        assert remark.content == f"Only you see this answer: in this server I answer for all in {channel.mention}."

    async def test_mention_elsewhere_is_left_alone(
        self,
        alice: simcord.MemberActor,
        elsewhere: simcord.ChannelHandle,
        answering: FakeAnswering,
        simcord_env: simcord.Env,
    ) -> None:
        message = await alice.send(elsewhere, f"{bot_mention(simcord_env)} {QUESTION}")

        assert elsewhere.last_message == message
        assert answering.asked == []

    async def test_command_in_an_allowed_channel_is_answered_for_all(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle, elsewhere: simcord.ChannelHandle
    ) -> None:
        result = await alice.slash(channel, "ask", question=QUESTION)

        assert not result.ephemeral
        assert not result.followups


class TestPrivacy:
    @pytest.mark.parametrize(
        ("by_default", "asked_for", "expected"),
        [
            (False, None, False),
            (False, True, True),
            (True, None, True),
            (True, False, False),
        ],
    )
    async def test_answer_is_as_private_as_asked_or_as_the_server_chose(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        simcord_env: simcord.Env,
        by_default: bool,
        asked_for: bool | None,
        expected: bool,
    ) -> None:
        await choose(simcord_env, simcord_env.guild, private_by_default=by_default)
        options = {} if asked_for is None else {"private": asked_for}

        result = await alice.slash(channel, "ask", question=QUESTION, **options)

        assert result.ephemeral is expected
        assert ("Share" in str(response_of(result).components)) is expected

    async def test_private_answer_is_nothing_that_a_thread_follows(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env
    ) -> None:
        await choose(simcord_env, simcord_env.guild, user_cooldown_seconds=0, place=Place.THREAD)
        await alice.send(channel, f"{bot_mention(simcord_env)} Who paid for Vesna?")
        (thread,) = channel.threads
        await alice.slash(thread, "ask", question=QUESTION, private=True)
        await alice.send(thread, f"{bot_mention(simcord_env)} when?")

        assert text_of(thread.last_message).startswith("### When paid for Vesna?")

    async def test_shared_answer_is_what_a_thread_follows(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env
    ) -> None:
        await choose(simcord_env, simcord_env.guild, user_cooldown_seconds=0, place=Place.THREAD)
        await alice.send(channel, f"{bot_mention(simcord_env)} Who paid for Vesna?")
        (thread,) = channel.threads
        asked = await alice.slash(thread, "ask", question=QUESTION, private=True)
        await alice.click(response_of(asked).message, label="Share")
        await alice.send(thread, f"{bot_mention(simcord_env)} when?")

        assert text_of(thread.last_message).startswith("### When did Larkspur land?")


class TestThreads:
    async def test_mention_opens_a_thread_that_holds_the_answer(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env
    ) -> None:
        await choose(simcord_env, simcord_env.guild, place=Place.THREAD)

        message = await alice.send(channel, f"{bot_mention(simcord_env)} {QUESTION}")

        (thread,) = channel.threads
        assert (thread.id, thread.name) == (message.id, QUESTION)
        assert LANDING_SHOWN in text_of(thread.last_message)
        assert calls(simcord_env, "POST", f"/channels/{channel.id}/messages") == []

    async def test_command_is_answered_where_it_was_given(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env
    ) -> None:
        await choose(simcord_env, simcord_env.guild, place=Place.THREAD)

        result = await alice.slash(channel, "ask", question=QUESTION)

        assert LANDING_SHOWN in shown_text(result)
        assert channel.threads == []

    @pytest.mark.parametrize("lacking", ["create_public_threads", "send_messages_in_threads"])
    async def test_channel_gets_the_answer_where_no_thread_may_be_opened(
        self, alice: simcord.MemberActor, simcord_env: simcord.Env, caplog: pytest.LogCaptureFixture, lacking: str
    ) -> None:
        limited = without(simcord_env, simcord_env.guild, **{lacking: True})
        await choose(simcord_env, simcord_env.guild, place=Place.THREAD)

        message = await alice.send(limited, f"{bot_mention(simcord_env)} {QUESTION}")

        assert limited.threads == []
        reply = limited.last_message
        assert reply is not None
        assert reply.reference is not None
        assert reply.reference.message_id == message.id
        assert LANDING_SHOWN in text_of(reply)
        assert logged(caplog) == []

    async def test_answer_needs_no_permission_to_embed_links(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env
    ) -> None:
        limited = without(simcord_env, simcord_env.guild, embed_links=True)

        await alice.send(limited, f"{bot_mention(simcord_env)} {QUESTION}")

        assert LANDING_SHOWN in text_of(limited.last_message)


class TestTwoServers:
    async def test_each_has_its_own_settings(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        simcord_env: simcord.Env,
    ) -> None:
        other = simcord_env.create_guild("Other")
        there = other.create_text_channel("news")
        bob = other.add_member(simcord_env.create_user("bob"))
        await choose(simcord_env, simcord_env.guild, place=Place.THREAD, sources_excluded=frozenset({"Orbit Gazette"}))
        await choose(simcord_env, other, sources_included=frozenset({"Orbit Gazette"}), language="fr")

        await alice.send(channel, f"{bot_mention(simcord_env)} {QUESTION}")
        await bob.send(there, f"{bot_mention(simcord_env)} {QUESTION}")

        assert (len(channel.threads), len(there.threads)) == (1, 0)
        assert [asked.filters for asked in answering.asked] == [
            Filters(excluded_sources=frozenset({"Orbit Gazette"})),
            Filters(sources=frozenset({"Orbit Gazette"})),
        ]

    async def test_settings_hold_after_a_restart(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        simcord_env: simcord.Env,
    ) -> None:
        await choose(simcord_env, simcord_env.guild, private_by_default=True)
        await simcord_env.restart_bot(create_client(Settings(reload_seconds=60.0), answering))

        assert (await alice.slash(channel, "ask", question=QUESTION)).ephemeral


class TestLimits:
    async def test_second_question_within_the_cooldown_is_told_in_private_to_wait(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        simcord_env: simcord.Env,
    ) -> None:
        await choose(simcord_env, simcord_env.guild, user_cooldown_seconds=60)
        await alice.slash(channel, "ask", question=QUESTION)
        result = await alice.slash(channel, "ask", question=QUESTION)

        assert result.ephemeral
        assert private_sentence(result) == "You asked a moment ago; try again in 60 s."
        assert len(answering.asked) == 1

    async def test_server_that_asked_enough_is_told_to_wait(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        simcord_env: simcord.Env,
    ) -> None:
        await choose(simcord_env, simcord_env.guild, user_cooldown_seconds=0, guild_questions_per_minute=1)
        await alice.slash(channel, "ask", question=QUESTION)
        await alice.send(channel, f"{bot_mention(simcord_env)} {QUESTION}")

        assert text_of(channel.last_message).startswith("This server has asked a lot in the last minute; try again in ")
        assert len(answering.asked) == 1

    async def test_full_line_is_told_at_once_and_nothing_is_deferred(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        simcord_env: simcord.Env,
    ) -> None:
        await simcord_env.restart_bot(
            create_client(Settings(reload_seconds=60.0, question_workers=1, questions_waiting=1), answering)
        )
        bot = simcord_env.bot
        assert isinstance(bot, SpaceNewsBot)
        with bot.questions.turn("somebody else's"):
            result = await alice.slash(channel, "ask", question=QUESTION)

        assert private_sentence(result) == "Many questions are waiting just now; try again in 1 s."
        assert [body["type"] for body in calls(simcord_env, "POST", "/callback")] == [4]
        assert answering.asked == []
