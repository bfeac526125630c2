"""`/settings` in a simulated Discord."""

import asyncio
from dataclasses import replace
from pathlib import Path

import discord
import pytest
import simcord

from bot import create_client
from bot.settings import Settings
from bot.state import GuildSettings, Place, State, guild_settings, save_guild_settings
from bot.state.guild_settings import all_guild_settings
from index.answer import Filters
from index.errors import NoGenerationError
from tests.bot.discord.panels.reading import controls_of, shown, text_of, ticked
from tests.bot.discord.simulated import QUESTION, private_sentence, response_of
from tests.bot.fakes import FakeAnswering, FakeSource

pytestmark = pytest.mark.simcord(shard_count=1)

ONLY_MANAGERS = "Only members who may manage this server can do that."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "bot.db"


def kept(path: Path, guild_id: int) -> GuildSettings:
    with State.open(path) as state:
        return guild_settings(state, guild_id)


class TestWhoMay:
    async def test_the_panel_is_shown_to_a_manager_alone_after_deferring(
        self, manager: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env
    ) -> None:
        result = await manager.slash(channel, "settings")

        (callback,) = [r for r in simcord_env.http_requests if r.path.endswith("/callback")]
        assert callback.json is not None
        assert callback.json["type"] == discord.InteractionResponseType.deferred_channel_message.value
        assert result.ephemeral
        assert len(shown(result)) <= 40
        assert len(text_of(result)) <= 4000
        assert response_of(result).flags.components_v2

    async def test_others_do_not_even_see_the_command(
        self, alice: simcord.MemberActor, manager: simcord.MemberActor, channel: simcord.ChannelHandle
    ) -> None:
        assert "settings" not in alice.available_commands(channel)
        assert "settings" in manager.available_commands(channel)

    async def test_a_server_that_lets_others_see_the_command_does_not_let_them_use_it(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env
    ) -> None:
        command = next(c for c in simcord_env.bot.tree.get_commands() if c.name == "settings")  # type: ignore[attr-defined]
        command.default_permissions = None
        await simcord_env.bot.tree.sync()  # type: ignore[attr-defined]

        assert private_sentence(await alice.slash(channel, "settings")) == ONLY_MANAGERS

    async def test_who_lost_the_right_changes_nothing_in_a_panel_that_is_still_open(
        self, channel: simcord.ChannelHandle, simcord_env: simcord.Env, path: Path
    ) -> None:
        role = simcord_env.guild.create_role("passing", permissions=discord.Permissions(manage_guild=True))
        member = simcord_env.guild.add_member(simcord_env.create_user("pat"), roles=[role])
        panel = await member.slash(channel, "settings")
        simcord_env.backend.get_guild(simcord_env.guild.id).members[member.id].role_ids.clear()

        result = await member.click(response_of(panel), custom_id="sn:settings:private:on")

        assert private_sentence(result) == ONLY_MANAGERS
        assert kept(path, simcord_env.guild.id) == GuildSettings(simcord_env.guild.id)


