import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.encoder.base import EncoderIdentity
from index.errors import GenerationError, NoGenerationError
from index.generation import (
    FACETS,
    FORMAT,
    LEXICAL,
    MANIFEST,
    PASSAGES,
    Generation,
    Manifest,
)
from index.lexicon import Lexicon
from index.shelf import current_generation, open_current, publish
from index.vectors import VECTORS
from tests.index.fakes import FakeEncoder
from tests.index.texts import CORPUS, FUELLING, LANDING, opened

MANIFEST_OF_TWO = Manifest(
    generation="0123456789abcdef",
    digest="0123456789abcdef" * 4,
    built_at=datetime(2031, 5, 7, 8, 9, 10, tzinfo=UTC),
    articles=2,
    passages=3,
    encoder="words",
    encoder_fingerprint="e",
    encoder_identity=EncoderIdentity("w", "t", "int8", 256, "q: ", ""),
    dim=4,
    gate_fingerprint="g",
    lexicon_fingerprint="l",
    recipe="r",
    corpus_stamp="s",
    files={"facets.npz": "ab", "lexical/params.index.json": "cd"},
)


@pytest.fixture
def copied(generation: Generation, tmp_path: Path) -> Path:
    """A folder of its own that may be damaged."""
    return Path(shutil.copytree(generation.folder, tmp_path / generation.folder.name))


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    MANIFEST_OF_TWO.write(tmp_path)
    assert Manifest.read(tmp_path) == MANIFEST_OF_TWO
    assert [path.name for path in tmp_path.iterdir()] == [MANIFEST]


@given(st.text(), st.text(), st.dictionaries(st.text(), st.text(), max_size=3), st.integers(0))
def test_a_manifest_survives_any_text(
    tmp_path_factory: pytest.TempPathFactory, encoder: str, stamp: str, files: dict[str, str], passages: int
) -> None:
    folder = tmp_path_factory.mktemp("manifest")
    manifest = replace(MANIFEST_OF_TWO, encoder=encoder, corpus_stamp=stamp, files=files, passages=passages)
    manifest.write(folder)
    assert Manifest.read(folder) == manifest


def test_another_layout_is_told(tmp_path: Path) -> None:
    replace(MANIFEST_OF_TWO, format=99).write(tmp_path)
    with pytest.raises(GenerationError) as caught:
        Manifest.read(tmp_path)
    assert str(caught.value) == (
        f"generation {tmp_path.name} has layout 99, this release reads {FORMAT}; run `space-news index build`"
    )


@pytest.mark.parametrize("content", [None, b"", b"{", b"[]", b"{}", b'{"format": 1}', b'{"format": 1, "built_at": 3}'])
def test_a_damaged_manifest_is_told(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / MANIFEST).write_bytes(content)
    with pytest.raises(GenerationError, match=f"generation {tmp_path.name} .*run `space-news index build`"):
        Manifest.read(tmp_path)


def test_articles_and_dates_come_back(generation: Generation) -> None:
    assert tuple(generation.articles) == tuple(article for article, _ in sorted(CORPUS, key=lambda pair: pair[0].id))
    assert generation.article_numbers.tolist() == [0, 1, 2, 3]
    landed = datetime(2031, 5, 6, 9, 30, tzinfo=UTC).timestamp()
    assert np.isnan(generation.published_seconds[0])
    assert generation.published_seconds[2] == landed


def test_passages_come_in_the_order_asked_for(generation: Generation) -> None:
    landing, fuelling = generation.passages([2, 0])
    assert (landing.number, landing.article, landing.text) == (2, LANDING[0], LANDING[1].text)
    assert (fuelling.number, fuelling.article, fuelling.text) == (0, FUELLING[0], FUELLING[1].text)
    assert [span.of(landing.text) for span in landing.passage.sentences] == [
        "The Larkspur lander left its parking orbit on Monday.",
        "It touched down near the crater Vesna at 04:12 UTC.",
        "Its two rovers will roll out next week.",
    ]
    assert landing.passage.span.of(landing.text) == landing.text
    assert generation.passages([]) == []


@pytest.mark.parametrize("name", [VECTORS, FACETS, PASSAGES, f"{LEXICAL}/params.index.json", LEXICAL])
@pytest.mark.parametrize("damage", ["absent", "empty", "garbage"])
def test_a_damaged_file_is_told(copied: Path, name: str, damage: str) -> None:
    target = copied / name
    if target.is_dir():
        shutil.rmtree(target)
    else:
        target.unlink()
    if damage != "absent":
        target.write_bytes(b"" if damage == "empty" else b"garbage" * 999)
    with pytest.raises(GenerationError, match="space-news index build"):
        Generation(copied)


@pytest.mark.parametrize("change", [{"passages": 9}, {"dim": 3}])
def test_vectors_that_do_not_fit_the_manifest_are_told(copied: Path, change: dict[str, int]) -> None:
    replace(Manifest.read(copied), **change).write(copied)  # type: ignore[arg-type]
    expected = f"should hold {change.get('passages', 4)} vectors of {change.get('dim', 256)}, but holds 4 of 256"
    with pytest.raises(GenerationError, match=expected):
        Generation(copied)


def test_a_closed_generation_says_so_instead_of_answering(copied: Path) -> None:
    generation = Generation(copied)
    generation.close()
    with pytest.raises(GenerationError, match=r"cannot read .*passages\.db"):
        generation.passages([0])


def test_the_name_of_a_folder_may_hold_anything(tmp_path: Path, lexicon: Lexicon) -> None:
    generation = opened(CORPUS, tmp_path / "50% of it? #1", encoder=FakeEncoder(), lexicon=lexicon)
    assert generation.passages([2])[0].article == LANDING[0]


def test_before_anything_is_published(tmp_path: Path) -> None:
    with pytest.raises(NoGenerationError, match="no index in .* yet; run `space-news index build`"):
        open_current(tmp_path)


def test_publishing_moves_the_pointer_and_leaves_nothing_else(tmp_path: Path) -> None:
    publish(tmp_path, "first")
    assert current_generation(tmp_path) == "first"
    publish(tmp_path, "second")
    assert current_generation(tmp_path) == "second"
    assert [path.name for path in tmp_path.iterdir()] == ["current"]


def test_the_published_generation_is_opened(copied: Path, generation: Generation) -> None:
    publish(copied.parent, copied.name)
    reopened = open_current(copied.parent)
    assert reopened.manifest == generation.manifest
    assert list(reopened.articles) == list(generation.articles)


def test_a_pointer_to_nothing_is_told(tmp_path: Path) -> None:
    publish(tmp_path, "gone")
    with pytest.raises(GenerationError, match="the manifest of generation gone cannot be read"):
        open_current(tmp_path)
