"""Asking by mention, in a direct message and in reply to an answer, in a simulated Discord."""

from datetime import date

import discord
import pytest
import simcord

from bot import create_client, policy
from bot.discord.conversation import ConversationCog
from bot.policy import Cooldowns
from bot.settings import Settings
from bot.state import Place
from index.answer import Filters
from tests.bot.discord.components import text_of
from tests.bot.discord.simulated import QUESTION, bot_mention, check_reference, choose
from tests.bot.fakes import LANDING, LANDING_SENTENCE, LANDING_SHOWN, FakeAnswering

pytestmark = pytest.mark.simcord(shard_count=1)


@pytest.fixture(autouse=True)
async def _no_cooldowns(
    monkeypatch: pytest.MonkeyPatch, simcord_env: simcord.Env, channel: simcord.ChannelHandle
) -> None:
    monkeypatch.setattr(policy, "OUTSIDE", Cooldowns(0.0, 0))
    await choose(simcord_env, simcord_env.guild, user_cooldown_seconds=0)


class TestMention:
    async def test_mention_is_answered_like_the_command(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        simcord_env: simcord.Env,
    ) -> None:
        message = await alice.send(channel, f"{bot_mention(simcord_env)} {QUESTION}")

        reply = channel.last_message
        assert reply is not None
        assert reply.reference is not None
        assert reply.reference.message_id == message.id
        assert LANDING_SHOWN in text_of(reply)
        assert answering.asked[0].question == QUESTION
        assert answering.asked[0].asked_at == message.created_at

    async def test_reply_pings_nobody(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env
    ) -> None:
        await alice.send(channel, f"{bot_mention(simcord_env)} {QUESTION}")

        (sent,) = [r.json for r in simcord_env.http_requests if r.method == "POST" and r.path.endswith("/messages")]
        assert sent is not None
        assert sent["allowed_mentions"] == {"parse": [], "replied_user": False}

    async def test_typing_shows_meanwhile(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env
    ) -> None:
        await alice.send(channel, f"{bot_mention(simcord_env)} {QUESTION}")

        assert [r.path for r in simcord_env.http_requests if r.path.endswith("/typing")] == [
            f"/channels/{channel.id}/typing"
        ]

    async def test_direct_message_needs_no_mention(
        self, alice: simcord.MemberActor, answering: FakeAnswering, simcord_env: simcord.Env
    ) -> None:
        await alice.send_dm(QUESTION)

        assert LANDING_SHOWN in text_of(alice.user.dm_channel.last_message)

    async def test_empty_mention_explains_itself(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        simcord_env: simcord.Env,
    ) -> None:
        await alice.send(channel, bot_mention(simcord_env))

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

        await robot.send(channel, f"{bot_mention(simcord_env)} {QUESTION}")

        assert answering.asked == []

    async def test_too_long_a_question_is_told_so(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env
    ) -> None:
        await alice.send(channel, f"{bot_mention(simcord_env)} {'x' * 401}")

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
        await alice.send(channel, f"{bot_mention(simcord_env)} {QUESTION}")

        reply = channel.last_message
        assert reply is not None
        check_reference(reply.content, caplog, answering.failure)


