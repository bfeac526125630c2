"""The documents and questions that the lexical engines are timed on, as lines of terms in files.

Owns making them from the SQuAD passages, and beyond those from their words. Each engine then reads the same lines, in
a process of its own.
"""

import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from benchmarks.retrieval_sets import read_lines, title_and_text
from index.terms import terms

SEED = 20220701


def line_of_terms(text: str) -> str:
    """Return what the index counts of a text, joined by spaces."""
    return " ".join(terms(text))


def write_passages(source: Path, target: Path) -> int:
    """Write one line for each passage of squad-train and return how many there are."""
    lines = [line_of_terms(title_and_text(row)) for row in read_lines(source / "passages.jsonl.gz")]
    target.write_text("\n".join(lines), encoding="utf-8")
    return len(lines)


def write_documents(passages: Path, target: Path, count: int) -> None:
    """Write ``count`` lines: the passages, then mixtures of a shuffled half of one passage and half of another.

    Terms stay as frequent as in the passages, and lengths as varied; the vocabulary does not grow.
    """
    real = list(read_documents(passages, 0, count))
    bags = [line.split() for line in real]
    chance = random.Random(SEED)
    with target.open("w", encoding="utf-8") as lines:
        lines.write("\n".join(real))
        for _ in range(count - len(real)):
            first, second = chance.choice(bags), chance.choice(bags)
            mixed = chance.sample(first, len(first) // 2) + chance.sample(second, len(second) // 2)
            lines.write("\n" + " ".join(mixed))


def write_questions(source: Path, target: Path, count: int) -> None:
    """Write ``count`` questions of squad-train, drawn by a fixed seed, leaving out any without a term."""
    rows = list(read_lines(source / "questions.jsonl.gz"))
    random.Random(SEED).shuffle(rows)
    lines = (line_of_terms(row["question"]) for row in rows)
    target.write_text("\n".join(islice((line for line in lines if line), count)), encoding="utf-8")


def read_documents(path: Path, start: int = 0, stop: int | None = None) -> Iterator[str]:
    """Yield the lines from number ``start`` up to ``stop``."""
    with path.open(encoding="utf-8") as lines:
        for line in islice(lines, start, stop):
            yield line.rstrip("\n")
