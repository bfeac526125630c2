"""Which shards of the gateway a process runs."""

from bot import create_client
from bot.discord.client import SpaceNewsBot
from bot.settings import Settings
from tests.bot.fakes import FakeAnswering


def running(settings: Settings) -> SpaceNewsBot:
    client = create_client(settings, FakeAnswering())
    assert isinstance(client, SpaceNewsBot)
    return client


async def test_a_process_runs_the_shards_that_it_is_given() -> None:
    client = running(Settings(shard_ids=frozenset({7, 4}), shard_count=40))
    assert (client.shard_ids, client.shard_count) == ([4, 7], 40)


async def test_without_settings_discord_says_how_many_shards_there_are() -> None:
    client = running(Settings())
    assert client.shard_ids is None
    assert client.shard_count is None