class TestFollowUp:
    @pytest.fixture
    async def answered(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env
    ) -> discord.Message:
        """Return an answer to a mention."""
        await alice.send(channel, f"{bot_mention(simcord_env)} {QUESTION}")
        assert channel.last_message is not None
        return channel.last_message

    async def test_reply_that_asks_needs_no_mention(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        answered: discord.Message,
    ) -> None:
        message = await alice.send(channel, "when?", reply_to=answered)

        assert answering.asked[-1].question == "When did Larkspur land?"
        assert answering.asked[-1].asked_at == message.created_at
        assert text_of(channel.last_message).startswith("### When did Larkspur land?")

    async def test_reply_without_a_name_is_about_the_same(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        answered: discord.Message,
    ) -> None:
        await alice.send(channel, "who was on board?", reply_to=answered)

        assert answering.asked[-1].question == "Who was on board: Larkspur?"

    async def test_before_that_ends_the_day_before_the_shown_article(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        answered: discord.Message,
    ) -> None:
        await alice.send(channel, "and before that?", reply_to=answered)

        assert answering.asked[-1].question == QUESTION
        assert answering.asked[-1].filters == Filters(until=date(2031, 5, 5))

    async def test_follow_up_of_a_follow_up(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        answered: discord.Message,
    ) -> None:
        await alice.send(channel, "when?", reply_to=answered)
        assert channel.last_message is not None
        await alice.send(channel, "what about Falcon 9?", reply_to=channel.last_message)

        assert answering.asked[-1].question == "When did Falcon 9 land?"

    async def test_who_said_so_is_read_from_what_was_kept(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        answered: discord.Message,
    ) -> None:
        await alice.send(channel, "who said so?", reply_to=answered)

        text = text_of(channel.last_message)
        assert len(answering.asked) == 1
        assert LANDING.published_at is not None
        seconds = int(LANDING.published_at.timestamp())
        assert f"**Orbit Gazette** · <t:{seconds}:D> (<t:{seconds}:R>)" in text
        assert f"> {LANDING_SENTENCE}" in text

    async def test_origin_can_be_followed_up_on(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        answered: discord.Message,
    ) -> None:
        await alice.send(channel, "source?", reply_to=answered)
        assert channel.last_message is not None
        await alice.send(channel, "why?", reply_to=channel.last_message)

        assert answering.asked[-1].question == "Why did Larkspur land?"

    @pytest.mark.parametrize("remark", ["thanks!", "that is amazing", "🚀", "I love space"])
    async def test_remark_is_not_answered(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        answered: discord.Message,
        remark: str,
    ) -> None:
        message = await alice.send(channel, remark, reply_to=answered)

        assert channel.last_message == message
        assert len(answering.asked) == 1

    async def test_reply_to_another_person_is_left_alone(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle, answering: FakeAnswering
    ) -> None:
        first = await alice.send(channel, "Larkspur has landed")
        second = await alice.send(channel, "when?", reply_to=first)

        assert channel.last_message == second
        assert answering.asked == []

    async def test_follow_up_works_after_a_restart(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        answered: discord.Message,
        simcord_env: simcord.Env,
    ) -> None:
        await simcord_env.restart_bot(create_client(Settings(reload_seconds=60.0), answering))
        await alice.send(channel, "when?", reply_to=answered)

        assert answering.asked[-1].question == "When did Larkspur land?"

    async def test_answer_of_a_command_hears_a_reply_that_names_the_bot_only(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        simcord_env: simcord.Env,
    ) -> None:
        result = await alice.slash(channel, "ask", question=QUESTION)
        assert result.response is not None
        await alice.send(channel, "when?", reply_to=result.response.message)
        assert len(answering.asked) == 1  # Discord sends no text of it

        await alice.send(channel, f"{bot_mention(simcord_env)} when?", reply_to=result.response.message)
        assert answering.asked[-1].question == "When did Larkspur land?"

    async def test_mention_without_a_reply_stands_alone(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        answered: discord.Message,
        simcord_env: simcord.Env,
    ) -> None:
        await alice.send(channel, f"{bot_mention(simcord_env)} when?")

        assert len(answering.asked) == 1
        assert text_of(channel.last_message).startswith("I do not have the answer that this follows any more;")

    async def test_follow_up_of_what_is_no_longer_kept_says_so(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        answered: discord.Message,
        simcord_env: simcord.Env,
    ) -> None:
        await simcord_env.bot.servers.forget(simcord_env.guild.id)  # type: ignore[attr-defined]
        await alice.send(channel, f"{bot_mention(simcord_env)} when?", reply_to=answered)

        assert text_of(channel.last_message).startswith("I do not have the answer that this follows any more;")

    async def test_direct_messages_are_one_talk(
        self, alice: simcord.MemberActor, answering: FakeAnswering, channel: simcord.ChannelHandle
    ) -> None:
        await alice.send_dm(QUESTION)
        await alice.send_dm("and why?")
        await alice.send_dm("thanks!")

        assert [asked.question for asked in answering.asked] == [QUESTION, "Why did Larkspur land?"]

    async def test_thread_of_an_answer_is_one_talk(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        simcord_env: simcord.Env,
    ) -> None:
        await choose(simcord_env, simcord_env.guild, user_cooldown_seconds=0, place=Place.THREAD)
        await alice.send(channel, f"{bot_mention(simcord_env)} {QUESTION}")
        (thread,) = channel.threads
        await alice.send(thread, f"{bot_mention(simcord_env)} when?")

        assert answering.asked[-1].question == "When did Larkspur land?"
        assert text_of(thread.last_message).startswith("### When did Larkspur land?")
        assert thread.threads == []

    async def test_nothing_quoted_has_no_origin(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        simcord_env: simcord.Env,
    ) -> None:
        await alice.send(channel, f"{bot_mention(simcord_env)} Who paid for Vesna?")
        assert channel.last_message is not None
        await alice.send(channel, "who said so?", reply_to=channel.last_message)

        assert text_of(channel.last_message).startswith("The answer before quoted nothing,")


class TestCooldown:
    async def test_who_has_to_wait_is_told_once_before_anything_is_looked_up(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        simcord_env: simcord.Env,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        await choose(simcord_env, simcord_env.guild, user_cooldown_seconds=60)
        await alice.send(channel, f"{bot_mention(simcord_env)} {QUESTION}")
        answer = channel.last_message
        assert answer is not None
        monkeypatch.setattr(ConversationCog, "_answer_before", None)

        thanks = await alice.send(channel, f"{bot_mention(simcord_env)} thanks!", reply_to=answer)
        assert channel.last_message == thanks
        await alice.send(channel, "when?", reply_to=answer)
        assert text_of(channel.last_message) == "You asked a moment ago; try again in 60 s."
        again = await alice.send(channel, f"{bot_mention(simcord_env)} {QUESTION}")
        assert channel.last_message == again

    async def test_others_do_not_wait(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        simcord_env: simcord.Env,
    ) -> None:
        await choose(simcord_env, simcord_env.guild, user_cooldown_seconds=60)
        bob = simcord_env.guild.add_member(simcord_env.create_user("bob"))
        await alice.send(channel, f"{bot_mention(simcord_env)} {QUESTION}")
        await bob.send(channel, "when?", reply_to=channel.last_message)

        assert answering.asked[-1].question == "When did Larkspur land?"
