"""Asking again whether a quoted sentence still stands where it was read.

Owns the verdict. It changes nothing in the corpus: noticing corrections for good is the sync's work.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from corpus.addresses import Resolve, resolve_host
from corpus.citations import Cited
from corpus.collection import starter_articles
from corpus.draft import Draft
from corpus.errors import CorpusError, StatusError
from corpus.fetch import Fetcher, Limits
from corpus.links import is_web
from corpus.page import page_article
from corpus.politeness import Pace, PoliteFetcher
from corpus.reading.source import read_source


class Verdict(StrEnum):
    """What became of a quoted sentence."""

    STANDS = "stands"
    CHANGED = "changed"
    GONE = "gone"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verified:
    """A quote and what was found when its page was asked for again.

    Attributes:
        cited: The quote.
        verdict: Whether its answering sentence still stands.
        why: What was found, for a person.
    """

    cited: Cited
    verdict: Verdict
    why: str


def verify(cited: Sequence[Cited], limits: Limits, pace: Pace, *, resolve: Resolve = resolve_host) -> list[Verified]:
    """Read the page of every quote again, each page once, and say whether the quoted sentence still stands there."""
    return asyncio.run(_verify(cited, limits, pace, resolve))


async def _verify(cited: Sequence[Cited], limits: Limits, pace: Pace, resolve: Resolve) -> list[Verified]:
    async with Fetcher(limits, resolve=resolve) as fetcher:
        polite = PoliteFetcher(fetcher, pace)
        urls = list(dict.fromkeys(one.url for one in cited))
        found = dict(zip(urls, await asyncio.gather(*(_present_text(url, polite) for url in urls)), strict=True))
    return [_judge(one, found[one.url]) for one in cited]


async def _present_text(url: str, polite: PoliteFetcher) -> str | CorpusError:
    """Return the text that stands at a link or in a file now, or why it cannot be read."""
    try:
        if is_web(url):
            page = await polite.fetch(url)
            raw = await asyncio.to_thread(page_article, page.body, page.charset, page.url)
            return raw.draft(place=page.url).text
        return _local_text(url)
    except CorpusError as error:
        return error


def _local_text(place: str) -> str:
    for article, version in starter_articles():
        if article.url == place:
            return version.text
    return "\n\n".join(found.text for found in read_source(Path(place)) if isinstance(found, Draft))


def _judge(cited: Cited, found: str | CorpusError) -> Verified:
    if isinstance(found, StatusError) and found.is_gone:
        return Verified(cited, Verdict.GONE, "the page is no longer there.")
    if isinstance(found, CorpusError):
        return Verified(cited, Verdict.UNKNOWN, str(found))
    if cited.sentence in found:
        return Verified(cited, Verdict.STANDS, "the sentence stands there, word for word.")
    return Verified(cited, Verdict.CHANGED, "the page no longer holds that sentence; run `space-news corpus sync`.")
