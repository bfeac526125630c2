"""What is news to a standing question."""

from datetime import UTC, date, datetime
from pathlib import Path

from index.answer import NO_FILTERS, Filters
from index.engine.local import LocalEngine
from index.gate import Gate
from index.lexicon import Lexicon
from index.news import Heard, News
from index.search import Searcher
from tests.index.fakes import FakeEncoder, FakeReader
from tests.index.texts import Published, opened, published

QUESTION = "Who touched down near crater Vesna?"
BEGUN = date(2031, 5, 8)
ASKED_AT = datetime(2031, 5, 10, 12, tzinfo=UTC)
GATE = Gate(bias=0.0, weights=(1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0), threshold=0.5, topic_coverage=0.4)


def landing(name: str, day: int, *, hour: int = 9, publisher: str = "Orbit Gazette", month: int = 5) -> Published:
    at = datetime(2031, month, day, hour, tzinfo=UTC)
    text = f"The {name} lander touched down near the crater Vesna. Its {name} crew of {name} rovers waved."
    return published(name.lower(), text, title=f"{name} lands", publisher=publisher, at=at)


def searching(folder: Path, lexicon: Lexicon, *articles: Published) -> Searcher:
    engine = LocalEngine(opened(articles, folder, encoder=FakeEncoder(), lexicon=lexicon))
    return Searcher(engine, encoder=FakeEncoder(), lexicon=lexicon, reader=FakeReader(), gate=GATE)


def news(searcher: Searcher, heard: Heard, *, asked_at: datetime = ASKED_AT, filters: Filters = NO_FILTERS) -> News:
    return searcher.news(QUESTION, asked_at=asked_at, filters=filters, heard=heard)


def ids(found: News) -> list[str]:
    return sorted(citation.article.id for citation in found.citations)


def test_only_what_came_since_the_question_was_put_is_news(tmp_path: Path, lexicon: Lexicon) -> None:
    undated = published("undated", "The Undated lander touched down near the crater Vesna.", at=None)
    articles = (landing("Aster", 7), landing("Basil", 8), landing("Clover", 10), landing("Dill", 11), undated)
    searcher = searching(tmp_path, lexicon, *articles)

    found = news(searcher, Heard(BEGUN))
    assert ids(found) == ["basil", "clover"]
    assert found.generation == searcher.engine.manifest.generation
    for citation in found.citations:
        citation.quote.check(searcher.engine.text(citation.article.id))
    assert ids(news(searcher, Heard(BEGUN, frozenset({"basil"})))) == ["clover"]
    assert news(searcher, Heard(BEGUN, frozenset({"basil", "clover"}))).citations == ()


def test_an_old_article_that_arrives_late_is_no_news(tmp_path: Path, lexicon: Lexicon) -> None:
    searcher = searching(tmp_path, lexicon, landing("Aster", 10, month=6), landing("Basil", 17, month=6))

    assert ids(news(searcher, Heard(BEGUN), asked_at=datetime(2031, 6, 18, tzinfo=UTC))) == ["basil"]
    assert ids(news(searcher, Heard(BEGUN), asked_at=datetime(2031, 6, 17, 12, tzinfo=UTC))) == ["aster", "basil"]


def test_every_story_that_answers_is_told_also_more_than_an_answer_has(tmp_path: Path, lexicon: Lexicon) -> None:
    names = ("Aster", "Basil", "Clover", "Dill", "Elder")
    searcher = searching(tmp_path, lexicon, *(landing(name, 9) for name in names))

    assert ids(news(searcher, Heard(BEGUN))) == ["aster", "basil", "clover", "dill", "elder"]


def test_a_second_report_is_not_news_and_is_remembered(tmp_path: Path, lexicon: Lexicon) -> None:
    text = "The Aster lander touched down near the crater Vesna. It carries two rovers from Porto and a drill."
    first = published("first", text, title="Aster lands", at=datetime(2031, 5, 9, 9, tzinfo=UTC))
    second = published("second", text, title="Aster lands", publisher="Herald", at=datetime(2031, 5, 9, 10, tzinfo=UTC))
    searcher = searching(tmp_path, lexicon, first, second)

    (citation,) = news(searcher, Heard(BEGUN)).citations
    assert (citation.article.id, [other.id for other in citation.others]) == ("first", ["second"])
    found = news(searcher, Heard(BEGUN, frozenset({"first"})))
    assert found.citations == ()
    assert found.joined == {"second"}
    # To a question about the Herald alone it is new, because the Herald did not tell it before.
    herald = Filters(sources=frozenset({"Herald"}))
    assert ids(news(searcher, Heard(BEGUN, frozenset({"first"})), filters=herald)) == ["second"]


def test_a_story_that_began_before_is_not_news(tmp_path: Path, lexicon: Lexicon) -> None:
    text = "The Aster lander touched down near the crater Vesna. It carries two rovers from Porto and a drill."
    first = published("first", text, title="Aster lands", at=datetime(2031, 5, 7, 22, tzinfo=UTC))
    second = published("second", text, title="Aster lands", publisher="Herald", at=datetime(2031, 5, 8, 6, tzinfo=UTC))
    assert news(searching(tmp_path, lexicon, first, second), Heard(BEGUN)).citations == ()


def test_stories_are_quoted_again_by_their_articles(tmp_path: Path, lexicon: Lexicon) -> None:
    searcher = searching(tmp_path, lexicon, landing("Aster", 9), landing("Basil", 9), landing("Clover", 9))
    wanted = frozenset({"aster", "clover", "withdrawn"})

    told = searcher.stories_of(QUESTION, wanted, asked_at=ASKED_AT, filters=NO_FILTERS)
    assert sorted(citation.article.id for citation in told) == ["aster", "clover"]
    assert searcher.stories_of("Which valve froze?", wanted, asked_at=ASKED_AT, filters=NO_FILTERS) == ()
