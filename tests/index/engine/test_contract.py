"""What every engine answers to the same questions: the files of a generation, and a Milvus that it was sent to."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.answer import Filters
from index.engine.base import Engine
from index.engine.local import LocalEngine
from index.errors import GenerationError
from index.lexicon import Lexicon
from tests.index.engine.lite import Lite
from tests.index.fakes import FakeEncoder
from tests.index.texts import ASKED_AT, CORPUS, opened, published, question

ENCODER = FakeEncoder()
LONG = "The probe Ibis woke up near the moon. " * 900  # more than one piece of text, and many passages
DOCKED = "The module Ibis docked at the outpost today."
ARTICLES = (
    *CORPUS,
    published("long", LONG, title="A “look” back", publisher='Night "Sky" Post', at=datetime(2029, 2, 3, tzinfo=UTC)),
    published("ibis-a", DOCKED, title="Ibis docks", at=datetime(2031, 3, 5, tzinfo=UTC)),
    published("ibis-b", DOCKED, title="Ibis docks", publisher="Wire", at=None),
    published("empty", "?!", title="", publisher="Wire"),
)


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory, lexicon: Lexicon) -> LocalEngine:
    return LocalEngine(opened(ARTICLES, tmp_path_factory.mktemp("contract"), encoder=ENCODER, lexicon=lexicon))


@pytest.fixture(scope="module")
def sent(local: LocalEngine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with Lite(tmp_path_factory.mktemp("milvus")) as lite:
        folder = local.generation.folder
        yield lite.shelf(folder.parent).receive(folder, lambda _: None)


FILTERS = [
    Filters(),
    Filters(since=date(2031, 5, 6)),
    Filters(until=date(2031, 5, 6)),
    Filters(since=date(2031, 5, 6), until=date(2031, 5, 6)),
    Filters(sources=frozenset({"selene POST", 'night "sky" post'})),
    Filters(excluded_sources=frozenset({"ORBIT gazette"})),
    Filters(sources=frozenset({"Wire", "Selene Post"}), excluded_sources=frozenset({"wire"})),
    Filters(sources=frozenset({'") or number >= 0 or ("'})),
    Filters(languages=frozenset({"de"})),
    Filters(languages=frozenset()),
]
QUESTIONS = [
    "Where did the Larkspur lander touch down?",
    "What raised the orbit of the outpost?",
    "When did the probe Ibis wake up near the moon?",
    "xyzzy",
]


@pytest.mark.parametrize("filters", FILTERS, ids=str)
@pytest.mark.parametrize("asked_at", [ASKED_AT, datetime(2031, 5, 6, 9, 29, 59, tzinfo=UTC)], ids=str)
def test_both_propose_the_same(
    local: LocalEngine, sent: Engine, lexicon: Lexicon, filters: Filters, asked_at: datetime
) -> None:
    for text in QUESTIONS:
        asked = question(text, lexicon, asked_at=asked_at, filters=filters)
        vector = ENCODER.encode_question(asked.expanded)
        expected, proposed = (engine.propose(asked, vector, 1_000) for engine in (local, sent))
        assert proposed.numbers.tolist() == expected.numbers.tolist()
        for name in ("dense", "lexical", "article", "published_seconds"):
            np.testing.assert_allclose(getattr(proposed, name), getattr(expected, name), rtol=1e-5, atol=1e-6)
        assert sent.may_find(asked) == local.may_find(asked)


def test_of_equal_scores_the_lower_number_comes_first(local: LocalEngine, sent: Engine, lexicon: Lexicon) -> None:
    asked = question("Ibis", lexicon)
    proposed = sent.propose(asked, ENCODER.encode_question("Ibis"), 4)
    best = np.sort(proposed.numbers[np.lexsort((proposed.numbers, -proposed.lexical))][:4])
    everything = local.propose(asked, ENCODER.encode_question("Ibis"), 1_000)
    expected = everything.numbers[np.lexsort((everything.numbers, -everything.lexical))][:4]
    assert best.tolist() == sorted(expected.tolist())


WORDS = ("Ibis", "docked ibis", "ibis wire", "wire", "looking back", "Larkspur’s ground", "reached nothing", "xyzzy")
WANTED = ("landing", "IBIS docks", "ibis-b", "HIGHER again", "Higher", "nobody", "")


@pytest.mark.parametrize("filters", FILTERS, ids=str)
@pytest.mark.parametrize("asked_at", [ASKED_AT, datetime(2031, 5, 6, 9, 29, 59, tzinfo=UTC)], ids=str)
def test_both_know_the_same_news(
    local: LocalEngine, sent: Engine, lexicon: Lexicon, filters: Filters, asked_at: datetime
) -> None:
    asked = question("anything", lexicon, asked_at=asked_at, filters=filters)
    days = [date(2000, 1, 1), date(2031, 3, 5), date(2031, 5, 7), date(2031, 9, 1), date(2040, 1, 1)]
    for limit in (1, 3, 100):
        assert sent.newest(asked, limit) == local.newest(asked, limit)
    for day in days:
        since = local.stories_since(day, asked)
        assert list(sent.stories_since(day, asked).items()) == list(since.items())
        stories = {*local.stories_since(days[0]).values(), 10_000}
        for heard in (frozenset[str](), frozenset({"ibis-b", "landing", "nobody"})):
            told = local.told_stories(stories, asked, day, heard)
            assert sent.told_stories(stories, asked, day, heard) == told
            assert sent.told_stories(sorted(stories)[:1], asked, day, heard) == told & {min(stories)}


def test_what_came_since_a_day_stands_in_the_order_of_the_articles(local: LocalEngine, sent: Engine) -> None:
    for engine in (local, sent):
        assert list(engine.stories_since(date(2031, 3, 5))) == ["empty", "future", "ibis-a", "landing", "reboost"]
        assert list(engine.stories_since(date(2031, 5, 7))) == ["future", "reboost"]
        assert engine.stories_since(date(2031, 9, 2)) == {}


@pytest.mark.parametrize(
    "within", [frozenset[str](), frozenset({"ibis-b", "nobody"}), frozenset({"long", "landing", "future"})], ids=str
)
def test_both_propose_the_same_of_some_articles(
    local: LocalEngine, sent: Engine, lexicon: Lexicon, within: frozenset[str]
) -> None:
    for text in QUESTIONS:
        asked = question(text, lexicon)
        vector = ENCODER.encode_question(asked.expanded)
        expected, proposed = (engine.propose(asked, vector, 1_000, within) for engine in (local, sent))
        assert proposed.numbers.tolist() == expected.numbers.tolist()
        assert {found.article.id for found in local.passages(expected.numbers.tolist())} == within - {
            "nobody",
            "future",
        }
        for name in ("dense", "lexical", "article", "published_seconds"):
            np.testing.assert_allclose(getattr(proposed, name), getattr(expected, name), rtol=1e-5, atol=1e-6)


def _everything(engine: Engine) -> range:
    return range(engine.manifest.passages)


@pytest.mark.parametrize(
    "told",
    [
        lambda engine, asked: engine.passages([*reversed(_everything(engine))]),
        lambda engine, asked: [engine.text(article.id) for article, _ in ARTICLES],
        lambda engine, asked: engine.content_hashes([*(article.id for article, _ in ARTICLES), "nobody's"]),
        lambda engine, asked: engine.idf(["larkspur", "ibi", "§reboost", "never-seen"]),
        lambda engine, asked: [engine.labels(found) for found in engine.passages(_everything(engine))],
        lambda engine, asked: [engine.story(found, asked) for found in engine.passages(_everything(engine))],
        lambda engine, asked: engine.sources(),
        lambda engine, asked: [
            engine.recent_articles(3, publisher=name) for name in ("WIRE", "orbit gazette", "Nobody")
        ],
        lambda engine, asked: [engine.recent_articles(limit) for limit in (1, 3, 6, 100)],
        lambda engine, asked: [engine.recent_articles(2, words=words) for words in WORDS],
        lambda engine, asked: engine.recent_articles(5, publisher="wire", words="docking"),
        lambda engine, asked: [engine.article(wanted) for wanted in WANTED],
        lambda engine, asked: [engine.opening(article.id) for article, _ in ARTICLES],
        lambda engine, asked: [engine.story(found, None) for found in engine.passages(_everything(engine))],
        lambda engine, asked: engine.manifest,
        lambda engine, asked: engine.gate,
    ],
    ids=(
        "passages text hashes idf labels story sources recent newest words both article opening whole-story "
        "manifest gate"
    ).split(),
)
def test_both_tell_the_same(
    local: LocalEngine, sent: Engine, lexicon: Lexicon, told: Callable[[Engine, Any], object]
) -> None:
    asked = question("anything", lexicon, filters=Filters(since=date(2031, 1, 1)))
    assert told(sent, asked) == told(local, asked)


@pytest.mark.parametrize(
    "words",
    [
        [frozenset({"ibi"})],
        [frozenset({"ibi"}), frozenset({"dock"})],
        [frozenset({"larkspur", "ibi"})],
        [frozenset({"never-seen"})],
    ],
)
def test_both_know_the_same_leads(local: LocalEngine, sent: Engine, words: list[frozenset[str]]) -> None:
    for moment in (ASKED_AT, datetime(2030, 1, 1, tzinfo=UTC)):
        expected, found = (engine.leads(words, ["dock", "never-seen"], moment) for engine in (local, sent))
        assert found.numbers.tolist() == expected.numbers.tolist()
        assert found.published_seconds.tolist() == expected.published_seconds.tolist()
        assert found.articles == expected.articles
        assert {term: held.tolist() for term, held in found.held.items()} == {
            term: held.tolist() for term, held in expected.held.items()
        }


def test_an_article_that_is_not_there_is_told(local: LocalEngine, sent: Engine) -> None:
    for engine in (local, sent):
        for read in (engine.text, engine.opening):
            with pytest.raises(GenerationError, match="holds no article 'nobody'"):
                read("nobody")


def test_quotes_are_slices_of_what_came_back(sent: Engine, tmp_path: Path) -> None:
    for found in sent.passages(_everything(sent)):
        assert found.passage.span.of(sent.text(found.article.id)) == found.passage.span.of(found.text) != ""
