"""Clicks on the buttons under answers, in a simulated Discord: also after a restart, and where things are gone."""

import sqlite3
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

import aiohttp
import discord
import pytest
import simcord

from bot import create_client, policy
from bot.settings import Settings
from tests.bot.discord.components import button_ids, shown_text
from tests.bot.discord.simulated import QUESTION, check_reference, choose, private_sentence, response_of
from tests.bot.fake_looking_back import BEFORE_IT
from tests.bot.fakes import GENERATION, LANDING_SENTENCE, LANDING_SHOWN, FakeAnswering

pytestmark = pytest.mark.simcord(shard_count=1)

LOOKING = ["Context", "More sources", "Why", "Timeline"]
JUDGING = ["Helpful", "Not helpful", "Wrong source"]
GONE = "This answer is no longer kept; ask the question again."


Ask = Callable[..., Awaitable[simcord.InteractionResult]]


@pytest.fixture
def ask(alice: simcord.MemberActor, channel: simcord.ChannelHandle) -> Ask:
    async def asking(question: str = QUESTION, **options: bool) -> simcord.InteractionResult:
        return await alice.slash(channel, "ask", question=question, **options)

    return asking


def verdicts(tmp_path: Path) -> list[str]:
    with sqlite3.connect(tmp_path / "data" / "bot.db") as connection:
        return [row[0] for row in connection.execute("SELECT verdict FROM feedback ORDER BY verdict")]


def forget_answers(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "data" / "bot.db") as connection:
        connection.execute("DELETE FROM answers")


class TestButtons:
    async def test_an_answer_has_them_all(self, ask: Ask) -> None:
        assert list(button_ids(await ask())) == [*LOOKING, *JUDGING]

    async def test_a_private_answer_can_be_shared(self, ask: Ask) -> None:
        result = await ask(private=True)

        assert result.ephemeral
        assert list(button_ids(result)) == [*LOOKING, "Share", *JUDGING]

    async def test_ids_are_short_and_all_of_one_answer(self, ask: Ask) -> None:
        ids = list(button_ids(await ask()).values())

        assert len({custom_id.split(":")[2] for custom_id in ids}) == 1
        assert all(custom_id.startswith("sn:") and len(custom_id) <= 100 for custom_id in ids)


class TestLooking:
    async def test_context(self, ask: Ask, alice: simcord.MemberActor) -> None:
        asked = await ask()
        result = await alice.click(response_of(asked).message, label="Context")

        assert result.ephemeral
        assert f"> {BEFORE_IT}The Larkspur lander left" in shown_text(result)
        assert LANDING_SHOWN in shown_text(result)
        assert response_of(asked).message.id != response_of(result).message.id

    async def test_more_sources(self, ask: Ask, alice: simcord.MemberActor) -> None:
        result = await alice.click(response_of(await ask()).message, label="More sources")

        assert result.ephemeral
        text = shown_text(result)
        assert "**Cited**\n> It touched down near the crater Vesna" in text
        assert "**Larkspur reaches the ground**\nOrbit Gazette · press · <t:" in text
        assert "**Read too, not cited: below the threshold**" in text
        assert "**Fuelling test moved**\nStarter corpus · undated" in text

    async def test_why(self, ask: Ask, alice: simcord.MemberActor) -> None:
        result = await alice.click(response_of(await ask()).message, label="Why")

        assert result.ephemeral
        assert "1 of 2 passages is cited." in shown_text(result)
        assert "confidence    0.77   0.20" in shown_text(result)

    async def test_timeline_of_the_topic(self, ask: Ask, alice: simcord.MemberActor, answering: FakeAnswering) -> None:
        result = await alice.click(response_of(await ask()).message, label="Timeline")

        assert result.ephemeral
        assert shown_text(result).startswith("### Timeline: Larkspur\n")
        asked, told = answering.asked
        assert (told.question, told.asked_at, told.filters) == ("Larkspur", asked.asked_at, asked.filters)

    async def test_a_click_asks_the_generation_that_answered(
        self, ask: Ask, alice: simcord.MemberActor, answering: FakeAnswering
    ) -> None:
        asked = await ask()
        answering.generation = "g0002"
        await alice.click(response_of(asked).message, label="Why")

        assert answering.looking_back.asked == [GENERATION]
        assert answering.asked[1].asked_at == answering.asked[0].asked_at

    async def test_a_refusal_shows_what_was_read(self, ask: Ask, alice: simcord.MemberActor) -> None:
        asked = await ask("Who paid for it?")
        result = await alice.click(response_of(asked).message, label="More sources")

        assert "**Not an answer, but the nearest passage**" in shown_text(result)

    async def test_never_on_the_event_loop(
        self, ask: Ask, alice: simcord.MemberActor, answering: FakeAnswering
    ) -> None:
        await alice.click(response_of(await ask()).message, label="Context")

        assert answering.asked[1].thread_id != threading.get_ident()


