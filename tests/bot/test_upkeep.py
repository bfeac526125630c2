"""Keeping the corpus and the index from afar, over a real index and a web server on the loopback address."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.errors import UnknownTitleError, WithdrawnAlreadyError
from bot.service import Service
from bot.settings import Settings
from corpus import Added, Article
from corpus.collection import collect
from corpus.errors import NothingToFollowError, RefusedAddressError
from corpus.normalise import normalise_text
from corpus.sources import Source, SourcesFile
from index.build import Progress
from index.errors import UnknownGenerationError
from tests.bot.articles import IBIS, LARKSPUR, article
from tests.bot.conftest import no_progress
from tests.corpus.loopback import Reply, Site, running_site

NOW = datetime(2031, 12, 31, tzinfo=UTC)
SENTENCES = "The Osprey probe sent a picture of the comet on Monday. It will pass the comet in nine days. " * 6
PAGE = f"""<html lang="en"><head><title>Osprey sees the comet</title></head>
<body><article><h1>Osprey sees the comet</h1><p>{SENTENCES}</p></article></body></html>""".encode()


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as site:
        site.replies["/osprey"] = Reply(PAGE)
        yield site


def service_at(data_dir: Path, site: Site | None = None) -> Service:
    hosts = frozenset({f"127.0.0.1:{site.port}"}) if site else frozenset()
    settings = Settings(data_dir=data_dir, starter_corpus=False, allowed_hosts=hosts)
    return Service(settings, clock=lambda: NOW)


def searched(service: Service) -> list[Article]:
    """Return what the next build will hold."""
    with service.open_store() as store:
        return [found for found, _ in collect(store, starter=False)]


def test_rollback_goes_back_to_the_generation_before(data_dir: Path) -> None:
    service = service_at(data_dir)
    first = service.status().generation
    with service.open_store() as store:
        store.add(article(IBIS), normalise_text(IBIS["text"]))
    second = service.rebuild(no_progress).generation
    assert service.upkeep.generations() == (second, first)

    assert service.upkeep.rollback(None) == first
    assert service.status().generation == first
    assert service.upkeep.rollback(second) == second
    with pytest.raises(UnknownGenerationError, match="there is no generation 'nothing'"):
        service.upkeep.rollback("nothing")


def test_verify_finds_what_was_damaged(data_dir: Path) -> None:
    service = service_at(data_dir)
    name = service.status().generation
    assert service.upkeep.verify().damages == ()

    (service.index_folder / name / "vectors.faiss").write_bytes(b"nothing")

    verified = service.upkeep.verify()
    assert verified.generations == (name,)
    assert [str(damage).startswith(f"{name}/vectors.faiss") for damage in verified.damages] == [True]


def test_a_page_is_added_once(data_dir: Path, site: Site) -> None:
    service = service_at(data_dir, site)
    link = f"http://127.0.0.1:{site.port}/osprey"

    first = service.upkeep.add(link)

    assert (first.article.title, first.added) == ("Osprey sees the comet", Added.NEW)
    assert service.upkeep.add(link).added is Added.UNCHANGED
    with service.open_store() as store:
        assert store.get(first.article.id)[0] == first.article


def test_a_host_that_is_not_public_is_not_asked(data_dir: Path, site: Site) -> None:
    with pytest.raises(RefusedAddressError):
        service_at(data_dir).upkeep.add(f"http://127.0.0.1:{site.port}/osprey")

    assert site.asked == []


def test_a_withdrawn_article_is_searched_no_longer_until_it_is_added_again(data_dir: Path, site: Site) -> None:
    service = service_at(data_dir, site)
    added = service.upkeep.add(f"http://127.0.0.1:{site.port}/osprey").article
    assert service.upkeep.withdraw(added.id) == added
    assert added not in searched(service)

    again = service.upkeep.add(added.url)

    assert (again.article, again.added) == (added, Added.CHANGED)
    assert added in searched(service)


def test_withdrawing_changes_what_is_built(data_dir: Path) -> None:
    service = service_at(data_dir)
    assert service.upkeep.withdraw(LARKSPUR["_id"]) == article(LARKSPUR)
    assert service.is_current() is False

    with pytest.raises(WithdrawnAlreadyError, match="is withdrawn already"):
        service.upkeep.withdraw(LARKSPUR["_id"])
    with pytest.raises(UnknownTitleError):
        service.upkeep.withdraw("nothing")


def test_sync_reads_what_is_followed_and_tells_how_far_it_is(data_dir: Path) -> None:
    service = service_at(data_dir)
    with pytest.raises(NothingToFollowError):
        service.upkeep.sync(no_progress)
    folder = data_dir.parent / "notes"
    folder.mkdir()
    (folder / "osprey.md").write_text("---\ntitle: Osprey sees the comet\n---\n\nThe Osprey probe saw it.\n", "utf-8")
    SourcesFile.open(data_dir / "sources.toml").add(Source("Notes", folder.as_posix(), "Notes", None))
    told: list[Progress] = []

    report = service.upkeep.sync(told.append)

    assert (report.sources, report.new, report.failed) == (1, 1, [])
    assert {progress.stage for progress in told} == {"Reading the sources"}
