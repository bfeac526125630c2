"""Answers as other programs get them: the JSON contract of ``ask --json`` and ``timeline --json``.

Owns the names and the types of the fields; they change only with a major version.
"""

from typing import Any

from corpus import Article
from index.answer import Answer, Citation, Disagreement, NoAnswer, Timeline


def answer_payload(result: Answer | NoAnswer) -> dict[str, Any]:
    """Return what ``ask --json`` prints for a result."""
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
