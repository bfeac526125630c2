"""A feed and its pages: what is new, what changed, what went away, and what cannot be had."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web
from filelock import FileLock

from corpus.article import Article
from corpus.errors import SyncRunningError
from corpus.links import link_id
from corpus.sources import Source
from corpus.store import Store
from corpus.sync.report import Failure
from tests.corpus.news_site import NewsSite, story
from tests.corpus.sync.following import Follower, counts


def test_a_feed_becomes_whole_articles(site: NewsSite, follower: Follower) -> None:
    report = follower.sync()

    assert (counts(report), report.failed, report.fetched) == ((4, 0, 0, 0), [], 4)
    assert report.bytes == site.sent_bytes
    article, version = follower.articles()[f"{site.url}/story/2"]
    expected = Article(
        id=link_id(f"{site.url}/story/2"),
        url=f"{site.url}/story/2",
        title="Story 2 about the lander",
        publisher="Test News",
        published_at=datetime(2031, 1, 1, 2, tzinfo=UTC),
        language="en",
    )
    assert article == expected
    assert version.text == "\n\n".join(site.stories["/story/2"].paragraphs)
    assert version.read_at == follower.now


def test_nothing_new_costs_next_to_nothing(site: NewsSite, follower: Follower) -> None:
    first = follower.sync()
    before = follower.exported()
    second = follower.sync()

    assert counts(second) == (0, 0, 0, 4)
    assert second.bytes < first.bytes * 0.02
    assert follower.exported() == before


def test_an_edit_is_a_further_version(site: NewsSite, follower: Follower) -> None:
    follower.sync()
    old = "\n\n".join(site.stories["/story/1"].paragraphs)
    site.stories["/story/1"].paragraphs[0] = "The rover never left Venus, the team now says, and it never was there."
    site.publish(story(9))

    assert counts(follower.sync()) == (1, 1, 0, 3)
    with Store.open(follower.path) as store:
        article_id = link_id(f"{site.url}/story/1")
        assert [version.number for version in store.versions(article_id)] == [1, 2]
        assert store.version(article_id, 1).text == old
        assert store.get(article_id)[1].text.startswith("The rover never left Venus")


def test_a_page_that_is_gone_is_withdrawn_and_one_that_is_back_returns(site: NewsSite, follower: Follower) -> None:
    follower.sync()
    gone = site.stories.pop("/story/3")

    assert counts(follower.sync()) == (0, 0, 1, 3)
    assert follower.articles()[f"{site.url}/story/3"][0].withdrawn_at == follower.now
    assert counts(follower.sync()) == (0, 0, 0, 3)

    site.publish(gone)
    assert counts(follower.sync()) == (0, 1, 0, 3)
    article, version = follower.articles()[f"{site.url}/story/3"]
    assert (article.withdrawn_at, version.number) == (None, 1)


def test_old_pages_are_asked_for_ever_more_rarely(site: NewsSite, follower: Follower) -> None:
    follower.sync()
    follower.sync(later=timedelta(days=40))
    asked = len(site.requests)
    follower.sync(later=timedelta(days=1))
    assert [path for path in site.requests[asked:] if "/story/" in path] == []
    follower.sync(later=timedelta(days=9))
    assert len([path for path in site.requests[asked:] if "/story/" in path]) == 4


def test_a_moved_feed_is_asked_where_it_is_from_then_on(site: NewsSite, follower: Follower) -> None:
    async def moved(_: web.Request) -> web.Response:
        return web.Response(status=301, headers={"Location": "/new/feed.xml"})

    site.special["/feed.xml"] = moved
    site.feed_path = "/new/feed.xml"

    assert counts(follower.sync()) == (4, 0, 0, 0)
    assert follower.moved == [f"{site.url}/new/feed.xml"]
    asked = len(site.requests)
    assert counts(follower.sync()) == (0, 0, 0, 4)
    assert "/feed.xml" not in site.requests[asked:]


def test_a_feed_that_moves_without_a_change_has_moved_all_the_same(site: NewsSite, follower: Follower) -> None:
    follower.sync()

    async def moved(_: web.Request) -> web.Response:
        return web.Response(status=301, headers={"Location": "/new/feed.xml"})

    site.special["/feed.xml"] = moved
    site.feed_path = "/new/feed.xml"
    for _ in range(2):
        assert counts(follower.sync()) == (0, 0, 0, 4)
    assert follower.moved == [f"{site.url}/new/feed.xml"]
    assert site.requests.count("/feed.xml") == 2


def test_a_chain_of_redirects_leads_to_the_article(site: NewsSite, follower: Follower) -> None:
    async def on(request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": {"/a": "/b", "/b": "/story/0"}[request.path]})

    site.special |= {"/a": on, "/b": on}
    site.stories["/a"] = site.stories["/story/0"]
    site.listed = ["/a", "/story/0", "/story/1"]

    report = follower.sync()
    assert counts(report)[0] == 2
    assert set(follower.articles()) == {f"{site.url}/story/0", f"{site.url}/story/1"}
    assert counts(follower.sync()) == (0, 0, 0, 2)


def test_one_story_under_two_links_is_one_article(site: NewsSite, follower: Follower) -> None:
    mirror = story(0)
    mirror.head = f"<link rel='canonical' href='{site.url}/story/0'>"
    site.stories |= {"/mirror": mirror, "/story/0?utm_source=rss": site.stories["/story/0"]}
    site.listed = ["/mirror", "/story/0?utm_source=rss", "/story/0", "/story/1"]

    follower.sync()
    before = follower.exported()
    assert set(follower.articles()) == {f"{site.url}/story/0", f"{site.url}/story/1"}
    assert counts(follower.sync()) == (0, 0, 0, 2)
    assert follower.exported() == before


def test_a_busy_host_is_asked_again_when_it_says(site: NewsSite, follower: Follower) -> None:
    answers = [web.Response(status=429, headers={"Retry-After": "1"})]
    started: list[float] = []

    async def busy(request: web.Request) -> web.StreamResponse:
        started.append(asyncio.get_running_loop().time())
        if answers:
            return answers.pop()
        del site.special["/story/2"]
        return await site.answer(request)

    site.special["/story/2"] = busy
    report = follower.sync()
    assert (counts(report), report.failed) == ((4, 0, 0, 0), [])
    assert started[1] - started[0] >= 0.99


def test_a_host_that_asks_for_too_much_patience_waits_for_the_next_sync(site: NewsSite, follower: Follower) -> None:
    async def busy(_: web.Request) -> web.Response:
        return web.Response(status=429, headers={"Retry-After": "3600"})

    site.special["/feed.xml"] = busy
    report = follower.sync()
    (failure,) = report.failed
    assert failure.source == "Test News"
    assert failure.error.endswith("the host answered with status 429 and asks to wait 3600.")
    assert report.exit_code == 1

    del site.special["/feed.xml"]
    assert counts(follower.sync()) == (4, 0, 0, 0)


def test_what_a_dying_server_still_owed_comes_with_the_next_sync(site: NewsSite, follower: Follower) -> None:
    async def dies(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/html", "Content-Length": "9000"})
        await response.prepare(request)
        await response.write(site.stories[request.path].page()[:300])
        assert request.transport is not None
        request.transport.abort()
        return response

    site.special |= dict.fromkeys(("/story/1", "/story/2", "/story/3"), dies)
    report = follower.sync()
    assert (report.new, report.exit_code, [failure.source for failure in report.failed]) == (1, 4, ["Test News"])
    assert set(follower.articles()) == {f"{site.url}/story/0"}

    site.special.clear()
    report = follower.sync()
    assert (counts(report), report.exit_code) == ((3, 0, 0, 1), 0)


def test_robots_txt_is_kept_to_and_the_feed_stands_in(site: NewsSite, follower: Follower) -> None:
    async def robots(_: web.Request) -> web.Response:
        return web.Response(text="User-agent: *\nDisallow: /story/1\n")

    site.special["/robots.txt"] = robots
    report = follower.sync()
    assert (counts(report), report.failed) == ((4, 0, 0, 0), [])
    assert "/story/1" not in site.requests
    assert follower.articles()[f"{site.url}/story/1"][1].text.startswith("Short: In report 1 the")


def test_every_bad_source_fails_alone(site: NewsSite, follower: Follower) -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "application/rss+xml"})
        await response.prepare(request)
        for _ in range(2000):
            await response.write(b"<item>" * 20_000)
        return response

    async def slow(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "application/rss+xml"})
        await response.prepare(request)
        for _ in range(100):
            await response.write(b"<")
            await asyncio.sleep(0.2)
        return response

    async def bomb(_: web.Request) -> web.Response:
        lines = [
            "<!ENTITY a 'aaaaaaaaaa'>",
            *(f"<!ENTITY {b} '&{a};&{a};'>" for a, b in zip("abcdefg", "bcdefgh", strict=True)),
        ]
        body = f"<?xml version='1.0'?><!DOCTYPE rss [{''.join(lines)}]><rss version='2.0'><channel>&h;</channel></rss>"
        return web.Response(text=body, content_type="application/rss+xml")

    async def picture(_: web.Request) -> web.Response:
        return web.Response(body=b"\x89PNG\r\n", content_type="image/png")

    async def inside(_: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": "http://169.254.169.254/latest/meta-data"})

    bad = {"/endless": endless, "/slow": slow, "/bomb": bomb, "/picture": picture, "/inside": inside}
    site.special |= bad
    follower.timeout_seconds = 3.0
    follower.sources += [Source(path[1:], site.url + path) for path in bad]

    report = follower.sync()

    assert (report.new, report.exit_code, report.sources) == (4, 4, 6)
    errors = {failure.source: failure.error.partition(": ")[2] for failure in report.failed}
    assert errors == {
        "endless": "the page is longer than 1000000 bytes.",
        "slow": "the answer did not end within 3 seconds.",
        "bomb": "its entities refer to each other or to other files, which no honest feed needs.",
        "picture": "it is image/png, not a feed, a page or JSON.",
        "inside": "169.254.169.254 leads to 169.254.169.254, which is not a public address. "
        "To allow it, add 169.254.169.254:80 to the allowed hosts.",
    }


def test_one_sync_runs_at_a_time(follower: Follower) -> None:
    with FileLock(follower.folder / "sync.lock"), pytest.raises(SyncRunningError, match="Wait until it has ended"):
        follower.sync()


def test_a_host_without_a_name_fails_and_nothing_worked(tmp_path: Path) -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    follower = Follower(tmp_path, [Source("Lost", "https://lost.example/feed")])
    report = follower.sync(resolve=unknown)
    why = "Could not fetch https://lost.example/feed: the host lost.example is not known (no such name)."
    assert report.failed == [Failure("Lost", why)]
    assert report.exit_code == 1
    assert report.payload() == {
        "sources": 1, "fetched": 0, "new": 0, "changed": 0, "withdrawn": 0, "unchanged": 0,
        "failed": [{"source": "Lost", "error": why}], "bytes": 0,
    }  # fmt: skip
