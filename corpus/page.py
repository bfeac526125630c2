"""The article in a fetched page.

Owns which link an article is known by, and fetching a single page that a person names. Finding the article in the page
is ``reading.html``'s work.
"""

import asyncio
from dataclasses import replace
from urllib.parse import urlsplit

from corpus.addresses import Resolve, resolve_host
from corpus.draft import Draft, RawArticle
from corpus.errors import UnsuitablePageError
from corpus.fetch import Fetcher, Limits
from corpus.links import canonical_link
from corpus.reading.html import decode_html, parse_html


def fetch_article(url: str, limits: Limits, *, resolve: Resolve = resolve_host) -> Draft:
    """Fetch a page and find the article in it.

    Args:
        url: An http or https link.
        limits: What the fetch keeps to.
        resolve: How a host name becomes addresses.

    Raises:
        FetchError: If nothing came, or no page, or no article in it; see ``Fetcher.fetch``.
    """
    return asyncio.run(_fetch_article(url, limits, resolve))


async def _fetch_article(url: str, limits: Limits, resolve: Resolve) -> Draft:
    async with Fetcher(limits, resolve=resolve) as fetcher:
        page = await fetcher.fetch(url)
    return page_article(page.body, page.charset, page.url).draft(place=page.url)


def page_article(body: bytes, charset: str | None, url: str) -> RawArticle:
    """Find the article in a page that stands at ``url``; its link is the page's own, if it has one.

    Raises:
        UnsuitablePageError: If the page cannot be decoded, or holds no article.
    """
    try:
        raw = parse_html(decode_html(body, charset), url)
    except UnicodeDecodeError as error:
        raise UnsuitablePageError(url, f"the page is not {error.encoding} as it says (byte {error.start}).") from error
    except ValueError as error:
        raise UnsuitablePageError(url, f"{error}.") from error
    if raw is None:
        raise UnsuitablePageError(url, "no article was found in the page. Save its text and add the file instead.")
    return replace(raw, url=canonical_link(own_link(raw.url, url)))


def own_link(canonical: str, fetched: str) -> str:
    """Return the link that a page calls its own.

    One that points at another host is not believed, because a page speaks for its own only; nor one at the front page,
    which some systems name on every page.
    """
    try:
        own, here = urlsplit(canonical), urlsplit(fetched)
        is_own = own.scheme in {"http", "https"} and own.hostname == here.hostname
    except ValueError:
        return fetched
    is_front = own.path in {"", "/"} and not own.query and (here.path not in {"", "/"} or here.query)
    return canonical if is_own and not is_front else fetched
