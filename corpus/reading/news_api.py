"""The Spaceflight News API, versions 3 and 4: articles, blogs and reports, a page at a time.

Owns both spellings of its fields, and where the next page stands.
"""

from typing import Any
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

from corpus.links import is_web
from corpus.reading.fields import iso_moment, names, text_of
from corpus.reading.listing import MAX_ENTRIES, Entry, Form, Listing
from corpus.reading.tails import cut_tail

_TITLE = "Spaceflight News API"


def read_news_api(answer: object, url: str) -> Listing:
    """Read one page: an object with ``results`` (version 4), or a bare list (version 3).

    Raises:
        ValueError: If it is neither.
    """
    is_fourth = isinstance(answer, dict)
    results = answer.get("results") if isinstance(answer, dict) else answer
    if not isinstance(results, list) or (results and not any(map(_is_item, results))):
        raise ValueError("it is JSON, but neither a JSON feed nor an answer of the Spaceflight News API")
    entries = tuple(_entry(item) for item in results[:MAX_ENTRIES] if _is_item(item))
    following = text_of(answer, "next") if isinstance(answer, dict) else ""
    next_url = _next_page(url, following) if is_fourth else _next_start(url, len(results))
    return Listing(Form.NEWS_API, _TITLE, entries, next_url)


def _is_item(item: object) -> bool:
    return isinstance(item, dict) and is_web(text_of(item, "url")) and "title" in item


def _entry(item: dict[str, Any]) -> Entry:
    title = text_of(item, "title")
    return Entry(
        url=text_of(item, "url").strip(),
        title=title,
        text=cut_tail(text_of(item, "summary")) or title,
        publisher=text_of(item, "news_site") or text_of(item, "newsSite"),
        published=iso_moment(item.get("published_at") or item.get("publishedAt")),
        updated=iso_moment(item.get("updated_at") or item.get("updatedAt")),
        id=text_of(item, "id"),
        authors=names(item.get("authors") or []),
        launches=_ids(item.get("launches"), "launch_id"),
        events=_ids(item.get("events"), "event_id"),
    )


def _ids(listed: object, key: str) -> tuple[str, ...]:
    """Return ids from objects that hold them under ``key`` (version 4) or ``id`` (version 3)."""
    items = [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []
    return tuple(filter(None, (text_of(item, key) or text_of(item, "id") for item in items)))


def _next_page(url: str, following: str) -> str:
    """Return where the next page stands; behind another name of the same service only the query is taken over."""
    if not following:
        return ""
    try:
        here, there = urlsplit(url), urlsplit(urljoin(url, following))
    except ValueError:
        return ""
    return there.geturl() if there.netloc == here.netloc else here._replace(query=there.query).geturl()


def _next_start(url: str, count: int) -> str:
    """Return the next page of version 3, which counts on with ``_start``."""
    if not count:
        return ""
    here = urlsplit(url)
    query = {name: values[-1] for name, values in parse_qs(here.query).items()}
    start = query.get("_start", "0")
    query["_start"] = str((int(start) if start.isdecimal() else 0) + count)
    return here._replace(query=urlencode(query)).geturl()
