"""Feeds in every form, the real ones at hand where they are there."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.reading.listing import Entry, Form, Listing, read_listing
from tests.corpus.reading import feeds

URL = "https://orbit.example/feed"
PUBLISHED, UPDATED = "2031-06-22T20:52:00+00:00", "2031-06-23T08:00:00+00:00"
REAL = Path(__file__).parents[4] / "shared" / "data" / "feeds"
with_real_feeds = pytest.mark.skipif(not REAL.is_dir(), reason="the real feeds are not part of the project")


def read(text: str, url: str = URL, kind: str = "application/xml") -> Listing:
    return read_listing(text.encode(), kind, url)


def test_rss_2() -> None:
    listing = read(feeds.RSS_2)
    assert (listing.form, listing.title) == (Form.FEED, "Orbit Gazette")
    assert listing.entries == (
        Entry(
            url="https://orbit.example/ibis?utm_source=rss",
            title="Ibis leaves & burns",
            text="The Ibis ship left.\n\nIt burned up.",
            published=PUBLISHED,
            id="g-1",
            language="en-us",
            authors=("A. Author",),
            listed_by="Orbit Gazette",
        ),
        Entry("", "No link", "The station turned round.", id="g-2", language="en-us", listed_by="Orbit Gazette"),
    )


@pytest.mark.parametrize(
    ("feed", "published", "updated"),
    [(feeds.RSS_1, "", PUBLISHED), (feeds.RSS_091, "", ""), (feeds.ATOM, PUBLISHED, UPDATED)],
    ids=["RSS 1.0", "RSS 0.91", "Atom"],
)
def test_the_other_feeds(feed: str, published: str, updated: str) -> None:
    (entry,) = read(feed).entries
    assert entry.url in {"https://orbit.example/ibis", "https://orbit.example/news/ibis"}
    assert (entry.title, entry.published, entry.updated) == ("Ibis leaves", published, updated)


def test_json_feed() -> None:
    listing = read(feeds.JSON_FEED, kind="application/feed+json")
    assert (listing.form, listing.next_url) == (Form.JSON_FEED, "https://orbit.example/feed.json?page=2")
    assert listing.entries == (
        Entry(
            "https://orbit.example/ibis", "Ibis leaves", "The Ibis ship left.", published=PUBLISHED, id="g-1",
            language="en", authors=("A. Author",), listed_by="Orbit Gazette",
        ),
        Entry("", "", "The station turned round.", id="2", language="en", listed_by="Orbit Gazette"),
    )  # fmt: skip


def test_the_fourth_news_api() -> None:
    listing = read(feeds.NEWS_API_4, "http://127.0.0.1:8000/v4/articles/?limit=2")
    assert listing.form is Form.NEWS_API
    assert listing.next_url == "http://127.0.0.1:8000/v4/articles/?limit=2&offset=2"
    assert listing.entries == (
        Entry(
            "https://orbit.example/ibis", "Ibis leaves", "The Ibis ship left.", "Orbit Gazette", PUBLISHED,
            "2031-06-23T08:00:00.500000+00:00", "11", authors=("A. Author",), launches=("l-1",), events=("7",),
        ),
        Entry("https://orbit.example/untold", "Untold", "Untold", "Orbit Gazette", id="12"),
    )  # fmt: skip


def test_the_third_news_api() -> None:
    listing = read(feeds.NEWS_API_3, "https://api.example/v3/articles?_limit=1&_start=3")
    (entry,) = listing.entries
    assert (entry.publisher, entry.published, entry.launches) == ("Orbit Gazette", PUBLISHED, ("l-1",))
    assert listing.next_url == "https://api.example/v3/articles?_limit=1&_start=4"


def test_a_page_lists_itself_and_names_its_feed() -> None:
    page = "<!doctype html><html><head><link rel='alternate' type='application/rss+xml' href='/feed'></head></html>"
    listing = read(page, "https://orbit.example/news", "text/html")
    assert listing == Listing(
        Form.PAGE, entries=(Entry("https://orbit.example/news", "", ""),), feed_url="https://orbit.example/feed"
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "the answer is empty"),
        ("{", "it is not JSON: Expecting property name"),
        ("[" * 100_000, "its JSON is nested too deeply"),
        ('{"a": 1}', "neither a JSON feed nor an answer of the Spaceflight News API"),
        ("[1, 2]", "neither a JSON feed nor an answer of the Spaceflight News API"),
        ("just some words", "it is no feed"),
        ("<note><to>you</to></note>", "it is no feed"),
        ('<!DOCTYPE r [<!ENTITY a "1"><!ENTITY b "&a;&a;">]><rss/>', "its entities refer to each other"),
        ('<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/hostname">]><rss>&a;</rss>', "its entities refer to each other"),
    ],
)
def test_what_is_no_list_is_told(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read(text)


def test_a_bomb_in_another_encoding_is_found_as_well() -> None:
    with pytest.raises(ValueError, match="its entities refer to each other"):
        read_listing('<!DOCTYPE r [<!ENTITY b "&a;&a;">]><rss/>'.encode("utf-16"), "text/xml", URL)


def test_an_entry_comes_back_from_its_line() -> None:
    for entry in read(feeds.NEWS_API_4).entries:
        assert Entry.from_json(entry.to_json()) == entry


@settings(max_examples=150, deadline=None)
@given(
    feed=st.sampled_from([feeds.RSS_2, feeds.RSS_1, feeds.ATOM, feeds.JSON_FEED, feeds.NEWS_API_4]),
    cuts=st.lists(st.tuples(st.integers(0, 1500), st.integers(0, 40), st.binary(max_size=12)), max_size=4),
)
def test_no_damage_breaks_the_readers(feed: str, cuts: list[tuple[int, int, bytes]]) -> None:
    body = feed.encode()
    for start, length, instead in cuts:
        body = body[:start] + instead + body[start + length :]
    try:
        listing = read_listing(body, "application/xml", URL)
    except ValueError as error:
        assert str(error)
    else:
        assert all(Entry.from_json(entry.to_json()) == entry for entry in listing.entries)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_break_the_readers(body: bytes) -> None:
    for start in (b"", b"<", b"{", b"<?xml version='1.0'?><rss>"):
        try:
            read_listing(start + body, "", URL)
        except ValueError as error:
            assert str(error)


@with_real_feeds
def test_every_real_feed_is_read_or_its_fault_is_told() -> None:
    files = sorted((REAL / "feed-rs").iterdir())
    faults = {}
    for file in files:
        try:
            assert read_listing(file.read_bytes(), "application/xml", URL).entries
        except ValueError as error:
            faults[file.name] = str(error)
    assert len(files) == 68
    assert faults.keys() == {"rss_2.0_invalid_1.xml", "xml_iso8859.xml", "xml_sample_1.xml", "xml_sample_2.xml"}
    assert all(why.startswith("it is no feed") for why in faults.values())


@with_real_feeds
def test_the_real_dates_without_seconds_are_the_right_moments() -> None:
    (file,) = (REAL / "rss").glob("nasa*.xml")
    assert [entry.published for entry in read_listing(file.read_bytes(), "", URL).entries][:2] == [
        "2021-06-22T20:52:00+00:00",
        "2021-06-22T19:54:00+00:00",
    ]


@with_real_feeds
@pytest.mark.parametrize(
    ("name", "count"),
    [("v3_articles_2022-02.js", 10), ("v4_articles_2023-06.json", 20), ("v4_articles_2023-11-20.json", 10)],
)
def test_the_real_pages_of_the_news_api(name: str, count: int) -> None:
    entries = read_listing((REAL / "snapi" / name).read_bytes(), "", URL).entries
    assert len(entries) == count
    assert all(entry.url and entry.title and entry.text and entry.publisher and entry.published for entry in entries)
