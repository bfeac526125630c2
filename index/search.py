"""One question's way through a generation: understand, find, read, quote, and decide whether to answer.

Owns the order of the stages and the final ranking. Every stage is a file of its own.
"""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from index.answer import Answer, Citation, Disagreement, Filters, NoAnswer, Refusal, Timeline
from index.candidates import Candidate, find_candidates
from index.choice import choose
from index.clusters import first_published, newest_published
from index.corroboration import corroborate, one_of_each_story
from index.coverage import coverage, held_terms, names_held
from index.disagreement import Comparison
from index.encoder import Encoder
from index.engine.base import Engine
from index.errors import GenerationError
from index.events import understand_event
from index.evidence import Evidence, trusted
from index.explaining import explain
from index.gate import Gate
from index.generation import Found
from index.latest import newest_openings, newest_told
from index.lexicon import Lexicon
from index.news import Heard, News, news_articles
from index.question import Question, understand
from index.quoting import make_quote
from index.reader.onnx import Reader, Reading
from index.rephrase import rephrase
from index.timeline import PASSAGES, on_topic
from index.timeliness import fit
from index.topic import topic_of
from index.when import EARLIEST, understand_when

READ_PASSAGES = 8
"""How many candidates are read at most; the reader's time grows with it."""
READ_FIRST = 4
"""So many are read at first, and no more where one of them answers surely."""
FIRST_OF_ARTICLE = 2
"""At most so many of them are of one article, where others are left: it should not stand alone in the answer."""
SURELY = 0.6
"""Least confidence of an answer that spares reading the others."""
MAX_CITATIONS = 3
NEWEST_READ = 10
"""So many of the newest articles are looked at for each story that is wanted: many may tell the same one."""
BESIDE_SHARE = 0.6
"""What stands beside the first quote must be so sure, as a share of that one's confidence: padding hides the answer."""


