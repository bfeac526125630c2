"""Quotes on their way to whoever asked: shortened to what their sources allow, and kept for ``cite``.

Owns what happens between finding and showing. An answer is given also where its quotes cannot be kept.
"""

import logging
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.quote_caps import Result, cap_quotes
from corpus.citations import Cited, record_citations
from corpus.errors import SourcesFileError
from corpus.sources import Source, SourcesFile
from corpus.store import Store
from index.answer import Citation, NoAnswer

_LOG = logging.getLogger(__name__)


def keep_shown(
    result: Result, question: str, open_store: Callable[[], Store], sources_path: Path, shown_at: datetime
) -> Result:
    """Return a result as it may be shown; what it quotes as an answer is kept.

    Args:
        result: What was found.
        question: What was asked, or the topic.
        open_store: Opens the corpus.
        sources_path: The file that says how much of each source may be quoted.
        shown_at: When it is shown (aware, UTC).
    """
    try:
        with open_store() as store:
            result = cap_quotes(result, store, followed_sources(sources_path))
            if not isinstance(result, NoAnswer):
                record_citations(store, [_cited(question, citation, shown_at) for citation in result.citations])
    except (OSError, sqlite3.Error) as error:
        _LOG.warning("the citations of an answer could not be kept: %s", error)
    return result


def followed_sources(path: Path) -> tuple[Source, ...]:
    """Return the sources; none where the file is broken, because questions are answered all the same."""
    try:
        return SourcesFile.open(path).sources()
    except SourcesFileError as error:
        _LOG.warning("quotes are not capped: %s", error)
        return ()


def _cited(question: str, citation: Citation, cited_at: datetime) -> Cited:
    quote, article = citation.quote, citation.article
    return Cited(
        article_id=article.id,
        version=quote.version,
        start_char=quote.span.start_char,
        end_char=quote.span.end_char,
        quote=quote.text,
        sentence=quote.part(quote.sentence),
        url=article.url,
        title=article.title,
        publisher=article.publisher,
        question=question,
        cited_at=cited_at,
    )
