"""How much of a source may be quoted at once.

Owns shortening a quote to its answering sentence where its source allows no more. A sentence is never cut: a quote
that is one stays whole.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from corpus import Article
from corpus.sources import Source
from corpus.store import Store
from index.answer import Answer, Citation, NoAnswer, Timeline

Result = TypeVar("Result", bound=Answer | NoAnswer | Timeline)


def cap_quotes(result: Result, store: Store, sources: Sequence[Source]) -> Result:
    """Return a result whose quotes keep to what their sources allow.

    Args:
        result: What was found.
        store: Tells which sources led to an article.
        sources: The sources, with the cap of each.
    """
    if isinstance(result, NoAnswer):
        return replace(result, nearest=_capped(result.nearest, store, sources)) if result.nearest else result
    return replace(result, citations=tuple(_capped(citation, store, sources) for citation in result.citations))


def cap_of(article: Article, store: Store, sources: Sequence[Source]) -> int | None:
    """Return how many characters of an article may be quoted at once, or None where no source says so."""
    names = set(store.sources_of(article.id))
    publisher = article.publisher.casefold()
    caps = [one.quote_max_chars for one in sources if one.name in names or one.publisher.casefold() == publisher]
    return min(caps, default=None)


def _capped(citation: Citation, store: Store, sources: Sequence[Source]) -> Citation:
    quote, cap = citation.quote, cap_of(citation.article, store, sources)
    if cap is None or len(quote.text) <= cap:
        return citation
    return replace(citation, quote=replace(quote, span=quote.sentence, text=quote.part(quote.sentence)))
