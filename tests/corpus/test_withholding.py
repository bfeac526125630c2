"""Articles that a maintainer took out of the search."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus import Article, Store
from corpus.collection import collect, collection_stamp, starter_articles
from corpus.withholding import give_back, withheld_ids, withhold

MOMENT = datetime(2031, 5, 1, tzinfo=UTC)
FLOWN = Article("a1", "https://news.example/1", "It flew", "Example", MOMENT)
LANDED = Article("a2", "https://news.example/2", "It landed", "Example", MOMENT)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "corpus.db") as store:
        store.add(FLOWN, "It flew.")
        store.add(LANDED, "It landed.")
        yield store


def searched(store: Store, *, starter: bool = False) -> set[str]:
    return {article.id for article, _ in collect(store, starter=starter)}


def test_a_withheld_article_is_not_searched_although_its_source_brings_it_back(store: Store) -> None:
    assert withhold(store, "a1", MOMENT) is True
    store.add(FLOWN, "It flew twice.")

    assert searched(store) == {"a2"}
    assert withheld_ids(store) == ["a1"]
    assert withhold(store, "a1", MOMENT) is False


def test_it_is_searched_again_when_it_is_given_back(store: Store) -> None:
    withhold(store, "a1", MOMENT)

    assert give_back(store, "a1") is True
    assert searched(store) == {"a1", "a2"}
    assert give_back(store, "a1") is False


def test_a_briefing_that_comes_with_the_bot_can_be_withheld(store: Store) -> None:
    briefing = next(starter_articles())[0].id
    withhold(store, briefing, MOMENT)

    assert briefing not in searched(store, starter=True)


def test_the_stamp_tells_that_something_was_withheld(store: Store) -> None:
    stamp = collection_stamp(store, starter=False)
    withhold(store, "a1", MOMENT)
    withheld = collection_stamp(store, starter=False)
    give_back(store, "a1")

    assert withheld != stamp
    assert collection_stamp(store, starter=False) == stamp