class Searcher:
    """Answers questions from one generation; safe to use from several threads."""

    def __init__(self, engine: Engine, *, encoder: Encoder, lexicon: Lexicon, reader: Reader, gate: Gate) -> None:
        """Put the parts together.

        Raises:
            GenerationError: The generation was built with another encoder or lexicon.
        """
        if misfit := engine.manifest.misfit(encoder, lexicon):
            raise GenerationError(misfit)
        self.engine = engine
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
            shown, disagreement = self._compare(question, self.answering(evidence), evidence)
            citations = self._cited(question, shown)
        if not citations:
            return self._refuse(question, evidence, timings_ms)
        are, their = ("is", "its") if len(shown) == 1 else ("are", "their")
        why = (
            f"{len(shown)} of {len(evidence)} passages {are} cited: "
            f"{their} confidence reaches the threshold of {self.gate.threshold:.2f}."
        )
        return Answer(
            question=question.text,
            asked_at=question.asked_at,
            citations=citations,
            generation=self.engine.manifest.generation,
            timings_ms=timings_ms,
            disagreement=disagreement,
            explanation=explain(question.when, evidence, shown, self.gate, why),
        )

    def timeline(self, topic: str, *, asked_at: datetime, filters: Filters, limit: int) -> Timeline:
        """Return what was told of a topic, of each story one quote.

        Args:
            topic: A name or a few words.
            asked_at: The moment that counts as now.
            filters: What is left out.
            limit: At most so many stories, those that fit best.

        Raises:
            ValueError: ``asked_at`` has no time zone.
        """
        understood = self.understand(topic, asked_at=asked_at, filters=filters)
        told = on_topic(self.engine, understood, self.candidates(understood, PASSAGES, {}), self._lexicon)
        best = one_of_each_story(self.engine, told, threshold=0.0)[:limit]
        citations = sorted(self._cited(understood, best), key=lambda one: first_published(one.article))
        name = self.engine.manifest.generation
        return Timeline(understood.text, understood.asked_at, tuple(citations), name)

    def latest(self, topic: str, *, asked_at: datetime, filters: Filters, limit: int) -> Timeline:
        """Return the newest reports, of each story one quote, the newest first.

        Args:
            topic: A name or a few words; "" takes whatever is new, each quoted at its first sentence.
            asked_at: The moment that counts as now.
            filters: What is left out.
            limit: At most so many stories.

        Raises:
            ValueError: ``asked_at`` has no time zone.
        """
        understood = self.understand(topic, asked_at=asked_at, filters=filters)
        if topic:
            told = on_topic(self.engine, understood, self.candidates(understood, PASSAGES, {}), self._lexicon)
            newest = newest_told(told)
        else:
            newest = newest_openings(self.engine, understood, NEWEST_READ * limit)
        shown = one_of_each_story(self.engine, newest, threshold=0.0)[:limit]
        citations = sorted(self._cited(understood, shown), key=lambda one: newest_published(one.article))
        return Timeline(understood.text, understood.asked_at, tuple(citations), self.engine.manifest.generation)

    def news(self, text: str, *, asked_at: datetime, filters: Filters, heard: Heard) -> News:
        """Return what is news to a standing question: of each story that answers, one quote.

        Raises:
            ValueError: ``asked_at`` has no time zone.
        """
        question = self.understand(text, asked_at=asked_at, filters=filters)
        fresh, joined = news_articles(self.engine, question, heard)
        return News(self.engine.manifest.generation, self._every_story(question, fresh), joined)

    def stories_of(
        self, text: str, article_ids: frozenset[str], *, asked_at: datetime, filters: Filters
    ) -> tuple[Citation, ...]:
        """Return what some articles answer, one quote a story; nothing of one that no longer answers.

        Raises:
            ValueError: ``asked_at`` has no time zone.
        """
        question = self.understand(text, asked_at=asked_at, filters=filters)
        return self._every_story(question, article_ids)

    def topic(self, question: str, *, asked_at: datetime) -> str:
        """Return what a question is about, in words of its own that ``timeline`` takes."""
        return topic_of(question, understand_when(question, asked_at).words, self._lexicon)

    def understand(self, text: str, *, asked_at: datetime, filters: Filters) -> Question:
        """Understand a question with the lexicon in force, and an event in it by what the generation says of it."""
        question = understand(text, asked_at=asked_at, filters=filters, lexicon=self._lexicon)
        return understand_event(question, self.engine, self._lexicon)

    def candidates(self, question: Question, limit: int, timings_ms: dict[str, float]) -> list[Candidate]:
        """Return the passages worth reading, best first, as they stand before any is read."""
        with _timed(timings_ms, "encode"):
            vector = self._encoder.encode_question(question.expanded)
        with _timed(timings_ms, "search"):
            return find_candidates(self.engine, question, vector, limit)

    def evidence(
        self, question: Question, candidates: list[Candidate], timings_ms: dict[str, float], *, every: bool = False
    ) -> list[Evidence]:
        """Read candidates and return those that were read, ranked anew.

        Args:
            question: What is asked.
            candidates: The passages worth reading, best first.
            timings_ms: Told how long it took.
            every: Whether all are read, also where one of the first answers surely.
        """
        first = candidates if every else _read_first(candidates)
        others = [candidate for candidate in candidates if candidate not in first]
        best: dict[str, float] = {}
        for candidate in candidates:
            article_id = candidate.found.article.id
            best[article_id] = max(candidate.score, best.get(article_id, candidate.score))
        idf = self.engine.idf(question.terms)
        with _timed(timings_ms, "read"):
            judged = self._read(question, first, idf, best)
            if not any(one.confidence >= SURELY and not one.too_old for one in judged):
                judged += self._read(question, others, idf, best)
        return sorted(trusted(judged), key=lambda evidence: (-evidence.score, evidence.candidate.found.number))

    def _read(
        self, question: Question, candidates: list[Candidate], idf: dict[str, float], best: dict[str, float]
    ) -> list[Evidence]:
        """Read some candidates, given the weights of the question's terms and the best score of each article."""
        readings = self._reader.read([(self._wording(question, c.found), c.found) for c in candidates])
        return [
            self._judge(question, candidate, reading, idf, best[candidate.found.article.id])
            for candidate, reading in zip(candidates, readings, strict=True)
            if reading.sentences
        ]

    def _every_story(self, question: Question, within: frozenset[str]) -> tuple[Citation, ...]:
        """Cite every story of some articles that answers by itself.

        Unlike in an answer, none is left out beside a surer one.
        """
        if not within:
            return ()
        vector = self._encoder.encode_question(question.expanded)
        candidates = find_candidates(self.engine, question, vector, READ_PASSAGES, within)
        sure = [
            one
            for one in self.evidence(question, candidates, {}, every=True)
            if one.confidence >= self.gate.threshold and not one.too_old
        ]
        return self._cited(question, one_of_each_story(self.engine, sure, self.gate.threshold))

    def _cited(self, question: Question, evidence: list[Evidence]) -> tuple[Citation, ...]:
        """Cut the quotes and compare each with its article, read anew, before anything is shown."""
        citations = []
        for one in evidence:
            found = one.candidate.found
            quote = make_quote(found, one.choice)
            quote.check(self.engine.text(found.article.id))
            reports, others = corroborate(self.engine, found, question)
            citations.append(Citation(quote, found.article, round(one.confidence, 4), reports, others))
        return tuple(citations)

    def answering(self, evidence: list[Evidence]) -> list[Evidence]:
        """Return what answers: of the best few stories, one quote of each that the gate lets through.

        What was published clearly before the period that is asked about answers nothing.
        """
        timely = [one for one in evidence if not one.too_old]
        best = one_of_each_story(self.engine, timely, self.gate.threshold)[:MAX_CITATIONS]
        sure = [one for one in best if one.confidence >= self.gate.threshold]
        return [one for one in sure if one.confidence >= BESIDE_SHARE * sure[0].confidence]

    def _compare(
        self, question: Question, answering: list[Evidence], evidence: list[Evidence]
    ) -> tuple[list[Evidence], Disagreement | None]:
        """Return what is shown, the newest first where it disagrees; of one story then both sides."""
        comparison = Comparison(self.engine, question, self._lexicon)
        sure = [one for one in evidence if one.confidence >= self.gate.threshold and not one.too_old]
        both_sides = [side for one in answering for side in (one, *comparison.other_side(one, sure))]
        newest_first = sorted(both_sides[:MAX_CITATIONS], key=lambda one: newest_published(one.candidate.found.article))
        disagreement = comparison.disagreement(newest_first)
        return (newest_first, disagreement) if disagreement else (answering, None)

    def _too_old(self, evidence: list[Evidence]) -> list[Evidence]:
        """Return what would answer but for its age, about as surely as the surest of it, the newest first."""
        older = [one for one in evidence if one.too_old and one.confidence >= self.gate.threshold]
        surest = max((one.confidence for one in older), default=0.0)
        older = [one for one in older if one.confidence >= BESIDE_SHARE * surest]
        return sorted(older, key=lambda one: one.candidate.found.article.published_at or EARLIEST, reverse=True)

    def _wording(self, question: Question, found: Found) -> str:
        return rephrase(question.text, found.searched_text, self._lexicon)

    def _judge(
        self,
        question: Question,
        candidate: Candidate,
        reading: Reading,
        idf: dict[str, float],
        article_score: float,
    ) -> Evidence:
        found, published_at = candidate.found, candidate.found.article.published_at
        overlaps = [
            coverage(idf, held_terms(read.sentence.of(found.text), self._lexicon)) for read in reading.sentences
        ]
        choice = choose(question.text, reading, overlaps, found.text)
        held = held_terms(found.searched_text, self._lexicon)
        features = (
            reading.relevance,
            choice.margin,
            candidate.dense,
            coverage(idf, held),
            choice.overlap,
            names_held(question.asked_of(published_at), held, self._lexicon),
            fit(candidate.timely, question.when, dated=published_at is not None),
            float(choice.asked_type),
        )
        return Evidence(
            candidate,
            choice,
            features,
            self.gate.confidence(features),
            article_score,
            question.when.is_too_old(published_at),
        )

    def _refuse(self, question: Question, evidence: list[Evidence], timings_ms: dict[str, float]) -> NoAnswer:
        too_old = self._too_old(evidence)
        refusal, reason = self._why(question, evidence, too_old)
        return NoAnswer(
            question=question.text,
            asked_at=question.asked_at,
            refusal=refusal,
            reason=reason,
            nearest=next(iter(self._cited(question, [*too_old, *evidence][:1])), None),
            generation=self.engine.manifest.generation,
            timings_ms=timings_ms,
            explanation=explain(question.when, evidence, (), self.gate, reason),
        )

    def _why(self, question: Question, evidence: list[Evidence], too_old: list[Evidence]) -> tuple[Refusal, str]:
        if not evidence and not self.engine.may_find(question):
            return Refusal.FILTERED_OUT, "No article in the corpus has such a date, source and language."
        if not evidence:
            return Refusal.NOTHING_FOUND, "I found nothing about that in the corpus."
        if too_old:
            return Refusal.OLDER, _only_older(question, too_old[0])
        if max(e.coverage for e in evidence) < self.gate.topic_coverage:
            return Refusal.NOTHING_ON_TOPIC, "I found nothing on that topic in the corpus."
        return Refusal.NO_ANSWER_IN_TOPIC, "I found articles on the topic, but none that answers the question."


def _read_first(candidates: list[Candidate]) -> list[Candidate]:
    first: list[Candidate] = []
    of_article: Counter[str] = Counter()
    for candidate in candidates:
        article_id = candidate.found.article.id
        if len(first) < READ_FIRST and of_article[article_id] < FIRST_OF_ARTICLE:
            first.append(candidate)
            of_article[article_id] += 1
    return first if len(first) == READ_FIRST else candidates[:READ_FIRST]


def _only_older(question: Question, newest: Evidence) -> str:
    published_at = newest.candidate.found.article.published_at
    return (
        f"I found only older news: the newest is of {published_at:%Y-%m-%d}, and you asked about "
        f"“{question.when.words}”, from {question.when.start:%Y-%m-%d} on."
    )


@contextmanager
def _timed(timings_ms: dict[str, float], stage: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    timings_ms[stage] = round((time.perf_counter() - start) * 1000, 2)
