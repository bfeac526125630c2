"""How articles and versions lie in a row of the database.

Owns the order of the columns and the way there and back. It asks no database.
"""

import json
from datetime import UTC, datetime
from typing import Any

from corpus.article import Article, Version

ARTICLE = (
    "a.id, a.url, a.title, a.publisher, a.published_at, a.language, a.authors, a.launches, a.events, a.withdrawn_at"
)
ARTICLE_WIDTH = ARTICLE.count(",") + 1
VERSION = "v.article_id, v.number, v.text, v.content_hash, v.read_at"


def article_row(article: Article) -> tuple[str | None, ...]:
    """Return the columns of an article, in the order of ``ARTICLE``."""
    return (
        article.id,
        article.url,
        article.title,
        article.publisher,
        moment_text(article.published_at),
        article.language,
        *(json.dumps(names, ensure_ascii=False) for names in (article.authors, article.launches, article.events)),
        moment_text(article.withdrawn_at),
    )


def read_article(row: tuple[Any, ...]) -> Article:
    """Return the article in the first columns of a row."""
    article_id, url, title, publisher, published_at, language, authors, launches, events, withdrawn_at = row[
        :ARTICLE_WIDTH
    ]
    return Article(
        id=article_id,
        url=url,
        title=title,
        publisher=publisher,
        published_at=read_moment(published_at),
        language=language,
        authors=tuple(json.loads(authors)),
        launches=tuple(json.loads(launches)),
        events=tuple(json.loads(events)),
        withdrawn_at=read_moment(withdrawn_at),
    )


def read_version(row: tuple[Any, ...]) -> Version:
    """Return the version in the columns of ``VERSION``."""
    article_id, number, text, content_hash, read_at = row
    return Version(article_id, number, text, content_hash, read_moment(read_at))


def moment_text(moment: datetime | None) -> str | None:
    """Return a moment as it is stored: in UTC, so that text sorts as moments do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds") if moment else None


def read_moment(text: str | None) -> datetime | None:
    """Return a stored moment."""
    return datetime.fromisoformat(text) if text else None
