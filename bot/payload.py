"""Answers as other programs get them: the JSON contract of ``ask --json`` and ``timeline --json``.

Owns the names and the types of the fields; they change only with a major version.
"""

from typing import Any

from corpus import Article
from corpus.citations import citation_id
from index.answer import Answer, Citation, Disagreement, NoAnswer, Timeline
from index.explanation import Explanation, ReadPassage
from index.when import When


def answer_payload(result: Answer | NoAnswer, *, explain: bool = False) -> dict[str, Any]:
    """Return what ``ask --json`` prints for a result, with its explanation if that is wanted."""
    if isinstance(result, Answer):
        found: dict[str, Any] = {
            "answered": True,
            "reason": None,
            "refusal": None,
            "citations": [_citation(citation) for citation in result.citations],
            "disagreement": _disagreement(result.disagreement) if result.disagreement else None,
            "nearest": None,
        }
    else:
        found = {
            "answered": False,
            "reason": result.reason,
            "refusal": result.refusal.value,
            "citations": [],
            "disagreement": None,
            "nearest": _citation(result.nearest) if result.nearest else None,
        }
    return {
        "question": result.question,
        "asked_at": result.asked_at.isoformat(),
        **found,
        "generation": result.generation,
        "timings_ms": result.timings_ms,
        **({"explanation": _explanation(result.explanation)} if explain and result.explanation else {}),
    }


def timeline_payload(told: Timeline) -> dict[str, Any]:
    """Return what ``timeline --json`` prints."""
    return {
        "topic": told.topic,
        "asked_at": told.asked_at.isoformat(),
        "citations": [_citation(citation) for citation in told.citations],
        "generation": told.generation,
    }


def _citation(citation: Citation) -> dict[str, Any]:
    quote, article = citation.quote, citation.article
    return {
        "quote": quote.text,
        "answer": quote.part(quote.answer),
        "sentence": quote.part(quote.sentence),
        **_article(article),
        "citation_id": citation_id(article.id, quote.version, quote.span.start_char, quote.text),
        "start_char": quote.span.start_char,
        "end_char": quote.span.end_char,
        "score": citation.score,
        "independent_reports": citation.independent_reports,
        "others": [_article(other) for other in citation.others],
    }


def _article(article: Article) -> dict[str, Any]:
    return {
        "title": article.title,
        "publisher": article.publisher,
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "url": article.url,
        "article_id": article.id,
    }


def _disagreement(disagreement: Disagreement) -> dict[str, Any]:
    return {
        "kind": disagreement.kind.value,
        "said": [{"citation": said.citation, "text": said.text} for said in disagreement.said],
    }


def _explanation(explanation: Explanation) -> dict[str, Any]:
    return {
        "decision": explanation.decision,
        "period": _period(explanation.when),
        "threshold": explanation.threshold,
        "topic_coverage": explanation.topic_coverage,
        "coverage": explanation.coverage,
        "passages": [_passage(passage) for passage in explanation.passages],
    }


def _period(when: When) -> dict[str, Any]:
    event = when.event
    return {
        "words": when.words,
        "start": when.start.isoformat(),
        "end": when.end.isoformat(),
        "emphasis": when.emphasis,
        "oldest": when.oldest.isoformat() if when.oldest else None,
        "event": {"words": event.words, "day": event.day.isoformat(), "article_id": event.article.id}
        if event
        else None,
    }


def _passage(passage: ReadPassage) -> dict[str, Any]:
    article = passage.article
    return {
        "verdict": passage.verdict.value,
        "article_id": article.id,
        "title": article.title,
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "sentence": passage.text,
        "start_char": passage.sentence.start_char,
        "end_char": passage.sentence.end_char,
        "lexical": passage.lexical,
        "dense": passage.dense,
        "fused": passage.fused,
        "timely": passage.timely,
        "by_time": passage.by_time,
        "relevance": passage.relevance,
        "margin": passage.margin,
        "by_reader": passage.by_reader,
        "by_article": passage.by_article,
        "score": passage.score,
        "confidence": passage.confidence,
        "contributions": [
            {"name": part.name, "value": part.value, "weight": part.weight, "log_odds": part.log_odds}
            for part in passage.contributions
        ],
    }
