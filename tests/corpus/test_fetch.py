import gzip
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import brotli
import pytest

from corpus.addresses import Resolve
from corpus.draft import Draft
from corpus.errors import FetchError, RefusedAddressError, UnsuitablePageError
from corpus.fetch import Limits
from corpus.page import fetch_article
from tests.corpus.loopback import Reply, Site, running_site
from tests.corpus.reading.pages import METADATA, PARAGRAPHS, page

PAGE = page(head=METADATA).encode()
HTML = {"Content-Type": "text/html; charset=utf-8"}


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as site:
        yield site


def loopback(host: str, port: int) -> list[str]:
    """Every name leads to this machine."""
    return ["127.0.0.1"]


def limits(*allowed_hosts: str, max_bytes: int = 100_000) -> Limits:
    return Limits(2, max_bytes, frozenset(allowed_hosts), "test agent")


def fetch(
    site: Site,
    link: str,
    *,
    hosts: tuple[str, ...] = ("news.example",),
    max_bytes: int = 100_000,
    resolve: Resolve = loopback,
) -> Draft:
    allowed = limits(*(f"{host}:{site.port}" for host in hosts), max_bytes=max_bytes)
    return fetch_article(link.replace("PORT", str(site.port)), allowed, resolve=resolve)


def test_a_page_becomes_a_draft(site: Site) -> None:
    site.replies["/ibis?x=1"] = Reply(PAGE)
    draft = fetch(site, "http://news.example:PORT/ibis?x=1#part")
    assert draft.text == "\n\n".join(PARAGRAPHS)
    assert draft.article.url == "https://news.example/ibis"
    assert draft.article.title == "Ibis leaves the station"
    assert draft.article.publisher == "Example News"
    assert draft.article.published_at == datetime(2022, 3, 18, tzinfo=UTC)
    assert site.asked == [(f"news.example:{site.port}", "/ibis?x=1", "test agent")]


def test_a_page_speaks_for_its_own_host_only(site: Site) -> None:
    site.replies["/ibis"] = Reply(page(head="<link rel='canonical' href='https://other.example/x'>").encode())
    assert fetch(site, "http://news.example:PORT/ibis#part").article.url == f"http://news.example:{site.port}/ibis"


def test_the_address_that_was_checked_is_the_one_that_is_asked(site: Site) -> None:
    site.replies["/ibis"] = Reply(PAGE)
    answers = [["127.0.0.1"], ["192.0.2.1"]]

    def changing(host: str, port: int) -> list[str]:
        return answers.pop(0)

    fetch(site, "http://news.example:PORT/ibis", resolve=changing)
    assert answers == [["192.0.2.1"]]
    assert [path for _, path, _ in site.asked] == ["/ibis"]


def test_the_next_address_is_tried_where_the_first_does_not_answer(site: Site) -> None:
    site.replies["/ibis"] = Reply(PAGE)
    draft = fetch(site, "http://news.example:PORT/ibis", resolve=lambda *_: ["::1", "127.0.0.1"])
    assert draft.article.title == "Ibis leaves the station"


def test_redirects_are_followed(site: Site) -> None:
    site.replies["/a"] = Reply(status=302, headers={"Location": "/b"})
    site.replies["/b"] = Reply(status=308, headers={"Location": f"http://www.example:{site.port}/c"})
    site.replies["/c"] = Reply(page().encode())
    draft = fetch(site, "http://news.example:PORT/a", hosts=("news.example", "www.example"))
    assert draft.article.url == f"http://www.example:{site.port}/c"


def test_a_redirect_to_a_private_address_is_refused(site: Site) -> None:
    site.replies["/a"] = Reply(status=302, headers={"Location": f"http://inside.example:{site.port}/secret"})
    with pytest.raises(RefusedAddressError, match="inside.example leads to 127.0.0.1, which is not a public address"):
        fetch(site, "http://news.example:PORT/a")
    assert [path for _, path, _ in site.asked] == ["/a"]


def test_a_redirect_to_another_scheme_is_refused(site: Site) -> None:
    site.replies["/a"] = Reply(status=302, headers={"Location": "file:///etc/hostname"})
    with pytest.raises(RefusedAddressError, match="only http and https links"):
        fetch(site, "http://news.example:PORT/a")


def test_a_redirect_to_nowhere_is_told(site: Site) -> None:
    site.replies["/a"] = Reply(status=302, headers={"Location": "http://[::1"})
    with pytest.raises(FetchError, match="the connection failed"):
        fetch(site, "http://news.example:PORT/a")


