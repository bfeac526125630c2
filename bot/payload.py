"""The answer as other programs get it: the JSON contract of ``ask --json``.

Owns the names and the types of the fields; they change only with a major version.
"""

from typing import Any

from corpus.citations import citation_id
from index.answer import Answer, Citation, NoAnswer


def answer_payload(result: Answer | NoAnswer) -> dict[str, Any]:
    """Return what ``ask --json`` prints for a result."""
    if isinstance(result, Answer):
        found: dict[str, Any] = {
            "answered": True,
            "reason": None,
            "refusal": None,
            "citations": [_citation(citation) for citation in result.citations],
            "nearest": None,
        }
    else:
        found = {
            "answered": False,
            "reason": result.reason,
            "refusal": result.refusal.value,
            "citations": [],
            "nearest": _citation(result.nearest) if result.nearest else None,
        }
    return {
        "question": result.question,
        "asked_at": result.asked_at.isoformat(),
        **found,
        "generation": result.generation,
        "timings_ms": result.timings_ms,
    }


def _citation(citation: Citation) -> dict[str, Any]:
    quote, article = citation.quote, citation.article
    return {
        "quote": quote.text,
        "answer": quote.part(quote.answer),
        "sentence": quote.part(quote.sentence),
        "title": article.title,
        "publisher": article.publisher,
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "url": article.url,
        "article_id": article.id,
        "citation_id": citation_id(article.id, quote.version, quote.span.start_char, quote.text),
        "start_char": quote.span.start_char,
        "end_char": quote.span.end_char,
        "score": citation.score,
    }
