"""``space-news corpus sources`` and ``corpus sync``."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp import web

from tests.command_line import CommandLine, Ran
from tests.corpus.news_site import NewsSite, running_news_site

pytestmark = pytest.mark.timeout(180)


@pytest.fixture
def site() -> Iterator[NewsSite]:
    with running_news_site(3) as site:
        yield site


@pytest.fixture
def command_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> CommandLine:
    """Return the command line over an empty data folder; nothing here needs an index."""
    return CommandLine(monkeypatch, capsys, tmp_path / "data")


def test_a_source_is_found_out_added_synced_and_removed(command_line: CommandLine, site: NewsSite) -> None:
    command_line.set("ALLOWED_HOSTS", site.host)
    said = ["--kind", "press", "--publisher", "Orbit Gazette"]
    assert command_line("corpus", "sources", "add", site.feed_url, *said) == Ran(
        0, f"Test News: {site.feed_url} (feed, 3 entries)\n", ""
    )

    synced = command_line("corpus", "sync", "--json")
    report = json.loads(synced.stdout)
    assert (synced.exit_code, report) == (0, {
        "sources": 1, "fetched": 3, "new": 3, "changed": 0, "withdrawn": 0, "unchanged": 0, "failed": [],
        "bytes": site.sent_bytes - len(site.feed()),
    })  # fmt: skip
    (line,) = synced.stderr.splitlines()
    assert "corpus.sync.run: 1 sources, 3 pages, 3 new, 0 changed" in line

    assert command_line("corpus", "sync").stdout == "0 new, 0 changed, 0 withdrawn, 3 unchanged, 0 failed\n"
    assert "Orbit Gazette" in command_line("corpus", "list").stdout
    assert command_line("corpus", "sources", "remove", "Test News") == Ran(0, "1 removed\n", "")
    nothing = command_line("corpus", "sync")
    assert (nothing.exit_code, nothing.stdout) == (1, "")
    assert nothing.stderr.startswith("No source is followed yet.")


def test_the_sources_that_come_with_the_bot_are_unverified(command_line: CommandLine) -> None:
    listed = command_line("corpus", "sources", "list").stdout.splitlines()
    assert listed[0].split() == ["name", "kind", "publisher", "language", "followed", "url"]
    assert all(" unverified " in line for line in listed[1:])
    assert any(line.startswith("SpaceNews ") for line in listed)


def test_a_source_that_cannot_be_read_yet_is_followed_all_the_same(command_line: CommandLine, site: NewsSite) -> None:
    command_line.set("ALLOWED_HOSTS", site.host)
    ran = command_line("corpus", "sources", "add", f"{site.url}/lost.xml", "--name", "Lost")
    why = f"Could not fetch {site.url}/lost.xml: the host answered with status 404."
    assert ran.exit_code == 1
    assert ran.stderr == f"{why} The source was added all the same; `corpus sync` will ask again.\n"

    command_line("corpus", "sources", "add", site.feed_url)
    synced = command_line("corpus", "sync", "--json")
    report = json.loads(synced.stdout)
    assert (synced.exit_code, report["new"], report["failed"]) == (4, 3, [{"source": "Lost", "error": why}])

    tested = command_line("corpus", "sources", "test", "Lost", "Test News")
    assert (tested.exit_code, tested.stdout, tested.stderr) == (4, "Test News: feed, 3 entries\n", f"Lost: {why}\n")


def test_a_private_address_is_refused(command_line: CommandLine, site: NewsSite) -> None:
    ran = command_line("corpus", "sources", "add", site.feed_url)
    assert (ran.exit_code, ran.stdout) == (1, "")
    assert f"add {site.host} to the allowed hosts" in ran.stderr
    assert not (command_line.data_dir / "sources.toml").exists()


def test_a_page_that_names_a_feed_leads_to_it(command_line: CommandLine, site: NewsSite) -> None:
    async def home(_: web.Request) -> web.Response:
        head = "<link rel='alternate' type='application/rss+xml' href='/feed.xml'>"
        return web.Response(text=f"<!doctype html><html><head>{head}</head></html>", content_type="text/html")

    site.special["/"] = home
    command_line.set("ALLOWED_HOSTS", site.host)
    ran = command_line("corpus", "sources", "add", f"{site.url}/", "--name", "Home")
    assert ran == Ran(0, f"Home: {site.feed_url} (feed, 3 entries)\n", "")


def test_a_moved_feed_is_written_down(command_line: CommandLine, site: NewsSite) -> None:
    command_line.set("ALLOWED_HOSTS", site.host)
    command_line("corpus", "sources", "add", site.feed_url)

    async def moved(_: web.Request) -> web.Response:
        return web.Response(status=308, headers={"Location": "/new.xml"})

    site.special["/feed.xml"] = moved
    site.feed_path = "/new.xml"
    command_line("corpus", "sync")
    assert f"{site.url}/new.xml" in command_line("corpus", "sources", "list").stdout


def test_a_folder_is_a_source(command_line: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text("It flew.", "utf-8")
    assert command_line("corpus", "sources", "add", str(folder)) == Ran(0, f"news: {folder} (files, 1 entries)\n", "")
    assert json.loads(command_line("corpus", "sync", "--json").stdout)["new"] == 1
    lost = command_line("corpus", "sources", "add", str(tmp_path / "lost"))
    assert (lost.exit_code, lost.stdout) == (1, "")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["remove", "Nobody"], "No source has the name or the address 'Nobody'."),
        (["test", "Nobody"], "No source has the name or the address 'Nobody'."),
        (["add", "ftp://news.example/"], "is neither an http(s) link nor a file or folder"),
    ],
)
def test_what_is_mistyped_is_one_line(command_line: CommandLine, arguments: list[str], why: str) -> None:
    ran = command_line("corpus", "sources", *arguments)
    assert (ran.exit_code, ran.stdout) == (1, "")
    assert why in ran.stderr
    assert ran.stderr.count("\n") == 1
