"""Several bot processes on one Milvus: one builds, the others have nothing but its address and the models."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pymilvus import MilvusClient

from bot.errors import GenerationGoneError, UnknownTitleError
from bot.service import Service
from bot.settings import Settings
from corpus.normalise import normalise_text
from index.answer import NO_FILTERS, Answer
from index.engine.milvus.layout import collection
from index.errors import EngineError, GenerationError, NoGenerationError
from index.news import Heard
from tests.bot.articles import CONDOR, IBIS, LANDING_QUESTION, LARKSPUR, article
from tests.bot.conftest import no_progress
from tests.index.engine.lite import Lite

ASKED_AT = datetime(2031, 12, 31, tzinfo=UTC)
NEWS_AT = datetime(2031, 5, 7, tzinfo=UTC)
pytestmark = pytest.mark.timeout(480)  # the export of the encoder may be among it


@pytest.fixture
def lite(tmp_path: Path) -> Iterator[Lite]:
    with Lite(tmp_path / "milvus") as server:
        yield server


LOOKS: list[Callable[[Service], object]] = [
    lambda service: service.latest("", asked_at=ASKED_AT, limit=5).citations,
    lambda service: service.latest("lander", asked_at=ASKED_AT, limit=5).citations,
    lambda service: service.recent_articles("orbit gazette", limit=5),
    lambda service: service.holdings.generation(),
    lambda service: service.holdings.newest_articles(limit=3),
    lambda service: service.holdings.find_articles("orbit gazette", limit=3),
    lambda service: service.holdings.find_articles(LARKSPUR["title"], limit=3),
    lambda service: service.holdings.article(LARKSPUR["title"], asked_at=ASKED_AT).citation,
    lambda service: service.standing.baseline(date(2031, 1, 1)),
    lambda service: (
        service.standing.news(
            LANDING_QUESTION, asked_at=NEWS_AT, filters=NO_FILTERS, heard=Heard(date(2031, 5, 5))
        ).citations
    ),
    lambda service: service.standing.quoted(
        LANDING_QUESTION, frozenset({LARKSPUR["_id"], CONDOR["_id"]}), asked_at=ASKED_AT, filters=NO_FILTERS
    ),
    lambda service: service.looking_back.surroundings(
        answered(service).citations[0], generation=service.holdings.generation()
    ),
    lambda service: service.upkeep.verify().generations,
]
"""What the bot shows besides answers, each of which is the same wherever the index stands."""


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

    for look in LOOKS:
        told = look(local)
        assert told
        assert look(shard) == told
    with pytest.raises(UnknownTitleError):
        shard.holdings.article("Nothing of that name", asked_at=ASKED_AT)

    with builder.open_store() as store:
        store.add(article(IBIS), normalise_text(IBIS["text"]))
    second = builder.rebuild(no_progress).generation
    assert answered(shard).generation == first.generation  # until it looks
    assert shard.reload_if_published()
    assert answered(shard).generation == second
    again = shard.looking_back.again(
        LANDING_QUESTION, asked_at=ASKED_AT, filters=NO_FILTERS, generation=first.generation
    )
    assert isinstance(again, Answer)
    assert again.citations == expected.citations
    assert builder.shelf.rollback(None) == first.generation
    assert shard.reload_if_published()
    assert not shard.reload_if_published()
    assert answered(shard).generation == first.generation

    client = MilvusClient(lite.uri, dedicated=True)
    builder.shelf.rollback(second)
    client.drop_collection(collection(first.generation, "terms"))
    client.drop_collection(collection(first.generation, "articles"))
    with pytest.raises(GenerationGoneError):
        shard.looking_back.surroundings(expected.citations[0], generation=first.generation)
    with pytest.raises(GenerationGoneError):
        shard.looking_back.again(LANDING_QUESTION, asked_at=ASKED_AT, filters=NO_FILTERS, generation="nothing")
    assert shard.holdings.newest_articles(limit=1) == builder.holdings.newest_articles(limit=1)
    assert shard.generation == second  # what it asked is gone, so it asks what answers now
    assert answered(shard).generation == second
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
