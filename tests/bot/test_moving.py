"""Answers while generations are published and rolled back, and what becomes of those that answered before."""

import gc
import hashlib
import threading
import time
import weakref
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.service import Service
from bot.settings import Settings
from corpus.normalise import normalise_text
from index.answer import NO_FILTERS, Answer
from index.generation import Generation
from index.shelf import prune, publish, rollback
from tests.bot.articles import IBIS, LANDING_QUESTION, article
from tests.bot.conftest import no_progress

ASKED_AT = datetime(2031, 12, 31, tzinfo=UTC)
QUESTIONS = 200
THREADS = 4


@pytest.fixture
def service(data_dir: Path) -> Service:
    return Service(Settings(data_dir=data_dir, starter_corpus=False))


@pytest.fixture
def two(service: Service) -> tuple[str, str]:
    """Two generations whose texts of the same article differ; the second answers."""
    first = service.status().generation
    with service.open_store() as store:
        landing, version = store.get("larkspur-landing")
        store.add(landing, version.text.replace("04:12 UTC", "05:13 UTC"))
        store.add(article(IBIS), normalise_text(IBIS["text"]))
    return first, service.rebuild(no_progress).generation


@pytest.mark.timeout(240)
def test_no_answer_fails_or_mixes_while_generations_come_and_go(service: Service, two: tuple[str, str]) -> None:
    texts = {name: Generation(service.index_folder / name).text("larkspur-landing") for name in two}
    assert len({hashlib.sha256(text.encode()).hexdigest() for text in texts.values()}) == 2
    failed: list[BaseException] = []
    answered: list[str] = []
    ended = threading.Event()

    def ask() -> None:
        for _ in range(QUESTIONS // THREADS):
            try:
                answer = service.ask(LANDING_QUESTION, asked_at=ASKED_AT)
                assert isinstance(answer, Answer)
                for citation in answer.citations:
                    if citation.article.id == "larkspur-landing":
                        citation.quote.check(texts[answer.generation])
                answered.append(answer.generation)
            except BaseException as error:
                failed.append(error)

    def move() -> None:
        number = 0
        while not ended.is_set():
            number += 1
            if number % 2:
                rollback(service.index_folder, two[0])
            else:
                publish(service.index_folder, two[1])
            service.reload_if_published()
            time.sleep(0.05)

    threads = [threading.Thread(target=ask) for _ in range(THREADS)]
    mover = threading.Thread(target=move)
    for thread in [mover, *threads]:
        thread.start()
    for thread in threads:
        thread.join()
    ended.set()
    mover.join()

    assert failed == []
    assert len(answered) == QUESTIONS
    assert set(answered) == set(two)


def test_a_rollback_by_another_process_is_followed(service: Service, two: tuple[str, str]) -> None:
    assert service.ask(LANDING_QUESTION, asked_at=ASKED_AT).generation == two[1]
    rollback(service.index_folder)
    assert service.reload_if_published() is True
    assert service.ask(LANDING_QUESTION, asked_at=ASKED_AT).generation == two[0]
    assert service.is_current() is True  # it was chosen: asking does not undo it
    assert service.rebuild(no_progress).generation == two[1]
    assert service.ask(LANDING_QUESTION, asked_at=ASKED_AT).generation == two[1]


def test_an_answer_in_flight_ends_on_the_generation_that_it_began_with(service: Service, two: tuple[str, str]) -> None:
    begun = service._current()
    rollback(service.index_folder)
    service.reload_if_published()
    prune(service.index_folder, service.memo_path, keep=1)
    assert not (service.index_folder / two[1]).exists()

    assert begun.ask(LANDING_QUESTION, asked_at=ASKED_AT, filters=NO_FILTERS).generation == two[1]
    assert service.ask(LANDING_QUESTION, asked_at=ASKED_AT).generation == two[0]


def test_a_generation_that_no_longer_answers_is_freed(service: Service, two: tuple[str, str]) -> None:
    service.ask(LANDING_QUESTION, asked_at=ASKED_AT)
    old = weakref.ref(service._current().engine)
    files = open_files(two[1])
    assert files

    rollback(service.index_folder)
    service.reload_if_published()
    gc.collect()

    assert old() is None
    assert open_files(two[1]) == []


def open_files(generation: str) -> list[str]:
    """Return the files of a generation that this process holds open or mapped."""
    maps = Path("/proc/self/maps")
    if not maps.exists():
        pytest.skip("needs /proc")
    opened = [str(path.resolve()) for path in Path("/proc/self/fd").iterdir() if path.exists()]
    return [line for line in [*maps.read_text("utf-8").splitlines(), *opened] if generation in line]
