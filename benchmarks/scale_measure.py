"""What a generation costs the process that answers from it.

    python -m benchmarks.scale_measure search|recall|start DATA INDEX/GENERATION

Owns the clocks and counters of one measurement, which runs in a process of its own and prints one JSON object. A search
works in one thread, so its processor time is what it takes on a machine that is free; the time by the wall clock stands
beside it and holds whatever else the machine was doing.
"""

import json
import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from benchmarks.lexical_measure import memory_mb
from benchmarks.scale_corpus import PUBLISHERS, ScatteredEncoder, open_scattered
from index.answer import Filters
from index.candidates import DEPTH, find_candidates
from index.encoder import Vectors
from index.engine.local import LocalEngine
from index.generation import Generation
from index.lexicon import load_lexicon
from index.question import Question, understand
from index.search import READ_PASSAGES

QUESTIONS, RECALLED, TIMED_FLAT = 1_000, 300, 100
NEAREST = 10
ASKED_AT = datetime(2031, 6, 1, tzinfo=UTC)
_BLOCK = 10_000


def questions(generation: Generation, count: int) -> list[Question]:
    """Make questions out of words that stand together in a passage; one in ten has a filter."""
    chance = random.Random(7)
    lexicon = load_lexicon()
    asked = []
    for number in range(count):
        (found,) = generation.passages([chance.randrange(generation.manifest.passages)])
        words = found.passage.span.of(found.text).replace(".", "").split()
        text = " ".join(chance.sample(words, k=min(len(words), chance.randint(4, 9))))
        asked.append(understand(f"{text}?", asked_at=ASKED_AT, filters=_filters(number, chance), lexicon=lexicon))
    return asked


def _filters(number: int, chance: random.Random) -> Filters:
    if number % 20 == 5:
        return Filters(sources=frozenset({f"bench {chance.randrange(PUBLISHERS)}"}))
    if number % 20 == 15:
        return Filters(since=date(chance.randint(2016, 2025), 6, 1))
    return Filters()


def measure_search(generation_folder: Path, encoder: ScatteredEncoder, count: int = QUESTIONS) -> dict[str, float]:
    """Ask every question three ways: the dense side, the lexical side, and both fused."""
    before, started = _memory(), time.perf_counter()
    generation = Generation(generation_folder)
    opened = time.perf_counter() - started
    after_opening = _memory()
    asked = [(question, encoder.encode_question(question.text)) for question in questions(generation, count)]
    ways: dict[str, Callable[[Question, Vectors], object]] = {
        "fused": lambda question, vector: find_candidates(LocalEngine(generation), question, vector, READ_PASSAGES),
        "dense": lambda question, vector: generation.vectors.search(vector, DEPTH),
        "lexical": lambda question, vector: generation.lexical.search(list(question.terms), DEPTH),
    }
    figures: dict[str, float] = {"opening_seconds": opened}
    for way, search in ways.items():
        figures |= _percentiles(way, [_taken_ms(search, *pair) for pair in asked])
        if way == "fused":  # what follows asks the same again, in parts
            after = _memory()
    figures |= {f"opened_{kind}": after_opening[kind] - before[kind] for kind in before}
    figures |= {f"asked_{kind}": after[kind] - before[kind] for kind in before}
    return figures


def measure_recall(generation_folder: Path, encoder: ScatteredEncoder, count: int = RECALLED) -> dict[str, float]:
    """Compare what is nearest with what an exact search of the unrounded vectors finds, and time that one too."""
    generation = Generation(generation_folder)
    flat = faiss.IndexFlatIP(encoder.dim)
    for first in range(0, generation.manifest.passages, _BLOCK):
        numbers = range(first, min(first + _BLOCK, generation.manifest.passages))
        flat.add(encoder.encode_passages([found.searched_text for found in generation.passages(numbers)]))
    vectors = np.stack([encoder.encode_question(one.text) for one in questions(generation, count)])
    _, exact = flat.search(vectors, DEPTH)
    found = [generation.vectors.search(vector, DEPTH) for vector in vectors]
    faiss.omp_set_num_threads(1)
    flat_ms = [_taken_ms(lambda vector: flat.search(vector[None], DEPTH), one) for one in vectors[:TIMED_FLAT]]
    return _percentiles("flat", flat_ms) | {
        "recall_at_10": recall(found, exact, NEAREST),
        "recall_at_100": recall(found, exact, DEPTH),
        "flat_mb": flat.ntotal * flat.d * 4 / 2**20,
    }


def measure_start(generation_folder: Path, encoder: ScatteredEncoder) -> dict[str, float]:
    """Open a generation and answer the first question; the caller knows when the process began."""
    generation = Generation(generation_folder)
    (question,) = questions(generation, 1)
    find_candidates(LocalEngine(generation), question, encoder.encode_question(question.text), READ_PASSAGES)
    return {"ready_at": time.time(), "processor_seconds": time.process_time()}


def recall(found: Any, exact: Any, depth: int) -> float:  # noqa: ANN401  rows of numbers, however they are held
    """Return how many of the nearest are found, 0..1."""
    shares = [len(set(one[:depth]) & set(other[:depth])) / depth for one, other in zip(found, exact, strict=True)]
    return float(np.mean(shares))


def _taken_ms(work: Callable[..., object], *arguments: object) -> tuple[float, float]:
    """Return the milliseconds that some work takes of the processor and by the wall clock."""
    processor, wall = time.thread_time(), time.perf_counter()
    work(*arguments)
    return (time.thread_time() - processor) * 1000, (time.perf_counter() - wall) * 1000


def _percentiles(way: str, taken_ms: list[tuple[float, float]]) -> dict[str, float]:
    return {
        f"{way}_p{share}_{clock}ms": float(np.percentile(values, share))
        for clock, values in zip(("", "wall_"), zip(*taken_ms, strict=True), strict=True)
        for share in (50, 95)
    }


def _memory() -> dict[str, float]:
    own, mapped = memory_mb("RssAnon"), memory_mb("RssFile")
    return {"own_mb": own, "mapped_mb": mapped, "rss_mb": own + mapped}


MEASUREMENTS: dict[str, Callable[[Path, ScatteredEncoder], dict[str, float]]] = {
    "search": measure_search,
    "recall": measure_recall,
    "start": measure_start,
}


def main() -> None:
    """Run one measurement."""
    name, data, folder = sys.argv[1:]
    sys.stdout.write(json.dumps(MEASUREMENTS[name](Path(folder), open_scattered(Path(data)))) + "\n")


if __name__ == "__main__":
    main()
