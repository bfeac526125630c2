"""What autocomplete offers."""

from dataclasses import replace

import pytest
import simcord

from bot.discord.known import ASKERS_MAX, QUESTIONS_EACH_MAX, Known, Offered, RecentQuestions
from bot.discord.limits import CHOICES_MAX
from index.errors import NoGenerationError
from tests.bot.fakes import LANDING, FakeAnswering, FakeSource, landing_citation


def names(offered: Offered, typed: str) -> list[str]:
    return [choice.name for choice in offered.choices(typed)]


class TestOffered:
    def test_holds_every_word_and_what_begins_with_them_comes_first(self) -> None:
        offered = Offered((name, name) for name in ("New Orbit", "Orbit News", "Moon"))

        assert names(offered, "orbit") == ["Orbit News", "New Orbit"]
        assert names(offered, "new orb") == ["New Orbit", "Orbit News"]
        assert names(offered, "") == ["New Orbit", "Orbit News", "Moon"]
        assert names(offered, "mars") == []

    def test_what_discord_would_refuse_is_left_out(self) -> None:
        offered = Offered([("", "a"), ("b", ""), ("n" * 101, "c"), ("d", "i" * 101), ("e", "e")])

        assert names(offered, "") == ["e"]

    def test_no_more_than_discord_takes(self) -> None:
        assert len(Offered((f"{n:03}", f"{n:03}") for n in range(60)).choices("0")) == CHOICES_MAX

    def test_nothing_in_a_name_is_live(self) -> None:
        assert "@everyone" not in names(Offered([("@everyone", "x")]), "")[0]


class TestRecentQuestions:
    def test_each_is_offered_their_own_the_newest_first(self) -> None:
        recent = RecentQuestions()
        for question in ("One?", "Two?", "One?"):
            recent.note(1, question)
        recent.note(2, "Theirs?")

        assert [choice.value for choice in recent.choices(1, "")] == ["One?", "Two?"]
        assert [choice.value for choice in recent.choices(1, "tw")] == ["Two?"]
        assert recent.choices(3, "") == []

    def test_what_is_remembered_is_bounded(self) -> None:
        recent = RecentQuestions()
        for number in range(QUESTIONS_EACH_MAX + 5):
            recent.note(0, f"Question {number:02}?")
        for user_id in range(1, ASKERS_MAX):
            recent.note(user_id, "Mine?")
        assert len(recent.choices(0, "")) == QUESTIONS_EACH_MAX
        assert [choice.value for choice in recent.choices(0, "Question")][:2] == ["Question 29?", "Question 28?"]

        recent.note(ASKERS_MAX, "Mine?")

        assert recent.choices(0, "") == []
        assert [choice.value for choice in recent.choices(1, "")] == ["Mine?"]


class TestKnown:
    async def test_the_lists_are_those_of_the_generation(self, answering: FakeAnswering) -> None:
        known = Known(answering)
        assert names(known.sources, "") == []

        await known.refresh()

        assert names(known.sources, "") == ["Orbit Gazette", "Starter corpus"]
        assert names(known.topics, "star") == ["Starship"]
        assert names(known.titles, "lark") == ["Larkspur reaches the ground · 2031-05-06"]
        assert [choice.value for choice in known.titles.choices("lark")] == [LANDING.id]
        assert names(known.generations, "") == ["g0001", "g0000"]

    async def test_they_are_read_again_with_another_generation_only(self, answering: FakeAnswering) -> None:
        known = Known(answering)
        await known.refresh()
        await known.refresh()
        assert answering.holdings.looks == 1

        answering.extra_sources = (FakeSource("Daily", 1, None, None),)
        answering.holdings.named = "g0002"
        await known.refresh()

        assert answering.holdings.looks == 2
        assert names(known.sources, "dai") == ["Daily"]

    async def test_without_an_index_nothing_is_offered(self, answering: FakeAnswering) -> None:
        known = Known(answering)
        await known.refresh()
        answering.holdings.failure = NoGenerationError("no index yet")

        await known.refresh()

        assert names(known.titles, "") == []
        answering.holdings.failure = None
        await known.refresh()
        assert names(known.sources, "orbit") == ["Orbit Gazette"]

    async def test_a_long_headline_is_cut_and_keeps_its_day(self, answering: FakeAnswering) -> None:
        first = landing_citation()
        answering.holdings.citations = (replace(first, article=replace(LANDING, title="word " * 60)),)
        known = Known(answering)
        await known.refresh()

        (name,) = names(known.titles, "")

        assert name.endswith("word […] · 2031-05-06")
        assert len(name) <= 100


@pytest.mark.simcord(shard_count=1)
class TestAutocomplete:
    @pytest.mark.parametrize(
        ("command", "option", "typed", "expected"),
        [
            ("ask", "source", "orb", ["Orbit Gazette"]),
            ("sources recent", "source", "orb", ["Orbit Gazette"]),
            ("latest", "topic", "web", ["James Webb Space Telescope"]),
            ("timeline", "topic", "space", ["International Space Station", "James Webb Space Telescope"]),
            ("article", "title", "lark", ["Larkspur reaches the ground · 2031-05-06"]),
            ("corpus withdraw", "article", "fuel", ["Fuelling test moved"]),
            ("index rollback", "generation", "", ["g0001", "g0000"]),
        ],
    )
    async def test_offers_what_is_known(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        simcord_env: simcord.Env,
        command: str,
        option: str,
        typed: str,
        expected: list[str],
    ) -> None:
        await simcord_env.advance_time(61)

        choices = await alice.autocomplete(channel, command, option, typed)

        assert [choice["name"] for choice in choices] == expected

    async def test_offers_what_the_same_person_asked_before(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env
    ) -> None:
        await alice.slash(channel, "ask", question="Where did Larkspur land?")
        bob = simcord_env.guild.add_member(simcord_env.create_user("bob"))

        own = await alice.autocomplete(channel, "ask", "question", "where")

        assert [choice["value"] for choice in own] == ["Where did Larkspur land?"]
        assert await bob.autocomplete(channel, "ask", "question", "where") == []

    async def test_asks_the_index_nothing(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        simcord_env: simcord.Env,
    ) -> None:
        await simcord_env.advance_time(61)
        answering.failure = answering.holdings.failure = ZeroDivisionError("asked all the same")

        choices = await alice.autocomplete(channel, "article", "title", "lark")

        assert [choice["value"] for choice in choices] == [LANDING.id]
