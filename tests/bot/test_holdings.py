"""What there is to be asked about, over a real index of our own articles."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.errors import NeverCitedError, UnknownTitleError
from bot.holdings import Holdings
from bot.service import Service
from bot.settings import Settings
from corpus.normalise import normalise_text
from index.answer import Filters
from tests.bot.articles import CONDOR, FUELLING, HALCYON, LANDING_QUESTION, LARKSPUR, THISTLE, article

ASKED_AT = datetime(2031, 12, 31, tzinfo=UTC)


@pytest.fixture
def service(data_dir: Path) -> Service:
    return Service(Settings(data_dir=data_dir, starter_corpus=False))


@pytest.fixture
def holdings(service: Service) -> Holdings:
    return service.holdings


def test_the_generation_is_named(service: Service) -> None:
    assert service.holdings.generation() == service.status().generation


def test_topics_are_names_that_the_lexicon_finds_again(holdings: Holdings) -> None:
    topics = holdings.topics()

    assert {"International Space Station", "reboost", "Starship"} <= set(topics)
    assert list(topics) == sorted(topics, key=str.casefold)
    assert [topic for topic in topics if "," in topic] == []


def test_articles_are_listed_newest_first(holdings: Holdings) -> None:
    expected = [THISTLE, CONDOR, HALCYON, LARKSPUR, FUELLING]

    assert holdings.newest_articles(limit=10) == tuple(article(record) for record in expected)
    assert holdings.newest_articles(limit=1) == (article(THISTLE),)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ENGINES condor", [CONDOR]),
        ("halcyon herald", [THISTLE, HALCYON]),
        ("orbit gazette moon", [LARKSPUR]),
        ("engine zebra", []),
        ("the", []),
    ],
)
def test_articles_are_found_by_all_their_words(
    holdings: Holdings, words: str, expected: list[dict[str, object]]
) -> None:
    assert holdings.find_articles(words, limit=5) == tuple(article(record) for record in expected)


@pytest.mark.parametrize("wanted", [LARKSPUR["_id"], LARKSPUR["title"], "  larkspur LANDS on the moon "])
def test_an_article_is_found_by_its_id_or_headline(holdings: Holdings, wanted: str) -> None:
    listed = holdings.article(wanted, asked_at=ASKED_AT)

    quote = listed.citation.quote
    assert listed.citation.article == article(LARKSPUR)
    assert quote.part(quote.sentence).startswith("The Larkspur lander touched down near the crater Vesna")
    assert listed.versions == 1


def test_an_article_that_was_shown_can_be_cited(service: Service) -> None:
    service.holdings.article(LARKSPUR["_id"], asked_at=ASKED_AT)

    (found,) = service.holdings.cited(LARKSPUR["_id"])
    assert found.stands
    assert found.changes == ()


def test_versions_are_counted(service: Service) -> None:
    with service.open_store() as store:
        store.add(article(LARKSPUR), normalise_text("The Larkspur lander fell over."))

    assert service.holdings.article(LARKSPUR["_id"], asked_at=ASKED_AT).versions == 2


def test_what_is_not_there_is_named(holdings: Holdings) -> None:
    with pytest.raises(UnknownTitleError, match="No article here is called “nothing”"):
        holdings.article("nothing", asked_at=ASKED_AT)
    with pytest.raises(NeverCitedError, match="No answer here cited “c-000000000000”"):
        holdings.cited("c-000000000000")


def test_a_quote_is_looked_up_beside_the_present_text(service: Service) -> None:
    service.ask(LANDING_QUESTION, asked_at=ASKED_AT)
    with service.open_store() as store:
        store.add(article(LARKSPUR), normalise_text(LARKSPUR["text"].replace("04:12", "05:12")))

    (found,) = service.holdings.cited(LARKSPUR["_id"])

    assert found.cited.question == LANDING_QUESTION
    assert not found.stands
    assert "".join(piece.text for piece in found.changes if piece.change.value == "added") == "05"


def test_the_latest_keeps_to_its_filters_and_is_kept_for_cite(service: Service) -> None:
    only = Filters(sources=frozenset({"Orbit Gazette"}))

    told = service.latest("", asked_at=ASKED_AT, limit=5, filters=only)

    assert [one.article.id for one in told.citations] == [CONDOR["_id"], LARKSPUR["_id"]]
    (found,) = service.holdings.cited(CONDOR["_id"])
    assert replace(found.cited, question="").quote == told.citations[0].quote.text
