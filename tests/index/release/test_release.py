"""From articles to what answers, over the small corpus and the stand-ins for the models."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from index.encoder import Vectors
from index.engine.base import Engine
from index.lexicon import Lexicon
from index.record import Record
from index.release import Released, release
from index.search import Searcher
from index.shelf import current_generation, generations
from tests.index.fakes import FakeEncoder, FakeReader
from tests.index.release.test_gates import BentEncoder, lost
from tests.index.test_search import GATE
from tests.index.texts import CORPUS, LANDING, Published, ignore, many_passages, memo_beside

LONG = many_passages("long", "It flew.", 60)


@dataclass
class Releases:
    """Releases into one folder."""

    folder: Path
    lexicon: Lexicon
    encoder: FakeEncoder = field(default_factory=FakeEncoder)

    def __call__(self, articles: Iterable[Published], *, force: bool = False) -> Released:
        """Build and publish."""
        return release(
            articles,
            self.folder,
            encoder=self.encoder,
            encoder_name="words",
            lexicon=self.lexicon,
            gate=GATE,
            memo_path=memo_beside(self.folder),
            corpus_stamp="s1",
            search=self.search,
            golden_margin=0.02,
            force=force,
            on_progress=ignore,
        )

    def search(self, engine: Engine) -> Searcher:
        """Put the stand-ins around a generation."""
        return Searcher(engine, encoder=self.encoder, lexicon=self.lexicon, reader=FakeReader(), gate=GATE)


@pytest.fixture
def releases(tmp_path: Path, lexicon: Lexicon) -> Releases:
    return Releases(tmp_path / "index", lexicon)


def test_a_sound_generation_answers(releases: Releases) -> None:
    released = releases(CORPUS)

    record = Record.read(released.folder)
    assert released.published
    assert current_generation(releases.folder) == released.folder.name
    assert [gate.name for gate in record.gates] == ["count", "vectors", "quotes", "fidelity", "canaries", "golden"]
    assert all(gate.passed for gate in record.gates)
    assert (record.encoded, record.reused) == (4, 0)
    assert record.seconds > 0
    assert record.published_at is not None


def test_only_what_changed_is_encoded(releases: Releases) -> None:
    releases(CORPUS)

    record = Record.read(releases([*CORPUS[1:], LONG]).folder)

    assert (record.encoded, record.reused) == (60, 3)


def test_a_failed_gate_keeps_the_last_generation_and_says_why(releases: Releases) -> None:
    standing = releases([LANDING, LONG])

    held_back = releases([LANDING])

    assert not held_back.published
    assert current_generation(releases.folder) == standing.folder.name
    record = Record.read(held_back.folder)
    assert [gate.name for gate in record.gates if not gate.passed] == ["count"]
    assert record.published_at is None
    assert [one.is_current for one in generations(releases.folder)] == [True, False]


def test_a_person_may_know_better_than_the_gates_that_judge(releases: Releases) -> None:
    releases([LANDING, LONG])

    forced = releases([LANDING], force=True)

    assert forced.published
    assert [gate.passed for gate in Record.read(forced.folder).gates][0] is False
    assert current_generation(releases.folder) == forced.folder.name


def test_nobody_may_publish_what_is_broken(releases: Releases) -> None:
    standing = releases(CORPUS)
    releases.encoder = BentEncoder(fingerprint="broken", bend=lost)

    held_back = releases(CORPUS, force=True)

    assert not held_back.published
    assert [gate.name for gate in Record.read(held_back.folder).gates if not gate.passed] == ["vectors", "fidelity"]
    assert current_generation(releases.folder) == standing.folder.name


def test_an_encoder_that_breaks_down_changes_nothing_and_what_it_encoded_is_not_lost(releases: Releases) -> None:
    standing = releases([LANDING])
    many = many_passages("many", "It flew on.", 300)
    releases.encoder = FailsOnce(fails_at=280)

    with pytest.raises(RuntimeError, match="the encoder broke down"):
        releases([LANDING, many])
    assert current_generation(releases.folder) == standing.folder.name

    record = Record.read(releases([LANDING, many]).folder)
    assert (record.encoded, record.reused) == (300 - 256, 257)


@dataclass
class FailsOnce(FakeEncoder):
    """Breaks down once, in the batch that holds the passage ``fails_at``."""

    fails_at: int = 0

    def encode_passages(self, texts: Iterable[str], on_progress: Callable[[int], None] | None = None) -> Vectors:
        """Return rows until it breaks down."""
        texts = list(texts)
        if self.fails_at and len(self.encoded) + len(texts) > self.fails_at:
            self.fails_at = 0
            raise RuntimeError("the encoder broke down")
        return super().encode_passages(texts, on_progress)


def test_a_generation_that_stood_already_is_looked_over_again(releases: Releases) -> None:
    first = releases(CORPUS)
    again = releases(CORPUS)

    assert again == first
    record = Record.read(again.folder)
    assert (record.encoded, record.reused) == (0, 4)
