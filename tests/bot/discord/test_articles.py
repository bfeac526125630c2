"""`/article` and `/cite` in a simulated Discord."""

from dataclasses import replace

import pytest
import simcord

from tests.bot.discord.components import shown_text
from tests.bot.discord.rendering import seen
from tests.bot.discord.simulated import private_sentence
from tests.bot.fakes import LANDING, LANDING_TEXT, FakeAnswering, fuelling_citation, landing_citation

pytestmark = pytest.mark.simcord(shard_count=1)


class TestArticle:
    @pytest.mark.parametrize("wanted", [LANDING.id, LANDING.title])
    async def test_shows_how_it_begins_and_how_often_it_changed(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle, wanted: str
    ) -> None:
        text = shown_text(await alice.slash(channel, "article", title=wanted))

        assert text.startswith("### Article larkspur-landing\n> ")
        assert "**It touched down __near the crater Vesna__ at 04:12 UTC.**" in text
        assert "**Larkspur reaches the ground**\nOrbit Gazette · <t:" in text
        assert text.endswith("read in 2 versions")

    async def test_names_who_else_tells_it(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle, answering: FakeAnswering
    ) -> None:
        told = replace(landing_citation(), independent_reports=2, others=(fuelling_citation().article,))
        answering.holdings.citations = (told,)

        text = shown_text(await alice.slash(channel, "article", title=LANDING.id))

        assert text.endswith("**Also told in**\nundated · Starter corpus · Fuelling test moved")

    async def test_an_unknown_one_is_told_in_private(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle
    ) -> None:
        sentence = private_sentence(await alice.slash(channel, "article", title="<@1>"))

        expected = "No article here is called “<@1>”; choose one of those that are offered while you type."
        assert seen(sentence) == expected
        assert "<@1>" not in sentence


class TestCite:
    async def test_shows_the_quote_and_that_it_stands(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle
    ) -> None:
        text = shown_text(await alice.slash(channel, "cite", id=LANDING.id))

        assert f"> {LANDING_TEXT}" in text
        assert "cited <t:" in text
        assert text.endswith("The text is unchanged since.")

    async def test_says_what_changed(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle, answering: FakeAnswering
    ) -> None:
        answering.holdings.edited_text = LANDING_TEXT.replace("04:12", "05:30")

        text = shown_text(await alice.slash(channel, "cite", id=LANDING.id))

        assert "**What changed**\n" in text
        assert "~~04~~ __05__ : ~~12~~ __30__" in text
        assert "version 2 is the present one. The quoted sentence is no longer there." in text

    async def test_tells_nobody_what_was_asked(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle
    ) -> None:
        assert "Where did it land?" not in shown_text(await alice.slash(channel, "cite", id=LANDING.id))

    async def test_an_unknown_id_is_told_in_private(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle
    ) -> None:
        sentence = private_sentence(await alice.slash(channel, "cite", id="c-000000000000"))

        assert seen(sentence) == "No answer here cited “c-000000000000”, and no article with that id was cited."
