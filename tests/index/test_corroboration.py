"""One slot a story, what stands in it, and both sides where they differ."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.answer import NO_FILTERS, Answer, Citation, Disagreement, DisagreementKind, Filters, Said
from index.engine.local import LocalEngine
from index.gate import Gate
from index.generation import Generation
from index.lexicon import Lexicon
from index.search import Searcher
from tests.index.fakes import FakeEncoder, FakeReader
from tests.index.texts import Published, opened, published

GATE = Gate(bias=0.0, weights=(1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0), threshold=0.5, topic_coverage=0.4)
ASKED_AT = datetime(2031, 7, 1, tzinfo=UTC)
QUESTION = "How far from the barge Tern did the booster fall into the sea?"
_REST = (
    "Nobody was near the barge. The operator called the flight a success all the same, since the satellites reached "
    "their orbit. The next booster of the Gannet rocket is to land in June."
)


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2031, 3, day, hour, tzinfo=UTC)


TITLE = "The booster of the Gannet rocket misses the barge Tern"
GAZETTE = published(
    "gazette", f"The booster did fall into the sea 300 feet from the barge Tern. {_REST}", title=TITLE, at=at(3)
)
WIRE = published("a-wire", GAZETTE[1].text, title="From the wire", publisher="Evening Moon", at=at(4))
POST = published(
    "post",
    "The booster did fall into the sea 200 yards from the barge Tern. The barge Tern of the Gannet rocket is whole.",
    title=TITLE,
    publisher="Selene Post",
    at=at(3, 18),
)
HERALD = published(
    "herald",
    "Some 100 yards from the barge Tern the booster did fall into the sea. The barge of the Gannet rocket is safe.",
    title=TITLE,
    publisher="Halcyon Herald",
    at=at(3, 12),
)


def generation_of(folder: Path, lexicon: Lexicon, *articles: Published) -> Generation:
    return opened(articles, folder, encoder=FakeEncoder(), lexicon=lexicon)


def ask(
    generation: Generation, lexicon: Lexicon, filters: Filters = NO_FILTERS, asked_at: datetime = ASKED_AT
) -> Answer:
    searcher = Searcher(LocalEngine(generation), encoder=FakeEncoder(), lexicon=lexicon, reader=FakeReader(), gate=GATE)
    answer = searcher.ask(QUESTION, asked_at=asked_at, filters=filters)
    assert isinstance(answer, Answer)
    return answer


def ids(citation: Citation) -> list[str]:
    return [other.id for other in citation.others]


def test_a_copy_gives_its_slot_to_who_published_first(tmp_path: Path, lexicon: Lexicon) -> None:
    answer = ask(generation_of(tmp_path, lexicon, GAZETTE, WIRE), lexicon)

    (citation,) = answer.citations
    assert citation.article == GAZETTE[0]
    assert (citation.independent_reports, ids(citation)) == (1, ["a-wire"])
    assert answer.disagreement is None


def test_what_agrees_is_one_slot_with_its_reports(tmp_path: Path, lexicon: Lexicon) -> None:
    """300 feet are 100 yards."""
    answer = ask(generation_of(tmp_path, lexicon, GAZETTE, WIRE, HERALD), lexicon)

    (citation,) = answer.citations
    assert citation.independent_reports == 2
    assert sorted([citation.article.id, *ids(citation)]) == ["a-wire", "gazette", "herald"]
    dates = [other.published_at for other in citation.others if other.published_at]
    assert dates == sorted(dates)


def test_what_differs_is_shown_from_both_sides_the_newest_first(tmp_path: Path, lexicon: Lexicon) -> None:
    answer = ask(generation_of(tmp_path, lexicon, GAZETTE, POST), lexicon)

    assert [citation.article.id for citation in answer.citations] == ["post", "gazette"]
    assert [citation.independent_reports for citation in answer.citations] == [2, 2]
    assert answer.disagreement == Disagreement(DisagreementKind.NUMBER, (Said(0, "200 yards"), Said(1, "300 feet")))
    for said in answer.disagreement.said:
        assert said.text in answer.citations[said.citation].quote.text


@pytest.mark.parametrize(
    ("filters", "asked_at"),
    [
        (Filters(sources=frozenset({"orbit gazette"})), ASKED_AT),
        (Filters(until=at(3).date(), sources=frozenset({"Orbit Gazette", "Evening Moon"})), ASKED_AT),
        (NO_FILTERS, at(3, 10)),
    ],
)
def test_what_is_left_out_is_not_counted(
    tmp_path: Path, lexicon: Lexicon, filters: Filters, asked_at: datetime
) -> None:
    answer = ask(generation_of(tmp_path, lexicon, GAZETTE, WIRE, HERALD), lexicon, filters, asked_at)

    (citation,) = answer.citations
    assert citation.article == GAZETTE[0]
    assert (citation.independent_reports, citation.others) == (1, ())
