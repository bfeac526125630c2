"""The newest reports: with a topic and without, one a story, the newest first."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from index.answer import NO_FILTERS, Filters, Timeline
from index.engine.local import LocalEngine
from index.gate import load_gate
from index.latest import opening
from index.lexicon import Lexicon
from index.search import Searcher
from tests.index.fakes import FakeEncoder, FakeReader
from tests.index.texts import Published, opened, published

ASKED_AT = datetime(2032, 1, 1, tzinfo=UTC)


def told(article_id: str, text: str, month: int, *, title: str = "", publisher: str = "Orbit Gazette") -> Published:
    return published(article_id, text, title=title, publisher=publisher, at=datetime(2031, month, 2, 9, tzinfo=UTC))


LAUNCH = told("launch", "It was cold. The Larkspur lander left for the Moon.", 1, title="Larkspur lifts off")
LANDING = told("landing", "The Larkspur lander is on the Moon. It stands upright.", 5, title="Larkspur lands")
REPRINT = published("a-reprint", LANDING[1].text, publisher="Wire", at=datetime(2031, 5, 3, tzinfo=UTC))
LISTED = told("listed", "Fuel and oxygen\n\nThe tank of the Condor was filled twice. Nobody stood near it.", 7)
UNDATED = published("undated", "The Larkspur lander is a lander called Larkspur.", at=None)


@pytest.fixture
def searcher(tmp_path: Path, lexicon: Lexicon) -> Searcher:
    articles = [LAUNCH, LANDING, REPRINT, LISTED, UNDATED]
    engine = LocalEngine(opened(articles, tmp_path, encoder=FakeEncoder(), lexicon=lexicon))
    return Searcher(engine, encoder=FakeEncoder(), lexicon=lexicon, reader=FakeReader(), gate=load_gate())


def latest(searcher: Searcher, topic: str, filters: Filters = NO_FILTERS, limit: int = 20) -> Timeline:
    return searcher.latest(topic, asked_at=ASKED_AT, filters=filters, limit=limit)


def lines(found: Timeline) -> list[tuple[str, str]]:
    return [(one.article.id, one.quote.part(one.quote.sentence)) for one in found.citations]


def test_of_any_topic_each_article_opens_with_its_first_sentence(searcher: Searcher) -> None:
    found = latest(searcher, "")

    assert lines(found) == [
        ("listed", "The tank of the Condor was filled twice."),
        ("landing", "The Larkspur lander is on the Moon."),
        ("launch", "It was cold."),
    ]
    assert (found.topic, found.asked_at) == ("", ASKED_AT)
    for one in found.citations:
        one.quote.check(searcher.engine.text(one.article.id))


def test_of_a_topic_the_sentence_that_speaks_most_of_it(searcher: Searcher) -> None:
    assert lines(latest(searcher, "Larkspur lander")) == [
        ("landing", "The Larkspur lander is on the Moon."),
        ("launch", "The Larkspur lander left for the Moon."),
    ]


def test_of_what_fits_the_newest_are_kept(searcher: Searcher) -> None:
    assert lines(latest(searcher, "Larkspur lander", limit=1)) == [("landing", "The Larkspur lander is on the Moon.")]
    assert [one.article.id for one in latest(searcher, "", limit=2).citations] == ["listed", "landing"]


def test_a_copy_stands_beside_the_original(searcher: Searcher) -> None:
    (landing,) = [one for one in latest(searcher, "").citations if one.article.id == "landing"]

    assert [other.id for other in landing.others] == ["a-reprint"]


def test_nothing_is_shown_that_came_later_or_is_filtered_out(searcher: Searcher) -> None:
    early = searcher.latest("", asked_at=datetime(2031, 2, 1, tzinfo=UTC), filters=NO_FILTERS, limit=5)
    assert [one.article.id for one in early.citations] == ["launch"]
    assert lines(latest(searcher, "", Filters(since=date(2031, 6, 1)))) == [
        ("listed", "The tank of the Condor was filled twice.")
    ]
    assert lines(latest(searcher, "zebra")) == []


def test_an_undated_article_opens_too_where_it_is_asked_for(searcher: Searcher) -> None:
    shown = opening(searcher.engine, "undated")

    assert shown.quote.text == "The Larkspur lander is a lander called Larkspur."
    assert shown.article.id == "undated"
