"""Several bot processes on one Milvus: one builds, the others have nothing but its address and the models."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pymilvus import MilvusClient

from bot.service import Service
from bot.settings import Settings
from corpus.normalise import normalise_text
from index.answer import Answer
from index.engine.milvus.layout import collection
from index.errors import EngineError, GenerationError, NoGenerationError
from tests.bot.articles import IBIS, LANDING_QUESTION, article
from tests.bot.conftest import no_progress
from tests.index.engine.lite import Lite

ASKED_AT = datetime(2031, 12, 31, tzinfo=UTC)
pytestmark = pytest.mark.timeout(480)  # the export of the encoder may be among it


@pytest.fixture
def lite(tmp_path: Path) -> Iterator[Lite]:
    with Lite(tmp_path / "milvus") as server:
        yield server


def on(lite: Lite, data_dir: Path) -> Service:
    return Service(Settings(data_dir=data_dir, starter_corpus=False, milvus_uri=lite.uri, milvus_timeout_seconds=20))


def answered(service: Service) -> Answer:
    answer = service.ask(LANDING_QUESTION, asked_at=ASKED_AT)
    assert isinstance(answer, Answer)
    return answer


def test_a_shard_needs_the_address_alone_and_follows_what_is_published(
    lite: Lite, data_dir: Path, models_folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "shard").mkdir()
    (tmp_path / "shard" / "models").symlink_to(models_folder)
    local = Service(Settings(data_dir=data_dir, starter_corpus=False))
    builder, shard = on(lite, data_dir), on(lite, tmp_path / "shard")
    assert shard.is_current()  # it builds nothing unasked: its corpus is empty
    with pytest.raises(NoGenerationError, match="no index in Milvus yet"):
        answered(shard)

    first = builder.rebuild(no_progress)
    assert first.published
    assert shard.status() == builder.status()
    expected = answered(local)
    for service in (builder, shard):
        answer = answered(service)
        assert answer.citations == expected.citations
        assert answer.generation == expected.generation == first.generation
    assert shard.sources() == local.sources()
    assert shard.timeline("Larkspur", asked_at=ASKED_AT, limit=5).citations == (
        local.timeline("Larkspur", asked_at=ASKED_AT, limit=5).citations
    )

    with builder.open_store() as store:
        store.add(article(IBIS), normalise_text(IBIS["text"]))
    second = builder.rebuild(no_progress).generation
    assert answered(shard).generation == first.generation  # until it looks
    assert shard.reload_if_published()
    assert answered(shard).generation == second
    assert builder.shelf.rollback(None) == first.generation
    assert shard.reload_if_published()
    assert not shard.reload_if_published()
    assert answered(shard).generation == first.generation

    client = MilvusClient(lite.uri, dedicated=True)
    builder.shelf.rollback(second)
    client.drop_collection(collection(first.generation, "terms"))
    client.drop_collection(collection(first.generation, "articles"))
    assert answered(shard).generation == second  # what it asked is gone, so it asks what answers now
    client.drop_collection(collection(second, "articles"))
    client.close()
    with pytest.raises(GenerationError, match=f"generation {second} is not in Milvus any more"):
        answered(shard)

    lite.stop()
    for ask in (lambda: answered(shard), shard.reload_if_published):
        with pytest.raises(EngineError, match="the index cannot be reached, because Milvus does not answer"):
            ask()
    lite.start()
    assert builder.rebuild(no_progress).published
    assert answered(shard).citations
