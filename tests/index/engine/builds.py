"""Builds with the stand-ins for the models, published wherever a shelf is."""

import json
import sys
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.answer import NO_FILTERS, Answer
from index.build import Progress
from index.encoder import Vectors
from index.engine.milvus.sending import Pace
from index.engine.milvus.server import Address, Server
from index.engine.milvus.shelf import MilvusShelf
from index.gate import Gate
from index.lexicon import Lexicon, load_lexicon
from index.release import Released, release
from index.search import Searcher
from tests.index.fakes import FakeEncoder, FakeReader
from tests.index.texts import ASKED_AT, Published, memo_beside, published

GATE = Gate(bias=0.0, weights=(1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0), threshold=0.5, topic_coverage=0.4)
N_ARTICLES = 40


class BrokenEncoder(FakeEncoder):
    """Makes vectors that are not of unit length."""

    def encode_question(self, text: str) -> Vectors:
        """Return float32, (dim,), of half the length."""
        return np.asarray(super().encode_question(text) / 2, dtype=np.float32)


@dataclass
class Builds:
    """Builds in a folder and publishes on a shelf.

    Attributes:
        folder: Where generations are built.
        shelf: Where they answer.
        lexicon: The lexicon.
    """

    folder: Path
    shelf: MilvusShelf
    lexicon: Lexicon

    def __call__(self, articles: Iterable[Published]) -> str:
        """Build and publish; return the name of the generation."""
        released = self.release(articles)
        assert released.published
        return released.folder.name

    def release(self, articles: Iterable[Published], *, broken: bool = False) -> Released:
        """Build, and publish where the gates let it through."""
        encoder = BrokenEncoder(fingerprint="half as long") if broken else FakeEncoder()
        return release(
            articles,
            self.folder,
            shelf=self.shelf,
            encoder=encoder,
            encoder_name="words",
            lexicon=self.lexicon,
            gate=GATE,
            memo_path=memo_beside(self.folder),
            corpus_stamp="s1",
            search=lambda engine: Searcher(
                engine, encoder=encoder, lexicon=self.lexicon, reader=FakeReader(), gate=GATE
            ),
            golden_margin=0.02,
            force=False,
            on_progress=_told,
        )


def comets(number: int) -> list[Published]:
    """Return forty articles, of which some differ from round to round."""
    return [
        published(f"a{n:02}", f"Probe {n} saw comet {n if n % 8 else number} today. It flew on past the moon {n}.")
        for n in range(N_ARTICLES)
    ]


def _told(progress: Progress) -> None:
    if progress.stage.startswith("sending"):
        sys.stdout.write(f"{progress.stage} {progress.done}\n")
        sys.stdout.flush()


def publish(uri: str, folder: Path, number: int) -> None:
    """Publish one generation of comets, and say how far the sending is."""
    shelf = MilvusShelf(Server(Address(uri, timeout_seconds=30)), folder, pace=Pace(2, checkpoint_seconds=0.0))
    Builds(folder, shelf, load_lexicon())(comets(number))


def ask_on_and_on(uri: str) -> None:
    """Ask whatever answers, until the standard input ends; then say how often, and from how many generations."""
    ended = threading.Event()

    def wait() -> None:
        sys.stdin.read()
        ended.set()

    threading.Thread(target=wait, daemon=True).start()
    lexicon, encoder = load_lexicon(), FakeEncoder()
    shelf = MilvusShelf(Server(Address(uri, timeout_seconds=30)), Path("nowhere"))
    seen = []
    while not ended.is_set():
        engine = shelf.open_current()
        searcher = Searcher(engine, encoder=encoder, lexicon=lexicon, reader=FakeReader(), gate=GATE)
        answer = searcher.ask("Which probe saw comet 7?", asked_at=ASKED_AT, filters=NO_FILTERS)
        assert isinstance(answer, Answer)
        assert answer.citations[0].quote.text.startswith("Probe 7 saw comet 7 today.")
        assert answer.generation == engine.manifest.generation
        seen.append(answer.generation)
        sys.stdout.write("answered\n")
        sys.stdout.flush()
    sys.stdout.write(json.dumps({"answers": len(seen), "generations": sorted(set(seen))}) + "\n")


def main() -> None:
    """``publish URI FOLDER NUMBER`` or ``ask URI``."""
    mode, uri, *rest = sys.argv[1:]
    if mode == "publish":
        publish(uri, Path(rest[0]), int(rest[1]))
    else:
        ask_on_and_on(uri)


if __name__ == "__main__":
    main()
