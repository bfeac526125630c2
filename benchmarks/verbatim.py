"""Ask every question of a judged set and look up each shown quote in the file that the article came from.

    python -m benchmarks.verbatim ../shared/data/squad2-dev --work /tmp/verbatim --dice

The file is read here by itself, past everything that the project does to a text. What is shown depends on where quotes
are cut, not on how well they answer: with ``--dice`` a throw of dice takes the reader's place, which is faster and
shows far more kinds of sentences. Owns the command and its line of figures.
"""

import gzip
import json
import random
import time
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.console import Console
from rich.progress import track

from corpus import Span
from index.answer import NO_FILTERS, Answer, Citation, NoAnswer
from index.encoder import open_encoder
from index.encoder.base import EncoderSpec
from index.evaluation.dataset import load_set
from index.evaluation.run import open_set
from index.gate import load_gate
from index.generation import Found
from index.lexicon import load_lexicon
from index.reader import Reader, Reading, SentenceReading, open_reader


class DiceReader(Reader):
    """Finds an answer anywhere, as a throw of dice over question and passage has it."""

    def __init__(self) -> None:
        self.fingerprint = "dice"

    def read(self, pairs: Sequence[tuple[str, Found]]) -> list[Reading]:
        """Return a reading for each question and passage."""
        return [self._throw(question, found) for question, found in pairs]

    def _throw(self, question: str, found: Found) -> Reading:
        dice = random.Random(f"{question} {found.number}")
        sentences = []
        for sentence in found.passage.sentences:
            start = dice.randrange(sentence.start_char, sentence.end_char)
            answer = Span(start, dice.randrange(start + 1, sentence.end_char + 1))
            sentences.append(SentenceReading(sentence, answer, dice.uniform(-5, 15)))
        return Reading(dice.uniform(-2, 6), tuple(sentences))


@dataclass(slots=True)
class Tally:
    """What was shown.

    Attributes:
        answers: How many answers and refusals were given.
        quotes: How many quotes they showed.
        respaced: Quotes that stand there but for runs of spaces and marks that nobody sees.
        altered: Quotes that do not stand in their file, with the question.
        seconds: How long each answer took.
    """

    answers: int = 0
    quotes: int = 0
    respaced: int = 0
    altered: list[tuple[str, str]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


def raw_texts(folder: Path) -> dict[str, str]:
    """Read the texts of a set's corpus as they stand in the file."""
    plain = folder / "corpus.jsonl"
    packed = plain.with_suffix(".jsonl.gz")
    lines = plain.read_bytes() if plain.exists() else gzip.decompress(packed.read_bytes())
    rows = (json.loads(line) for line in lines.split(b"\n") if line.strip())
    return {str(row["_id"]): str(row["text"]) for row in rows}


def as_seen(text: str) -> str:
    """Return a text without what nobody sees: marks of no width, and how many spaces stand between two words."""
    return " ".join("".join(char for char in text if unicodedata.category(char) != "Cf").split())


def shown(result: Answer | NoAnswer) -> Iterator[Citation]:
    """Yield what a result shows."""
    if isinstance(result, Answer):
        yield from result.citations
    elif result.nearest:
        yield result.nearest


def main(
    folder: Annotated[Path, typer.Argument(help="A judged set in BEIR's form.")],
    work: Annotated[Path, typer.Option(help="Folder for the encoder and the set's generation.")],
    questions: Annotated[int, typer.Option(help="Ask at most so many.")] = 1_000_000,
    dice: Annotated[bool, typer.Option("--dice", help="Let dice take the reader's place.")] = False,
) -> None:
    """Ask, compare, and print how many quotes stand in their files word for word."""
    judged, texts, tally = load_set(folder), raw_texts(folder), Tally()
    searcher = open_set(
        judged,
        work / "index",
        encoder=open_encoder(EncoderSpec(), work / "models"),
        encoder_name=EncoderSpec().model,
        lexicon=load_lexicon(),
        memo_path=work / "memo.db",
        reader=DiceReader() if dice else open_reader(),
        gate=load_gate(),
        on_progress=lambda progress: None,
    )
    for question in track(judged.questions[:questions], console=Console(stderr=True)):
        start = time.perf_counter()
        result = searcher.ask(question.text, asked_at=question.asked_at, filters=NO_FILTERS)
        tally.seconds.append(time.perf_counter() - start)
        tally.answers += 1
        for citation in shown(result):
            tally.quotes += 1
            quote, text = citation.quote.text, texts[citation.article.id]
            if quote in text:
                continue
            if as_seen(quote) in as_seen(text):
                tally.respaced += 1
            else:
                tally.altered.append((question.text, quote))
    p50, p95 = np.percentile(tally.seconds, [50, 95]) * 1000
    console = Console()
    console.print(
        f"{tally.answers} answers showed {tally.quotes} quotes. {tally.quotes - tally.respaced - len(tally.altered)} "
        f"stand in their file to the character, {tally.respaced} but for doubled spaces and invisible marks, and "
        f"{len(tally.altered)} do not. An answer took {p50:.0f} ms (p95 {p95:.0f} ms)."
    )
    for asked, quote in tally.altered:
        console.print(f"not verbatim: {asked!r}: {quote!r}")


if __name__ == "__main__":
    typer.run(main)
