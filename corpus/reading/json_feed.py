"""JSON Feed 1.0 and 1.1 (jsonfeed.org)."""

from typing import Any
from urllib.parse import urljoin

from corpus.links import is_web
from corpus.reading.fields import iso_moment, names, text_of
from corpus.reading.listing import MAX_ENTRIES, Entry, Form, Listing
from corpus.reading.markup import markup_to_text
from corpus.reading.tails import cut_tail


def read_json_feed(feed: dict[str, Any], url: str) -> Listing:
    """Read a JSON feed; items that are no objects are passed over."""
    items = [item for item in feed["items"][:MAX_ENTRIES] if isinstance(item, dict)]
    entries = [_entry(item, url, text_of(feed, "language"), text_of(feed, "title")) for item in items]
    listed = tuple(entry for entry in entries if entry.url or entry.text)
    return Listing(Form.JSON_FEED, text_of(feed, "title"), listed, next_url=_absolute(url, text_of(feed, "next_url")))


def _entry(item: dict[str, Any], base: str, language: str, title: str) -> Entry:
    text = text_of(item, "content_text") or markup_to_text(text_of(item, "content_html")) or text_of(item, "summary")
    authors = item.get("authors") or [item.get("author")]
    return Entry(
        url=_absolute(base, text_of(item, "url") or text_of(item, "external_url")),
        title=markup_to_text(text_of(item, "title")),
        text=cut_tail(text),
        published=iso_moment(item.get("date_published")),
        updated=iso_moment(item.get("date_modified")),
        id=text_of(item, "id"),
        language=text_of(item, "language") or language,
        authors=names(authors),
        listed_by=title,
    )


def _absolute(base: str, link: str) -> str:
    try:
        absolute = urljoin(base, link) if link else ""
    except ValueError:
        return ""
    return absolute if is_web(absolute) else ""
