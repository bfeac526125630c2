from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from index.errors import GenerationError, NoGenerationError, NothingEarlierError, UnknownGenerationError
from index.generation import MANIFEST, Manifest
from index.lexicon import Lexicon
from index.memo import Memo, memo_key
from index.record import RECORD, Record
from index.shelf import current_generation, generations, is_pinned, prune, publish, rollback
from index.staging import owning
from index.vectors import VECTORS
from index.verify import verify
from tests.index.fakes import FakeEncoder
from tests.index.texts import CORPUS, Published, build, memo_beside

START = datetime(2021, 5, 1, tzinfo=UTC)


def publish_build(folder: Path, lexicon: Lexicon, articles: Sequence[Published], at: datetime) -> str:
    """Build, publish, and say when; return the name."""
    name = build(articles, folder, encoder=FakeEncoder(), lexicon=lexicon).generation
    publish(folder, name)
    Record(published_at=at).write(folder / name)
    return name


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def three(folder: Path, lexicon: Lexicon) -> list[str]:
    """Three generations, published one after the other."""
    return [publish_build(folder, lexicon, CORPUS[: n + 1], START + timedelta(days=n)) for n in range(3)]


def test_generations_are_listed_newest_first_and_the_held_back_ones_last(
    folder: Path, three: list[str], lexicon: Lexicon
) -> None:
    held_back = build(CORPUS, folder, encoder=FakeEncoder(), lexicon=lexicon).generation

    listed = generations(folder)

    assert [one.manifest.generation for one in listed] == [three[2], three[1], three[0], held_back]
    assert [one.is_current for one in listed] == [True, False, False, False]
    assert [one.manifest.articles for one in listed] == [3, 2, 1, 4]
    assert listed[0].bytes == sum(path.stat().st_size for path in (folder / three[2]).rglob("*") if path.is_file())


def test_rolling_back_goes_one_step_and_then_another(folder: Path, three: list[str]) -> None:
    assert rollback(folder) == three[1] == current_generation(folder)
    assert rollback(folder) == three[0] == current_generation(folder)
    with pytest.raises(NothingEarlierError, match=f"nothing was published before generation {three[0]}"):
        rollback(folder)
    assert rollback(folder, three[2]) == three[2] == current_generation(folder)


def test_a_rollback_holds_until_something_is_published(folder: Path, three: list[str]) -> None:
    assert not is_pinned(folder)
    rollback(folder)
    assert is_pinned(folder)
    publish(folder, three[2])
    assert not is_pinned(folder)
    publish(folder, three[1])
    assert not is_pinned(folder)


def test_what_a_kill_leaves_between_the_two_pointers_pins_nothing(folder: Path, three: list[str]) -> None:
    (folder / "pinned").write_text(f"{three[0]}\n")
    assert current_generation(folder) == three[2]
    assert not is_pinned(folder)


def test_one_that_never_answered_is_not_rolled_back_to_unasked(
    folder: Path, three: list[str], lexicon: Lexicon
) -> None:
    held_back = build(CORPUS, folder, encoder=FakeEncoder(), lexicon=lexicon).generation
    assert rollback(folder) == three[1]
    assert rollback(folder, held_back) == held_back


@pytest.mark.parametrize("name", ["nothing", "..", ".", "current"])
def test_rolling_back_to_nothing_is_told(folder: Path, three: list[str], name: str) -> None:
    with pytest.raises(UnknownGenerationError, match="there is no generation"):
        rollback(folder, name)
    assert current_generation(folder) == three[2]


def test_a_damaged_generation_is_not_rolled_back_to(folder: Path, three: list[str]) -> None:
    vectors = folder / three[1] / VECTORS
    whole = vectors.read_bytes()
    vectors.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(GenerationError, match=rf"generation {three[1]} is damaged.*{VECTORS}: sha256"):
        rollback(folder)
    assert current_generation(folder) == three[2]


def test_before_anything_is_published(tmp_path: Path) -> None:
    for act in (rollback, verify, lambda folder: prune(folder, memo_beside(folder), keep=1)):
        with pytest.raises(NoGenerationError, match="run `space-news index build`"):
            act(tmp_path)
    assert generations(tmp_path) == []
    assert not is_pinned(tmp_path)


