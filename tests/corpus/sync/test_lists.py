"""Lists of several pages, as the news API gives them; and what a source says where its pages cannot be had."""

import json

from aiohttp import web

from corpus.article import Article
from corpus.reading.listing import read_listing
from corpus.sources import Source
from corpus.store import Store
from tests.corpus.news_site import NewsSite, story
from tests.corpus.sync.following import Follower, counts


def serve_api(site: NewsSite, *, per_page: int = 2) -> list[str]:
    """Let the site list its stories as the API does, newest first; return the queries that it is asked."""
    asked: list[str] = []

    async def articles(request: web.Request) -> web.Response:
        asked.append(request.query_string)
        offset = int(request.query.get("offset", "0"))
        paths = site.listed[::-1][offset : offset + per_page]
        more = offset + per_page < len(site.listed)
        answer = {
            "count": len(site.listed),
            "next": f"{site.url}/v4/articles/?limit={per_page}&offset={offset + per_page}" if more else None,
            "results": [item(site, path) for path in paths],
        }
        return web.json_response(answer)

    site.special["/v4/articles/"] = articles
    return asked


def item(site: NewsSite, path: str) -> dict[str, object]:
    one = site.stories[path]
    return {
        "id": one.number,
        "title": one.title,
        "url": site.url + path,
        "news_site": "Test News",
        "summary": f"Summary of {one.number}.",
        "published_at": one.published_at.isoformat(),
        "updated_at": one.published_at.isoformat(),
        "authors": [{"name": "A. Author"}],
        "launches": [{"launch_id": f"launch-{one.number}", "provider": "LL2"}],
        "events": [{"event_id": one.number, "provider": "LL2"}],
    }


def test_every_page_of_a_list_is_read_once_and_then_only_what_is_new(site: NewsSite, follower: Follower) -> None:
    site.publish(story(4))
    asked = serve_api(site)
    follower.sources = [Source("API", f"{site.url}/v4/articles/?limit=2")]

    assert counts(follower.sync()) == (5, 0, 0, 0)
    assert asked == ["limit=2", "limit=2&offset=2", "limit=2&offset=4"]
    article = follower.articles()[f"{site.url}/story/3"][0]
    assert (article.publisher, article.authors) == ("Test News", ("A. Author",))
    assert (article.launches, article.events) == (("launch-3",), ("3",))

    site.publish(*(story(number) for number in (5, 6, 7)))
    asked.clear()
    assert counts(follower.sync()) == (3, 0, 0, 5)
    assert asked == ["limit=2", "limit=2&offset=2", "limit=2&offset=4"]


def test_a_list_whose_next_page_is_not_there_ends_there(site: NewsSite, follower: Follower) -> None:
    serve_api(site)
    whole = site.special["/v4/articles/"]

    async def first_only(request: web.Request) -> web.StreamResponse:
        return await whole(request) if not request.query.get("offset") else web.Response(status=404)

    site.special["/v4/articles/"] = first_only
    follower.sources = [Source("API", f"{site.url}/v4/articles/")]
    for new in (2, 2):
        report = follower.sync()
        assert (report.new, report.failed) == (new, [])
        site.publish(story(len(site.listed) + 10), story(len(site.listed) + 11))


def test_a_list_that_broke_off_goes_on_with_the_next_sync(site: NewsSite, follower: Follower) -> None:
    serve_api(site)
    whole = site.special["/v4/articles/"]

    async def breaking(request: web.Request) -> web.StreamResponse:
        return await whole(request) if not request.query.get("offset") else web.Response(status=500)

    site.special["/v4/articles/"] = breaking
    follower.sources = [Source("API", f"{site.url}/v4/articles/?limit=2")]
    report = follower.sync()
    assert (counts(report), report.exit_code) == ((2, 0, 0, 0), 4)

    site.special["/v4/articles/"] = whole
    site.publish(story(8))
    assert counts(follower.sync()) == (3, 0, 0, 2)


def test_pages_elsewhere_that_cannot_be_had_are_told_by_the_source(site: NewsSite, follower: Follower) -> None:
    serve_api(site, per_page=9)
    follower.sources = [Source("API", f"http://localhost:{site.port}/v4/articles/")]
    follower.allowed_hosts = frozenset({f"localhost:{site.port}"})

    report = follower.sync()
    assert (counts(report), report.failed, report.fetched) == ((4, 0, 0, 0), [], 0)
    article, version = follower.articles()[f"{site.url}/story/2"]
    assert (version.text, article.title) == ("Summary of 2.", "Story 2 about the lander")

    follower.allowed_hosts |= {site.host}
    report = follower.sync()
    assert counts(report) == (0, 4, 0, 0)
    article, version = follower.articles()[f"{site.url}/story/2"]
    assert (version.number, version.text) == (2, "\n\n".join(site.stories["/story/2"].paragraphs))


def test_a_whole_article_never_gives_way_to_what_a_source_says_of_it(site: NewsSite, follower: Follower) -> None:
    link = f"{site.url}/story/2"
    with Store.open(follower.path) as store:
        store.add(Article("own", link, "Whole", "Own", None), "The whole story, read by hand. It has two sentences.")
    serve_api(site, per_page=9)
    follower.sources = [Source("API", f"http://localhost:{site.port}/v4/articles/")]
    follower.allowed_hosts = frozenset({f"localhost:{site.port}"})
    for expected in ((3, 0, 0, 1), (0, 0, 0, 4)):
        assert counts(follower.sync()) == expected
    article, version = follower.articles()[link]
    assert (article.id, version.number, version.text[:9]) == ("own", 1, "The whole")


def test_a_page_that_two_sources_list_is_one_article_whoever_comes_first(site: NewsSite, follower: Follower) -> None:
    serve_api(site, per_page=9)
    api = Source("API", f"{site.url}/v4/articles/")
    feed = follower.sources[0]
    follower.sources = [feed, api]
    follower.sync()
    article = follower.articles()[f"{site.url}/story/1"][0]
    assert (article.publisher, article.launches) == ("Test News", ("launch-1",))
    before = follower.exported()

    assert counts(follower.sync()) == (0, 0, 0, 4)
    assert follower.exported() == before


def test_entries_without_a_link_are_articles_by_themselves(site: NewsSite, follower: Follower) -> None:
    async def notes(_: web.Request) -> web.Response:
        items = [{"id": "n-1", "content_text": "The station turned round."}, {"content_text": "It flew."}]
        return web.json_response({"version": "https://jsonfeed.org/version/1.1", "items": items})

    site.special["/notes.json"] = notes
    follower.sources = [Source("Notes", f"{site.url}/notes.json", publisher="Notes")]
    assert counts(follower.sync()) == (2, 0, 0, 0)
    assert counts(follower.sync()) == (0, 0, 0, 0)
    assert len(follower.exported()) == 2


def test_the_json_of_the_tests_is_what_the_reader_expects(site: NewsSite) -> None:
    body = json.dumps({"results": [item(site, "/story/1")], "next": None}).encode()
    (entry,) = read_listing(body, "application/json", f"{site.url}/v4/articles/").entries
    assert entry.launches == ("launch-1",)
