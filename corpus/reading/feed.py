"""RSS 0.9x, 1.0 and 2.0, and Atom.

Owns the way from a feed to entries, and refusing feeds that are made to explode. feedparser reads the XML, also where
it is broken.
"""

import io
import re
from datetime import UTC, datetime
from time import struct_time
from typing import Any
from urllib.parse import urljoin

from corpus.links import is_web
from corpus.reading.dates import parse_published
from corpus.reading.listing import MAX_ENTRIES, Entry, Form, Listing
from corpus.reading.markup import markup_to_text
from corpus.reading.tails import cut_tail

# An entity made of entities, or one that is read from elsewhere. UTF-16 is searched without its zero bytes.
_BOMB = re.compile(rb"<!ENTITY\s+(?:%\s+)?[^\s>]+\s+(?:SYSTEM|PUBLIC|[\"'][^\"'>]*[&%][^#\"'>])", re.IGNORECASE)
_Found = dict[str, Any]  # as feedparser gives an entry
_WEEKDAY = re.compile(r"^\w+\.?,\s*")


def read_feed(body: bytes, kind: str, url: str) -> Listing:
    """Read a feed.

    Raises:
        ValueError: If it is none, or made to explode.
    """
    import feedparser  # slow to import, and asking a question never needs it

    if _BOMB.search(body.replace(b"\0", b"")):
        raise ValueError("its entities refer to each other or to other files, which no honest feed needs")
    headers = {"content-location": url, "content-type": kind or "application/xml"}
    try:
        found = feedparser.parse(
            io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:  # where the XML is broken, it can fail in many ways
        raise ValueError(f"it is no feed that can be read ({type(error).__name__}: {error})") from error
    if not found.entries and (found.bozo or not found.version):
        why = str(found.bozo_exception) if found.get("bozo_exception") else "no known format"
        raise ValueError(f"it is no feed that can be read ({why})")
    if not found.version and not any(entry.get("link") for entry in found.entries):
        raise ValueError("it is no feed: no known format, and no entry has a link")
    language = str(found.feed.get("language") or "")
    title = markup_to_text(str(found.feed.get("title") or ""))
    entries = [_entry(entry, url, language, title) for entry in found.entries[:MAX_ENTRIES]]
    return Listing(Form.FEED, title, tuple(entry for entry in entries if entry.url or entry.text))


def _entry(entry: _Found, base: str, language: str, title: str) -> Entry:
    contents = [str(part.get("value") or "") for part in entry.get("content", [])]
    text = max([*contents, str(entry.get("summary") or "")], key=len)
    return Entry(
        url=_link(entry, base),
        title=markup_to_text(str(entry.get("title") or "")),
        text=cut_tail(markup_to_text(text)),
        published=_moment(entry, "published"),
        updated=_moment(entry, "updated"),
        id=str(entry.get("id") or ""),
        language=language,
        authors=tuple(str(author["name"]) for author in entry.get("authors", []) if author.get("name")),
        listed_by=title,
    )


def _link(entry: _Found, base: str) -> str:
    for written in (entry.get("feedburner_origlink"), entry.get("link"), entry.get("id")):
        if written:
            try:
                link = urljoin(base, str(written).strip()) if written != entry.get("id") else str(written).strip()
            except ValueError:
                continue
            if is_web(link):
                return link
    return ""


def _moment(entry: _Found, name: str) -> str:
    """Return a date of an entry in ISO 8601: as it is written where that is clear, else as feedparser understood it."""
    if name not in entry:
        return ""
    written = str(entry[name])
    for wording in (written, _WEEKDAY.sub("", written)):
        try:
            return parse_published(wording).isoformat()
        except ValueError:
            continue
    parsed = entry.get(f"{name}_parsed")
    return _from_struct(parsed) if isinstance(parsed, struct_time) else ""


def _from_struct(parsed: struct_time) -> str:
    try:
        return datetime(*parsed[:6], tzinfo=UTC).isoformat()
    except ValueError:
        return ""
