"""What the maintainers do with the articles and the index, in a simulated Discord."""

import time
from collections.abc import Callable

import pytest
import pytest_asyncio
import simcord

from bot import create_client
from bot.discord import progress
from bot.discord.client import SpaceNewsBot
from bot.discord.jobs import Job
from bot.settings import Settings
from corpus.errors import NothingToFollowError, RefusedAddressError
from corpus.sync.report import Failure, Report
from index.checksums import Damage
from tests.bot.discord.components import shown_text
from tests.bot.discord.rendering import seen
from tests.bot.discord.simulated import calls, private_sentence, without
from tests.bot.fakes import LANDING, FakeAnswering, FakeProgress

pytestmark = pytest.mark.simcord(shard_count=1)

NOTHING_DAMAGED = ["### Verifying the index", "Nothing is damaged: 2 indexes"]
HINT = "Answers heed it once the index is built anew: `/index rebuild`."


@pytest_asyncio.fixture
async def keeper(
    channel: simcord.ChannelHandle, answering: FakeAnswering, simcord_env: simcord.Env
) -> simcord.MemberActor:
    role = simcord_env.guild.create_role("keepers")
    settings = Settings(maintainer_role_id=role.id, reload_seconds=60.0)
    await simcord_env.restart_bot(create_client(settings, answering))
    return simcord_env.guild.add_member(simcord_env.create_user("keeper"), roles=[role])


def told(result: simcord.InteractionResult) -> list[str]:
    """Return the lines that the one who asked sees, and nobody else."""
    assert result.ephemeral
    return shown_text(result).split("\n")


def complaint(result: simcord.InteractionResult) -> str:
    """Return what is told of a job that failed, in place of its progress."""
    return seen("\n".join(told(result)[1:]))


class TestMaintainers:
    @pytest.mark.parametrize(
        ("command", "options"),
        [
            ("corpus sync", {}),
            ("corpus add", {"link": "https://orbit.example/1"}),
            ("corpus withdraw", {"article": LANDING.id}),
            ("index status", {}),
            ("index rebuild", {}),
            ("index rollback", {}),
            ("index verify", {}),
        ],
    )
    async def test_nobody_else_may(
        self,
        alice: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        command: str,
        options: dict[str, str],
    ) -> None:
        result = await alice.slash(channel, command, **options)

        assert result.ephemeral
        assert private_sentence(result) == "Only the maintainers of this bot can do that."
        assert answering.upkeep.done == []

    async def test_one_job_runs_at_a_time(
        self, keeper: simcord.MemberActor, channel: simcord.ChannelHandle, simcord_env: simcord.Env
    ) -> None:
        assert isinstance(simcord_env.bot, SpaceNewsBot)
        with simcord_env.bot.jobs.at(Job.SYNC):
            sentence = private_sentence(await keeper.slash(channel, "index rebuild"))

        assert seen(sentence) == "Another job is running; try again when it has ended. `/status` shows which one."
        assert told(await keeper.slash(channel, "index verify")) == NOTHING_DAMAGED

    async def test_a_job_that_fails_lets_the_next_one_run(
        self, keeper: simcord.MemberActor, channel: simcord.ChannelHandle, answering: FakeAnswering
    ) -> None:
        answering.upkeep.failure = NothingToFollowError()
        sentence = complaint(await keeper.slash(channel, "corpus sync"))
        assert seen(sentence) == "No source is followed yet; add one with `space-news corpus sources add`."

        answering.upkeep.failure = None
        assert told(await keeper.slash(channel, "index verify")) == NOTHING_DAMAGED


