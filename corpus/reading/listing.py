"""What a source lists: entries with their links, from whatever form it is written in.

Owns the values, and finding out which form that is. The forms themselves have files of their own.
"""

import json
import re
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from html import unescape
from typing import Any, Self
from urllib.parse import urljoin

from corpus.links import is_web

MAX_ENTRIES = 50_000
_HEAD_BYTES = 100_000
_LINK_TAG = re.compile(rb"<link\s[^>]{0,1000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"([a-zA-Z-]+)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+)")
_FEED_TYPE = re.compile(rb"application/(?:rss|atom|rdf|feed)\+(?:xml|json)", re.IGNORECASE)
_HTML_STARTS = (b"<!doctype html", b"<html")


class Form(StrEnum):
    """How a source is written."""

    FEED = "feed"
    JSON_FEED = "json feed"
    NEWS_API = "spaceflight news api"
    PAGE = "page"
    FILES = "files"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a source says about one article.

    Attributes:
        url: Its link, absolute; "" where it has none.
        title: Its headline.
        text: Its text as far as the source gives it, as plain text; may be a summary, or empty.
        publisher: Who published it, where that is not the source itself.
        published: When it was published, in ISO 8601 with a zone, or "".
        updated: When it was changed last, in the same form.
        id: What the source calls it.
        language: The language that the source names, or "".
        authors: Who wrote it.
        launches: Ids of the launches that it is about.
        events: Ids of the events that it is about.
        listed_by: What the source calls itself; stands in for a publisher that nobody names.
    """

    url: str
    title: str
    text: str
    publisher: str = ""
    published: str = ""
    updated: str = ""
    id: str = ""
    language: str = ""
    authors: tuple[str, ...] = ()
    launches: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    listed_by: str = ""

    def to_json(self) -> str:
        """Return the entry as one line, the same for the same entry."""
        return json.dumps({name: value for name, value in asdict(self).items() if value}, ensure_ascii=False)

    @classmethod
    def from_json(cls, line: str) -> Self:
        """Return the entry of a line."""
        values: dict[str, Any] = {"url": "", "title": "", "text": ""} | json.loads(line)
        lists: dict[str, Any] = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
        return cls(**(values | lists))

    @property
    def published_at(self) -> datetime | None:
        """When it was published, if the source says."""
        return datetime.fromisoformat(self.published) if self.published else None

    @property
    def updated_at(self) -> datetime | None:
        """When it was changed last, if the source says."""
        return datetime.fromisoformat(self.updated) if self.updated else None


@dataclass(frozen=True, slots=True)
class Listing:
    """A source as it was read once.

    Attributes:
        form: How it is written.
        title: What it calls itself.
        entries: What it lists, in its order.
        next_url: Where older entries stand, or "".
        feed_url: Where a page says that its feed stands, or "".
    """

    form: Form
    title: str = ""
    entries: tuple[Entry, ...] = ()
    next_url: str = ""
    feed_url: str = ""


def read_listing(body: bytes, kind: str, url: str) -> Listing:
    """Read what a source lists; a web page lists itself.

    Args:
        body: The answer of the source.
        kind: Its content type.
        url: Where it stands.

    Raises:
        ValueError: If it is neither a feed, nor a list of news, nor a page; the message says why.
    """
    from corpus.reading.feed import read_feed
    from corpus.reading.json_feed import read_json_feed
    from corpus.reading.news_api import read_news_api

    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if not start:
        raise ValueError("the answer is empty")
    if start.startswith((b"{", b"[", b"export default")):
        value = _json(body)
        if isinstance(value, dict) and isinstance(value.get("items"), list):
            return read_json_feed(value, url)
        return read_news_api(value, url)
    if start.startswith(_HTML_STARTS) or (kind in {"text/html", "application/xhtml+xml"} and b"<html" in start):
        return Listing(Form.PAGE, entries=(Entry(url, "", ""),), feed_url=_named_feed(body, url))
    return read_feed(body, kind, url)


def _named_feed(page: bytes, url: str) -> str:
    """Return the first feed that a page names as its own."""
    for tag in _LINK_TAG.findall(page[:_HEAD_BYTES]):
        attributes = {name.lower(): value.strip(b"\"'") for name, value in _ATTRIBUTE.findall(tag)}
        if attributes.get(b"rel", b"").lower() == b"alternate" and _FEED_TYPE.search(attributes.get(b"type", b"")):
            try:
                link = urljoin(url, unescape(attributes.get(b"href", b"").decode("utf-8", "ignore")))
            except ValueError:
                continue
            if is_web(link) and link != url:
                return link
    return ""


def _json(body: bytes) -> object:
    # The third version of the news API is also handed around as a module of JavaScript.
    text = body.decode("utf-8-sig").strip().removeprefix("export default").rstrip(";")
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"it is not JSON: {error.msg} (line {error.lineno})") from error
    except RecursionError as error:
        raise ValueError("its JSON is nested too deeply") from error