def test_pruning_keeps_the_newest_and_the_one_that_answers(folder: Path, three: list[str]) -> None:
    rollback(folder, three[0])

    pruned = prune(folder, memo_beside(folder), keep=2)

    assert pruned.generations == (three[1],)
    assert {path.name for path in folder.iterdir()} == {three[0], three[2], "current", "pinned"}
    assert prune(folder, memo_beside(folder), keep=2).generations == ()
    assert prune(folder, memo_beside(folder), keep=1).generations == (three[2],)
    assert current_generation(folder) == three[0]


def test_pruning_forgets_what_only_the_pruned_needed(folder: Path, lexicon: Lexicon) -> None:
    publish_build(folder, lexicon, CORPUS[:1], START)
    last = publish_build(folder, lexicon, CORPUS[1:3], datetime.now(UTC) + timedelta(minutes=1))
    with Memo.open(memo_beside(folder)) as memo:
        assert len(memo) == 12  # an article's cut, terms and wording, and the vector of its one passage

    assert prune(folder, memo_beside(folder), keep=1).memo_entries == 4

    encoder = FakeEncoder()
    assert build(CORPUS[1:3], folder, encoder=encoder, lexicon=lexicon).generation == last
    build(CORPUS[1:2], folder, encoder=encoder, lexicon=lexicon)
    assert encoder.encoded == []
    build(CORPUS[:1], folder, encoder=encoder, lexicon=lexicon)
    assert len(encoder.encoded) == 1


def test_pruning_leaves_what_a_killed_build_encoded_since(folder: Path, three: list[str]) -> None:
    key = memo_key("vector", "of a build that has not ended")
    with Memo.open(memo_beside(folder)) as memo:
        memo.put([(key, b"vector")])
    prune(folder, memo_beside(folder), keep=1)
    with Memo.open(memo_beside(folder)) as memo:
        assert key in memo.get([key])


def test_pruning_removes_what_kills_left_but_nothing_that_is_owned(
    folder: Path, three: list[str], tmp_path: Path
) -> None:
    models = tmp_path / "models"
    for name in (folder / ".building-a" / "lexical", folder / ".pruned-b", models / ".building-c"):
        name.mkdir(parents=True)
    (folder / ".current-123").write_text("half")
    (folder / three[2] / ".record.json-9").write_text("half")
    with owning(folder / three[0]):
        pruned = prune(folder, memo_beside(folder), keep=1, beside=(models, tmp_path / "absent"))

    assert pruned.generations == (three[1],)
    expected = (".building-a", ".current-123", ".pruned-b", f"{three[2]}/.record.json-9", ".building-c")
    assert pruned.leftovers == expected
    assert {path.name for path in folder.iterdir()} == {three[0], three[2], "current"}
    assert list(models.iterdir()) == []


def test_pruning_removes_what_cannot_be_read(folder: Path, three: list[str]) -> None:
    (folder / three[0] / MANIFEST).write_text("{}")
    assert prune(folder, memo_beside(folder), keep=9).generations == (three[0],)


def test_every_flipped_byte_is_found_and_named(folder: Path, three: list[str]) -> None:
    rollback(folder)
    assert verify(folder).damages == ()
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert {"current", "pinned", MANIFEST, RECORD, VECTORS, "vocab.index.json"} <= {path.name for path in files}
    for path in files:
        whole = path.read_bytes()
        for place in {0, len(whole) // 3, len(whole) // 2, len(whole) - 1}:
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x01]) + whole[place + 1 :])
            assert [damage.file for damage in verify(folder).damages] == [path.relative_to(folder).as_posix()]
        path.write_bytes(whole)
    assert verify(folder).damages == ()


def test_missing_and_additional_files_are_named(folder: Path, three: list[str]) -> None:
    (folder / three[0] / VECTORS).unlink()
    (folder / three[1] / "stray").write_text("x")
    assert [str(damage) for damage in verify(folder).damages] == sorted(
        [f"{three[0]}/{VECTORS}: is missing", f"{three[1]}/stray: was not there when it was built"]
    )


def test_a_manifest_that_speaks_for_other_files_is_named(folder: Path, three: list[str]) -> None:
    manifest = Manifest.read(folder / three[0])
    replace(manifest, files=manifest.files | {VECTORS: "0" * 64}).write(folder / three[0])
    assert [damage.file for damage in verify(folder).damages] == [f"{three[0]}/{VECTORS}"]
