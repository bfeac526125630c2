from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.engine.local import LocalEngine
from index.events import CLUSTER_DAYS, EventWords, find_event, place_event, understand_event
from index.lexicon import Lexicon
from index.question import Question
from index.when import EARLIEST, PLAIN, STRONG, When
from tests.index.fakes import FakeEncoder
from tests.index.texts import Published, opened, published, question

ASKED = datetime(2031, 12, 1, tzinfo=UTC)


def day(month: int, number: int) -> datetime:
    return datetime(2031, month, number, tzinfo=UTC)


NEWS = (
    published("named", "Four people will fly.", title="Crew of Heron II named", at=day(1, 10)),
    published("flown", "Four people are back. They flew around the Moon.", title="Heron II is home", at=day(6, 2)),
    published("shown", "The capsule of Heron II can be seen in Turin.", title="", at=day(9, 9)),
    published("first", "An empty ship came down.", title="Heron I comes down", at=day(2, 20)),
    published("dock-a", "The module Ibis docked at the outpost today.", title="A module docks", at=day(3, 5)),
    published("dock-b", "The outpost has a new module, Ibis, after it docked.", title="Docked", at=day(3, 7)),
    published("ibis-later", "The module Ibis docked in March, a report says.", title="Looking back", at=day(8, 1)),
    published("abort", "The flight of MS-10 ended early.", title="A bent sensor doomed MS-10", at=day(4, 4)),
    published("undated", "Kestrel I flew.", title="Kestrel I", at=None),
)


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory, lexicon: Lexicon) -> LocalEngine:
    return searching(tmp_path_factory.mktemp("events"), lexicon, *NEWS)


def searching(folder: Path, lexicon: Lexicon, *articles: Published) -> LocalEngine:
    return LocalEngine(opened(articles, folder, encoder=FakeEncoder(), lexicon=lexicon))


def understood(news: LocalEngine, lexicon: Lexicon, text: str, asked_at: datetime = ASKED) -> Question:
    return understand_event(question(text, lexicon, asked_at=asked_at), news, lexicon)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Who flew before Heron II?", EventWords("Heron II", "before Heron II", False)),
        ("Who flew since the Ibis docking", EventWords("the Ibis docking", "since the Ibis docking", True)),
        ("After the abort, who flew?", EventWords("the abort", "After the abort", True)),
        ("before heron ii who had flown", EventWords("heron ii", "before heron ii", False)),
        ("What was planned prior to Heron II?", EventWords("Heron II", "prior to Heron II", False)),
        ("How long after launch did it land?", None),
        ("Did it land two hours after launch?", None),
        ("Who flew?", None),
        ("What came before?", None),
    ],
)
def test_an_event_is_found_in_a_question(text: str, expected: EventWords | None) -> None:
    assert find_event(text) == expected


@pytest.mark.parametrize(
    ("text", "article_id"),
    [
        ("before Heron II", "flown"),  # the newest of those whose headline has it
        ("before Heron I", "first"),  # "I" is no term, but Heron II is not meant
        ("since the Ibis docking", "dock-a"),  # two articles within a week against one
        ("after the MS-10 abort", "abort"),  # nobody calls it an abort, but there is one MS-10 only
        ("after a bent sensor doomed it", "abort"),  # no name, but in one place only
    ],
)
def test_an_event_is_placed_by_the_articles_that_name_it(
    news: LocalEngine, lexicon: Lexicon, text: str, article_id: str
) -> None:
    named = find_event(text)
    assert named is not None
    event = place_event(named, news, lexicon, ASKED)
    assert event is not None
    assert (event.article.id, event.day) == (article_id, event.article.published_at)
    assert event.words == named.event


@pytest.mark.parametrize(
    "text",
    [
        "before Osprey IV",  # nobody speaks of it
        "before Kestrel I",  # nobody says when
        "since the module docked",  # no name, and more than one time it may be
        "after an early end",  # two words that stand in one place only, but in no headline
        "before landing",  # one word without a name
        "since Ibis was sold",  # another event of a name that is in the news more than once
    ],
)
def test_an_event_that_cannot_be_placed_is_as_if_it_were_not_named(
    news: LocalEngine, lexicon: Lexicon, text: str
) -> None:
    asked = question(f"Who flew {text}?", lexicon, asked_at=ASKED)
    assert understand_event(asked, news, lexicon) == asked
    assert asked.when == When(ASKED, ASKED, PLAIN)


def test_an_event_bounds_the_period(news: LocalEngine, lexicon: Lexicon) -> None:
    before = understood(news, lexicon, "Who flew before Heron II?").when
    since = understood(news, lexicon, "Who has flown since Heron II?").when
    assert (before.start, before.end, before.words) == (EARLIEST, day(6, 2), "before Heron II")
    assert (since.start, since.end, since.words) == (day(6, 2), ASKED, "since Heron II")
    for when in (before, since):
        assert when.emphasis == PLAIN
        assert when.oldest is None  # a preference, never a reason to refuse
        assert when.event is not None
        assert when.event.article.id == "flown"


def test_an_event_is_placed_by_what_was_known_when_it_was_asked(news: LocalEngine, lexicon: Lexicon) -> None:
    event = understood(news, lexicon, "Who flew before Heron II?", asked_at=day(3, 1)).when.event
    assert event is not None
    assert event.article.id == "named"


@pytest.mark.parametrize(
    ("text", "words", "emphasis"),
    [
        ("Who flew before Heron II in March 2031?", "March 2031", STRONG),
        ("Who is the latest to fly since Heron II?", "", STRONG),
    ],
)
def test_the_calendar_and_the_present_go_before_an_event(
    news: LocalEngine, lexicon: Lexicon, text: str, words: str, emphasis: float
) -> None:
    when = understood(news, lexicon, text).when
    assert (when.words, when.emphasis, when.event) == (words, emphasis, None)


def test_most_articles_within_a_week_decide_and_the_first_of_them_gives_the_day(
    tmp_path: Path, lexicon: Lexicon
) -> None:
    days = (3, 10, 11, 25)
    assert CLUSTER_DAYS == 7
    generation = searching(
        tmp_path, lexicon, *(published(f"a{n}", f"Vesna fell. {n}", title="Vesna", at=day(5, n)) for n in days)
    )
    event = understood(generation, lexicon, "Who flew before Vesna?").when.event
    assert event is not None
    assert event.day == day(5, 10)


WORDS = st.sampled_from(
    "since before after until the Heron heron II I Ibis docking MS-10 ?! , who did 10 [ ( *".split()
)


@given(st.text(max_size=60).map("before {}".format) | st.lists(WORDS, max_size=8).map(" ".join))
def test_any_text_is_understood(news: LocalEngine, lexicon: Lexicon, text: str) -> None:
    when = understood(news, lexicon, text).when
    assert EARLIEST <= when.start <= when.end <= ASKED
