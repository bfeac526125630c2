"""The door between asking and finding, over a real index of our own articles."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.errors import RebuildRunningError
from bot.service import Service
from bot.settings import Settings
from corpus.normalise import normalise_text
from index.answer import Answer, Filters, NoAnswer
from index.build import Progress
from index.engine.base import SourceSummary
from index.errors import NoGenerationError
from tests.bot.articles import CONDOR, FUELLING, HALCYON, IBIS, LANDING_QUESTION, LARKSPUR, THISTLE, article
from tests.bot.conftest import no_progress

ASKED_AT = datetime(2031, 12, 31, tzinfo=UTC)


def service_in(folder: Path) -> Service:
    return Service(Settings(data_dir=folder, starter_corpus=False))


@pytest.fixture
def service(data_dir: Path) -> Service:
    return service_in(data_dir)


def add_ibis(service: Service) -> None:
    with service.open_store() as store:
        store.add(article(IBIS), normalise_text(IBIS["text"]))


def cited(result: Answer | NoAnswer) -> set[str]:
    """Return the ids of all that is quoted."""
    quoted = result.citations if isinstance(result, Answer) else filter(None, [result.nearest])
    return {citation.article.id for citation in quoted}


def test_nothing_is_opened_before_it_is_needed(tmp_path: Path) -> None:
    service_in(tmp_path / "nowhere")

    assert list(tmp_path.iterdir()) == []


def test_before_the_first_build_there_is_no_answer(empty_data_dir: Path) -> None:
    service = service_in(empty_data_dir)

    assert service.is_current() is False
    assert service.reload_if_published() is False
    with pytest.raises(NoGenerationError, match="run `space-news index build`"):
        service.ask(LANDING_QUESTION, asked_at=ASKED_AT)
    with pytest.raises(NoGenerationError):
        service.status()


def test_it_asks_as_of_a_moment_and_within_filters(service: Service) -> None:
    assert LARKSPUR["_id"] in cited(service.ask(LANDING_QUESTION, asked_at=ASKED_AT))
    early = service.ask(LANDING_QUESTION, asked_at=datetime(2031, 5, 1, tzinfo=UTC))
    assert cited(early) <= {FUELLING["_id"]}
    only = Filters(since=date(2031, 6, 1), sources=frozenset({"ORBIT GAZETTE"}))
    assert cited(service.ask(LANDING_QUESTION, asked_at=ASKED_AT, filters=only)) == {CONDOR["_id"]}


def test_every_answer_comes_with_what_decided_it(service: Service) -> None:
    told = service.ask(LANDING_QUESTION, asked_at=ASKED_AT).explanation
    assert told is not None
    assert told.passages[0].article.id == LARKSPUR["_id"]


def test_a_moment_without_a_zone_is_refused(service: Service) -> None:
    with pytest.raises(ValueError, match="has no time zone"):
        service.ask(LANDING_QUESTION, asked_at=ASKED_AT.replace(tzinfo=None))


def test_sources_are_summed_up_by_publisher(service: Service) -> None:
    larkspur, halcyon, condor, thistle = (article(r).published_at for r in (LARKSPUR, HALCYON, CONDOR, THISTLE))

    assert service.sources() == (
        SourceSummary("Halcyon Herald", 2, halcyon, thistle),
        SourceSummary("Orbit Gazette", 2, larkspur, condor),
        SourceSummary("Pad Notes", 1, None, None),
    )


def test_recent_articles_are_newest_first(service: Service) -> None:
    assert service.recent_articles("orbit GAZETTE", limit=5) == (article(CONDOR), article(LARKSPUR))
    assert service.recent_articles("Orbit Gazette", limit=1) == (article(CONDOR),)
    assert service.recent_articles("Pad Notes", limit=5) == (article(FUELLING),)
    assert service.recent_articles("Nobody", limit=5) == ()


def test_it_knows_when_the_corpus_has_changed(service: Service) -> None:
    assert service.is_current() is True

    add_ibis(service)
    assert service.is_current() is False

    service.rebuild(no_progress)
    assert service.is_current() is True
    with service.open_store() as store:
        store.remove(IBIS["_id"])
    assert service.is_current() is False


def test_it_knows_when_the_starter_corpus_is_wanted(service: Service, data_dir: Path) -> None:
    assert Service(Settings(data_dir=data_dir, starter_corpus=True)).is_current() is False


def test_a_rebuild_tells_how_far_it_is_and_moves_on(service: Service) -> None:
    before = service.ask(LANDING_QUESTION, asked_at=ASKED_AT).generation
    add_ibis(service)
    told: list[Progress] = []

    status = service.rebuild(told.append)

    assert told[0] == Progress("preparing the encoder", 0, 0)
    stages = list(dict.fromkeys(progress.stage for progress in told[1:]))
    assert stages == [
        "cutting articles into passages",
        "counting words",
        "encoding passages",
        "finding copies and stories",
        "looking it over",
    ]
    assert [progress.total for progress in told if progress.stage == "encoding passages"] == [1, 1]
    assert (status.encoded, status.reused) == (1, status.passages - 1)
    assert status == service.status()
    assert status.articles == 6
    assert service.ask(LANDING_QUESTION, asked_at=ASKED_AT).generation == status.generation != before
    assert service.recent_articles("Orbit Gazette", limit=1) == (article(IBIS),)


def test_a_rebuild_of_the_same_is_the_same(service: Service) -> None:
    before = service.status()

    after = service.rebuild(no_progress)

    assert (after.generation, after.built_at, after.published) == (before.generation, before.built_at, True)
    assert (after.encoded, after.reused) == (0, before.passages)


def test_a_corpus_that_went_there_and_back_is_current_again(service: Service) -> None:
    before = service.status()
    add_ibis(service)
    service.rebuild(no_progress)
    with service.open_store() as store:
        store.remove(IBIS["_id"])

    after = service.rebuild(no_progress)

    assert (after.generation, after.digest, after.built_at) == (before.generation, before.digest, before.built_at)
    assert service.is_current() is True


def test_two_rebuilds_at_once_are_refused(service: Service) -> None:
    refused: list[RebuildRunningError] = []

    def rebuild_again(_: Progress) -> None:
        with pytest.raises(RebuildRunningError) as caught:
            service.rebuild(no_progress)
        refused.append(caught.value)

    add_ibis(service)
    service.rebuild(rebuild_again)

    assert refused
    assert service.is_current() is True


def test_a_failed_rebuild_leaves_the_old_index_and_frees_the_way(service: Service) -> None:
    before = service.status()
    add_ibis(service)

    def fail(_: Progress) -> None:
        raise RuntimeError("pulled the plug")

    with pytest.raises(RuntimeError, match="pulled the plug"):
        service.rebuild(fail)

    assert service.status() == before
    assert LARKSPUR["_id"] in cited(service.ask(LANDING_QUESTION, asked_at=ASKED_AT))
    assert service.rebuild(no_progress).articles == before.articles + 1


def test_it_moves_to_what_another_process_published(data_dir: Path) -> None:
    running, other = service_in(data_dir), service_in(data_dir)
    before = running.ask(LANDING_QUESTION, asked_at=ASKED_AT).generation
    assert running.reload_if_published() is False
    add_ibis(other)
    published = other.rebuild(no_progress).generation
    assert running.ask(LANDING_QUESTION, asked_at=ASKED_AT).generation == before

    assert running.reload_if_published() is True

    assert running.ask(LANDING_QUESTION, asked_at=ASKED_AT).generation == published
    assert running.reload_if_published() is False
