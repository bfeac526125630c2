"""`/gaps` and `/feedback review` in a simulated Discord."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import discord
import pytest
import simcord

from bot import create_client
from bot.discord.escape import escape
from bot.settings import Settings
from bot.state import GuildSettings, State, Verdict, give_verdict, keep_answer
from bot.state.gaps import count_gaps
from bot.state.reviewing import count_rated
from index.answer import Refusal
from tests.bot.discord.panels.reading import controls_of, shown, text_of
from tests.bot.discord.simulated import private_sentence, response_of
from tests.bot.fakes import FakeAnswering
from tests.bot.state.values import ANSWER

pytestmark = pytest.mark.simcord(shard_count=1)

NOT_HERE = escape("Only the maintainers of this server can do that; `/settings` names their role.")


@pytest.fixture
def state(tmp_path: Path, simcord_env: simcord.Env) -> Iterator[State]:
    with State.open(tmp_path / "data" / "bot.db") as state:
        yield state


def refuse(state: State, guild_id: int | None, *questions: str) -> None:
    for number, question in enumerate(questions):
        kept_at = discord.utils.utcnow() - timedelta(minutes=number)
        answer = replace(ANSWER, answer_id=f"{guild_id}-{number}"[-16:], question=question, guild_id=guild_id)
        keep_answer(state, replace(answer, kept_at=kept_at, refusal=Refusal.NO_ANSWER_IN_TOPIC, citation_ids=()))


def rate(state: State, guild_id: int, answer_id: str, *verdicts: Verdict) -> None:
    now = discord.utils.utcnow()
    keep_answer(state, replace(ANSWER, answer_id=answer_id, guild_id=guild_id, kept_at=now))
    for voter, verdict in enumerate(verdicts):
        give_verdict(state, answer_id, voter, verdict, now)


async def name_role(env: simcord.Env, role: simcord.RoleHandle) -> None:
    servers = env.bot.servers  # type: ignore[attr-defined]
    await servers.change(env.guild.id, lambda settings: replace(settings, maintainer_role_id=role.id))


class TestGaps:
    async def test_they_are_shown_in_private_escaped_the_most_asked_first(
        self, manager: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env, state: State
    ) -> None:
        refuse(state, simcord_env.guild.id, "Who pays @everyone **now**?", "A lander?", "the landers")
        refuse(state, 99, "What is secret?")

        result = await manager.slash(channel, "gaps")

        assert result.ephemeral
        text = text_of(result)
        assert text.startswith("## 2 questions without an answer\n-# page 1 of 1\n**A lander?**\nasked 2 times")
        assert "on the topic, but no answer" in text
        assert "@everyone" not in text
        assert r"\*\*now\*\*" in text
        assert "secret" not in text

    async def test_a_handled_one_goes_and_pages_turn_also_after_a_restart(
        self, manager: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env, state: State
    ) -> None:
        guild_id = simcord_env.guild.id
        refuse(state, guild_id, *(f"What of probe{number}?" for number in range(6)))
        panel = await manager.slash(channel, "gaps")
        assert controls_of(panel)["sn:gaps:page:0"]["disabled"]
        await simcord_env.restart_bot(create_client(Settings(reload_seconds=60.0), FakeAnswering()))

        await manager.click(response_of(panel), custom_id="sn:gaps:next:1")
        assert "page 2 of 2" in text_of(panel)
        (handled,) = [custom_id for custom_id in controls_of(panel) if ":handled:" in custom_id]
        await manager.click(response_of(panel), custom_id=handled)

        assert count_gaps(state, guild_id) == 5
        assert "## 5 questions without an answer\n-# page 1 of 1" in text_of(panel)

    async def test_without_any_there_is_an_empty_page(
        self, manager: simcord.MemberActor, channel: simcord.ChannelHandle
    ) -> None:
        panel = await manager.slash(channel, "gaps")

        assert text_of(panel) == "## 0 questions without an answer\n-# page 1 of 1"

    async def test_long_hostile_questions_stay_within_the_limits(
        self, manager: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env, state: State
    ) -> None:
        refuse(state, simcord_env.guild.id, *(f"{number} " + "*_`|" * 99 for number in range(9)))

        panel = await manager.slash(channel, "gaps")

        assert len(shown(panel)) <= 40
        assert len(text_of(panel)) <= 4000


class TestWhoMay:
    @pytest.mark.parametrize("command", ["gaps", "feedback review"])
    async def test_others_may_not(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle, command: str
    ) -> None:
        assert private_sentence(await alice.slash(channel, command)) == NOT_HERE

    @pytest.mark.parametrize("command", ["gaps", "feedback review"])
    async def test_the_role_that_the_server_named_may(
        self, channel: simcord.ChannelHandle, simcord_env: simcord.Env, command: str
    ) -> None:
        role = simcord_env.guild.create_role("curators")
        await name_role(simcord_env, role)
        curator = simcord_env.guild.add_member(simcord_env.create_user("cy"), roles=[role])

        assert "page 1 of 1" in text_of(await curator.slash(channel, command))

    async def test_who_lost_the_role_handles_nothing(
        self, channel: simcord.ChannelHandle, simcord_env: simcord.Env, state: State
    ) -> None:
        role = simcord_env.guild.create_role("curators")
        await name_role(simcord_env, role)
        curator = simcord_env.guild.add_member(simcord_env.create_user("cy"), roles=[role])
        refuse(state, simcord_env.guild.id, "Who pays?")
        panel = await curator.slash(channel, "gaps")
        (handled,) = [custom_id for custom_id in controls_of(panel) if ":handled:" in custom_id]
        simcord_env.backend.get_guild(simcord_env.guild.id).members[curator.id].role_ids.clear()

        assert private_sentence(await curator.click(response_of(panel), custom_id=handled)) == NOT_HERE
        assert count_gaps(state, simcord_env.guild.id) == 1

    async def test_a_stranger_sees_nothing_in_a_direct_message(self, alice: simcord.MemberActor) -> None:
        assert private_sentence(await alice.user.slash("gaps")) == "Only the maintainers of this bot can do that."

    async def test_who_runs_the_bot_sees_everything_in_a_direct_message(
        self, alice: simcord.MemberActor, simcord_env: simcord.Env, state: State
    ) -> None:
        refuse(state, 98, "Who pays?")
        refuse(state, 99, "When does it fly?")
        refuse(state, None, "Where is it?")
        application = simcord_env.bot.application
        assert application is not None
        application.owner = simcord_env.bot.get_user(alice.id) or discord.Object(alice.id)  # type: ignore[assignment]

        assert "## 3 questions without an answer" in text_of(await alice.user.slash("gaps"))


class TestDiscordSaysNo:
    @pytest.mark.parametrize("command", ["settings", "privacy", "gaps", "feedback review"])
    @pytest.mark.parametrize(
        ("path", "status", "code"),
        [
            ("/interactions/*/callback", 404, 10062),
            ("/interactions/*/callback", 403, 50001),
            ("/webhooks/*/messages/@original", 404, 10015),
        ],
    )
    async def test_it_is_logged_and_nothing_is_raised(
        self,
        manager: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        simcord_env: simcord.Env,
        caplog: pytest.LogCaptureFixture,
        command: str,
        path: str,
        status: int,
        code: int,
    ) -> None:
        simcord_env.inject_error("*", path, status=status, code=code, message="No")

        await manager.slash(channel, command)

        (line,) = [message for message in caplog.messages if message.startswith("could not respond: ")]
        assert line.endswith(f"(error code: {code}): No")

    @pytest.mark.parametrize("status", [429, 502])
    async def test_what_is_no_fault_of_the_asker_is_told_in_private(
        self, manager: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env, status: int
    ) -> None:
        simcord_env.inject_error("PATCH", "/webhooks/*/messages/@original", status=status)

        result = await manager.slash(channel, "gaps")

        assert private_sentence(result).startswith("Something went wrong on our side (reference ")


class TestFeedback:
    async def test_complaints_come_first_with_their_quotes_and_counts(
        self, manager: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env, state: State
    ) -> None:
        rate(state, simcord_env.guild.id, "liked", Verdict.HELPFUL, Verdict.HELPFUL)
        rate(state, simcord_env.guild.id, "wrong", Verdict.WRONG_SOURCE, Verdict.HELPFUL)
        rate(state, 99, "elsewhere", Verdict.NOT_HELPFUL)

        panel = await manager.slash(channel, "feedback review")

        _, first, second, *_ = [component["content"] for component in shown(panel) if "content" in component]
        assert text_of(panel).startswith("## 2 answers with feedback")
        assert "Helpful: 1 · Not helpful: 0 · Wrong source: 1" in first
        assert "Helpful: 2 · Not helpful: 0 · Wrong source: 0" in second
        assert "`c-0123456789ab`, `c-ba9876543210`" in first

    async def test_a_handled_one_goes(
        self, manager: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env, state: State
    ) -> None:
        rate(state, simcord_env.guild.id, "wrong-1_x", Verdict.WRONG_SOURCE)
        panel = await manager.slash(channel, "feedback review")

        await manager.click(response_of(panel), custom_id="sn:feedback:handled:0-wrong-1_x")

        assert count_rated(state, simcord_env.guild.id) == 0
        assert text_of(panel).startswith("## 0 answers with feedback")

    async def test_all_of_the_server_is_exported_as_cases(
        self, manager: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env, state: State
    ) -> None:
        rate(state, simcord_env.guild.id, "wrong", Verdict.WRONG_SOURCE)
        rate(state, 99, "elsewhere", Verdict.NOT_HELPFUL)
        panel = await manager.slash(channel, "feedback review")

        result = await manager.click(response_of(panel), custom_id="sn:feedback:export")

        messages = [*([result.response] if result.response else []), *result.followups]
        (attachment,) = [found for message in messages if message.ephemeral for found in message.attachments]
        (line,) = (await attachment.read()).decode().splitlines()
        case = json.loads(line)
        assert (case["_id"], case["text"]) == ("wrong", ANSWER.question)
        assert case["verdicts"] == {"helpful": 0, "not_helpful": 0, "wrong_source": 1}


async def test_two_servers_see_their_own(
    manager: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env, state: State
) -> None:
    here = simcord_env.guild.id
    other = simcord_env.create_guild(name="other")
    role = other.create_role("managers", permissions=discord.Permissions(manage_guild=True))
    there = other.add_member(simcord_env.create_user("nora"), roles=[role])
    lounge = other.create_text_channel("lounge")
    refuse(state, here, "Who pays here?")
    refuse(state, other.id, "Who flies there?")

    assert "Who pays here?" in text_of(await manager.slash(channel, "gaps"))
    shown_there = text_of(await there.slash(lounge, "gaps"))
    assert "Who flies there?" in shown_there
    assert "Who pays here?" not in shown_there
    assert simcord_env.bot.servers.settings(here) == GuildSettings(here)  # type: ignore[attr-defined]
