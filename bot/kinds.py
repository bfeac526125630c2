"""Who speaks in an article: an agency, an operator, the press or a community.

Owns finding that out. A source that is the publisher's own says it first, since a collection of many publishers can
only speak for most of them.
"""

import logging
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from bot.shown_quotes import followed_sources
from corpus import Article
from corpus.sources import Kind, Source
from corpus.store import Store
from index.answer import Answer, NoAnswer, Timeline

Kinds = Mapping[str, Kind]
"""Who speaks, by article id; what is not in it is not known."""
_log = logging.getLogger(__name__)


def find_kinds(
    result: Answer | NoAnswer | Timeline, open_store: Callable[[], Store], sources_path: Path
) -> dict[str, Kind]:
    """Return who speaks in the articles behind a result; where the corpus cannot be read, nothing is known.

    Args:
        result: What was found.
        open_store: Opens the corpus.
        sources_path: The file that says what kind each source is.
    """
    try:
        with open_store() as store:
            return kinds_of(articles_behind(result), followed_sources(sources_path), store.sources_of)
    except (OSError, sqlite3.Error) as error:
        _log.warning("an answer does not say who speaks: %s", error)
        return {}


def articles_behind(result: Answer | NoAnswer | Timeline) -> Iterator[Article]:
    """Yield the articles that a result quotes, those that tell the same, and those that were read for it."""
    nearest = [result.nearest] if isinstance(result, NoAnswer) and result.nearest else []
    for citation in nearest if isinstance(result, NoAnswer) else result.citations:
        yield citation.article
        yield from citation.others
    if not isinstance(result, Timeline) and result.explanation:
        yield from (passage.article for passage in result.explanation.passages)


def kinds_of(
    articles: Iterable[Article], sources: Sequence[Source], sources_of: Callable[[str], Iterable[str]]
) -> dict[str, Kind]:
    """Return who speaks in each of the articles.

    Args:
        articles: The articles.
        sources: The sources, with the kind of each.
        sources_of: Returns the names of the sources that led to an article.
    """
    by_publisher = {one.publisher.casefold(): one.kind for one in sources if one.publisher and one.kind}
    by_name = {one.name: one.kind for one in sources if one.kind}
    kinds = {}
    for article in articles:
        led = {by_name[name] for name in sources_of(article.id) if name in by_name}
        kind = by_publisher.get(article.publisher.casefold()) or (led.pop() if len(led) == 1 else None)
        if kind:
            kinds[article.id] = kind
    return kinds
