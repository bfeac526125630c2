"""Stories: who tells the same event, and what only looks like it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from index.clustering.stories import MAX_DAYS, MIN_COSINE, Lead, find_stories
from index.encoder import Vectors

AT = datetime(2031, 3, 3, 9, tzinfo=UTC)
TERMS = {"gannet": 5.0, "barge": 4.0, "sea": 2.0}
ONE = Lead("Gannet booster misses its barge", "Gannet booster misses its barge. It fell.", "Orbit Gazette", AT, TERMS)
OTHER = replace(ONE, title="Booster lost", publisher="Selene Post", published_at=AT + timedelta(hours=9))


def vectors(*cosines: float) -> Vectors:
    """Return unit vectors with these cosines to the first axis, and as alike to each other as that allows."""
    rows = [(cosine, np.sqrt(max(0.0, 1 - cosine**2))) for cosine in (1.0, *cosines)]
    return np.asarray(rows, dtype=np.float32)


def joined(other: Lead, cosine: float = 0.9, one: Lead = ONE) -> bool:
    return bool(find_stories([one, other], vectors(cosine))[1] == 0)


def test_two_publishers_tell_one_story() -> None:
    assert joined(OTHER)


def test_one_publisher_alone_does_not() -> None:
    assert not joined(replace(OTHER, publisher="ORBIT GAZETTE"))


def test_a_publisher_who_writes_twice_counts_beside_another() -> None:
    again = replace(ONE, published_at=AT + timedelta(hours=3))
    assert find_stories([ONE, OTHER, again], vectors(0.95, 0.9)).tolist() == [0, 0, 0]


@pytest.mark.parametrize(("cosine", "expected"), [(MIN_COSINE + 0.01, True), (MIN_COSINE - 0.01, False)])
def test_they_must_mean_the_same(cosine: float, expected: bool) -> None:
    assert joined(OTHER, cosine) is expected


@pytest.mark.parametrize(("days", "expected"), [(MAX_DAYS, True), (-MAX_DAYS, True), (MAX_DAYS + 0.01, False)])
def test_they_must_stand_near_each_other(days: float, expected: bool) -> None:
    assert joined(replace(OTHER, published_at=AT + timedelta(days=days))) is expected


def test_an_undated_article_tells_no_story() -> None:
    assert not joined(replace(OTHER, published_at=None))


def test_they_must_share_what_is_rare() -> None:
    assert not joined(replace(OTHER, terms={"sea": 2.0, "weather": 6.0}))  # 4 / sqrt(45 * 40) = .09
    assert not joined(replace(OTHER, terms={}))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("It fell on Monday.", "It fell on Tuesday.", False),
        ("It fell on Monday.", "It fell on Tuesday, a day after Monday.", True),
        ("It fell on Monday.", "It fell.", True),
        ("Murmur 12-4 flew.", "Murmur 12-5 flew.", False),
        ("Murmur 12-4 flew.", "The flight Murmur 12-4 went well.", True),
        ("Crew-11 is home.", "Crew-12 is home.", False),
        ("Auk II flew.", "Auk III flew.", False),
        ("Auk II flew.", "Skua 3 flew.", True),
        ("It flies on March 5.", "It flies on March 6.", True),
    ],
)
def test_other_flights_and_other_days_are_other_stories(one: str, other: str, expected: bool) -> None:
    assert joined(replace(OTHER, text=other), one=replace(ONE, text=one)) is expected


def test_a_headline_names_its_flight_even_where_the_text_names_both() -> None:
    one = replace(ONE, title="Ibis 7 leaves", text="Ibis 7 leaves. It was there for weeks.")
    assert not joined(replace(OTHER, title="Ibis 8 docks", text="Ibis 8 docks. Ibis 7 leaves soon."), one=one)


def test_days_of_many_articles_are_searched_piece_by_piece() -> None:
    """More articles than are compared at once: each has its one partner, hours later."""
    n_stories = 300
    leads = [
        replace(lead, published_at=AT + timedelta(hours=story)) for story in range(n_stories) for lead in (ONE, OTHER)
    ]
    rows = np.repeat(np.eye(n_stories, dtype=np.float32), 2, axis=0)
    assert find_stories(leads, rows).tolist() == [2 * (number // 2) for number in range(2 * n_stories)]


def test_there_may_be_nothing() -> None:
    assert find_stories([], np.zeros((0, 2), dtype=np.float32)).tolist() == []
