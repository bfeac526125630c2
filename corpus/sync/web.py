"""Following one source on the web: its list, then every page that is due.

Owns what each answer means for the source and for the article. It counts, but never parses.
"""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from urllib.parse import urlsplit

from corpus.draft import Draft
from corpus.errors import FetchError, HostDownError, StatusError
from corpus.fetch import Fetched
from corpus.politeness import PoliteFetcher
from corpus.reading.listing import Entry, Form, Listing
from corpus.sources import Source
from corpus.sync.pages import FeedState, Page, Pages
from corpus.sync.tally import Tally
from corpus.sync.tasks import Listed, Teller, Unreadable, list_source, read_entry, read_page
from corpus.sync.workers import Workers

_PAGES_AT_ONCE = 4
_LISTS_IN_A_SYNC = 1000
"""How many pages of a list one sync reads at most; the next one goes on from there."""
_FIRST_LISTS = 50
"""How many of them are held before the first is noted, when a source had much news since the last time."""


class WebReading:
    """Reads sources on the web into the store."""

    def __init__(
        self,
        pages: Pages,
        polite: PoliteFetcher,
        workers: Workers,
        tally: Tally,
        clock: Callable[[], datetime],
        on_moved: Callable[[Source, str], None],
    ) -> None:
        """Take what the reading works with."""
        self._pages = pages
        self._polite = polite
        self._workers = workers
        self._tally = tally
        self._clock = clock
        self._on_moved = on_moved

    async def read(self, source: Source) -> None:
        """Read a source's list and every page that is due.

        Raises:
            FetchError: If the list cannot be had; its pages were looked at all the same.
        """
        failure: FetchError | None = None
        try:
            await self._read_list(source)
        except FetchError as error:
            failure = error
        due = self._pages.due(source.name, self._clock())
        self._tally.expect(len(due))
        remaining = iter(due)
        async with asyncio.TaskGroup() as group:
            for _ in range(_PAGES_AT_ONCE):
                group.create_task(self._read_pages(source, remaining))
        if failure is not None:
            raise failure

    async def _read_list(self, source: Source) -> None:
        """Read what is new in a list, then what older parts of it were not read yet."""
        state = self._pages.feed(source.name)
        if state is None or state.url != source.url:
            state = FeedState(source.url)
        fetched = await self._polite.fetch(source.url, accept=None, validators=state.validators)
        body_hash = sha256(fetched.body).hexdigest()
        if fetched.is_unchanged or body_hash == state.body_hash:
            state = self._note_place(source, state, fetched)
        else:
            state = await self._read_changed(source, state, fetched, body_hash)
        for _ in range(_LISTS_IN_A_SYNC):
            if not state.resume_url:
                break
            state = await self._resume(source, state, state.resume_url)

    async def _read_changed(self, source: Source, state: FeedState, fetched: Fetched, body_hash: str) -> FeedState:
        """Read a list that is not as it was, and note it together with all that is new in it."""
        listed = await self._list(source, fetched)
        following = listed.listing.next_url
        resume_url = state.resume_url
        if state.body_hash is None:
            resume_url = following or None
        elif following:
            listed, left = await self._read_news(source, listed)
            resume_url = resume_url or left or None
        if listed.listing.form is not Form.PAGE:
            state = replace(state, url=self._place(source, fetched))
        state = replace(state, validators=fetched.validators, body_hash=body_hash, resume_url=resume_url)
        self._register(source, state, listed)
        return state

    async def _read_news(self, source: Source, listed: Listed) -> tuple[Listed, str]:
        """Return what is new in a list of several pages, from the newest to the first that is known, and what is left.

        They are noted together: were the first page noted alone, a kill would make the others look known.
        """
        entries, drafts, next_url = [*listed.listing.entries], [*listed.drafts], listed.listing.next_url
        for _ in range(_FIRST_LISTS):
            if not next_url or self._is_end(source, listed.listing):
                next_url = ""
                break
            listed = await self._list_older(source, next_url)
            entries += listed.listing.entries
            drafts += listed.drafts
            next_url = listed.listing.next_url
        return Listed(replace(listed.listing, entries=tuple(entries)), tuple(drafts)), next_url

    async def _resume(self, source: Source, state: FeedState, resume_url: str) -> FeedState:
        """Read one older page of a list and note it together with where the next one stands."""
        listed = await self._list_older(source, resume_url)
        is_end = self._is_end(source, listed.listing)
        state = replace(state, resume_url=None if is_end else listed.listing.next_url or None)
        self._register(source, state, listed)
        return state

    async def _list_older(self, source: Source, url: str) -> Listed:
        """Read an older page of a list; one that is not there is the end of the list, which is how some say so."""
        try:
            return await self._list(source, await self._polite.fetch(url, accept=None))
        except StatusError as error:
            if not error.is_gone:
                raise
            return Listed(Listing(Form.NEWS_API), ())

    def _is_end(self, source: Source, listing: Listing) -> bool:
        """Say whether nothing older is of interest: all is known, or all is too old."""
        wanted = [entry for entry in listing.entries if _is_wanted(entry, source)]
        return not wanted or self._pages.are_known(wanted)

    def _register(self, source: Source, state: FeedState, listed: Listed) -> None:
        entries = [entry for entry in listed.listing.entries if _is_wanted(entry, source)]
        for result in self._pages.register(source, state, entries, listed.drafts, self._clock()):
            self._tally.answered()
            self._tally.count(result)

    async def _list(self, source: Source, fetched: Fetched) -> Listed:
        listed = await self._workers.run(list_source, fetched.body, fetched.kind, fetched.url, _teller(source))
        if isinstance(listed, Unreadable):
            raise FetchError(source.url, listed.why)
        return listed

    def _note_place(self, source: Source, state: FeedState, fetched: Fetched) -> FeedState:
        """Note where a list stands that is as it was."""
        place = self._place(source, fetched)
        if place != state.url:
            state = replace(state, url=place)
            self._pages.save_feed(source.name, state)
        return state

    def _place(self, source: Source, fetched: Fetched) -> str:
        """Return where a source stands from now on."""
        moved_to = fetched.moved_to
        if moved_to is None or _is_less_safe(source.url, moved_to):
            return source.url
        self._on_moved(source, moved_to)
        return moved_to

    async def _read_pages(self, source: Source, keys: Iterator[str]) -> None:
        for key in keys:
            page = self._pages.page(key)
            failed = page is not None and not await self._read_page(source, page)
            self._tally.received(self._polite.received_bytes)
            self._tally.finish_page(failed=failed)

    async def _read_page(self, source: Source, page: Page) -> bool:
        """Ask for a page and note what came of it; tell whether it was answered for."""
        try:
            fetched = await self._polite.fetch(page.url, validators=page.validators)
        except StatusError as error:
            if not error.is_gone:
                return await self._note_failure(source, page, error, is_final=not error.is_passing)
            if self._pages.note_gone(page, error.why, self._clock()):
                self._tally.withdraw()
            self._tally.answered()
            return True
        except FetchError as error:
            return await self._note_failure(source, page, error, is_final=not isinstance(error, HostDownError))
        self._tally.answered()
        body_hash = sha256(fetched.body).hexdigest()
        if fetched.is_unchanged or body_hash == page.body_hash:
            validators = page.validators if fetched.is_unchanged else fetched.validators
            self._tally.count(self._pages.note_unchanged(page, validators, self._clock()))
            return True
        return await self._store_page(source, page, fetched, body_hash)

    async def _store_page(self, source: Source, page: Page, fetched: Fetched, body_hash: str) -> bool:
        draft = await self._workers.run(
            read_page, fetched.body, fetched.charset, fetched.url, page.entry, _teller(source)
        )
        if isinstance(draft, Unreadable):
            return await self._note_failure(source, page, FetchError(page.url, draft.why), is_final=True)
        result = self._pages.put_read(page, draft, fetched.url, fetched.validators, body_hash, self._clock())
        self._tally.count(result)
        return True

    async def _note_failure(self, source: Source, page: Page, error: FetchError, *, is_final: bool) -> bool:
        """Note that a page cannot be had; what its source says about it stands in, unless it may come yet."""
        self._pages.note_failure(page, error.why, self._clock(), is_final=is_final)
        is_own = _host(page.url) == _host(source.url)
        if is_own and not is_final:
            self._tally.fail(source.name, str(error))
            return False
        if page.read_at is None:
            told = await self._workers.run(read_entry, page.entry, _teller(source))
            if isinstance(told, Draft):
                self._tally.count(self._pages.put_told(page, told, self._clock()))
            elif is_own:
                self._tally.fail(source.name, str(error))
        return False


def _teller(source: Source) -> Teller:
    return Teller(source.url, source.publisher, source.language)


def _is_wanted(entry: Entry, source: Source) -> bool:
    at = entry.published_at
    return source.since is None or at is None or at.date() >= source.since


def _is_less_safe(old: str, new: str) -> bool:
    return old.lower().startswith("https:") and not new.lower().startswith("https:")


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
