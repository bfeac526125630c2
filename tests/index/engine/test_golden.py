"""The golden set, asked of the files of the starter generation and of a Milvus that it was sent to.

The margin is none: the same candidates in the same order, the same scores to six digits, and so the same first quotes.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.answer import NO_FILTERS
from index.encoder import open_encoder
from index.encoder.base import EncoderSpec
from index.engine.base import Engine
from index.engine.local import LocalEngine
from index.evaluation.run import run_questions
from index.evaluation.starter_sets import load_golden
from index.lexicon import load_lexicon
from index.reader import open_reader
from index.search import Searcher
from index.shelf import open_current
from tests.conftest import FirstRun
from tests.index.engine.lite import Lite

QUESTIONS = load_golden().questions
SAMPLE = QUESTIONS[::20]
DEPTH = 40


@pytest.fixture(scope="module")
def both(
    first_run: FirstRun, models_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Searcher, Searcher]]:
    local = LocalEngine(open_current(first_run.data_dir / "index"))
    folder = local.generation.folder
    encoder, reader, lexicon = open_encoder(EncoderSpec(), models_folder), open_reader(), load_lexicon()

    def searcher(engine: Engine) -> Searcher:
        return Searcher(engine, encoder=encoder, lexicon=lexicon, reader=reader, gate=engine.gate)

    with Lite(tmp_path_factory.mktemp("milvus")) as lite:
        yield searcher(local), searcher(lite.shelf(folder.parent).receive(folder, lambda _: None))


@pytest.mark.timeout(480)
def test_every_golden_question_finds_the_same_candidates(both: tuple[Searcher, Searcher]) -> None:
    for asked in QUESTIONS:
        understood = [one.understand(asked.text, asked_at=asked.asked_at, filters=NO_FILTERS) for one in both]
        assert understood[0] == understood[1]
        ours, theirs = (one.candidates(understood[0], DEPTH, {}) for one in both)
        assert [one.found for one in theirs] == [one.found for one in ours], asked.id
        assert [one.score for one in theirs] == pytest.approx([one.score for one in ours], abs=1e-6), asked.id


@pytest.mark.timeout(480)
def test_a_sample_of_the_golden_questions_is_answered_the_same(both: tuple[Searcher, Searcher]) -> None:
    for asked in SAMPLE:
        ours, theirs = (one.ask(asked.text, asked_at=asked.asked_at, filters=NO_FILTERS) for one in both)
        assert type(theirs) is type(ours)
        assert getattr(theirs, "citations", ()) == getattr(ours, "citations", ())


@pytest.mark.slow
@pytest.mark.timeout(3_600)
def test_the_first_quotes_of_the_golden_set_are_the_same(both: tuple[Searcher, Searcher]) -> None:
    ours, theirs = (run_questions(one, QUESTIONS, on_progress=lambda _: None) for one in both)
    assert [one.right for one in theirs] == [one.right for one in ours]
    assert [one.answered for one in theirs] == [one.answered for one in ours]
    assert [one.rankings for one in theirs] == [one.rankings for one in ours]
