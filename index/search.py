"""One question's way through a generation: understand, find, read, quote, and decide whether to answer.

Owns the order of the stages and the final ranking. Every stage is a file of its own.
"""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from index.answer import Answer, Citation, Filters, NoAnswer, Refusal
from index.candidates import Candidate, allowed_passages, find_candidates
from index.choice import Choice, choose
from index.coverage import coverage, held_terms, names_held
from index.encoder import Encoder
from index.errors import GenerationError
from index.gate import FEATURES, Gate
from index.generation import Found, Generation
from index.lexicon import Lexicon
from index.question import Question, understand
from index.quoting import make_quote
from index.reader.onnx import Reader, Reading
from index.rephrase import rephrase

READ_PASSAGES = 20
"""How many candidates are read; the reader's time grows with it."""
MAX_CITATIONS = 3
RELEVANCE_WEIGHT, CONFIDENCE_WEIGHT = 1.0, 0.5
"""What the reader and the gate can add to a candidate's score, most of which lies within 0..1."""
RELEVANCE_SCALE = 2.0
"""Logits of relevance are divided by this before they are squashed, so that passages which all fit still differ."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A candidate after reading.

    Attributes:
        candidate: As the search found it.
        choice: The sentence that answers, if any does.
        features: What the gate decides by, see ``index.gate.FEATURES``.
        confidence: Probability that its quote answers.
    """

    candidate: Candidate
    choice: Choice
    features: tuple[float, ...]
    confidence: float

    @property
    def score(self) -> float:
        """What evidence is ranked by."""
        relevant = 1.0 / (1.0 + math.exp(-self.features[0] / RELEVANCE_SCALE))
        return self.candidate.score + RELEVANCE_WEIGHT * relevant + CONFIDENCE_WEIGHT * self.confidence

    @property
    def coverage(self) -> float:
        """Share of the question's weighted terms that the passage holds, 0..1."""
        return self.features[FEATURES.index("coverage")]


