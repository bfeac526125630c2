"""Coming back to an earlier answer, over a real index of our own articles."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.errors import GenerationGoneError
from bot.service import Service
from bot.settings import Settings
from corpus import Span
from corpus.normalise import normalise_text
from index.answer import NO_FILTERS, Answer
from tests.bot.articles import IBIS, LANDING_QUESTION, LARKSPUR, article
from tests.bot.conftest import no_progress

ASKED_AT = datetime(2031, 12, 31, tzinfo=UTC)
SOURCES = '[[source]]\nname = "Gazette"\nurl = "https://orbit.example/feed"\npublisher = "Orbit Gazette"\n'


@pytest.fixture
def service(data_dir: Path) -> Service:
    return Service(Settings(data_dir=data_dir, starter_corpus=False))


def answer(service: Service) -> Answer:
    result = service.ask(LANDING_QUESTION, asked_at=ASKED_AT)
    assert isinstance(result, Answer)
    return result


def again(service: Service, generation: str) -> Answer:
    result = service.looking_back.again(LANDING_QUESTION, asked_at=ASKED_AT, filters=NO_FILTERS, generation=generation)
    assert isinstance(result, Answer)
    return result


def move_on(service: Service) -> None:
    """Publish another generation."""
    with service.open_store() as store:
        store.add(article(IBIS), normalise_text(IBIS["text"]))
    assert service.rebuild(no_progress).published


def test_the_same_answer_from_the_present_generation_and_from_an_earlier_one(service: Service) -> None:
    first = answer(service)

    assert again(service, first.generation) == first
    move_on(service)
    assert answer(service).generation != first.generation
    assert again(service, first.generation) == first


def test_a_generation_that_was_pruned(service: Service) -> None:
    first = answer(service)
    move_on(service)
    shutil.rmtree(service.index_folder / first.generation)

    with pytest.raises(GenerationGoneError):
        again(service, first.generation)


def test_surroundings_are_whole_sentences_up_to_what_a_source_allows(service: Service, data_dir: Path) -> None:
    first = answer(service)
    text = normalise_text(LARKSPUR["text"])

    quote = first.citations[0].quote

    wide = service.looking_back.surroundings(first.citations[0], generation=first.generation)
    assert wide.quote == replace(quote, span=Span(0, len(text)), text=text)

    (data_dir / "sources.toml").write_text(f"{SOURCES}quote_max_chars = 200\n", "utf-8")
    narrow = service.looking_back.surroundings(first.citations[0], generation=first.generation)
    assert narrow.quote.text == text[: text.index("Two small")].strip()
    assert len(narrow.quote.text) <= 200


def test_kinds_come_from_the_sources(service: Service, data_dir: Path) -> None:
    (data_dir / "sources.toml").write_text(f'{SOURCES}kind = "press"\n', "utf-8")

    assert service.looking_back.kinds(answer(service))[LARKSPUR["_id"]] == "press"


def test_topic(service: Service) -> None:
    assert service.looking_back.topic(LANDING_QUESTION, asked_at=ASKED_AT) == "Larkspur"
