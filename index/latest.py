"""The newest reports, one sentence each.

Owns how an article opens, and the order of the newest. What is on a topic is told by ``timeline``.
"""

from collections.abc import Sequence

from index.answer import Citation
from index.candidates import Candidate
from index.choice import choose
from index.clusters import newest_published
from index.corroboration import corroborate
from index.engine.base import Engine
from index.evidence import Evidence
from index.generation import Found
from index.question import Question
from index.quoting import make_quote
from index.reader.onnx import Reading, SentenceReading


def newest_told(told: Sequence[Evidence]) -> list[Evidence]:
    """Return what was told in the order of publication, the newest first; passages of one article keep theirs."""
    return sorted(told, key=lambda one: newest_published(one.candidate.found.article))


def newest_openings(engine: Engine, question: Question, limit: int) -> list[Evidence]:
    """Return how each of the newest dated articles that may be found opens, the newest first."""
    return [_opening_of(found) for found in engine.newest(question, limit)]


def opening(engine: Engine, article_id: str) -> Citation:
    """Return an article quoted at its first sentence, with everybody else who tells its story."""
    found = engine.opening(article_id)
    evidence = _opening_of(found)
    quote = make_quote(found, evidence.choice)
    quote.check(engine.text(article_id))
    reports, others = corroborate(engine, found, question=None)
    return Citation(quote, found.article, evidence.confidence, reports, others)


def _opening_of(found: Found) -> Evidence:
    """Choose the first sentence of an article, or its first line where no sentence is one."""
    return Evidence(
        Candidate(found, dense=0.0, lexical=0.0, fused=0.0, timely=0.0),
        choose("", _unread(found), [0.0] * len(found.passage.sentences), found.text),
        features=(),
        confidence=1.0,
        article_score=0.0,
        too_old=False,
    )


def _unread(found: Found) -> Reading:
    return Reading(0.0, tuple(SentenceReading(sentence, sentence, 0.0) for sentence in found.passage.sentences))
