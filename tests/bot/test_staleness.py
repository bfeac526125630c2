"""When an answer warns that there may be newer news."""

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest

from bot.staleness import ABOUT_NOW, ABOUT_PLANS, AHEAD_MAX_AGE, NOW_MAX_AGE, staleness
from index.answer import Answer
from tests.bot.fakes import FUELLING, LANDING, citation, landing_citation

LANDED = datetime(2031, 5, 6, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def asked(question: str, age: timedelta) -> Answer:
    return Answer(question, LANDED + age, (landing_citation(),), "g0001")


@pytest.mark.parametrize(
    ("question", "age", "warning"),
    [
        ("Where is Larkspur now?", NOW_MAX_AGE + DAY, ABOUT_NOW),
        ("Where is Larkspur now?", NOW_MAX_AGE, None),
        ("What is the latest on Larkspur?", NOW_MAX_AGE + DAY, ABOUT_NOW),
        ("When will Larkspur drive?", AHEAD_MAX_AGE + DAY, ABOUT_PLANS),
        ("When will Larkspur drive?", AHEAD_MAX_AGE, None),
        ("When is the next landing?", NOW_MAX_AGE + DAY, ABOUT_NOW),
        ("Will Larkspur drive next month?", AHEAD_MAX_AGE + DAY, ABOUT_PLANS),
        ("Where did Larkspur land?", 3000 * DAY, None),
        ("Where did Larkspur land in 2031?", 3000 * DAY, None),
        ("What is a lander?", 3000 * DAY, None),
    ],
)
def test_rule(question: str, age: timedelta, warning: str | None) -> None:
    stale = staleness(asked(question, age))

    assert (stale.warning if stale else None) == warning
    assert stale is None or stale.newest == LANDED


def test_the_newest_counts() -> None:
    newer = citation(dataclasses.replace(LANDING, published_at=LANDED + 40 * DAY), "It drove.", "It drove.", "drove")
    answer = asked("Where is Larkspur now?", 60 * DAY)

    assert staleness(dataclasses.replace(answer, citations=(*answer.citations, newer))) is None


def test_nobody_knows_how_old_the_undated_is() -> None:
    undated = citation(FUELLING, "It moved.", "It moved.", "moved")

    assert staleness(Answer("Where is it now?", LANDED, (undated,), "g0001")) is None
