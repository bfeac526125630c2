"""What becomes of answers and builds while a Milvus goes away, and while others publish in it."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pymilvus import MilvusClient

from index.answer import NO_FILTERS, Answer, NoAnswer
from index.encoder import Vectors
from index.engine.milvus.layout import collection
from index.engine.milvus.registry import Registry
from index.errors import EngineError, GenerationError, NoGenerationError
from index.lexicon import load_lexicon
from index.search import Searcher
from tests.command_line import ROOT
from tests.index.engine.builds import GATE, Builds, comets
from tests.index.engine.lite import Lite
from tests.index.fakes import FakeEncoder, FakeReader
from tests.index.texts import ASKED_AT, CORPUS

PROCESS = [sys.executable, "-m", "tests.index.engine.builds"]
_AWAY = "the index cannot be reached, because Milvus does not answer; try again in a moment"


class Interrupting(FakeEncoder):
    """Lets something happen in the middle of a question."""

    def encode_question(self, text: str) -> Vectors:
        """Encode, after what was to happen has."""
        self.happens()
        return super().encode_question(text)

    def happens(self) -> None:
        """Nothing, until it is told otherwise."""


pytestmark = pytest.mark.timeout(240)  # they wait for processes and for a server that is away


@pytest.fixture
def builds(lite: Lite, tmp_path: Path) -> Builds:
    return Builds(tmp_path / "index", lite.shelf(tmp_path / "index"), load_lexicon())


def searching(builds: Builds, encoder: FakeEncoder) -> Searcher:
    engine = builds.shelf.open_current()
    return Searcher(engine, encoder=encoder, lexicon=builds.lexicon, reader=FakeReader(), gate=GATE)


def ask(searcher: Searcher) -> Answer | NoAnswer:
    return searcher.ask("Who touched down near crater Vesna?", asked_at=ASKED_AT, filters=NO_FILTERS)


def test_a_milvus_that_goes_during_a_question_is_one_sentence_and_comes_back(lite: Lite, builds: Builds) -> None:
    builds(CORPUS)
    encoder = Interrupting()
    searcher = searching(builds, encoder)
    before = ask(searcher)
    encoder.happens = lite.stop  # type: ignore[method-assign]
    with pytest.raises(EngineError) as caught:
        ask(searcher)
    assert str(caught.value) == _AWAY
    with pytest.raises(EngineError, match="does not answer"):
        builds.shelf.current()

    lite.start()
    encoder.happens = lambda: None  # type: ignore[method-assign]
    after = ask(searcher)
    assert isinstance(before, Answer)
    assert isinstance(after, Answer)
    assert after.citations == before.citations


def test_a_collection_that_is_dropped_under_an_answer_is_one_sentence(lite: Lite, builds: Builds) -> None:
    first, second = builds(CORPUS[:3]), builds(CORPUS)
    searcher = searching(builds, FakeEncoder())
    client = MilvusClient(lite.uri, dedicated=True)
    client.drop_collection(collection(second, "articles"))
    with pytest.raises(GenerationError) as caught:
        ask(searcher)
    assert str(caught.value) == f"generation {second} is not in Milvus any more; run `space-news index build`"
    client.close()

    assert builds.shelf.rollback(first) == first
    assert isinstance(ask(searching(builds, FakeEncoder())), Answer)
    assert builds(CORPUS) == second  # what is missing is sent again
    assert builds.shelf.verify().damages == ()


def test_an_answer_in_flight_ends_on_the_generation_that_it_began_with(builds: Builds) -> None:
    first, second = builds(CORPUS[:3]), builds(CORPUS)
    encoder = Interrupting()
    searcher = searching(builds, encoder)
    encoder.happens = lambda: assert_equal(builds.shelf.rollback(None), first)  # type: ignore[method-assign]
    assert ask(searcher).generation == second
    assert ask(searching(builds, FakeEncoder())).generation == first


def assert_equal(value: object, expected: object) -> None:
    assert value == expected


def test_a_build_that_is_killed_leaves_the_old_one_and_the_next_goes_on_from_there(lite: Lite, builds: Builds) -> None:
    standing = builds(comets(0))
    command = [*PROCESS, "publish", lite.uri, str(builds.folder), "1"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as builder:
        assert builder.stdout is not None
        for line in builder.stdout:
            if line.startswith("sending passages 1"):
                break
        builder.send_signal(signal.SIGKILL)
    assert builder.returncode == -signal.SIGKILL

    assert builds.shelf.current().manifest.generation == standing
    assert [one.manifest.generation for one in builds.shelf.generations()] == [standing]
    registry = Registry(lite.server())
    (begun,) = registry.texts().keys() - {standing}
    entry = registry.read(begun)
    assert not entry.is_whole
    assert 0 < entry.sent["passages"] < 40

    told: list[int] = []
    folder = builds.folder / begun
    builds.shelf.receive(
        folder, lambda progress: told.append(progress.done) if progress.stage == "sending passages" else None
    )
    assert told[0] == entry.sent["passages"] + 3  # a batch on from the checkpoint, not from nothing
    assert builds(comets(1)) == begun
    assert builds.shelf.verify().damages == ()


def test_processes_ask_while_another_publishes_and_rolls_back(lite: Lite, builds: Builds) -> None:
    first, second = builds(comets(0)), builds(comets(1))
    command = [*PROCESS, "ask", lite.uri]
    asking = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    try:
        for turn in range(6):
            for one in asking:
                assert one.stdout is not None
                assert one.stdout.readline() == "answered\n"
            if turn % 2:
                builds.shelf.publish(second)
            else:
                assert builds.shelf.rollback(first) == first
    finally:
        told = [one.communicate(timeout=50)[0].splitlines()[-1] for one in asking]
    assert [one.returncode for one in asking] == [0, 0]
    for line in told:
        said = json.loads(line)
        assert said["answers"] >= 6
        assert said["generations"] == sorted({first, second})


def test_an_answer_of_a_milvus_that_was_never_there_is_one_sentence(lite: Lite, tmp_path: Path) -> None:
    shelf = lite.shelf(tmp_path, timeout_seconds=1.0)
    with pytest.raises(NoGenerationError):
        shelf.current()
    lite.stop()
    with pytest.raises(EngineError) as caught:
        lite.shelf(tmp_path, timeout_seconds=1.0).current()
    assert str(caught.value) == _AWAY
    lite.start()
