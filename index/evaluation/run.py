"""Running judged questions through a generation.

Owns the building of a set's generation and what is recorded of each question. Summing up is measures' work.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from index.answer import NO_FILTERS
from index.build import Progress, built_generation
from index.candidates import DEPTH, Candidate
from index.encoder import Encoder
from index.engine.local import LocalEngine
from index.evaluation.dataset import JudgedQuestion, JudgedSet
from index.evaluation.judging import holds_answer, span_f1
from index.evidence import Evidence
from index.gate import Gate
from index.generation import Generation
from index.lexicon import Lexicon
from index.quoting import make_quote
from index.reader import Reader
from index.search import READ_PASSAGES, Searcher

RANKED_ARTICLES = 10
CANDIDATES = 2 * DEPTH

ROWS = ("BM25", "dense", "fused", "+ time", "+ reader")
"""The stages, each with what came before it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one question.

    Attributes:
        question: The question.
        rankings: Article ids, best first, for each of ``ROWS``.
        confidence: Of the first quote, 0..1; 0 where nothing was found.
        answered: Whether the gate let it through.
        right: Whether the first quote holds what answers.
        span_f1: Of the first quote's answer, 0..1.
        features: Of the first quote's evidence, as the gate sees it; empty where nothing was found.
        milliseconds: From question to answer.
    """

    question: JudgedQuestion
    rankings: dict[str, list[str]]
    confidence: float
    answered: bool
    right: bool
    span_f1: float
    features: tuple[float, ...]
    milliseconds: float


def open_set(
    judged: JudgedSet,
    folder: Path,
    *,
    encoder: Encoder,
    encoder_name: str,
    lexicon: Lexicon,
    memo_path: Path,
    reader: Reader,
    gate: Gate,
    on_progress: Callable[[Progress], None],
) -> Searcher:
    """Build (or find) the generation of a set's corpus in a folder, and open it."""
    with built_generation(
        judged.articles,
        folder,
        encoder=encoder,
        encoder_name=encoder_name,
        lexicon=lexicon,
        gate=gate,
        memo_path=memo_path,
        corpus_stamp=judged.name,
        on_progress=on_progress,
    ) as built:
        engine = LocalEngine(Generation(built.folder))
    return Searcher(engine, encoder=encoder, lexicon=lexicon, reader=reader, gate=gate)


def run_questions(
    searcher: Searcher,
    questions: Iterable[JudgedQuestion],
    *,
    on_progress: Callable[[int], None],
    hide_relevant: bool = False,
) -> list[Outcome]:
    """Ask every question.

    Args:
        searcher: Answers.
        questions: What to ask.
        on_progress: Told how many were asked.
        hide_relevant: Whether the articles that are judged relevant are left out, so that nothing can answer.
    """
    outcomes = []
    for number, question in enumerate(questions, start=1):
        outcomes.append(_ask(searcher, question, hide_relevant=hide_relevant))
        on_progress(number)
    return outcomes


def _ask(searcher: Searcher, judged: JudgedQuestion, *, hide_relevant: bool) -> Outcome:
    start = time.perf_counter()
    question = searcher.understand(judged.text, asked_at=judged.asked_at, filters=NO_FILTERS)
    candidates = searcher.candidates(question, CANDIDATES, {})
    if hide_relevant:
        candidates = [c for c in candidates if c.found.article.id not in judged.relevant]
    evidence = searcher.evidence(question, candidates[:READ_PASSAGES], {})
    answering = searcher.answering(evidence)
    milliseconds = 1000 * (time.perf_counter() - start)
    best = answering[0] if answering else evidence[0] if evidence else None
    quote = make_quote(best.candidate.found, best.choice) if best else None
    return Outcome(
        question=judged,
        rankings=_rankings(candidates, evidence),
        confidence=best.confidence if best else 0.0,
        answered=bool(answering),
        right=holds_answer(quote, judged.gold) if quote else False,
        span_f1=span_f1(quote.part(quote.answer), judged.gold) if quote else 0.0,
        features=best.features if best else (),
        milliseconds=milliseconds,
    )


def _rankings(candidates: list[Candidate], evidence: list[Evidence]) -> dict[str, list[str]]:
    read = [e.candidate for e in evidence]
    unread = [candidate for candidate in candidates if candidate not in read]
    return {
        "BM25": _articles(sorted(candidates, key=lambda c: (-c.lexical, c.found.number))),
        "dense": _articles(sorted(candidates, key=lambda c: (-c.dense, c.found.number))),
        "fused": _articles(sorted(candidates, key=lambda c: (-c.fused, c.found.number))),
        "+ time": _articles(sorted(candidates, key=lambda c: (-c.score, c.found.number))),
        "+ reader": _articles([*read, *unread]),
    }


def _articles(candidates: Iterable[Candidate]) -> list[str]:
    return list(dict.fromkeys(candidate.found.article.id for candidate in candidates))[:RANKED_ARTICLES]