class TestChoosing:
    @pytest.mark.parametrize(
        ("custom_id", "values", "expected"),
        [
            ("sn:settings:language", ["fr"], {"language": "fr"}),
            ("sn:settings:language", ["own"], {"language": ""}),
            ("sn:settings:place", ["thread"], {"place": Place.THREAD}),
            ("sn:settings:retention", ["7"], {"retention_days": 7}),
        ],
    )
    async def test_a_menu(
        self,
        manager: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        simcord_env: simcord.Env,
        path: Path,
        custom_id: str,
        values: list[str],
        expected: dict[str, object],
    ) -> None:
        panel = await manager.slash(channel, "settings")

        await manager.select(response_of(panel), values, custom_id=custom_id)

        assert kept(path, simcord_env.guild.id) == GuildSettings(simcord_env.guild.id, **expected)  # type: ignore[arg-type]
        assert ticked(controls_of(panel)[custom_id]) == values

    async def test_channels_and_role(
        self, manager: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env, path: Path
    ) -> None:
        role = simcord_env.guild.create_role("curators")
        panel = await manager.slash(channel, "settings")

        await manager.select(response_of(panel), [channel], custom_id="sn:settings:channels")
        await manager.select(response_of(panel), [role], custom_id="sn:settings:role")

        expected = GuildSettings(simcord_env.guild.id, channels=frozenset({channel.id}), maintainer_role_id=role.id)
        assert kept(path, simcord_env.guild.id) == expected
        assert ticked(controls_of(panel)["sn:settings:channels"]) == [str(channel.id)]
        assert ticked(controls_of(panel)["sn:settings:role"]) == [str(role.id)]

        await manager.select(response_of(panel), [], custom_id="sn:settings:channels")
        await manager.select(response_of(panel), [], custom_id="sn:settings:role")
        assert kept(path, simcord_env.guild.id) == GuildSettings(simcord_env.guild.id)

    async def test_switches_turn_on_and_off(
        self, manager: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env, path: Path
    ) -> None:
        panel = await manager.slash(channel, "settings")
        await manager.click(response_of(panel), custom_id="sn:settings:private:on")
        await manager.click(response_of(panel), custom_id="sn:settings:user_ids:on")

        guild_id = simcord_env.guild.id
        assert kept(path, guild_id) == GuildSettings(guild_id, private_by_default=True, keeps_user_ids=True)

        await manager.click(response_of(panel), custom_id="sn:settings:private:off")
        assert kept(path, guild_id) == GuildSettings(guild_id, keeps_user_ids=True)

    async def test_a_menu_offers_no_longer_retention_than_the_installation_allows(
        self, manager: simcord.MemberActor, channel: simcord.ChannelHandle
    ) -> None:
        panel = await manager.slash(channel, "settings")

        options = controls_of(panel)["sn:settings:retention"]["options"]
        assert [option["label"] for option in options] == ["1 day", "7 days", "30 days"]

    async def test_a_deleted_channel_is_told_and_not_offered(
        self, manager: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env, path: Path
    ) -> None:
        chosen = GuildSettings(simcord_env.guild.id, channels=frozenset({channel.id, 4242}), maintainer_role_id=4343)
        with State.open(path) as state:
            save_guild_settings(state, chosen)
        await simcord_env.restart_bot(create_client(Settings(reload_seconds=60.0), FakeAnswering()))

        panel = await manager.slash(channel, "settings")

        assert "1 chosen channel no longer exists." in text_of(panel)
        assert ticked(controls_of(panel)["sn:settings:channels"]) == [str(channel.id)]
        assert ticked(controls_of(panel)["sn:settings:role"]) == []


