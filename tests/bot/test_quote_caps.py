from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.quote_caps import cap_quotes
from corpus.sources import Source
from corpus.store import Store
from index.answer import Answer, Citation, NoAnswer, Refusal, Timeline
from tests.bot.fakes import landing_citation

CITATION = landing_citation()
ASKED_AT = datetime(2031, 5, 9, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "corpus.db") as store:
        yield store


def shown(store: Store, *sources: Source) -> Citation:
    answer = Answer("Where?", ASKED_AT, (CITATION,), "g0001")
    capped = cap_quotes(answer, store, sources)
    assert isinstance(capped, Answer)
    return capped.citations[0]


def source(cap: int, publisher: str = CITATION.article.publisher) -> Source:
    return Source("S", "https://orbit.example/feed", publisher, quote_max_chars=cap)


def test_a_quote_within_the_cap_stays(store: Store) -> None:
    assert shown(store, source(len(CITATION.quote.text))) == CITATION
    assert shown(store, source(1, "Somebody else")) == CITATION
    assert shown(store) == CITATION


def test_a_longer_quote_is_its_sentence(store: Store) -> None:
    quote = shown(store, source(len(CITATION.quote.text) - 1)).quote
    assert quote.text == CITATION.quote.part(CITATION.quote.sentence)
    assert (quote.span, quote.sentence, quote.answer) == (
        quote.sentence,
        CITATION.quote.sentence,
        CITATION.quote.answer,
    )


def test_the_source_that_led_to_the_article_counts_as_well(store: Store) -> None:
    store.add(CITATION.article, "Some text.")
    store.connection.execute(
        "INSERT INTO pages (key, url, source, listing, article_id, first_seen_at) VALUES ('k', 'u', 'S', '{}', ?, '')",
        (CITATION.article.id,),
    )
    assert shown(store, source(1, "")).quote.text == CITATION.quote.part(CITATION.quote.sentence)


def test_what_is_shown_beside_a_refusal_is_capped_too(store: Store) -> None:
    refused = NoAnswer("Where?", ASKED_AT, Refusal.NO_ANSWER_IN_TOPIC, "No.", CITATION, "g0001")
    capped = cap_quotes(refused, store, [source(1)])
    assert isinstance(capped, NoAnswer)
    assert capped.nearest is not None
    assert capped.nearest.quote.text == CITATION.quote.part(CITATION.quote.sentence)


def test_what_a_timeline_quotes_is_capped_too(store: Store) -> None:
    told = cap_quotes(Timeline("Larkspur", ASKED_AT, (CITATION,), "g0001"), store, [source(1)])
    assert [one.quote.text for one in told.citations] == [CITATION.quote.part(CITATION.quote.sentence)]
