"""`/sources`, `/latest` and `/timeline`, and turning their pages, in a simulated Discord."""

from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import simcord

from bot import create_client
from bot.admission import Cost
from bot.discord.client import SpaceNewsBot
from bot.discord.lists import WAITING_MAX
from bot.settings import Settings
from index.answer import Citation
from tests.bot.discord.choosing import choose
from tests.bot.discord.components import button_ids, shown_text
from tests.bot.discord.rendering import seen
from tests.bot.discord.simulated import calls, private_sentence, response_of
from tests.bot.fakes import LANDING, FakeAnswering, FakeSource, landing_citation

pytestmark = pytest.mark.simcord(shard_count=1)

LANDED = f"<t:{int(datetime(2031, 5, 6, 9, 30, tzinfo=UTC).timestamp())}:D>"


def stories(count: int) -> tuple[Citation, ...]:
    """Return as many citations of different articles, a day apart."""
    first = landing_citation()
    assert LANDING.published_at is not None
    return tuple(
        replace(
            first,
            article=replace(
                LANDING,
                id=f"story-{number}",
                title=f"Story {number:02}",
                published_at=LANDING.published_at + timedelta(days=number),
            ),
        )
        for number in range(count)
    )


class TestSources:
    async def test_lists_publishers(self, alice: simcord.MemberActor, channel: simcord.ChannelHandle) -> None:
        assert shown_text(await alice.slash(channel, "sources list")) == (
            "### 2 sources · 2 articles\n"
            f"**Orbit Gazette** · 1 article · {LANDED}\n**Starter corpus** · 1 article · undated"
        )

    async def test_lists_the_newest_of_one(self, alice: simcord.MemberActor, channel: simcord.ChannelHandle) -> None:
        assert shown_text(await alice.slash(channel, "sources recent", source="orbit gazette")) == (
            "### Newest articles from Orbit Gazette\n"
            f"**Larkspur reaches the ground** · {LANDED} · [Open the source](https://orbit.example/larkspur)"
        )

    async def test_unknown_source_is_told_in_private(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle
    ) -> None:
        sentence = private_sentence(await alice.slash(channel, "sources recent", source="@everyone"))

        assert seen(sentence) == "No article here comes from “@everyone”; `/sources list` shows where they come from."
        assert "@everyone" not in sentence

    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            ("larkspur", f"**Larkspur reaches the ground** · {LANDED} · [Open the source]({LANDING.url})"),
            ("zeppelin", "No headline holds these words."),
        ],
    )
    async def test_finds_articles_by_their_headline(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle, words: str, expected: str
    ) -> None:
        text = shown_text(await alice.slash(channel, "sources search", words=words))

        assert text == f"### Articles on “{words}”\n{expected}"

    async def test_words_that_are_none_are_told_in_private(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle
    ) -> None:
        result = await alice.slash(channel, "sources search", words="%%%")

        assert result.ephemeral
        assert private_sentence(result) == "Articles are found by words of their headline; yours holds no word."

    async def test_pages_are_turned_also_after_a_restart(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        simcord_env: simcord.Env,
    ) -> None:
        answering.extra_sources = tuple(FakeSource(f"Daily {number:02}", 1, None, None) for number in range(12))
        first = await alice.slash(channel, "sources list")
        assert "page 1 of 2" in shown_text(first)
        assert button_ids(first) == {"Next ›": "sn:page:sources:1:"}

        await simcord_env.restart_bot(create_client(Settings(reload_seconds=60.0), answering))
        second = await alice.click(response_of(first), custom_id="sn:page:sources:1:")

        assert "Daily 11" in shown_text(second)
        assert button_ids(second) == {"‹ Back": "sn:page:sources:0:"}

    async def test_a_source_that_no_button_can_name_has_one_page(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle, answering: FakeAnswering
    ) -> None:
        name = "n" * 90
        answering.extra_sources = (FakeSource(name, 30, None, None),)
        answering.recent = {name: tuple(one.article for one in stories(30))}

        assert button_ids(await alice.slash(channel, "sources recent", source=name)) == {}


