"""Every command tells Discord that it was heard before it does any work."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import discord
import pytest
import simcord

from bot import create_client
from bot.discord.client import SpaceNewsBot
from bot.settings import Settings
from tests.bot.discord.every_command import add_one_who_may_all, commands_of, filled
from tests.bot.discord.simulated import QUESTION
from tests.bot.fakes import FakeAnswering

pytestmark = pytest.mark.simcord(shard_count=1)


@dataclass
class Order:
    """What happened since a command was given, in order: "work" and "response"."""

    events: list[str] = field(default_factory=list)

    def watched(self, thing: Any) -> Any:  # noqa: ANN401
        """Return a stand-in for a thing that notes each call of its methods, and of those of its parts, as work."""
        order = self

        class Watched:
            def __getattr__(self, name: str) -> Any:  # noqa: ANN401
                value = getattr(thing, name)
                if callable(value):
                    return order.noted(value)
                return order.watched(value) if name in ("holdings", "looking_back", "upkeep") else value

        return Watched()

    def noted(self, call: Callable[..., Any]) -> Callable[..., Any]:
        """Return a call that is noted as work."""

        def note(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
            self.events.append("work")
            return call(*args, **kwargs)

        return note


@pytest.fixture
def order() -> Order:
    return Order()


@pytest.fixture
def simcord_bot(answering: FakeAnswering, order: Order, monkeypatch: pytest.MonkeyPatch) -> discord.Client:
    answering.rebuild_may_end.set()
    answering.upkeep.sync_may_end.set()
    bot = create_client(Settings(reload_seconds=3600.0), order.watched(answering))
    assert isinstance(bot, SpaceNewsBot)
    monkeypatch.setattr(bot.keeping, "run", order.noted(bot.keeping.run))
    return bot


@pytest.mark.timeout(120)
async def test_first_response_of_every_command_comes_before_any_work(
    channel: simcord.ChannelHandle, simcord_env: simcord.Env, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = add_one_who_may_all(simcord_env, monkeypatch)
    bot = simcord_env.bot
    assert isinstance(bot, SpaceNewsBot)
    assert bot.user is not None
    first_events = {}
    for command in commands_of(bot):
        first_events[command.qualified_name] = await first_event(
            order, simcord_env, alice.slash(channel, command.qualified_name, **filled(command))
        )
    message = await alice.send(channel, QUESTION)
    for menu in bot.tree.get_commands(type=discord.AppCommandType.message):
        first_events[menu.name] = await first_event(order, simcord_env, alice.context_menu(channel, menu.name, message))

    assert len(first_events) > 10
    assert set(first_events.values()) == {"response"}, first_events


async def first_event(order: Order, env: simcord.Env, used: Any) -> str:  # noqa: ANN401
    """Return what came first when a command was used."""
    order.events.clear()
    log = env.backend.http_requests
    n_before = len(log)

    class Noting(list):  # type: ignore[type-arg]
        def append(self, one: Any) -> None:  # noqa: ANN401
            if one.path.endswith("/callback"):
                order.events.append("response")
            super().append(one)

    env.backend.http_requests = Noting(log)
    await used
    assert len(env.backend.http_requests) > n_before
    return next(iter(order.events), "nothing")
