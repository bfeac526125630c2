"""What the worker processes do, done here; and that no page breaks it."""

import asyncio
import io
import os
import pickle
import time
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.draft import Draft
from corpus.reading.listing import Entry
from corpus.sync.tasks import Listed, Teller, Unreadable, list_source, read_entry, read_page
from corpus.sync.worker import LENGTH, serve
from corpus.sync.workers import Workers
from tests.corpus.reading import feeds
from tests.corpus.reading.pages import METADATA, PARAGRAPHS, page

URL = "https://news.example/ibis"
TELLER = Teller("https://news.example/feed", "", "en-GB")
ENTRY = Entry(URL, "Ibis leaves", "It left.", published="2031-06-22T20:52:00+00:00", launches=("l-1",))


def test_a_page_is_read_with_what_its_source_says() -> None:
    draft = read_page(page(head=METADATA).encode(), "utf-8", URL, ENTRY, TELLER)
    assert isinstance(draft, Draft)
    assert draft.text == "\n\n".join(PARAGRAPHS)
    article = draft.article
    assert (article.title, article.publisher, article.language) == ("Ibis leaves the station", "Example News", "en")
    assert (article.published_at, article.launches) == (datetime(2031, 6, 22, 20, 52, tzinfo=UTC), ("l-1",))


def test_a_page_that_calls_the_front_page_its_own_link_is_not_believed() -> None:
    head = "<link rel='canonical' href='https://news.example/'>"
    draft = read_page(page(head=head).encode(), None, URL, ENTRY, TELLER)
    assert isinstance(draft, Draft)
    assert draft.article.url == URL


def test_an_entry_stands_in_for_its_page() -> None:
    draft = read_entry(ENTRY, TELLER)
    assert isinstance(draft, Draft)
    assert (draft.text, draft.article.url, draft.article.language) == ("It left.", URL, "en")
    assert read_entry(Entry(URL, "", ""), TELLER) == Unreadable("the source says nothing about it.")


def test_entries_without_a_link_keep_their_id_when_their_text_changes() -> None:
    ids = set()
    for feed in (feeds.RSS_2, feeds.RSS_2.replace("turned", "did not turn")):
        listed = list_source(feed.encode(), "", "https://orbit.example/feed", TELLER)
        assert isinstance(listed, Listed)
        (draft,) = listed.drafts
        ids.add(draft.article.id)
    assert len(ids) == 1


def test_what_cannot_be_read_says_why() -> None:
    assert read_page(b"<p>\xff", None, URL, ENTRY, TELLER) == Unreadable("the page is not utf-8 as it says (byte 3).")
    assert list_source(b"", "", URL, TELLER) == Unreadable("the answer is empty.")


@settings(max_examples=80, deadline=None)
@given(
    cuts=st.lists(st.tuples(st.integers(0, 1200), st.integers(0, 60), st.binary(max_size=12)), max_size=4),
    charset=st.sampled_from([None, "utf-8", "latin-1", "utf-16", "hex", "no-such"]),
)
def test_no_damage_breaks_the_reader_of_pages(cuts: list[tuple[int, int, bytes]], charset: str | None) -> None:
    body = page(head=METADATA).encode()
    for start, length, instead in cuts:
        body = body[:start] + instead + body[start + length :]
    assert isinstance(read_page(body, charset, URL, ENTRY, TELLER), Draft | Unreadable)


def test_a_worker_answers_every_task_also_where_a_task_fails() -> None:
    asked = io.BytesIO()
    tasks: list[tuple[object, tuple[object, ...]]] = [(read_entry, (ENTRY, TELLER)), (int, ("x",)), (len, ("abc",))]
    named: dict[str, object] = {}
    for task, arguments in tasks:
        message = pickle.dumps((task, arguments, named))
        asked.write(LENGTH.pack(len(message)) + message)
    asked.seek(0)
    answered = io.BytesIO()
    serve(asked, answered)
    answered.seek(0)
    results = []
    while head := answered.read(LENGTH.size):
        results.append(pickle.loads(answered.read(LENGTH.unpack(head)[0])))
    assert isinstance(results[0], Draft)
    assert isinstance(results[1], Unreadable)
    assert results[1].why.startswith("the reader failed on it (ValueError: ")
    assert results[2] == 3


async def test_a_task_that_hangs_or_kills_its_worker_costs_itself_alone() -> None:
    async with Workers(1, timeout_seconds=1.0) as workers:
        assert await workers.run(len, "abc") == 3
        assert await workers.run(time.sleep, 60) == Unreadable("reading it took longer than 1 seconds.")
        assert await workers.run(os._exit, 7) == Unreadable("the reader broke down on it.")
        assert list(await asyncio.gather(workers.run(len, "ab"), workers.run(len, "a"))) == [2, 1]
