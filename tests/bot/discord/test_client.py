"""Failures, registration and moving to a new index, in a simulated Discord."""

import pytest
import simcord

from bot import create_client
from bot.settings import Settings
from index.errors import QuoteMismatchError
from tests.bot.discord.simulated import QUESTION, check_reference, private_sentence
from tests.bot.fakes import FakeAnswering

pytestmark = pytest.mark.simcord(shard_count=1)


class TestFailures:
    @pytest.mark.parametrize(
        "failure", [ZeroDivisionError("secret detail"), QuoteMismatchError("larkspur-landing", 1, "said", "says")]
    )
    async def test_unknown_error_is_told_in_private_with_a_reference(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        caplog: pytest.LogCaptureFixture,
        failure: Exception,
    ) -> None:
        answering.failure = failure

        result = await alice.slash(channel, "ask", question=QUESTION)

        check_reference(private_sentence(result), caplog, failure)

    async def test_interaction_that_came_too_late_is_logged(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        simcord_env: simcord.Env,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        simcord_env.inject_error(
            "POST", "/interactions/*/callback", status=404, code=10062, message="Unknown interaction"
        )

        result = await alice.slash(channel, "ask", question=QUESTION)

        assert not result.acknowledged
        assert "could not respond: 404 Not Found (error code: 10062): Unknown interaction" in caplog.messages

    async def test_channel_that_takes_no_reply_is_logged(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        simcord_env: simcord.Env,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        simcord_env.inject_error("POST", "/channels/*/messages", status=403, code=50013, message="Missing Permissions")
        assert simcord_env.bot.user is not None

        await alice.send(channel, f"{simcord_env.bot.user.mention} {QUESTION}")

        assert "could not reply: 403 Forbidden (error code: 50013): Missing Permissions" in caplog.messages


class TestClient:
    async def test_no_privileged_intent_is_asked_for(self, simcord_env: simcord.Env) -> None:
        intents = simcord_env.bot.intents

        assert not (intents.message_content or intents.members or intents.presences)
        assert simcord_env.bot.allowed_mentions is not None
        assert list(simcord_env.bot.allowed_mentions.to_dict().values()) == [[]]

    async def test_commands_are_registered(self, alice: simcord.MemberActor, channel: simcord.ChannelHandle) -> None:
        assert {"ask", "latest", "timeline", "sources list", "article", "cite", "status", "help"} <= set(
            alice.available_commands(channel)
        )

    async def test_commands_may_be_registered_in_some_servers_only(
        self, answering: FakeAnswering, channel: simcord.ChannelHandle, simcord_env: simcord.Env
    ) -> None:
        guild_id = simcord_env.guild.id
        settings = Settings(reload_seconds=60.0, command_guild_ids=frozenset({guild_id}))
        await simcord_env.restart_bot(create_client(settings, answering))

        assert simcord_env.http_requests[-1].path.endswith(f"/guilds/{guild_id}/commands")

    async def test_refused_registration_does_not_stop_the_bot(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        simcord_env: simcord.Env,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        simcord_env.inject_error("PUT", "/applications/*/commands", status=403, code=50001, message="Missing Access")
        await simcord_env.restart_bot(create_client(Settings(reload_seconds=60.0), answering))
        await alice.send_dm(QUESTION)

        refusal = "Discord refused the commands for all servers: 403 Forbidden (error code: 50001): Missing Access"
        assert refusal in caplog.messages
        assert len(answering.asked) == 1

    async def test_running_bot_moves_to_a_published_generation(
        self, answering: FakeAnswering, simcord_env: simcord.Env
    ) -> None:
        answering.fresh = True
        await simcord_env.advance_time(61)

        assert answering.n_reloads == 1

    async def test_reloading_goes_on_after_a_failure(
        self, answering: FakeAnswering, simcord_env: simcord.Env, caplog: pytest.LogCaptureFixture
    ) -> None:
        answering.failure = OSError("disk")
        await simcord_env.advance_time(61)
        answering.failure, answering.fresh = None, True
        await simcord_env.advance_time(61)

        assert "could not look for a new index" in caplog.messages
        assert answering.n_reloads == 1
