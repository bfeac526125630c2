"""The gates that ask, over the real starter index that a first question leaves behind."""

from pathlib import Path

import pytest

from index.encoder import open_encoder
from index.encoder.base import EncoderSpec
from index.engine.local import LocalEngine
from index.gate import load_gate
from index.generation import Generation
from index.lexicon import load_lexicon
from index.record import Record
from index.release.questions import (
    CANARIES,
    MISSES_ALLOWED,
    GoldenScore,
    askable,
    canaries,
    golden,
    golden_score,
)
from index.search import Searcher
from index.shelf import current_generation, open_current
from tests.conftest import FirstRun
from tests.index.fakes import FakeReader


@pytest.fixture(scope="module")
def starter(first_run: FirstRun) -> LocalEngine:
    return LocalEngine(open_current(first_run.data_dir / "index"))


def test_the_first_index_passed_every_gate(first_run: FirstRun) -> None:
    index = first_run.data_dir / "index"
    record = Record.read(index / current_generation(index))
    assert [(gate.name, gate.passed) for gate in record.gates] == [
        (name, True) for name in ("count", "vectors", "quotes", "fidelity", "canaries", "golden")
    ]
    assert record.gates[4].detail == f"{len(CANARIES)} of {len(CANARIES)} answered as expected"
    assert record.golden_score is not None
    assert record.golden_score > 0.9
    assert record.starter_passages > 200


def test_every_canary_is_a_golden_question(starter: LocalEngine) -> None:
    assert set(CANARIES) <= {question.id for question in askable(starter)}


def test_a_reader_that_reads_by_words_alone_fails_the_canaries(starter: LocalEngine, models_folder: Path) -> None:
    encoder = open_encoder(EncoderSpec(), models_folder)
    reader = FakeReader(blind=True)
    searcher = Searcher(starter, encoder=encoder, lexicon=load_lexicon(), reader=reader, gate=load_gate())
    result = canaries(askable(starter), searcher)
    assert not result.passed
    right, _, wrong = result.detail.partition(" answered as expected, not ")
    assert right == "1 of 4"
    assert set(wrong.split(", ")) == {"a-hayabusa2-landing#1", "b-boostkit-fuel#1", "b-clipper-eta#1"}
    assert MISSES_ALLOWED < 3


def test_the_golden_score_is_the_same_every_time(starter: LocalEngine, models_folder: Path) -> None:
    encoder = open_encoder(EncoderSpec(), models_folder)
    reader = FakeReader()
    searcher = Searcher(starter, encoder=encoder, lexicon=load_lexicon(), reader=reader, gate=load_gate())
    recorded = Record.read(starter.generation.folder)
    assert golden_score(askable(starter), searcher) == GoldenScore(recorded.golden_score or 0.0, recorded.golden_set)
    assert golden_score([], searcher) is None


def test_without_the_starter_corpus_nothing_is_asked(generation: Generation) -> None:
    assert askable(LocalEngine(generation)) == []
    assert canaries([], searcher=None).passed  # type: ignore[arg-type]
    assert golden(None, GoldenScore(0.9, "a"), 0.02).passed


@pytest.mark.parametrize(
    ("now", "last", "passed"),
    [
        (GoldenScore(0.95, "a"), None, True),
        (GoldenScore(0.95, "a"), GoldenScore(0.96, "a"), True),
        (GoldenScore(0.93, "a"), GoldenScore(0.96, "a"), False),
        (GoldenScore(0.93, "a"), GoldenScore(0.96, "b"), True),  # other questions: no comparison
    ],
)
def test_a_score_may_fall_by_the_margin(now: GoldenScore, last: GoldenScore | None, passed: bool) -> None:
    assert golden(now, last, 0.02).passed is passed
