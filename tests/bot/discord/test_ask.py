"""`/ask` in a simulated Discord."""

import threading
from datetime import UTC, date, datetime

import discord
import pytest
import simcord

from index.answer import Filters
from tests.bot.discord.components import shown_text
from tests.bot.discord.rendering import quoted
from tests.bot.discord.simulated import QUESTION, private_sentence, response_of
from tests.bot.fakes import LANDING_SHOWN, LANDING_TEXT, FakeAnswering

pytestmark = pytest.mark.simcord(shard_count=1)


class TestAsk:
    async def test_answer_is_deferred_then_shown(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env
    ) -> None:
        result = await alice.slash(channel, "ask", question=f"  {QUESTION} ")

        (callback,) = [r for r in simcord_env.http_requests if r.path.endswith("/callback")]
        assert callback.json == {"type": discord.InteractionResponseType.deferred_channel_message.value}
        assert not result.ephemeral
        text = shown_text(result)
        assert text.splitlines()[0] == f"### {QUESTION}"
        assert LANDING_SHOWN in text
        assert quoted(text).replace("**", "").replace("__", "") == LANDING_TEXT

    async def test_asked_at_is_the_moment_of_the_interaction(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        simcord_env: simcord.Env,
    ) -> None:
        result = await alice.slash(channel, "ask", question=QUESTION)

        (asked,) = answering.asked
        assert abs((asked.asked_at - response_of(result).message.created_at).total_seconds()) < 1
        assert asked.asked_at.tzinfo is UTC
        assert asked.filters == Filters()

    async def test_index_is_never_asked_on_the_event_loop(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle, answering: FakeAnswering
    ) -> None:
        await alice.slash(channel, "ask", question=QUESTION)

        assert answering.asked[0].thread_id != threading.get_ident()

    async def test_options_become_filters(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle, answering: FakeAnswering
    ) -> None:
        options = {"as_of": "2031-05-07", "since": "2031-05-01", "until": "2031-05-06", "source": "Orbit Gazette"}
        await alice.slash(channel, "ask", question=QUESTION, **options)

        (asked,) = answering.asked
        assert asked.asked_at == datetime(2031, 5, 7, 23, 59, 59, 999999, tzinfo=UTC)
        assert asked.filters == Filters(date(2031, 5, 1), date(2031, 5, 6), frozenset({"Orbit Gazette"}))

    @pytest.mark.parametrize(
        ("options", "expected"),
        [
            (
                {"as_of": "soon"},
                "“soon” is not a date from 1900 to 2200; write it as YYYY-MM-DD, for example 2024-10-14.",
            ),
            (
                {"since": "2031-05-02", "until": "2031-05-01"},
                "The period ends (2031-05-01) before it begins (2031-05-02); swap “since” and “until”.",
            ),
        ],
    )
    async def test_wrong_dates_are_told_in_private(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        options: dict[str, str],
        expected: str,
    ) -> None:
        result = await alice.slash(channel, "ask", question=QUESTION, **options)

        assert private_sentence(result) == expected
        assert answering.asked == []

    async def test_refusal_shows_the_nearest_as_no_answer(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle
    ) -> None:
        text = shown_text(await alice.slash(channel, "ask", question="Who paid for it?"))

        assert "Nothing in the index answers this." in text
        assert "**Not an answer, but the nearest passage**" in text
        assert LANDING_SHOWN not in text

    async def test_autocomplete_offers_what_was_known_at_start(
        self, alice: simcord.MemberActor, channel: simcord.ChannelHandle, answering: FakeAnswering
    ) -> None:
        answering.failure = AssertionError("autocomplete must not ask the index")

        choices = await alice.autocomplete(channel, "ask", "source", "orb", question=QUESTION)

        assert [choice["value"] for choice in choices] == ["Orbit Gazette"]
