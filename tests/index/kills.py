"""Killing builds at random moments, and what a reader sees meanwhile.

``python -m tests.index.kills --times 30`` does it as often as one likes; the suite does it a few times. The builder is
a process of its own with the stand-ins for the models, which publishes one generation after another and prunes.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from index.answer import NO_FILTERS
from index.checksums import damage
from index.engine.local import LocalEngine
from index.errors import NoGenerationError
from index.generation import Generation
from index.lexicon import load_lexicon
from index.release import Released, release
from index.search import Searcher
from index.shelf import current_generation, open_current, prune, rollback
from index.verify import verify
from tests.command_line import ROOT
from tests.index.fakes import FakeEncoder, FakeReader
from tests.index.test_search import GATE
from tests.index.texts import ASKED_AT, ignore, memo_beside, published

SLOWEST_KILL_SECONDS = 1.5
_N_ARTICLES = 40


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of one kill.

    Attributes:
        looks: How often a reader opened what was published while the builder ran.
        generation: What answered when the builder was dead.
        leftovers: What the kill had left, and pruning removed.
    """

    looks: int
    generation: str
    leftovers: tuple[str, ...]


def publish_round(folder: Path, number: int) -> Released:
    """Build and publish the generation of a round: forty articles, of which some change from round to round."""
    lexicon, encoder = load_lexicon(), FakeEncoder()
    articles = [
        published(f"a{n:02}", f"Probe {n} saw comet {n if n % 8 else number} today. It flew on past the moon {n}.")
        for n in range(_N_ARTICLES)
    ]
    return release(
        articles,
        folder,
        encoder=encoder,
        encoder_name="words",
        lexicon=lexicon,
        gate=GATE,
        memo_path=memo_beside(folder),
        corpus_stamp=f"round {number}",
        search=lambda engine: Searcher(engine, encoder=encoder, lexicon=lexicon, reader=FakeReader(), gate=GATE),
        golden_margin=0.02,
        force=False,
        on_progress=ignore,
    )


def build_on_and_on(folder: Path, first: int) -> None:
    """Publish, roll back and prune until killed."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for number in range(first, first + 10_000):
        publish_round(folder, number)
        if number % 3 == 2:
            rollback(folder)
        if number % 4 == 3:
            prune(folder, memo_beside(folder), keep=2)


def kill_once(folder: Path, chance: random.Random) -> Seen:
    """Let a builder begin, kill it at a random moment, read all the while, and build and prune afterwards."""
    first = chance.randrange(1_000_000)
    command = [sys.executable, "-m", "tests.index.kills", "--build", str(folder), "--first", str(first)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as builder:
        assert builder.stdout is not None
        builder.stdout.readline()
        dies_at = time.monotonic() + chance.uniform(0.0, SLOWEST_KILL_SECONDS)
        looks = 0
        while time.monotonic() < dies_at:
            looks += _look(folder)
        builder.kill()
    _look(folder)
    left = publish_round(folder, first - 1)
    assert left.published
    assert damage(left.folder) == []
    pruned = prune(folder, memo_beside(folder), keep=1)
    assert {path.name for path in folder.iterdir()} == {left.folder.name, "current"}
    assert all(not path.name.startswith(".") for path in folder.rglob("*"))
    assert verify(folder).damages == ()
    return Seen(looks, left.folder.name, pruned.leftovers)


def _look(folder: Path) -> int:
    """Open what is published and read from it; it must be whole."""
    try:
        generation = open_current(folder)
    except NoGenerationError:
        return 0
    found = generation.passages(range(generation.manifest.passages))
    assert len(found) == len(generation.vectors) == _N_ARTICLES
    assert all(one.passage.span.of(generation.text(one.article.id)) for one in found)
    _ask(generation)
    return 1


def _ask(generation: Generation) -> None:
    searcher = Searcher(
        LocalEngine(generation), encoder=FakeEncoder(), lexicon=load_lexicon(), reader=FakeReader(), gate=GATE
    )

    answer = searcher.ask("Which probe saw comet 7 today?", asked_at=ASKED_AT, filters=NO_FILTERS)
    assert answer.generation == generation.folder.name


def main() -> None:
    """Build until killed, or kill builders."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=Path)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--times", type=int, default=30)
    arguments = parser.parse_args()
    if arguments.build:
        build_on_and_on(arguments.build, arguments.first)
        return
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "index"
        for number in range(arguments.times):
            seen = kill_once(folder, chance)
            sys.stdout.write(f"{number + 1}: {seen.looks} looks, left {list(seen.leftovers)}\n")
            assert current_generation(folder) == seen.generation


if __name__ == "__main__":
    main()
