"""Who speaks in an article: an agency, an operator, the press or a community.

Owns finding that out. A source that is the publisher's own says it first, since a collection of many publishers can
only speak for most of them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from corpus import Article
from corpus.sources import Kind, Source
from corpus.store import Store
from index.answer import Answer, NoAnswer, Timeline

Kinds = Mapping[str, Kind]
"""Who speaks, by article id; what is not in it is not known."""


def articles_behind(result: Answer | NoAnswer | Timeline) -> Iterator[Article]:
    """Yield the articles that a result quotes, those that tell the same, and those that were read for it."""
    nearest = [result.nearest] if isinstance(result, NoAnswer) and result.nearest else []
    for citation in nearest if isinstance(result, NoAnswer) else result.citations:
        yield citation.article
        yield from citation.others
    if not isinstance(result, Timeline) and result.explanation:
        yield from (passage.article for passage in result.explanation.passages)


def kinds_of(articles: Iterable[Article], store: Store, sources: Sequence[Source]) -> dict[str, Kind]:
    """Return who speaks in each of the articles.

    Args:
        articles: The articles.
        store: Tells which sources led to an article.
        sources: The sources, with the kind of each.
    """
    by_publisher = {one.publisher.casefold(): one.kind for one in sources if one.publisher and one.kind}
    by_name = {one.name: one.kind for one in sources if one.kind}
    kinds = {}
    for article in articles:
        led = {by_name[name] for name in store.sources_of(article.id) if name in by_name}
        kind = by_publisher.get(article.publisher.casefold()) or (led.pop() if len(led) == 1 else None)
        if kind:
            kinds[article.id] = kind
    return kinds
