"""Which shards of the gateway a process runs."""

from bot import create_client
from bot.settings import Settings
from tests.bot.fakes import FakeAnswering


async def test_a_process_runs_the_shards_that_it_is_given() -> None:
    client = create_client(Settings(shard_ids=frozenset({7, 4}), shard_count=40), FakeAnswering())
    assert (client.shard_ids, client.shard_count) == ([4, 7], 40)


async def test_without_settings_discord_says_how_many_shards_there_are() -> None:
    client = create_client(Settings(), FakeAnswering())
    assert (client.shard_ids, client.shard_count) == (None, None)
