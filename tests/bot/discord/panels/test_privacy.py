"""`/privacy` in a simulated Discord."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import discord
import pytest
import simcord

from bot import create_client
from bot.settings import Settings
from bot.state import (
    GuildSettings,
    KeptAnswer,
    State,
    Verdict,
    find_answer,
    give_verdict,
    guild_settings,
    keep_answer,
    save_guild_settings,
)
from bot.state.belongings import Belongings, count_of_guild, count_of_user
from tests.bot.discord.panels.reading import controls_of, shown, text_of
from tests.bot.discord.simulated import private_sentence, response_of
from tests.bot.fakes import FakeAnswering
from tests.bot.state.values import ANSWER, MOMENT

pytestmark = pytest.mark.simcord(shard_count=1)

PERSONAL = {"sn:privacy:export_me", "sn:privacy:delete_me"}
OF_SERVER = {"sn:privacy:export_server", "sn:privacy:delete_server"}


@pytest.fixture
def state(tmp_path: Path, simcord_env: simcord.Env) -> Iterator[State]:
    """Look at what the running bot keeps, over a connection of its own."""
    with State.open(tmp_path / "data" / "bot.db") as state:
        yield state


def keep(state: State, **changes: object) -> KeptAnswer:
    answer = replace(ANSWER, kept_at=discord.utils.utcnow(), **changes)  # type: ignore[arg-type]
    keep_answer(state, answer)
    return answer


async def exported(result: simcord.InteractionResult) -> dict[str, list[dict[str, object]]]:
    """Return what came as a file, to the one who asked alone."""
    (followup,) = result.followups
    assert followup.ephemeral
    (attachment,) = followup.attachments
    found: dict[str, list[dict[str, object]]] = json.loads(await attachment.read())
    return found


class TestOverview:
    async def test_everybody_learns_what_is_kept_and_how_long(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle
    ) -> None:
        result = await alice.slash(channel, "privacy")

        assert result.ephemeral
        assert "Who asked is not kept." in text_of(result)
        assert "All of it is deleted after 30 days." in text_of(result)
        assert set(controls_of(result)) == PERSONAL
        assert len(shown(result)) <= 40

    async def test_a_manager_may_also_have_the_server(
        self, manager: simcord.MemberActor, channel: simcord.ChannelHandle
    ) -> None:
        assert set(controls_of(await manager.slash(channel, "privacy"))) == PERSONAL | OF_SERVER

    async def test_the_settings_of_the_server_are_told(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env, state: State
    ) -> None:
        chosen = GuildSettings(simcord_env.guild.id, keeps_user_ids=True, retention_days=1)
        save_guild_settings(state, chosen)
        await simcord_env.restart_bot(create_client(Settings(reload_seconds=60.0), FakeAnswering()))

        text = text_of(await alice.slash(channel, "privacy"))

        assert "This server chose to keep who asked." in text
        assert "All of it is deleted after 1 day." in text

    async def test_it_is_there_in_direct_messages(self, alice: simcord.MemberActor) -> None:
        result = await alice.user.slash("privacy")

        assert set(controls_of(result)) == PERSONAL
        assert "All of it is deleted after 30 days." in text_of(result)


class TestServer:
    async def test_a_manager_exports_everything(
        self, manager: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env, state: State
    ) -> None:
        guild_id = simcord_env.guild.id
        keep(state, guild_id=guild_id)
        keep(state, guild_id=99, answer_id="elsewhere")
        save_guild_settings(state, GuildSettings(guild_id, language="fr"))
        panel = await manager.slash(channel, "privacy")

        found = await exported(await manager.click(response_of(panel), custom_id="sn:privacy:export_server"))

        assert [row["id"] for row in found["answers"]] == ["answer-1"]
        assert [row["language"] for row in found["guild_settings"]] == ["fr"]

    async def test_a_manager_deletes_everything_after_a_second_click(
        self, manager: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env, state: State
    ) -> None:
        guild_id = simcord_env.guild.id
        answer = keep(state, guild_id=guild_id)
        elsewhere = keep(state, guild_id=99, answer_id="elsewhere")
        settings = await manager.slash(channel, "settings")
        await manager.click(response_of(settings), custom_id="sn:settings:private:on")
        panel = await manager.slash(channel, "privacy")

        await manager.click(response_of(panel), custom_id="sn:privacy:delete_server")
        assert "Delete all that is kept of this server, its settings included (2 records)?" in text_of(panel)
        assert find_answer(state, answer.answer_id) == answer

        await manager.click(response_of(panel), custom_id="sn:privacy:forget_server")
        assert "Deleted: 2 records of this server." in text_of(panel)
        assert set(count_of_guild(state, guild_id).values()) == {0}
        assert find_answer(state, "elsewhere") == elsewhere
        assert simcord_env.bot.servers.settings(guild_id) == GuildSettings(guild_id)  # type: ignore[attr-defined]

    async def test_the_second_click_may_be_no(
        self, manager: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env, state: State
    ) -> None:
        keep(state, guild_id=simcord_env.guild.id)
        panel = await manager.slash(channel, "privacy")
        await manager.click(response_of(panel), custom_id="sn:privacy:delete_server")

        await manager.click(response_of(panel), custom_id="sn:privacy:show")

        assert set(controls_of(panel)) == PERSONAL | OF_SERVER
        assert count_of_guild(state, simcord_env.guild.id)["answers"] == 1

    @pytest.mark.parametrize("what", ["export_server", "delete_server", "forget_server"])
    async def test_who_lost_the_right_gets_and_deletes_nothing(
        self, channel: simcord.ChannelHandle, simcord_env: simcord.Env, state: State, what: str
    ) -> None:
        role = simcord_env.guild.create_role("passing", permissions=discord.Permissions(manage_guild=True))
        member = simcord_env.guild.add_member(simcord_env.create_user("pat"), roles=[role])
        keep(state, guild_id=simcord_env.guild.id)
        panel = await member.slash(channel, "privacy")
        if what == "forget_server":
            await member.click(response_of(panel), custom_id="sn:privacy:delete_server")
        simcord_env.backend.get_guild(simcord_env.guild.id).members[member.id].role_ids.clear()

        result = await member.click(response_of(panel), custom_id=f"sn:privacy:{what}")

        assert private_sentence(result) == "Only members who may manage this server can do that."
        assert count_of_guild(state, simcord_env.guild.id)["answers"] == 1


class TestPerson:
    async def test_a_person_exports_their_own(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle, state: State
    ) -> None:
        keep(state, user_id=alice.id)
        keep(state, answer_id="other", user_id=5)
        give_verdict(state, "other", alice.id, Verdict.WRONG_SOURCE, MOMENT)
        give_verdict(state, "other", 5, Verdict.HELPFUL, MOMENT)
        panel = await alice.slash(channel, "privacy")

        found = await exported(await alice.click(response_of(panel), custom_id="sn:privacy:export_me"))

        assert [row["id"] for row in found["answers"]] == ["answer-1"]
        assert found["feedback"] == [
            {"answer_id": "other", "verdict": "wrong_source", "given_at": "2031-05-09T12:00:00.000000+00:00"}
        ]

    async def test_a_person_deletes_their_own_in_all_servers_also_after_a_restart(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env, state: State
    ) -> None:
        keep(state, user_id=alice.id, guild_id=99)
        other = keep(state, answer_id="other", user_id=5)
        give_verdict(state, "other", alice.id, Verdict.HELPFUL, MOMENT)
        panel = await alice.slash(channel, "privacy")
        await alice.click(response_of(panel), custom_id="sn:privacy:delete_me")
        assert "in all servers (1 record), and what you said of answers (1 verdict)?" in text_of(panel)
        await simcord_env.restart_bot(create_client(Settings(reload_seconds=60.0), FakeAnswering()))

        questions = simcord_env.bot._known.questions  # type: ignore[attr-defined]
        questions.note(alice.id, "Where did Larkspur land?")

        await alice.click(response_of(panel), custom_id="sn:privacy:forget_me")

        assert questions.choices(alice.id, "") == []
        assert "Deleted: 1 record and 1 verdict." in text_of(panel)
        assert count_of_user(state, alice.id) == Belongings(0, 0)
        assert find_answer(state, "other") == other


class TestForgetting:
    async def test_a_server_that_removes_the_bot_is_forgotten_at_once(
        self, channel: simcord.ChannelHandle, simcord_env: simcord.Env, state: State
    ) -> None:
        guild_id = simcord_env.guild.id
        keep(state, guild_id=guild_id)
        elsewhere = keep(state, guild_id=99, answer_id="elsewhere")
        await simcord_env.bot.servers.change(guild_id, lambda s: replace(s, language="fr"))  # type: ignore[attr-defined]

        # Discord sends the same, marked as unavailable, where the server is only out of reach.
        simcord_env.backend.emit("GUILD_DELETE", {"id": str(guild_id), "unavailable": True})
        await simcord_env.settle()
        assert sum(count_of_guild(state, guild_id).values()) == 2
        simcord_env.backend.emit("GUILD_DELETE", {"id": str(guild_id)})
        await simcord_env.settle()

        assert set(count_of_guild(state, guild_id).values()) == {0}
        assert find_answer(state, "elsewhere") == elsewhere
        assert simcord_env.bot.servers.settings(guild_id) == GuildSettings(guild_id)  # type: ignore[attr-defined]

    async def test_a_server_that_removed_the_stopped_bot_is_forgotten_at_its_start(
        self, channel: simcord.ChannelHandle, simcord_env: simcord.Env, state: State
    ) -> None:
        present = GuildSettings(simcord_env.guild.id, language="fr")
        save_guild_settings(state, present)
        save_guild_settings(state, GuildSettings(99, language="fr"))
        gone = keep(state, guild_id=99)
        taken_along = keep(state, guild_id=98, answer_id="taken along")

        await simcord_env.restart_bot(create_client(Settings(reload_seconds=60.0), FakeAnswering()))
        await simcord_env.settle()

        assert guild_settings(state, present.guild_id) == present
        assert find_answer(state, gone.answer_id) is None
        assert find_answer(state, "taken along") == taken_along

    async def test_what_is_too_old_goes_at_the_start(
        self, channel: simcord.ChannelHandle, simcord_env: simcord.Env, state: State
    ) -> None:
        for answer_id, days in (("old", 31), ("nearly", 29)):
            kept_at = discord.utils.utcnow() - timedelta(days=days)
            keep_answer(state, replace(ANSWER, answer_id=answer_id, kept_at=kept_at))

        await simcord_env.restart_bot(create_client(Settings(reload_seconds=60.0), FakeAnswering()))
        await simcord_env.settle()

        assert find_answer(state, "old") is None
        assert find_answer(state, "nearly") is not None

    async def test_a_file_that_cannot_be_written_is_logged_and_the_bot_answers(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        simcord_env: simcord.Env,
        state: State,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        state.connection.execute("DROP TABLE answers")

        await simcord_env.restart_bot(create_client(Settings(reload_seconds=60.0), FakeAnswering()))
        await simcord_env.settle()

        assert "could not delete what is too old" in caplog.messages
        assert (await alice.slash(channel, "privacy")).ephemeral
