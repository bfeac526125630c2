"""Discord refuses a call of any command or menu: nothing is raised, the log says it, and the next command works."""

from functools import partial

import discord
import pytest
import simcord

from bot import create_client
from bot.discord.client import SpaceNewsBot
from bot.settings import Settings
from tests.bot.discord.every_command import add_one_who_may_all, commands_of, filled
from tests.bot.discord.simulated import QUESTION, choose, logged
from tests.bot.fakes import FakeAnswering

pytestmark = pytest.mark.simcord(shard_count=1)

DEFER, EDIT = ("POST", "/interactions/*/callback"), ("PATCH", "/webhooks/*/messages/@original")


@pytest.fixture
def simcord_bot(answering: FakeAnswering) -> discord.Client:
    answering.rebuild_may_end.set()
    answering.upkeep.sync_may_end.set()
    return create_client(Settings(reload_seconds=3600.0), answering)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("call", [DEFER, EDIT], ids=["defer", "edit"])
@pytest.mark.parametrize(("status", "code"), [(403, 50013), (404, 10062), (429, 0), (500, 0)])
async def test_each_says_so_in_the_log_and_raises_nothing(
    channel: simcord.ChannelHandle,
    simcord_env: simcord.Env,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    call: tuple[str, str],
    status: int,
    code: int,
) -> None:
    alice = add_one_who_may_all(simcord_env, monkeypatch)
    await choose(simcord_env, simcord_env.guild, user_cooldown_seconds=0)
    message = await alice.send(channel, QUESTION)
    bot = simcord_env.bot
    assert isinstance(bot, SpaceNewsBot)
    uses = {
        command.qualified_name: partial(alice.slash, channel, command.qualified_name, **filled(command))
        for command in commands_of(bot)
    }
    for menu in bot.tree.get_commands(type=discord.AppCommandType.message):
        uses[menu.name] = partial(alice.context_menu, channel, menu.name, message)
    n_lines: dict[str, int] = {}
    for name, use in uses.items():
        caplog.clear()
        simcord_env.inject_error(*call, status=status, code=code, message="No")
        await use()
        n_lines[name] = len(logged(caplog))
        simcord_env.backend.faults.clear()

    assert n_lines == dict.fromkeys(uses, 1)
    assert simcord_env.errors == []
    assert bot.jobs.running is None
