"""The corpus as JSON lines, which ``corpus add`` reads back: articles, earlier texts, and what is known of them.

Owns the format of a line; ``reading.json_lines`` is its other half. Moments of reading are left out, so that two
corpora that hold the same give the same lines.
"""

import json
from collections.abc import Iterator
from typing import Any

from corpus.article import Article, Version
from corpus.store import Store


def export_lines(store: Store) -> Iterator[str]:
    """Yield one line an article, ordered by id, without line ends."""
    for article, version in store.current():
        earlier = store.versions(article.id)[:-1] if version.number > 1 else []
        yield json.dumps(_record(article, version, earlier), ensure_ascii=False)


def _record(article: Article, version: Version, earlier: list[Version]) -> dict[str, Any]:
    metadata: dict[str, Any] = {
        "url": article.url,
        "publisher": article.publisher,
        "published": article.published_at.isoformat() if article.published_at else None,
        "language": article.language,
    }
    further: dict[str, Any] = {
        "authors": article.authors,
        "launches": article.launches,
        "events": article.events,
        "withdrawn_at": article.withdrawn_at.isoformat() if article.withdrawn_at else None,
        "earlier_texts": [version.text for version in earlier],
    }
    metadata |= {name: value for name, value in further.items() if value}
    return {"_id": article.id, "title": article.title, "text": version.text, "metadata": metadata}