def test_redirects_come_to_an_end(site: Site) -> None:
    site.replies["/a"] = Reply(status=302, headers={"Location": "/a"})
    with pytest.raises(FetchError, match="it redirects more than 5 times"):
        fetch(site, "http://news.example:PORT/a")
    assert len(site.asked) == 6


@pytest.mark.parametrize("addresses", [["10.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["::ffff:127.0.0.1"]])
def test_a_host_with_any_private_address_is_refused(addresses: list[str]) -> None:
    with pytest.raises(RefusedAddressError, match="To allow it, add news.example:80 to the allowed hosts"):
        fetch_article("http://news.example/", limits("news.example:8080"), resolve=lambda *_: addresses)


@pytest.mark.parametrize(
    ("link", "expected", "why"),
    [
        ("ftp://news.example/a", RefusedAddressError, "only http and https links with a host"),
        ("file:///etc/hostname", RefusedAddressError, "only http and https links with a host"),
        ("news.example/a", RefusedAddressError, "only http and https links with a host"),
        ("http://", RefusedAddressError, "only http and https links with a host"),
        (
            "http://me:secret@news.example/",
            RefusedAddressError,
            "http://…@news.example/: the link must hold no user name",
        ),
        ("http://[::1/", FetchError, "this is no link"),
        ("http://news.example:99999/", FetchError, "there is no port 99999"),
        ("http://news.example:0/", FetchError, "there is no port 0"),
        ("http://127.0.0.1:PORT/a", RefusedAddressError, "127.0.0.1 leads to 127.0.0.1, which is not a public address"),
    ],
)
def test_other_links_are_refused(site: Site, link: str, expected: type[FetchError], why: str) -> None:
    with pytest.raises(expected) as caught:
        fetch(site, link)
    assert why in str(caught.value)
    assert site.asked == []


def test_a_name_without_address_is_told() -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    with pytest.raises(FetchError, match=r"the host news\.example is not known \(no such name\)"):
        fetch_article("http://news.example/", limits(), resolve=unknown)


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (Reply(b"%PDF", headers={"Content-Type": "application/pdf"}), "it is application/pdf, not a web page"),
        (Reply(PAGE, headers={}), "it is of no stated kind, not a web page"),
        (Reply(PAGE * 50, headers=HTML), "the page is longer than 20000 bytes"),
        (Reply(gzip.compress(b" " * 10**6), headers=HTML | {"Content-Encoding": "gzip"}), "longer than 20000 bytes"),
        (Reply(PAGE, headers=HTML | {"Content-Encoding": "gzip"}), "it is damaged"),
        (Reply(PAGE, headers=HTML | {"Content-Encoding": "br"}), "it is damaged"),
        (Reply(brotli.compress(b" " * 10**6), headers=HTML | {"Content-Encoding": "br"}), "longer than 20000 bytes"),
        (Reply(PAGE, headers=HTML | {"Content-Encoding": "zstd"}), "it is packed as zstd"),
        (Reply(b"<p>\xff", headers=HTML), "the page is not utf-8 as it says (byte 3)"),
        (Reply(b"<html></html>", headers=HTML), "no article was found in the page"),
    ],
)
def test_unsuitable_pages_are_refused(site: Site, reply: Reply, why: str) -> None:
    site.replies["/a"] = reply
    with pytest.raises(UnsuitablePageError) as caught:
        fetch(site, "http://news.example:PORT/a", max_bytes=20_000)
    assert why in str(caught.value)


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("br", brotli.compress)])
def test_a_packed_page_is_read(site: Site, encoding: str, pack: Callable[[bytes], bytes]) -> None:
    site.replies["/a"] = Reply(pack(PAGE), headers=HTML | {"Content-Encoding": encoding})
    assert fetch(site, "http://news.example:PORT/a").article.title == "Ibis leaves the station"


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("br", brotli.compress)])
def test_a_packed_page_that_breaks_off_is_told(site: Site, encoding: str, pack: Callable[[bytes], bytes]) -> None:
    site.replies["/a"] = Reply(pack(PAGE)[:-9], headers=HTML | {"Content-Encoding": encoding})
    with pytest.raises(FetchError, match="the host broke off in the middle"):
        fetch(site, "http://news.example:PORT/a")


def test_an_error_of_the_host_is_told(site: Site) -> None:
    with pytest.raises(FetchError, match="the host answered with status 404"):
        fetch(site, "http://news.example:PORT/missing")


def test_a_host_that_does_not_answer_is_told(site: Site) -> None:
    with pytest.raises(FetchError, match="the host does not answer"):
        fetch_article("http://news.example:1/", limits("news.example:1"), resolve=loopback)
