"""Discord refuses a call: nothing is lost in silence, nothing is answered twice, and one line tells."""

import aiohttp
import discord
import pytest
import simcord

from bot.state import Place
from tests.bot.discord.components import shown_text, text_of
from tests.bot.discord.simulated import QUESTION, bot_mention, calls, choose, logged, private_sentence
from tests.bot.fakes import LANDING_SHOWN, FakeAnswering

pytestmark = pytest.mark.simcord(shard_count=1)

DEFER, EDIT, MESSAGES = "/interactions/*/callback", "/webhooks/*/messages/@original", "/channels/*/messages"
THREADS = "/channels/*/messages/*/threads"


class TestDefer:
    @pytest.mark.parametrize(
        ("status", "code", "message"),
        [(404, 10062, "Unknown interaction"), (403, 50001, "Missing Access")],
    )
    async def test_refused_defer_is_logged_and_nothing_is_computed(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        simcord_env: simcord.Env,
        caplog: pytest.LogCaptureFixture,
        status: int,
        code: int,
        message: str,
    ) -> None:
        simcord_env.inject_error("POST", DEFER, status=status, code=code, message=message)

        result = await alice.slash(channel, "ask", question=QUESTION)

        assert not result.acknowledged
        assert answering.asked == []
        (line,) = logged(caplog)
        assert line.endswith(f"(error code: {code}): {message}")

    async def test_defer_that_discord_took_without_saying_so_is_answered(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        simcord_env: simcord.Env,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        simcord_env.inject_error("POST", DEFER, status=400, code=40060, message="Interaction already acknowledged")

        await alice.slash(channel, "ask", question=QUESTION)

        assert len(answering.asked) == 1
        assert len(calls(simcord_env, "PATCH", "/messages/@original")) == 1

    @pytest.mark.parametrize("status", [429, 500, 503])
    async def test_defer_that_fails_is_told_with_a_reference(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        simcord_env: simcord.Env,
        caplog: pytest.LogCaptureFixture,
        status: int,
    ) -> None:
        simcord_env.inject_error("POST", DEFER, status=status)

        result = await alice.slash(channel, "ask", question=QUESTION)

        assert private_sentence(result).startswith("Something went wrong on our side (reference ")
        assert answering.asked == []
        (line,) = logged(caplog)
        assert ": Discord did not take a message: " in line


class TestEdit:
    @pytest.mark.parametrize(
        ("status", "code", "message"),
        [(404, 10008, "Unknown Message"), (401, 50027, "Invalid Webhook Token"), (403, 50001, "Missing Access")],
    )
    async def test_answer_that_has_no_place_any_more_is_logged(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        simcord_env: simcord.Env,
        caplog: pytest.LogCaptureFixture,
        status: int,
        code: int,
        message: str,
    ) -> None:
        simcord_env.inject_error("PATCH", EDIT, status=status, code=code, message=message)

        result = await alice.slash(channel, "ask", question=QUESTION)

        assert not result.followups
        (line,) = logged(caplog)
        assert line.endswith(f"(error code: {code}): {message}")

    @pytest.mark.parametrize("status", [429, 500, 503])
    async def test_answer_that_discord_fails_to_take_is_told_in_private(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        simcord_env: simcord.Env,
        caplog: pytest.LogCaptureFixture,
        status: int,
    ) -> None:
        simcord_env.inject_error("PATCH", EDIT, status=status)

        result = await alice.slash(channel, "ask", question=QUESTION)

        assert private_sentence(result).startswith("Something went wrong on our side (reference ")
        assert len(logged(caplog)) == 1

    async def test_private_sentence_is_tried_though_the_placeholder_fails_too(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        simcord_env: simcord.Env,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        simcord_env.inject_error("PATCH", EDIT, status=500, times=2)

        await alice.slash(channel, "ask", question=QUESTION)

        (sent,) = [r for r in simcord_env.http_requests if r.method == "POST" and r.path.startswith("/webhooks")]
        assert sent.json is not None
        assert sent.json["content"].startswith("Something went wrong on our side (reference ")
        assert not [r for r in simcord_env.http_requests if r.method == "DELETE"]
        assert logged(caplog)[-1].startswith("could not fill what was deferred: 500")

    async def test_refused_components_are_sent_as_embeds_once(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        simcord_env: simcord.Env,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        simcord_env.inject_error("PATCH", EDIT, status=400, code=50035, message="Invalid Form Body")

        result = await alice.slash(channel, "ask", question=QUESTION)

        assert result.response is not None
        assert LANDING_SHOWN in (result.response.embeds[0].description or "")
        assert not result.followups
        assert len(logged(caplog)) == 1


async def test_log_names_the_kind_of_error_but_not_what_was_typed(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "bot.discord.failures")

    result = await alice.slash(channel, "ask", question=QUESTION, since="my birthday")

    assert "my birthday" in private_sentence(result)
    assert [r.getMessage() for r in caplog.records if r.name == "bot.discord.failures"] == [
        "told a person: BadDateError"
    ]


class TestFollowUpOfAnAnswer:
    async def test_answer_stays_where_only_the_remark_is_refused(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        simcord_env: simcord.Env,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        await choose(simcord_env, simcord_env.guild, channels=frozenset({1}))
        simcord_env.inject_error("POST", "/webhooks/*", status=500)

        result = await alice.slash(channel, "ask", question=QUESTION)

        assert LANDING_SHOWN in shown_text(result)
        assert len(logged(caplog)) == 1


class TestReply:
    @pytest.mark.parametrize(
        ("status", "code", "message"),
        [(403, 50013, "Missing Permissions"), (404, 10003, "Unknown Channel")],
    )
    async def test_channel_that_takes_nothing_is_logged(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        simcord_env: simcord.Env,
        caplog: pytest.LogCaptureFixture,
        status: int,
        code: int,
        message: str,
    ) -> None:
        simcord_env.inject_error("POST", MESSAGES, status=status, code=code, message=message, times=None)

        await alice.send(channel, f"{bot_mention(simcord_env)} {QUESTION}")

        assert len(calls(simcord_env, "POST", "/messages")) == 1
        (line,) = logged(caplog)
        assert line.endswith(f"(error code: {code}): {message}")

    @pytest.mark.parametrize("status", [429, 500, 503])
    async def test_reply_that_discord_fails_to_take_is_told(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        simcord_env: simcord.Env,
        caplog: pytest.LogCaptureFixture,
        status: int,
    ) -> None:
        simcord_env.inject_error("POST", MESSAGES, status=status)

        await alice.send(channel, f"{bot_mention(simcord_env)} {QUESTION}")

        assert text_of(channel.last_message).startswith("Something went wrong on our side (reference ")
        assert len(logged(caplog)) == 1

    @pytest.mark.parametrize("status", [403, 404, 429, 500])
    async def test_answer_comes_also_where_typing_fails(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        simcord_env: simcord.Env,
        caplog: pytest.LogCaptureFixture,
        status: int,
    ) -> None:
        simcord_env.inject_error("POST", "/channels/*/typing", status=status)

        await alice.send(channel, f"{bot_mention(simcord_env)} {QUESTION}")

        assert LANDING_SHOWN in text_of(channel.last_message)
        assert logged(caplog) == []

    async def test_answer_comes_also_where_the_network_fails_under_typing(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        simcord_env: simcord.Env,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(simcord_env.bot.http, "send_typing", _no_network)

        await alice.send(channel, f"{bot_mention(simcord_env)} {QUESTION}")

        assert LANDING_SHOWN in text_of(channel.last_message)

    async def test_question_that_was_deleted_is_answered_without_a_reference(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        simcord_env: simcord.Env,
    ) -> None:
        await alice.send(channel, f"{bot_mention(simcord_env)} {QUESTION}")

        (sent,) = calls(simcord_env, "POST", "/messages")
        assert sent["message_reference"]["fail_if_not_exists"] is False


class TestThread:
    @pytest.mark.parametrize("status", [400, 403, 404, 429, 500])
    @pytest.mark.parametrize("refused", [THREADS, "/channels/*/messages"])
    async def test_channel_gets_the_answer_where_the_thread_fails(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        simcord_env: simcord.Env,
        caplog: pytest.LogCaptureFixture,
        status: int,
        refused: str,
    ) -> None:
        await choose(simcord_env, simcord_env.guild, place=Place.THREAD)
        simcord_env.inject_error("POST", refused, status=status, times=2 if status == 400 and refused != THREADS else 1)

        message = await alice.send(channel, f"{bot_mention(simcord_env)} {QUESTION}")

        reply = channel.last_message
        assert reply is not None
        assert reply.reference is not None
        assert reply.reference.message_id == message.id
        assert LANDING_SHOWN in text_of(reply)
        assert logged(caplog)[-1].startswith(("could not open a thread in channel ", "could not answer in thread "))

    async def test_channel_gets_the_answer_where_the_network_fails_under_the_thread(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        simcord_env: simcord.Env,
        caplog: pytest.LogCaptureFixture,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        await choose(simcord_env, simcord_env.guild, place=Place.THREAD)
        monkeypatch.setattr(discord.Message, "create_thread", _no_network)

        await alice.send(channel, f"{bot_mention(simcord_env)} {QUESTION}")

        assert LANDING_SHOWN in text_of(channel.last_message)
        (line,) = logged(caplog)
        assert line.startswith("could not open a thread in channel ")


async def _no_network(*_: object, **__: object) -> None:
    raise aiohttp.ServerDisconnectedError
