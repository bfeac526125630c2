"""Ten thousand questions while another process publishes and rolls back.

    python -m benchmarks.moving --questions 10000 --every 3

Owns the question whether an answer ever fails, or mixes two generations. Two generations hold the same articles, with
another word in every sentence, so that a quote fits the texts of one of them alone. The service that the bot uses
answers from several threads and follows what is published; encoder and reader are stand-ins that only shorten the
waiting. It ends with exit code 1 where an answer failed, was mixed, or did not come.
"""

import hashlib
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.builds import HashedEncoder, Published, Writer, tell
from bot.service import Service
from bot.settings import Settings
from index.answer import Answer
from index.build import built_generation
from index.engine.local import LocalEngine
from index.gate import load_gate
from index.generation import Found, Generation
from index.lexicon import load_lexicon
from index.reader.onnx import Reader, Reading, SentenceReading
from index.search import Searcher
from index.shelf import open_current, publish, rollback

ARTICLES, THREADS = 8, 4
"""Few and short articles, so that most of the time goes into moving and not into reading."""
LOOK_SECONDS = 0.25
"""So often the service looks what is published; the bot does so every ``SPACE_NEWS_RELOAD_SECONDS``."""
ASKED_AT = datetime(2031, 1, 1, tzinfo=UTC)
_WORD = re.compile(r"\w+")


class WordReader(Reader):
    """Finds a sentence the better, the more words of the question it holds."""

    def __init__(self) -> None:
        """Open no model."""

    def read(self, pairs: Sequence[tuple[str, Found]]) -> list[Reading]:
        """Read every pair."""
        return [_read(set(_WORD.findall(question.lower())), found) for question, found in pairs]


def _read(asked: set[str], found: Found) -> Reading:
    sentences = tuple(
        SentenceReading(one, one, float(len(asked & set(_WORD.findall(one.of(found.text).lower())))))
        for one in found.passage.sentences
    )
    return Reading(max(one.margin for one in sentences), sentences)


class QuickService(Service):
    """The service, with stand-ins for the models and a gate that lets everything through."""

    def _open_searcher(self) -> Searcher:
        engine = LocalEngine(open_current(self.index_folder))
        gate = replace(load_gate(), threshold=0.0)
        return Searcher(engine, encoder=HashedEncoder(), lexicon=load_lexicon(), reader=WordReader(), gate=gate)


@dataclass
class Tally:
    """What came of the questions.

    Attributes:
        answers: How many each generation gave.
        quotes: How many quotes were compared with the texts of their generation.
        moves: How often the service moved to another generation.
        problems: What failed or was mixed.
    """

    answers: Counter[str] = field(default_factory=Counter)
    quotes: int = 0
    moves: int = 0
    problems: list[str] = field(default_factory=list)


def build(folder: Path, word: str) -> str:
    """Build a generation whose every sentence ends with a word; return its name."""
    writer = Writer(random.Random(1), 2_000)
    with built_generation(
        [_marked(writer.article(number), word) for number in range(ARTICLES)],
        folder / "index",
        encoder=HashedEncoder(),
        encoder_name="bench",
        lexicon=load_lexicon(),
        gate=load_gate(),
        memo_path=folder / "memo.db",
        corpus_stamp=word,
        on_progress=lambda progress: None,
    ) as built:
        return built.manifest.generation


def _marked(published: Published, word: str) -> Published:
    article, version = published
    text = version.text.partition("\n\n")[0].replace(".", f" {word}.")
    return article, replace(version, text=text, content_hash=hashlib.sha256(text.encode()).hexdigest())


def ask(service: Service, texts: dict[str, dict[str, str]], questions: Sequence[str], tally: Tally) -> None:
    """Ask questions one after the other, and compare each quote with the text of the generation that gave it."""
    for question in questions:
        try:
            answer = service.ask(question, asked_at=ASKED_AT)
            if not isinstance(answer, Answer):
                tally.problems.append(f"no answer: {answer.reason}")
                continue
            for citation in answer.citations:
                citation.quote.check(texts[answer.generation][citation.article.id])
        except Exception as error:  # whatever it is, somebody would have waited in vain
            tally.problems.append(repr(error))
            continue
        tally.answers[answer.generation] += 1
        tally.quotes += len(answer.citations)


def follow(service: Service, ended: threading.Event, tally: Tally) -> None:
    """Move to what is published, as the bot does, until the questions end."""
    while not ended.wait(LOOK_SECONDS):
        tally.moves += service.reload_if_published()


def move(index_folder: Path, names: Sequence[str], every_seconds: float) -> None:
    """Publish one and roll back to the other in turns, for as long as this process lives."""
    while True:
        time.sleep(every_seconds)
        publish(index_folder, names[1])
        time.sleep(every_seconds)
        rollback(index_folder, names[0])


def run(folder: Path, n_questions: int, every_seconds: float) -> Tally:
    """Build, let another process publish, ask everything, and count."""
    names = [build(folder, word) for word in ("former", "latter")]
    publish(folder / "index", names[0])
    texts = {}
    for name in names:
        generation = Generation(folder / "index" / name)
        texts[name] = {article.id: generation.text(article.id) for article in generation.articles}
    chance = random.Random(2)
    words = _WORD.findall(" ".join(texts[names[0]].values()))
    questions = [" ".join(chance.sample(words, 6)) + "?" for _ in range(n_questions)]
    service, tally, ended = QuickService(Settings(data_dir=folder, starter_corpus=False)), Tally(), threading.Event()
    mover = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.moving", "--move", str(folder / "index"), "--every", str(every_seconds)]
        + [argument for name in names for argument in ("--name", name)]
    )
    shares = [questions[number::THREADS] for number in range(THREADS)]
    threads = [threading.Thread(target=ask, args=(service, texts, share, tally)) for share in shares]
    follower = threading.Thread(target=follow, args=(service, ended, tally))
    try:
        for thread in [follower, *threads]:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        ended.set()
        mover.kill()
        mover.wait()
    follower.join()
    return tally


def main(
    questions: Annotated[int, typer.Option(help="How many are asked.", min=1)] = 10_000,
    every: Annotated[float, typer.Option(help="Seconds between publishing and rolling back.")] = 3.0,
    move_in: Annotated[Path | None, typer.Option("--move", hidden=True)] = None,
    name: Annotated[list[str] | None, typer.Option(hidden=True)] = None,
) -> None:
    """Ask, and tell what came of it."""
    if move_in is not None:
        move(move_in, name or [], every)
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        tally = run(Path(folder), questions, every)
    tell(
        f"{questions} questions in {time.perf_counter() - started:.0f} s, {tally.moves} moves; answers by generation: "
        f"{dict(sorted(tally.answers.items()))}; {tally.quotes} quotes fit their generation; "
        f"{len(tally.problems)} failed or mixed"
    )
    for problem, count in Counter(tally.problems).most_common(5):
        tell(f"    {count} times: {problem}")
    if tally.problems or sum(tally.answers.values()) != questions:
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