class TestCorpus:
    async def test_sync_tells_what_came_of_it(
        self, keeper: simcord.MemberActor, channel: simcord.ChannelHandle, answering: FakeAnswering
    ) -> None:
        answering.upkeep.sync_may_end.set()
        answering.upkeep.failed = [Failure("Daily *Orbit*", "the host answered with status 503.")]

        lines = told(await keeper.slash(channel, "corpus sync"))

        assert lines[0] == "### 2 sources were read"
        assert lines[1:] == [
            "1 new article · 0 changed · 0 withdrawn · 2 unchanged",
            HINT,
            "**1 source failed**",
            r"Daily \*Orbit\*: the host answered with status 503.",
        ]

    async def test_add_fetches_the_page(
        self, keeper: simcord.MemberActor, channel: simcord.ChannelHandle, answering: FakeAnswering
    ) -> None:
        lines = told(await keeper.slash(channel, "corpus add", link=" https://orbit.example/new "))

        assert answering.upkeep.done == [("add", "https://orbit.example/new")]
        assert lines[0] == "### Added"
        assert "**Larkspur reaches the ground**" in lines

    @pytest.mark.parametrize("link", ["/etc/passwd", "file:///etc/passwd", "feeds", "ftp://orbit.example/1"])
    async def test_add_takes_links_only(
        self, keeper: simcord.MemberActor, channel: simcord.ChannelHandle, answering: FakeAnswering, link: str
    ) -> None:
        sentence = complaint(await keeper.slash(channel, "corpus add", link=link))

        assert seen(sentence) == f"“{link}” is no web address; it begins with https:// or http://."
        assert answering.upkeep.done == []

    async def test_add_says_why_a_page_cannot_be_had(
        self, keeper: simcord.MemberActor, channel: simcord.ChannelHandle, answering: FakeAnswering
    ) -> None:
        answering.upkeep.failure = RefusedAddressError("http://127.0.0.1/", "it is not public.")

        sentence = complaint(await keeper.slash(channel, "corpus add", link="http://127.0.0.1/"))

        assert seen(sentence) == "Could not fetch http://127.0.0.1/: it is not public."

    async def test_withdraw_takes_an_article_out_once(
        self, keeper: simcord.MemberActor, channel: simcord.ChannelHandle, answering: FakeAnswering
    ) -> None:
        lines = told(await keeper.slash(channel, "corpus withdraw", article=LANDING.id))
        assert lines[0] == "### Withdrawn"
        assert lines[-1] == HINT

        again = complaint(await keeper.slash(channel, "corpus withdraw", article=LANDING.id))
        assert seen(again) == "That article is withdrawn already; `/corpus add` with its link brings it back."

    async def test_withdraw_names_an_unknown_article(
        self, keeper: simcord.MemberActor, channel: simcord.ChannelHandle
    ) -> None:
        sentence = complaint(await keeper.slash(channel, "corpus withdraw", article="nothing"))

        expected = "No article here is called “nothing”; choose one of those that are offered while you type."
        assert sentence == expected


class TestIndex:
    async def test_status_names_the_earlier_ones(
        self, keeper: simcord.MemberActor, channel: simcord.ChannelHandle
    ) -> None:
        lines = told(await keeper.slash(channel, "index status"))

        assert lines[0] == "### Index"
        assert {
            "**Generation** · g0001",
            "**Size** · 1.5 MB",
            "**Passages** · 3",
            "**Earlier ones that stand** · g0000",
        } < set(lines)

    async def test_rollback_moves_to_the_one_before(
        self, keeper: simcord.MemberActor, channel: simcord.ChannelHandle, answering: FakeAnswering
    ) -> None:
        answering.fresh = True

        lines = told(await keeper.slash(channel, "index rollback"))

        assert lines[0] == "### An earlier index answers now, until the next rebuild"
        assert answering.upkeep.done == [("rollback", "")]
        assert answering.n_reloads == 1

    async def test_rollback_to_what_does_not_stand(
        self, keeper: simcord.MemberActor, channel: simcord.ChannelHandle
    ) -> None:
        sentence = complaint(await keeper.slash(channel, "index rollback", generation="g9"))

        assert seen(sentence) == "There is no index of that name; `/index status` names those there are."

    async def test_verify_names_the_damage(
        self, keeper: simcord.MemberActor, channel: simcord.ChannelHandle, answering: FakeAnswering
    ) -> None:
        answering.upkeep.damages = (Damage("g0001/vectors.faiss", "it is missing"),)

        lines = told(await keeper.slash(channel, "index verify"))

        assert lines[0] == "### 1 damaged file"
        assert seen(lines[1]) == str(answering.upkeep.damages[0])

    async def test_rebuild_moves_on(
        self, keeper: simcord.MemberActor, channel: simcord.ChannelHandle, answering: FakeAnswering
    ) -> None:
        answering.rebuild_may_end.set()

        lines = told(await keeper.slash(channel, "index rebuild"))

        assert lines[0] == "### The new index answers now"
        assert lines[1] == "**Generation** · g0002"

    async def test_progress_and_outcome_need_no_permission_to_embed_links(
        self,
        keeper: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        simcord_env: simcord.Env,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(progress, "EDIT_SECONDS", 0.001)
        answering.rebuild_may_end.set()
        limited = without(simcord_env, simcord_env.guild, embed_links=True)

        for command in ("index status", "index rebuild", "index verify", "corpus sync"):
            answering.upkeep.sync_may_end.set()
            assert len(told(await keeper.slash(limited, command))) > 1

        edits = calls(simcord_env, "PATCH", "/messages/@original")
        assert len(edits) >= 4
        assert not any(edit.get("embeds") for edit in edits)
        assert limited.last_message is None

    async def test_a_failure_takes_the_place_of_the_progress(
        self,
        keeper: simcord.MemberActor,
        channel: simcord.ChannelHandle,
        answering: FakeAnswering,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(progress, "EDIT_SECONDS", 0.001)

        def sync(note: Callable[[FakeProgress], None]) -> Report:
            note(FakeProgress("reading", 1, 2))
            time.sleep(0.1)
            raise NothingToFollowError

        monkeypatch.setattr(answering.upkeep, "sync", sync)
        result = await keeper.slash(channel, "corpus sync")

        assert complaint(result) == "No source is followed yet; add one with `space-news corpus sources add`."