class TestRestart:
    @pytest.mark.parametrize("label", [*LOOKING, *JUDGING])
    async def test_between_answer_and_click(
        self, ask: Ask, alice: simcord.MemberActor, answering: FakeAnswering, simcord_env: simcord.Env, label: str
    ) -> None:
        message = response_of(await ask()).message
        await simcord_env.restart_bot(create_client(Settings(reload_seconds=60.0), answering))

        result = await alice.click(message, label=label)

        assert result.ephemeral
        assert shown_text(result) or response_of(result).content.startswith("Thank you.")

    async def test_a_private_answer_is_shared_after_one(
        self, ask: Ask, alice: simcord.MemberActor, answering: FakeAnswering, simcord_env: simcord.Env
    ) -> None:
        message = response_of(await ask(private=True)).message
        await simcord_env.restart_bot(create_client(Settings(reload_seconds=60.0), answering))

        (posted,) = (await alice.click(message, label="Share")).followups

        assert not posted.ephemeral


class TestShare:
    async def test_it_is_posted_for_all_and_loses_its_button(
        self, ask: Ask, alice: simcord.MemberActor, simcord_env: simcord.Env, channel: simcord.ChannelHandle
    ) -> None:
        asked = await ask(private=True)
        result = await alice.click(response_of(asked).message, label="Share")

        (posted,) = result.followups
        assert not posted.ephemeral
        assert LANDING_SENTENCE in str(posted.components).replace("*", "").replace("_", "")
        assert list(button_ids(asked)) == [*LOOKING, *JUDGING]
        (sent,) = [r.json for r in simcord_env.http_requests if r.path.startswith("/webhooks") and r.method == "POST"]
        assert sent is not None
        assert sent["allowed_mentions"] == {"parse": []}

    async def test_a_shared_answer_can_be_looked_behind_by_others(
        self, ask: Ask, alice: simcord.MemberActor, simcord_env: simcord.Env
    ) -> None:
        (posted,) = (await alice.click(response_of(await ask(private=True)).message, label="Share")).followups
        bob = simcord_env.guild.add_member(simcord_env.create_user("bob"))

        result = await bob.click(posted.message, label="Why")

        assert result.ephemeral
        assert "1 of 2 passages is cited." in shown_text(result)

    async def test_it_is_posted_once_though_its_button_stays(
        self, ask: Ask, alice: simcord.MemberActor, simcord_env: simcord.Env
    ) -> None:
        asked = await ask(private=True)
        simcord_env.inject_error("PATCH", "/webhooks/*", status=404, code=10008, message="Unknown Message")
        await alice.click(response_of(asked).message, label="Share")
        (told,) = (await alice.click(response_of(asked).message, label="Share")).followups

        assert (told.content, told.ephemeral) == ("This answer was shared already.", True)

    async def test_not_in_a_channel_where_the_server_wants_no_answers(
        self, ask: Ask, alice: simcord.MemberActor, simcord_env: simcord.Env
    ) -> None:
        await choose(simcord_env, simcord_env.guild, channels=frozenset({1}))
        (told,) = (await alice.click(response_of(await ask()).message, label="Share")).followups

        assert told.ephemeral
        assert told.content == "This server wants answers for all in other channels only; ask there to share one."

    async def test_where_nothing_may_be_posted(
        self, ask: Ask, alice: simcord.MemberActor, simcord_env: simcord.Env, caplog: pytest.LogCaptureFixture
    ) -> None:
        asked = await ask(private=True)
        simcord_env.inject_error("POST", "/webhooks/*", status=403, code=50013, message="Missing Permissions")
        result = await alice.click(response_of(asked).message, label="Share")

        assert result.followups == []
        assert "Share" in button_ids(asked)
        assert "could not respond: 403 Forbidden (error code: 50013): Missing Permissions" in caplog.messages

    async def test_where_its_own_message_was_dismissed(
        self, ask: Ask, alice: simcord.MemberActor, simcord_env: simcord.Env
    ) -> None:
        asked = await ask(private=True)
        simcord_env.inject_error("PATCH", "/webhooks/*", status=404, code=10008, message="Unknown Message")
        (posted,) = (await alice.click(response_of(asked).message, label="Share")).followups

        assert not posted.ephemeral

    async def test_where_the_network_fails_once_it_was_posted(
        self, ask: Ask, alice: simcord.MemberActor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def no_network(*_: object, **__: object) -> None:
            raise aiohttp.ServerDisconnectedError

        asked = await ask(private=True)
        monkeypatch.setattr(discord.Interaction, "edit_original_response", no_network)
        (posted,) = (await alice.click(response_of(asked).message, label="Share")).followups

        assert not posted.ephemeral


class TestJudging:
    @pytest.mark.parametrize(
        ("label", "noted", "verdict"),
        [
            ("Helpful", "helpful", "helpful"),
            ("Not helpful", "not helpful", "not_helpful"),
            ("Wrong source", "a wrong source", "wrong_source"),
        ],
    )
    async def test_it_is_kept_and_thanked_for_in_private(
        self, ask: Ask, alice: simcord.MemberActor, tmp_path: Path, label: str, noted: str, verdict: str
    ) -> None:
        result = await alice.click(response_of(await ask()).message, label=label)

        assert private_sentence(result).startswith(
            f"Thank you. Noted as {'a ' if ' s' in label else ''}{label.lower()};"
        )
        assert verdicts(tmp_path) == [verdict]

    async def test_a_person_may_change_their_mind(self, ask: Ask, alice: simcord.MemberActor, tmp_path: Path) -> None:
        message = response_of(await ask()).message
        await alice.click(message, label="Helpful")
        await alice.click(message, label="Wrong source")

        assert verdicts(tmp_path) == ["wrong_source"]

    async def test_a_second_click_at_once_is_told_in_private_to_wait(
        self, ask: Ask, alice: simcord.MemberActor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(policy, "LOOK_SECONDS", 5.0)
        message = response_of(await ask()).message
        await alice.click(message, label="Helpful")
        refused = await alice.click(message, label="Wrong source")

        assert private_sentence(refused).startswith("You asked a moment ago; try again in ")
        assert verdicts(tmp_path) == ["helpful"]

    async def test_two_people_count_twice(
        self, ask: Ask, alice: simcord.MemberActor, simcord_env: simcord.Env, tmp_path: Path
    ) -> None:
        message = response_of(await ask()).message
        bob = simcord_env.guild.add_member(simcord_env.create_user("bob"))
        await alice.click(message, label="Helpful")
        await bob.click(message, label="Not helpful")

        assert verdicts(tmp_path) == ["helpful", "not_helpful"]


class TestGone:
    @pytest.mark.parametrize("label", [*LOOKING, *JUDGING])
    async def test_an_answer_that_is_no_longer_kept(
        self, ask: Ask, alice: simcord.MemberActor, tmp_path: Path, label: str
    ) -> None:
        asked = await ask()
        forget_answers(tmp_path)

        assert private_sentence(await alice.click(response_of(asked).message, label=label)) == GONE
        assert LANDING_SHOWN in shown_text(asked)

    async def test_sharing_one(self, ask: Ask, alice: simcord.MemberActor, tmp_path: Path) -> None:
        asked = await ask(private=True)
        forget_answers(tmp_path)
        (told,) = (await alice.click(response_of(asked).message, label="Share")).followups

        assert (told.content, told.ephemeral) == (GONE, True)
        assert LANDING_SHOWN in shown_text(asked)

    async def test_a_generation_that_no_longer_stands(
        self, ask: Ask, alice: simcord.MemberActor, answering: FakeAnswering
    ) -> None:
        asked = await ask()
        answering.looking_back.gone.add(GENERATION)

        sentence = private_sentence(await alice.click(response_of(asked).message, label="Context"))

        assert sentence == "The index that this answer came from is gone; ask the question again."


class TestFaults:
    async def test_a_fault_of_ours_has_a_reference(
        self, ask: Ask, alice: simcord.MemberActor, answering: FakeAnswering, caplog: pytest.LogCaptureFixture
    ) -> None:
        asked = await ask()
        answering.failure = ZeroDivisionError("secret detail")
        result = await alice.click(response_of(asked).message, label="Context")

        check_reference(private_sentence(result), caplog, answering.failure)

    @pytest.mark.parametrize(("status", "code"), [(403, 50013), (404, 10015), (500, 0)])
    @pytest.mark.parametrize("label", ["Context", "Helpful"])
    async def test_the_edit_is_refused(
        self,
        ask: Ask,
        alice: simcord.MemberActor,
        simcord_env: simcord.Env,
        label: str,
        status: int,
        code: int,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr("asyncio.sleep", _no_sleep)
        asked = await ask()
        simcord_env.inject_error("PATCH", "/webhooks/*", status=status, code=code, message="No", times=None)
        await alice.click(response_of(asked).message, label=label)

        assert LANDING_SHOWN in shown_text(asked)

    async def test_components_are_refused(
        self, ask: Ask, alice: simcord.MemberActor, simcord_env: simcord.Env, caplog: pytest.LogCaptureFixture
    ) -> None:
        asked = await ask()
        simcord_env.inject_error("PATCH", "/webhooks/*", status=400, code=50035, message="Invalid Form Body")
        result = await alice.click(response_of(asked).message, label="Context")

        (embed,) = response_of(result).embeds
        assert LANDING_SHOWN in (embed.description or "")
        assert "Discord does not take a card as components" in caplog.text


async def _no_sleep(_: float) -> None:
    return None
