"""One question's way through a generation: understand, find, read, quote, and decide whether to answer.

Owns the order of the stages and the final ranking. Every stage is a file of its own.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from index.answer import Answer, Citation, Filters, NoAnswer, Refusal
from index.candidates import Candidate, allowed_passages, find_candidates
from index.choice import Choice, choose
from index.coverage import coverage
from index.encoder import Encoder
from index.errors import GenerationError
from index.gate import Gate
from index.generation import Found, Generation
from index.lexicon import Lexicon
from index.question import Question, understand
from index.quoting import make_quote
from index.reader.onnx import Reader, Reading
from index.rephrase import rephrase

READ_PASSAGES = 20
"""How many candidates are read; the reader's time grows with it."""
MAX_CITATIONS = 3
READER_WEIGHT = 1.0
"""Weight of the reader's probability beside the candidate's score."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A candidate after reading.

    Attributes:
        candidate: As the search found it.
        relevance: The reader's logit that it answers.
        choice: The sentence that answers, if any does.
        coverage: Share of the question's weighted terms that it holds, 0..1.
        confidence: Probability that its quote answers.
    """

    candidate: Candidate
    relevance: float
    choice: Choice
    coverage: float
    confidence: float

    @property
    def score(self) -> float:
        """What evidence is ranked by."""
        return self.candidate.score + READER_WEIGHT * self.confidence


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
            answering = _best_of_each_article([e for e in evidence if e.confidence >= self.gate.threshold])
            citations = tuple(self._cite(e) for e in answering[:MAX_CITATIONS])
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
        judged = [self._judge(c, r, idf) for c, r in zip(candidates, readings, strict=True) if r.sentences]
        return sorted(judged, key=lambda evidence: (-evidence.score, evidence.candidate.found.number))

    def _cite(self, evidence: Evidence) -> Citation:
        """Cut the quote and compare it with the article, read anew, before anything is shown."""
        found = evidence.candidate.found
        quote = make_quote(found, evidence.choice)
        quote.check(self.generation.text(found.article.id))
        return Citation(quote, found.article, round(evidence.confidence, 4))

    def _wording(self, question: Question, found: Found) -> str:
        return rephrase(question.text, _with_headline(found), self._lexicon)

    def _judge(self, candidate: Candidate, reading: Reading, idf: dict[str, float]) -> Evidence:
        found = candidate.found
        overlaps = [coverage(idf, read.sentence.of(found.text), self._lexicon) for read in reading.sentences]
        choice = choose(reading, overlaps)
        covered = coverage(idf, _with_headline(found), self._lexicon)
        confidence = self.gate.confidence(reading.relevance, candidate.dense, covered, choice)
        return Evidence(candidate, reading.relevance, choice, covered, confidence)

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
            return Refusal.FILTERED_OUT, "No article in the corpus was published in that time by those sources."
        if not evidence:
            return Refusal.NOTHING_FOUND, "I found nothing about that in the corpus."
        if max(e.coverage for e in evidence) < self.gate.topic_coverage:
            return Refusal.NOTHING_ON_TOPIC, "I found nothing on that topic in the corpus."
        return Refusal.NO_ANSWER_IN_TOPIC, "I found articles on the topic, but none that answers the question."


def _with_headline(found: Found) -> str:
    return f"{found.article.title}\n{found.passage.span.of(found.text)}"


def _best_of_each_article(evidence: list[Evidence]) -> list[Evidence]:
    best: dict[str, Evidence] = {}
    for one in evidence:
        best.setdefault(one.candidate.found.article.id, one)
    return list(best.values())


@contextmanager
def _timed(timings_ms: dict[str, float], stage: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    timings_ms[stage] = round((time.perf_counter() - start) * 1000, 2)