class TestSources:
    @pytest.fixture
    def answering(self) -> FakeAnswering:
        extra = tuple(FakeSource(f"Wire {number:02}", 1, None, None) for number in range(30))
        return FakeAnswering(extra_sources=(*extra, FakeSource("x" * 101, 1, None, None)))

    async def test_sources_are_ticked_page_by_page_and_the_other_pages_stay(
        self, manager: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env, path: Path
    ) -> None:
        guild_id = simcord_env.guild.id
        panel = await manager.slash(channel, "settings")

        await manager.click(response_of(panel), custom_id="sn:settings:included")
        first = [option["value"] for option in controls_of(panel)["sn:settings:included_chosen:0"]["options"]]
        await manager.select(
            response_of(panel), ["Orbit Gazette", "Wire 00"], custom_id="sn:settings:included_chosen:0"
        )
        await manager.click(response_of(panel), custom_id="sn:settings:included_next:1")
        await manager.select(response_of(panel), ["Wire 29"], custom_id="sn:settings:included_chosen:1")
        await manager.click(response_of(panel), custom_id="sn:settings:included:0")
        await manager.select(response_of(panel), ["Wire 00"], custom_id="sn:settings:included_chosen:0")

        assert first[:2] == ["Orbit Gazette", "Starter corpus"]
        assert len(first) == 25
        assert kept(path, guild_id) == GuildSettings(guild_id, sources_included=frozenset({"Wire 00", "Wire 29"}))

        await manager.click(response_of(panel), custom_id="sn:settings:show")
        assert "Wire 00, Wire 29" in text_of(panel)

    async def test_what_is_excluded_is_another_list_and_can_be_emptied(
        self, manager: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env, path: Path
    ) -> None:
        guild_id = simcord_env.guild.id
        panel = await manager.slash(channel, "settings")
        await manager.click(response_of(panel), custom_id="sn:settings:excluded")
        await manager.select(response_of(panel), ["Wire 07"], custom_id="sn:settings:excluded_chosen:0")
        assert kept(path, guild_id) == GuildSettings(guild_id, sources_excluded=frozenset({"Wire 07"}))

        await manager.click(response_of(panel), custom_id="sn:settings:excluded_clear")
        assert kept(path, guild_id) == GuildSettings(guild_id)

    async def test_looking_around_chooses_nothing(
        self, manager: simcord.MemberActor, channel: simcord.ChannelHandle, path: Path
    ) -> None:
        panel = await manager.slash(channel, "settings")
        await manager.click(response_of(panel), custom_id="sn:settings:included")
        await manager.click(response_of(panel), custom_id="sn:settings:included_next:1")
        await manager.click(response_of(panel), custom_id="sn:settings:show")

        with State.open(path) as state:
            assert all_guild_settings(state) == []

    async def test_without_an_index_there_is_nothing_to_choose(
        self, manager: simcord.MemberActor, channel: simcord.ChannelHandle, answering: FakeAnswering
    ) -> None:
        panel = await manager.slash(channel, "settings")
        answering.failure = NoGenerationError(Path("index"))

        await manager.click(response_of(panel), custom_id="sn:settings:included")

        assert "No source is known yet." in text_of(panel)


class TestCooldowns:
    async def test_they_are_typed(
        self, manager: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env, path: Path
    ) -> None:
        panel = await manager.slash(channel, "settings")
        form = await manager.click(response_of(panel), custom_id="sn:settings:cooldowns")

        await manager.submit_modal(form, {"seconds": " 60", "questions": "5"})

        expected = GuildSettings(simcord_env.guild.id, user_cooldown_seconds=60, guild_questions_per_minute=5)
        assert kept(path, simcord_env.guild.id) == expected
        assert "waits 60 s between two questions; the server asks at most 5 in a minute" in text_of(panel)

    @pytest.mark.parametrize(
        ("seconds", "questions", "expected"),
        [
            ("soon", "5", "“soon” is not a whole number from 0 to 3,600."),
            ("3601", "5", "“3601” is not a whole number from 0 to 3,600."),
            ("5", "0", "“0” is not a whole number from 1 to 600."),
            ("5", "²", "“²” is not a whole number from 1 to 600."),
            ("5", "@all", "“@all” is not a whole number from 1 to 600."),
        ],
    )
    async def test_what_is_no_number_in_bounds_is_told_and_nothing_changes(
        self,
        manager: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        simcord_env: simcord.Env,
        path: Path,
        seconds: str,
        questions: str,
        expected: str,
    ) -> None:
        panel = await manager.slash(channel, "settings")
        form = await manager.click(response_of(panel), custom_id="sn:settings:cooldowns")

        result = await manager.submit_modal(form, {"seconds": seconds, "questions": questions})

        assert private_sentence(result) == expected
        assert kept(path, simcord_env.guild.id) == GuildSettings(simcord_env.guild.id)


