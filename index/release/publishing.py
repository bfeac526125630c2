"""Building a generation, looking it over, and letting it answer if nothing speaks against it.

Owns the order of the gates and what a failed one means: the generation stays beside the others, unpublished, and the
last one goes on answering.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from corpus import Article, Version
from corpus.starter import ID_PREFIX
from index.build import Built, Progress, built_generation
from index.encoder import Encoder
from index.engine.base import Engine
from index.engine.local import LocalEngine
from index.errors import GenerationError, NoGenerationError
from index.gate import Gate
from index.generation import Generation, Manifest
from index.lexicon import Lexicon
from index.record import GateResult, Record
from index.release import gates, questions
from index.search import Searcher
from index.shelf import current_generation, publish

FORCEABLE = frozenset({"count", "canaries", "golden"})
"""Gates that judge; a person may know better. The others find what is broken, and nobody may."""


@dataclass(frozen=True, slots=True)
class Released:
    """What a build came to.

    Attributes:
        folder: The generation; its record says what the gates found.
        published: Whether it answers from now on.
    """

    folder: Path
    published: bool


@dataclass(frozen=True, slots=True)
class _Last:
    """The generation that answers until now, as far as it can be read."""

    counts: gates.Counts | None = None
    score: questions.GoldenScore | None = None


def release(
    articles: Iterable[tuple[Article, Version]],
    index_folder: Path,
    *,
    encoder: Encoder,
    encoder_name: str,
    lexicon: Lexicon,
    gate: Gate,
    memo_path: Path,
    corpus_stamp: str,
    search: Callable[[Engine], Searcher],
    golden_margin: float | None,
    force: bool,
    on_progress: Callable[[Progress], None],
) -> Released:
    """Build a generation and publish it where the gates let it through.

    Args:
        articles: What to index; the order does not matter.
        index_folder: Where generations live.
        encoder: Makes the vectors.
        encoder_name: What the manifest calls it.
        lexicon: Makes the concepts.
        gate: Decides what is answered from it.
        memo_path: What earlier builds made.
        corpus_stamp: Goes into the manifest, so that a later change of the corpus can be told.
        search: Puts the parts that answer around a generation.
        golden_margin: By how much the score on the golden set may fall; None does not ask it.
        force: Publish although a gate of ``FORCEABLE`` failed.
        on_progress: Told how far the work is.

    Raises:
        EmptyCorpusError: There are no articles, or no word in them.
        MemoError: The memo cannot be used.
    """
    started = time.perf_counter()
    with built_generation(
        articles,
        index_folder,
        encoder=encoder,
        encoder_name=encoder_name,
        lexicon=lexicon,
        gate=gate,
        memo_path=memo_path,
        corpus_stamp=corpus_stamp,
        on_progress=on_progress,
    ) as built:
        on_progress(Progress("looking it over", 0, 0))
        record = _look_over(built, _last(index_folder), encoder, search, golden_margin)
        held_back = any(not gate.passed and not (force and gate.name in FORCEABLE) for gate in record.gates)
        if not held_back:
            publish(index_folder, built.manifest.generation)
            record = replace(record, published_at=datetime.now(UTC))
        record = replace(record, seconds=round(time.perf_counter() - started, 3))
        record.write(built.folder)
        return Released(built.folder, published=not held_back)


def _look_over(
    built: Built,
    last: _Last,
    encoder: Encoder,
    search: Callable[[Engine], Searcher],
    golden_margin: float | None,
) -> Record:
    n_passages = built.manifest.passages
    record = replace(Record.read(built.folder), encoded=built.encoded, reused=n_passages - built.encoded)
    try:
        generation = Generation(built.folder)
        counts = _counts(generation)
        results = [
            gates.count(counts, last.counts),
            gates.vectors(generation),
            gates.quotes(generation),
            gates.fidelity(generation, encoder),
        ]
    except GenerationError as error:
        return replace(record, gates=(GateResult("opens", False, str(error)),))
    score = None
    if all(result.passed for result in results[1:]):  # what is broken answers nothing worth comparing
        engine = LocalEngine(generation)
        searcher = search(engine)
        askable = questions.askable(engine)
        score = questions.golden_score(askable, searcher) if golden_margin is not None else None
        results += [
            questions.canaries(askable, searcher),
            questions.golden(score, last.score, golden_margin)
            if golden_margin is not None
            else GateResult("golden", True, "switched off"),
        ]
    return replace(
        record,
        gates=tuple(results),
        starter_passages=counts.starter,
        golden_score=score.value if score else None,
        golden_set=score.asked if score else "",
    )


def _last(index_folder: Path) -> _Last:
    try:
        folder = index_folder / current_generation(index_folder)
        manifest = Manifest.read(folder)
    except (NoGenerationError, GenerationError):
        return _Last()
    record = Record.read(folder)
    counts = gates.Counts(manifest.passages - record.starter_passages, record.starter_passages)
    score = record.golden_score
    return _Last(counts, questions.GoldenScore(score, record.golden_set) if score is not None else None)


def _counts(generation: Generation) -> gates.Counts:
    is_starter = np.asarray([article.id.startswith(ID_PREFIX) for article in generation.articles])
    n_starter = int(is_starter[generation.article_numbers].sum())
    return gates.Counts(generation.manifest.passages - n_starter, n_starter)
