"""The commands that show and rebuild, in a simulated Discord."""

from datetime import UTC, datetime

import pytest
import simcord

from bot import create_client
from bot.settings import Settings
from index.errors import NoGenerationError
from tests.bot.discord.rendering import seen
from tests.bot.discord.simulated import QUESTION, embed_of, private_sentence
from tests.bot.fakes import FakeAnswering, FakeSource

pytestmark = pytest.mark.simcord(shard_count=1)


class TestSources:
    async def test_lists_publishers(self, alice: simcord.MemberActor, channel: simcord.ChannelHandle) -> None:
        embed = embed_of(await alice.slash(channel, "sources"))

        landed = int(datetime(2031, 5, 6, 9, 30, tzinfo=UTC).timestamp())
        assert embed.title == "2 sources, 2 articles"
        assert embed.description == (
            f"**Orbit Gazette** · 1 article · <t:{landed}:D>\n**Starter corpus** · 1 article · undated"
        )

    async def test_lists_the_newest_of_one(self, alice: simcord.MemberActor, channel: simcord.ChannelHandle) -> None:
        embed = embed_of(await alice.slash(channel, "sources", source="orbit gazette"))

        landed = int(datetime(2031, 5, 6, 9, 30, tzinfo=UTC).timestamp())
        assert embed.title == "Newest articles from Orbit Gazette"
        assert embed.description == (
            f"**Larkspur reaches the ground** · <t:{landed}:D> · [Open the source](https://orbit.example/larkspur)"
        )

    async def test_unknown_source_is_told_in_private(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle
    ) -> None:
        result = await alice.slash(channel, "sources", source="@everyone")

        expected = "No article here comes from “@everyone”; `/sources` lists where they come from."
        assert seen(private_sentence(result)) == expected
        assert "@everyone" not in private_sentence(result)

    async def test_autocomplete_stays_within_discords_limits(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        simcord_env: simcord.Env,
    ) -> None:
        names = ["", "n" * 101, *(f"Daily {number:02}" for number in range(30))]
        answering.extra_sources = tuple(FakeSource(name, 1, None, None) for name in names)
        await simcord_env.advance_time(61)

        choices = await alice.autocomplete(channel, "sources", "source", "")

        assert len(choices) == 25
        assert [choice["name"] for choice in choices[:3]] == ["Orbit Gazette", "Starter corpus", "Daily 00"]


class TestIndex:
    async def test_status(self, alice: simcord.MemberActor, channel: simcord.ChannelHandle) -> None:
        embed = embed_of(await alice.slash(channel, "index status"))

        shown = {field.name: field.value for field in embed.fields}
        assert shown["Generation"] == "g0001"
        assert shown["Size"] == "1.5 MB"
        assert shown["Passages"] == "3"

    async def test_no_index_is_told_in_private(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle, answering: FakeAnswering
    ) -> None:
        answering.failure = NoGenerationError("Nothing was built yet; run `space-news index build`.")

        result = await alice.slash(channel, "index status")

        assert seen(private_sentence(result)) == "Nothing was built yet; run `space-news index build`."

    async def test_rebuild_is_for_maintainers(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle, answering: FakeAnswering
    ) -> None:
        result = await alice.slash(channel, "index rebuild")

        assert result.ephemeral
        assert private_sentence(result) == "Only the maintainers of this bot can do that."
        assert not answering.rebuild_began.is_set()

    async def test_maintainer_role_may_rebuild_and_the_bot_moves_on(
        self,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        simcord_env: simcord.Env,
    ) -> None:
        role = simcord_env.guild.create_role("keepers")
        settings = Settings(maintainer_role_id=role.id, reload_seconds=60.0)
        await simcord_env.restart_bot(create_client(settings, answering))
        keeper = simcord_env.guild.add_member(simcord_env.create_user("keeper"), roles=[role])
        answering.rebuild_may_end.set()

        embed = embed_of(await keeper.slash(channel, "index rebuild"))
        assert embed.title == "The new index answers now"
        assert embed.fields[0].value == "g0002"

        answer = embed_of(await keeper.slash(channel, "ask", question=QUESTION))
        assert (answer.footer.text or "").startswith("generation g0002 ")