class TestLasting:
    async def test_a_panel_and_a_form_work_after_a_restart(
        self,
        manager: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        simcord_env: simcord.Env,
        path: Path,
    ) -> None:
        panel = await manager.slash(channel, "settings")
        form = await manager.click(response_of(panel), custom_id="sn:settings:cooldowns")
        await simcord_env.restart_bot(create_client(Settings(reload_seconds=60.0), answering))

        await manager.click(response_of(panel), custom_id="sn:settings:private:on")
        await manager.select(response_of(panel), [channel], custom_id="sn:settings:channels")
        await manager.submit_modal(form, {"seconds": "60", "questions": "5"})

        guild_id = simcord_env.guild.id
        assert kept(path, guild_id) == GuildSettings(
            guild_id,
            channels=frozenset({channel.id}),
            private_by_default=True,
            user_cooldown_seconds=60,
            guild_questions_per_minute=5,
        )

    async def test_a_server_speaks_the_language_that_it_chose(
        self, manager: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env
    ) -> None:
        panel = await manager.slash(channel, "settings")
        await manager.select(response_of(panel), ["de"], custom_id="sn:settings:language")
        german = text_of(panel)
        await manager.select(response_of(panel), ["own"], custom_id="sn:settings:language")

        assert text_of(panel) != german

    async def test_two_servers_have_their_own(
        self, manager: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env, path: Path
    ) -> None:
        first = simcord_env.guild.id
        other = simcord_env.create_guild(name="other")
        role = other.create_role("managers", permissions=discord.Permissions(manage_guild=True))
        there = other.add_member(simcord_env.create_user("nora"), roles=[role])
        lounge = other.create_text_channel("lounge")

        panel = await manager.slash(channel, "settings")
        panel_there = await there.slash(lounge, "settings")
        await manager.select(response_of(panel), ["thread"], custom_id="sn:settings:place")
        await there.select(response_of(panel_there), ["1"], custom_id="sn:settings:retention")

        assert kept(path, first) == GuildSettings(first, place=Place.THREAD)
        assert kept(path, other.id) == GuildSettings(other.id, retention_days=1)

    async def test_what_is_chosen_holds_for_the_next_question_in_that_server_alone(
        self,
        manager: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        simcord_env: simcord.Env,
    ) -> None:
        other = simcord_env.create_guild(name="other")
        there = other.add_member(simcord_env.create_user("nora"))
        lounge = other.create_text_channel("lounge")
        panel = await manager.slash(channel, "settings")
        await manager.click(response_of(panel), custom_id="sn:settings:excluded")
        await manager.select(response_of(panel), ["Starter corpus"], custom_id="sn:settings:excluded_chosen:0")

        await manager.slash(channel, "ask", question=QUESTION)
        await there.slash(lounge, "ask", question=QUESTION)

        assert [asked.filters for asked in answering.asked] == [
            Filters(excluded_sources=frozenset({"Starter corpus"})),
            Filters(),
        ]

    async def test_two_clicks_at_once_are_both_kept(
        self, manager: simcord.MemberActor, simcord_env: simcord.Env, path: Path
    ) -> None:
        servers = simcord_env.bot.servers  # type: ignore[attr-defined]
        await asyncio.gather(
            servers.change(7, lambda settings: replace(settings, language="fr")),
            servers.change(7, lambda settings: replace(settings, private_by_default=True)),
        )

        assert kept(path, 7) == GuildSettings(7, language="fr", private_by_default=True)


class TestFailures:
    async def test_a_refused_edit_is_logged_and_the_setting_stays(
        self,
        manager: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        simcord_env: simcord.Env,
        path: Path,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        panel = await manager.slash(channel, "settings")
        simcord_env.inject_error("PATCH", "/webhooks/*/messages/@original", status=404, code=10015, message="Gone")

        await manager.click(response_of(panel), custom_id="sn:settings:private:on")

        assert "could not respond: 404 Not Found (error code: 10015): Gone" in caplog.messages
        assert kept(path, simcord_env.guild.id).private_by_default

    async def test_an_unknown_failure_is_told_in_private_and_leaves_the_panel(
        self,
        manager: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        simcord_env: simcord.Env,
    ) -> None:
        panel = await manager.slash(channel, "settings")
        before = text_of(panel)
        answering.failure = ZeroDivisionError("secret detail")

        result = await manager.click(response_of(panel), custom_id="sn:settings:included")

        (followup,) = result.followups
        assert followup.ephemeral
        assert followup.content.startswith("Something went wrong on our side (reference ")
        assert text_of(panel) == before