class Searcher:
    """Answers questions from one generation; safe to use from several threads."""

    def __init__(
        self, generation: Generation, *, encoder: Encoder, lexicon: Lexicon, reader: Reader, gate: Gate
    ) -> None:
        """Put the parts together.

        Raises:
            GenerationError: The generation was built with another encoder or lexicon.
        """
        manifest = generation.manifest
        for what, built, now in (
            ("encoder", manifest.encoder_fingerprint, encoder.fingerprint),
            ("lexicon", manifest.lexicon_fingerprint, lexicon.fingerprint),
        ):
            if built != now:
                raise GenerationError(
                    f"generation {manifest.generation} was built with {what} {built}, but the settings name {now}; "
                    "run `space-news index build`"
                )
        self.generation = generation
        self._encoder = encoder
        self._lexicon = lexicon
        self._reader = reader
        self.gate = gate

    def ask(self, text: str, *, asked_at: datetime, filters: Filters) -> Answer | NoAnswer:
        """Answer a question, or say why not.

        Raises:
            ValueError: ``asked_at`` has no time zone.
        """
        timings_ms: dict[str, float] = {}
        with _timed(timings_ms, "total"):
            question = self.understand(text, asked_at=asked_at, filters=filters)
            candidates = self.candidates(question, READ_PASSAGES, timings_ms)
            evidence = self.evidence(question, candidates, timings_ms)
            citations = tuple(self._cite(one) for one in self.answering(evidence))
        if citations:
            return Answer(question.text, question.asked_at, citations, self.generation.manifest.generation, timings_ms)
        return self._refuse(question, evidence, timings_ms)

    def understand(self, text: str, *, asked_at: datetime, filters: Filters) -> Question:
        """Understand a question with the lexicon in force."""
        return understand(text, asked_at=asked_at, filters=filters, lexicon=self._lexicon)

    def candidates(self, question: Question, limit: int, timings_ms: dict[str, float]) -> list[Candidate]:
        """Return the passages worth reading, best first, as they stand before any is read."""
        allowed = allowed_passages(self.generation, question)
        with _timed(timings_ms, "encode"):
            vector = self._encoder.encode_question(question.expanded)
        with _timed(timings_ms, "search"):
            return find_candidates(self.generation, question, vector, allowed, limit)

    def evidence(self, question: Question, candidates: list[Candidate], timings_ms: dict[str, float]) -> list[Evidence]:
        """Read candidates and return them ranked, best first."""
        with _timed(timings_ms, "read"):
            readings = self._reader.read([(self._wording(question, c.found), c.found) for c in candidates])
        idf = self.generation.lexical.idf(list(question.terms))
        judged = [self._judge(question, c, r, idf) for c, r in zip(candidates, readings, strict=True) if r.sentences]
        return sorted(judged, key=lambda evidence: (-evidence.score, evidence.candidate.found.number))

    def _cite(self, evidence: Evidence) -> Citation:
        """Cut the quote and compare it with the article, read anew, before anything is shown."""
        found = evidence.candidate.found
        quote = make_quote(found, evidence.choice)
        quote.check(self.generation.text(found.article.id))
        return Citation(quote, found.article, round(evidence.confidence, 4))

    def answering(self, evidence: list[Evidence]) -> list[Evidence]:
        """Return what is shown: of the best few articles those that the gate lets through."""
        best = _best_of_each_article(evidence)[:MAX_CITATIONS]
        return [one for one in best if one.confidence >= self.gate.threshold]

    def _wording(self, question: Question, found: Found) -> str:
        return rephrase(question.text, found.searched_text, self._lexicon)

    def _judge(self, question: Question, candidate: Candidate, reading: Reading, idf: dict[str, float]) -> Evidence:
        found = candidate.found
        overlaps = [
            coverage(idf, held_terms(read.sentence.of(found.text), self._lexicon)) for read in reading.sentences
        ]
        choice = choose(reading, overlaps, found.text)
        held = held_terms(found.searched_text, self._lexicon)
        features = (
            reading.relevance,
            choice.margin,
            candidate.dense,
            coverage(idf, held),
            choice.overlap,
        )
        names = names_held(question.text, held, self._lexicon)
        return Evidence(candidate, choice, features, self.gate.confidence(features, names))

    def _refuse(self, question: Question, evidence: list[Evidence], timings_ms: dict[str, float]) -> NoAnswer:
        refusal, reason = self._why(question, evidence)
        return NoAnswer(
            question=question.text,
            asked_at=question.asked_at,
            refusal=refusal,
            reason=reason,
            nearest=self._cite(evidence[0]) if evidence else None,
            generation=self.generation.manifest.generation,
            timings_ms=timings_ms,
        )

    def _why(self, question: Question, evidence: list[Evidence]) -> tuple[Refusal, str]:
        if not evidence and not allowed_passages(self.generation, question).any():
            return Refusal.FILTERED_OUT, "No article in the corpus has such a date, source and language."
        if not evidence:
            return Refusal.NOTHING_FOUND, "I found nothing about that in the corpus."
        if max(e.coverage for e in evidence) < self.gate.topic_coverage:
            return Refusal.NOTHING_ON_TOPIC, "I found nothing on that topic in the corpus."
        return Refusal.NO_ANSWER_IN_TOPIC, "I found articles on the topic, but none that answers the question."


def _best_of_each_article(evidence: list[Evidence]) -> list[Evidence]:
    """Keep the best of each article, and of each sentence: a text may have been published more than once."""
    kept: list[Evidence] = []
    seen: set[str] = set()
    for one in evidence:
        found = one.candidate.found
        keys = {f"id {found.article.id}", f"text {one.choice.sentence.of(found.text).casefold()}"}
        if seen.isdisjoint(keys):
            kept.append(one)
        seen |= keys
    return kept


@contextmanager
def _timed(timings_ms: dict[str, float], stage: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    timings_ms[stage] = round((time.perf_counter() - start) * 1000, 2)
