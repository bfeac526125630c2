"""Publishing, rolling back, pruning and verifying in a Milvus."""

from pathlib import Path

import pytest
from pymilvus import MilvusClient

from index.checksums import Damage
from index.engine.milvus.layout import CURRENT, PINNED, collection
from index.engine.milvus.shelf import MilvusShelf
from index.errors import GenerationError, NoGenerationError, NothingEarlierError, UnknownGenerationError
from index.lexicon import Lexicon
from tests.index.engine.builds import Builds
from tests.index.engine.lite import Lite
from tests.index.texts import CORPUS, memo_beside


@pytest.fixture
def builds(lite: Lite, tmp_path: Path, lexicon: Lexicon) -> Builds:
    return Builds(tmp_path / "index", lite.shelf(tmp_path / "index"), lexicon)


@pytest.fixture
def shelf(builds: Builds) -> MilvusShelf:
    return builds.shelf


def test_nothing_answers_before_the_first_build(shelf: MilvusShelf, tmp_path: Path) -> None:
    assert shelf.generations() == []
    assert not shelf.is_pinned()
    for look in (shelf.current, shelf.open_current, shelf.verify):
        with pytest.raises(NoGenerationError, match="no index in Milvus yet; run `space-news index build`"):
            look()


def test_a_generation_is_published_rolled_back_and_pruned(lite: Lite, builds: Builds, shelf: MilvusShelf) -> None:
    names = [builds(CORPUS[:count]) for count in (2, 3, 4)]
    elsewhere = lite.shelf(Path("nowhere"))  # a process that has nothing but the address
    assert elsewhere.current().manifest.generation == names[2]
    assert [one.manifest.generation for one in elsewhere.generations()] == names[::-1]
    assert [one.is_current for one in elsewhere.generations()] == [True, False, False]
    assert all(one.record.published_at and one.record.gates for one in elsewhere.generations())

    assert shelf.rollback(None) == names[1]
    assert elsewhere.current().manifest.generation == names[1]
    assert elsewhere.open_current().content_hashes(["landing"]).keys() == {"landing"}
    assert elsewhere.is_pinned()
    assert shelf.rollback(names[0]) == names[0]
    with pytest.raises(NothingEarlierError, match="nothing was published before generation"):
        shelf.rollback(None)
    with pytest.raises(UnknownGenerationError, match="there is no generation 'nonsense'"):
        shelf.rollback("nonsense")

    assert builds(CORPUS[:4]) == names[2]
    assert elsewhere.current().manifest.generation == names[2]
    assert not elsewhere.is_pinned()
    assert shelf.verify().generations == tuple(sorted(names))
    assert shelf.verify().damages == ()

    pruned = shelf.prune(memo_beside(builds.folder), keep=1, beside=())
    assert set(pruned.generations) == {*names[:2]}
    assert [one.manifest.generation for one in elsewhere.generations()] == names[2:]
    assert [path.name for path in builds.folder.iterdir()] == names[2:]
    kept = [collection(names[2], part) for part in ("articles", "passages", "terms")]
    client = MilvusClient(lite.uri, dedicated=True)
    assert sorted(client.list_collections()) == sorted([*kept, f"{CURRENT}_generations"])
    client.close()


def test_what_was_changed_or_lost_is_named(lite: Lite, builds: Builds, shelf: MilvusShelf) -> None:
    first, second = builds(CORPUS[:3]), builds(CORPUS)
    client = MilvusClient(lite.uri, dedicated=True)
    name = collection(second, "articles")
    (row,) = client.query(name, filter="number == 1", output_fields=["*"])
    client.upsert(name, [dict(row) | {"text": [row["text"][0].replace("e", "3", 1)]}])
    client.delete(collection(first, "passages"), filter="number == 0")
    passages = collection(first, "passages")
    assert set(shelf.verify().damages) == {
        Damage(f"{name}/1", "its checksum is broken"),
        Damage(passages, "holds 2 rows, 3 were sent"),
    }
    with pytest.raises(GenerationError, match=f"generation {first} is damaged.*{passages}: holds 2 rows"):
        shelf.rollback(first)

    client.drop_collection(passages)
    client.close()
    assert Damage(passages, "is missing") in shelf.verify().damages
    assert shelf.current().manifest.generation == second


def test_a_gate_that_fails_leaves_the_alias_alone(builds: Builds, shelf: MilvusShelf) -> None:
    standing = builds(CORPUS)
    assert not builds.release(CORPUS[:1], broken=True).published
    assert shelf.current().manifest.generation == standing
    assert [one.manifest.generation for one in shelf.generations()] == [standing]  # what is broken is never sent


def test_a_rollback_that_was_killed_half_way_is_tidied_up(lite: Lite, builds: Builds, shelf: MilvusShelf) -> None:
    first, second = builds(CORPUS[:3]), builds(CORPUS)
    client = MilvusClient(lite.uri, dedicated=True)
    client.create_alias(collection(first, "passages"), PINNED)
    client.close()
    assert not shelf.is_pinned()
    assert shelf.prune(memo_beside(builds.folder), keep=1, beside=()).generations == (first,)
    assert shelf.current().manifest.generation == second
