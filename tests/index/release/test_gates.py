from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from index.encoder import Vectors
from index.encoder.base import Fidelity
from index.generation import Generation
from index.lexicon import Lexicon
from index.record import GateResult
from index.release import gates
from index.release.gates import Counts
from tests.index.fakes import FakeEncoder
from tests.index.texts import CORPUS, build, opened


@dataclass
class BentEncoder(FakeEncoder):
    """Spoils what it encodes.

    Attributes:
        bend: What it does to the rows.
    """

    bend: Callable[[Vectors], Vectors] = lambda rows: rows

    def encode_passages(self, texts: Sequence[str], on_progress: Callable[[int], None] | None = None) -> Vectors:
        """Return what it should, bent."""
        return self.bend(super().encode_passages(texts, on_progress))


def shortened(rows: Vectors) -> Vectors:
    rows[2] *= np.float32(0.9)
    return rows


def lost(rows: Vectors) -> Vectors:
    rows[1, 5] = np.nan
    return rows


def swapped(rows: Vectors) -> Vectors:
    return rows[::-1].copy()


@pytest.mark.parametrize(
    ("now", "last", "passed"),
    [
        (Counts(5, 0), None, True),
        (Counts(900, 0), Counts(1_000, 0), True),
        (Counts(499, 0), Counts(1_000, 0), False),
        (Counts(501, 0), Counts(1_000, 0), True),
        (Counts(0, 290), Counts(31, 290), False),  # everything that was added is gone
        (Counts(1, 290), Counts(20, 290), True),  # a few articles are a person's own doing
        (Counts(5, 0), Counts(5, 290), True),  # the starter corpus was switched off
        (Counts(5, 290), Counts(5, 0), True),
        (Counts(100, 100), Counts(100, 290), False),  # half of it was lost
        (Counts(50_000, 290), Counts(5, 290), True),  # a first archive
        (Counts(30_000, 0), Counts(1_000, 0), False),
    ],
)
def test_the_count_stays_within_bounds(now: Counts, last: Counts | None, passed: bool) -> None:
    assert gates.count(now, last).passed is passed


def test_a_lost_corpus_is_told_with_both_numbers() -> None:
    detail = gates.count(Counts(4, 0), Counts(1_000, 0)).detail
    assert detail == (
        "4 passages, 1000 in the last generation; 4 of 1000 passages are left of the articles that were added"
    )


def test_a_sound_generation_passes(generation: Generation) -> None:
    results = [gates.vectors(generation), gates.quotes(generation), gates.fidelity(generation, FakeEncoder())]
    assert [result.name for result in results] == ["vectors", "quotes", "fidelity"]
    assert all(result.passed for result in results)


def test_a_vector_that_is_not_finite_is_named(tmp_path: Path, lexicon: Lexicon) -> None:
    generation = opened(CORPUS, tmp_path, encoder=BentEncoder(bend=lost), lexicon=lexicon)
    assert gates.vectors(generation) == GateResult("vectors", False, "the vector of passage 1 is not finite")


def test_a_vector_of_another_length_is_named(tmp_path: Path, lexicon: Lexicon) -> None:
    generation = opened(CORPUS, tmp_path, encoder=BentEncoder(bend=shortened), lexicon=lexicon)
    result = gates.vectors(generation)
    assert (result.passed, result.detail) == (False, "the vector of passage 2 has length 0.9000, not 1")


def test_vectors_of_other_passages_fail_fidelity(tmp_path: Path, lexicon: Lexicon) -> None:
    generation = opened(CORPUS, tmp_path, encoder=BentEncoder(bend=swapped), lexicon=lexicon)
    assert gates.vectors(generation).passed
    assert not gates.fidelity(generation, FakeEncoder()).passed


def test_an_encoder_that_left_its_original_fails_fidelity(generation: Generation) -> None:
    class Drifted(FakeEncoder):
        def fidelity(self) -> Fidelity:
            return Fidelity(0.97, 0.98)

    result = gates.fidelity(generation, Drifted())
    assert not result.passed
    assert result.detail.startswith("cosine to the original at least 0.9700")


def test_a_text_that_is_not_the_stores_is_named(tmp_path: Path, lexicon: Lexicon) -> None:
    article, version = CORPUS[0]
    claimed = (article, replace(version, content_hash="0" * 64))
    manifest = build([claimed, *CORPUS[1:]], tmp_path, encoder=FakeEncoder(), lexicon=lexicon)
    result = gates.quotes(Generation(tmp_path / manifest.generation))
    assert not result.passed
    assert result.detail.endswith(f"the text of article {article.id} is not the one that the store has")
