"""Asking a source once, to find out what it is and whether it works."""

from dataclasses import dataclass
from pathlib import Path

from corpus.addresses import Resolve, resolve_host
from corpus.errors import FetchError, SourceError
from corpus.fetch import Fetcher, Limits
from corpus.links import is_web
from corpus.reading.listing import Form
from corpus.reading.source import find_files
from corpus.sync.tasks import Teller, Unreadable, list_source
from corpus.sync.workers import Workers

_TIMEOUT_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Probed:
    """What a source turned out to be.

    Attributes:
        url: Where it stands; a page that names its own feed leads to that.
        form: How it is written.
        title: What it calls itself.
        entries: How many entries it lists, or how many files it holds.
    """

    url: str
    form: Form
    title: str
    entries: int


async def probe_source(place: str, limits: Limits, *, resolve: Resolve = resolve_host) -> Probed:
    """Ask a source.

    Raises:
        FetchError: If it cannot be fetched, or is nothing that can be followed.
        SourceError: If there is no such file or folder.
    """
    if not is_web(place):
        return _probe_files(place)
    async with Fetcher(limits, resolve=resolve) as fetcher, Workers(1, timeout_seconds=_TIMEOUT_SECONDS) as workers:
        for _ in range(2):
            fetched = await fetcher.fetch(place, accept=None)
            listed = await workers.run(list_source, fetched.body, fetched.kind, fetched.url, Teller(place, "", ""))
            if isinstance(listed, Unreadable):
                raise FetchError(place, listed.why)
            listing = listed.listing
            if not listing.feed_url:
                break
            place = listing.feed_url
    return Probed(place, listing.form, listing.title, len(listing.entries))


def _probe_files(place: str) -> Probed:
    path = Path(place)
    if not path.exists():
        raise SourceError(f"{place} is neither an http(s) link nor a file or folder on this machine.")
    files = find_files(path)
    return Probed(place, Form.FILES, path.name, len(files))
