"""What is done off the event loop: everything that parses what others wrote.

Owns the tasks a worker process knows. A task returns a value in every case; an exception in it is a bug.
"""

from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from corpus.draft import Draft, RawArticle
from corpus.errors import CorpusError
from corpus.page import page_article
from corpus.reading.failure import ReadFailure
from corpus.reading.listing import Entry, Listing, read_listing
from corpus.reading.source import read_source


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why something could not be read."""

    why: str


@dataclass(frozen=True, slots=True)
class Listed:
    """What a source lists.

    Attributes:
        listing: As it was read.
        drafts: The articles among it that have no link, and are all there is of them.
    """

    listing: Listing
    drafts: tuple[Draft, ...]


@dataclass(frozen=True, slots=True)
class Teller:
    """What is known of a source, for its articles that do not say it themselves.

    Attributes:
        url: Where it stands.
        publisher: Who publishes what it lists, or "".
        language: The language it is written in, or "".
    """

    url: str
    publisher: str
    language: str


def list_source(body: bytes, kind: str, url: str, teller: Teller) -> Listed | Unreadable:
    """Read what a source lists."""
    try:
        listing = read_listing(body, kind, url)
    except (ValueError, CorpusError) as error:
        return Unreadable(f"{error}.")
    drafts = [_told_draft(entry, teller) for entry in listing.entries if not entry.url]
    return Listed(listing, tuple(draft for draft in drafts if draft is not None))


def read_page(body: bytes, charset: str | None, url: str, entry: Entry, teller: Teller) -> Draft | Unreadable:
    """Read the article in a page; what the page leaves open, the source's entry tells."""
    try:
        raw = page_article(body, charset, url)
        raw = replace(
            raw,
            title=raw.title or entry.title,
            publisher=teller.publisher or entry.publisher or _site(raw, url) or entry.listed_by or raw.publisher,
            published_at=entry.published_at or raw.published_at or entry.updated_at,
            authors=entry.authors or raw.authors,
            launches=entry.launches,
            events=entry.events,
        )
        return _draft(raw, url, entry.language or teller.language)
    except (ValueError, CorpusError) as error:
        return Unreadable(str(getattr(error, "why", error)))


def read_entry(entry: Entry, teller: Teller) -> Draft | Unreadable:
    """Take what a source says about an article for the article, because its page cannot be had."""
    draft = _told_draft(entry, teller)
    return draft if draft is not None else Unreadable("the source says nothing about it.")


def read_file(path: str) -> list[Draft | ReadFailure]:
    """Read a file with a single article."""
    return list(read_source(Path(path)))


def _site(raw: RawArticle, url: str) -> str:
    """Return what a page calls its site, unless that is only the name of its host."""
    return "" if raw.publisher == (urlsplit(url).hostname or "").removeprefix("www.") else raw.publisher


def _told_draft(entry: Entry, teller: Teller) -> Draft | None:
    own_id = sha256(f"{teller.url}\n{entry.id}".encode()).hexdigest()[:16] if entry.id and not entry.url else ""
    raw = RawArticle(
        text=entry.text or entry.title,
        title=entry.title,
        publisher=teller.publisher or entry.publisher or entry.listed_by,
        published_at=entry.published_at or entry.updated_at,
        url=entry.url,
        id=own_id,
        authors=entry.authors,
        launches=entry.launches,
        events=entry.events,
    )
    try:
        return _draft(raw, teller.url, entry.language or teller.language, alone=False)
    except ValueError:
        return None


def _draft(raw: RawArticle, place: str, language: str, *, alone: bool = True) -> Draft:
    """Make a draft; where the text does not tell its language, the one that was named is taken."""
    draft = raw.draft(place=place, alone=alone)
    named = language.partition("-")[0].lower()
    return draft if draft.article.language else replace(draft, article=replace(draft.article, language=named))