class TestTopics:
    async def test_the_latest_of_any_topic(self, alice: simcord.MemberActor, channel: simcord.ChannelHandle) -> None:
        text = shown_text(await alice.slash(channel, "latest"))

        assert text.startswith("### What is new\n> ")
        assert "**Larkspur reaches the ground**\nOrbit Gazette · press · " in text

    async def test_the_latest_of_one(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle, answering: FakeAnswering
    ) -> None:
        text = shown_text(await alice.slash(channel, "latest", topic="  the Larkspur\n lander "))

        assert text.startswith("### The latest on the Larkspur lander\n> ")
        assert answering.asked[-1].question == "the Larkspur lander"

    async def test_what_is_on_no_topic_is_said(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle
    ) -> None:
        text = shown_text(await alice.slash(channel, "timeline", topic="zeppelins"))

        assert text.startswith("### Timeline: zeppelins\nNothing found.\n")

    async def test_as_of_a_day(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle, answering: FakeAnswering
    ) -> None:
        await alice.slash(channel, "timeline", topic="Larkspur", as_of="2031-05-07")

        assert answering.asked[-1].asked_at == datetime(2031, 5, 7, 23, 59, 59, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("options", "expected"),
        [
            (
                {"topic": "Larkspur", "as_of": "tomorrow"},
                "“tomorrow” is not a date from 1900 to 2200; write it as YYYY-MM-DD, for example 2024-10-14.",
            ),
            ({"topic": "…"}, "A topic is a name or a few words; yours holds no word."),
        ],
    )
    async def test_what_cannot_be_read_is_told_in_private(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        options: dict[str, str],
        expected: str,
    ) -> None:
        result = await alice.slash(channel, "timeline", **options)

        assert result.ephemeral
        assert private_sentence(result) == expected
        assert answering.asked == []

    async def test_pages_are_turned_also_after_a_restart(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        simcord_env: simcord.Env,
    ) -> None:
        answering.told = stories(6)
        first = await alice.slash(channel, "timeline", topic="Larkspur", as_of="2031-06-01")
        assert "Story 03" in shown_text(first)
        assert "Story 04" not in shown_text(first)
        asked = answering.asked[-1]

        await simcord_env.restart_bot(create_client(Settings(reload_seconds=60.0), answering))
        second = await alice.click(response_of(first), custom_id=button_ids(first)["Next ›"])

        assert "Story 05" in shown_text(second)
        assert (answering.asked[-1].question, answering.asked[-1].asked_at) == (asked.question, asked.asked_at)

    async def test_the_sources_of_the_server_count(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        simcord_env: simcord.Env,
    ) -> None:
        await choose(simcord_env, simcord_env.guild.id, sources_excluded=frozenset({"Orbit Gazette"}))
        await alice.slash(channel, "latest")

        assert answering.asked[-1].filters.excluded_sources == frozenset({"Orbit Gazette"})


class TestServers:
    async def test_each_speaks_its_own_language(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        simcord_env: simcord.Env,
    ) -> None:
        elsewhere = simcord_env.create_guild(name="Anderswo")
        there = elsewhere.create_text_channel("neues")
        bob = elsewhere.add_member(simcord_env.create_user("bob"))
        await choose(simcord_env, elsewhere.id, language="de")

        assert shown_text(await alice.slash(channel, "latest")).startswith("### What is new\n")
        assert shown_text(await bob.slash(there, "latest")).startswith("### Was es Neues gibt\n")

    async def test_one_that_is_private_by_default_shows_lists_to_the_asker_alone(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env
    ) -> None:
        await choose(simcord_env, simcord_env.guild.id, private_by_default=True)

        assert (await alice.slash(channel, "sources list")).ephemeral

    async def test_outside_the_channels_of_the_bot_lists_are_private(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env
    ) -> None:
        other = simcord_env.guild.create_text_channel("answers")
        await choose(simcord_env, simcord_env.guild.id, channels=frozenset({other.id}))

        assert (await alice.slash(channel, "sources list")).ephemeral
        assert not (await alice.slash(other, "sources list")).ephemeral


async def test_a_full_line_is_told_at_once_and_nothing_is_deferred(
    alice: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env
) -> None:
    bot = simcord_env.bot
    assert isinstance(bot, SpaceNewsBot)
    with ExitStack() as line:
        for number in range(WAITING_MAX):
            line.enter_context(bot.lists.queue.turn(number))
        sentence = private_sentence(await alice.slash(channel, "latest"))

    assert sentence.startswith("Many questions are waiting just now; try again in ")
    assert [body["type"] for body in calls(simcord_env, "POST", "/callback")] == [4]
    assert "What is new" in shown_text(await alice.slash(channel, "latest"))


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("latest", {}),
        ("timeline", {"topic": "Larkspur"}),
        ("sources list", {}),
        ("sources recent", {"source": "Orbit Gazette"}),
        ("sources search", {"words": "Larkspur"}),
        ("article", {"title": LANDING.title}),
        ("cite", {"id": LANDING.id}),
    ],
)
async def test_looks_take_their_share_of_what_a_server_may_ask_in_a_minute(
    alice: simcord.MemberActor,
    channel: simcord.ChannelHandle,
    simcord_env: simcord.Env,
    command: str,
    options: dict[str, str],
) -> None:
    await choose(simcord_env, simcord_env.guild.id, user_cooldown_seconds=0, guild_questions_per_minute=1)
    for _ in range(Cost.QUESTION // Cost.LOOK):
        await alice.slash(channel, command, **options)
    refused = await alice.slash(channel, command, **options)

    assert private_sentence(refused).startswith("This server has asked a lot in the last minute; try again in ")
