"""Timelines: what is on a topic, which sentence tells it, and in what order."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from index.answer import NO_FILTERS, Filters, Timeline
from index.engine.local import LocalEngine
from index.gate import load_gate
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
REBOOST = told("reboost", "A cargo ship was used to raise the orbit of the outpost.", 3, title="Higher again")
UNDATED = published("undated", "The Larkspur lander is a lander called Larkspur.", at=None)
OTHERS = [
    told(f"other{number}", f"Weather satellite {name} looks at clouds and storms over the sea.", 6, title=name)
    for number, name in enumerate(["Skua", "Tern", "Puffin"])
]


@pytest.fixture
def searcher(tmp_path: Path, lexicon: Lexicon) -> Searcher:
    articles = [LAUNCH, LANDING, REPRINT, REBOOST, UNDATED, *OTHERS]
    generation = opened(articles, tmp_path, encoder=FakeEncoder(), lexicon=lexicon)
    return Searcher(
        LocalEngine(generation), encoder=FakeEncoder(), lexicon=lexicon, reader=FakeReader(), gate=load_gate()
    )


def timeline(searcher: Searcher, topic: str, filters: Filters = NO_FILTERS, limit: int = 20) -> Timeline:
    return searcher.timeline(topic, asked_at=ASKED_AT, filters=filters, limit=limit)


def lines(found: Timeline) -> list[tuple[str, str]]:
    return [(one.article.id, one.quote.part(one.quote.sentence)) for one in found.citations]


def test_one_dated_quote_a_story_the_oldest_first(searcher: Searcher) -> None:
    found = timeline(searcher, "Larkspur lander")

    assert lines(found) == [
        ("launch", "The Larkspur lander left for the Moon."),
        ("landing", "The Larkspur lander is on the Moon."),
    ]
    assert [[other.id for other in one.others] for one in found.citations] == [[], ["a-reprint"]]
    assert (found.topic, found.asked_at) == ("Larkspur lander", ASKED_AT)
    assert found.generation == searcher.engine.manifest.generation
    for one in found.citations:
        one.quote.check(searcher.engine.text(one.article.id))
        assert one.quote.answer == one.quote.sentence
        assert 0.0 <= one.score <= 1.0


def test_a_topic_is_found_by_another_name(searcher: Searcher) -> None:
    assert lines(timeline(searcher, "reboost")) == [
        ("reboost", "A cargo ship was used to raise the orbit of the outpost.")
    ]


@pytest.mark.parametrize("topic", ["zebra", "Larkspur zebra", "???", "the"])
def test_what_nobody_tells_has_no_timeline(searcher: Searcher, topic: str) -> None:
    assert timeline(searcher, topic).citations == ()


def test_filters_and_the_moment_of_asking_hold(searcher: Searcher) -> None:
    since = timeline(searcher, "Larkspur lander", Filters(since=date(2031, 2, 1)))
    assert [article for article, _ in lines(since)] == ["landing"]
    wire = timeline(searcher, "Larkspur lander", Filters(sources=frozenset({"wire"})))
    assert [article for article, _ in lines(wire)] == ["a-reprint"]
    early = searcher.timeline("Larkspur lander", asked_at=datetime(2031, 2, 1, tzinfo=UTC), filters=NO_FILTERS, limit=9)
    assert [article for article, _ in lines(early)] == ["launch"]


def test_the_limit_keeps_what_fits_best(searcher: Searcher) -> None:
    best = max(timeline(searcher, "Larkspur lander").citations, key=lambda one: one.score)
    assert timeline(searcher, "Larkspur lander", limit=1).citations == (best,)
