"""Dates: what day they mean, and whether two can be the same."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.disagreement.dates import Day, days_in

PUBLISHED = date(2031, 1, 3)


def read(sentence: str, published: date | None = PUBLISHED) -> list[tuple[str, int, int | None, int | None]]:
    return [(day.span.of(sentence), day.year, day.month, day.day) for day in days_in(sentence, published)]


def only(sentence: str) -> Day:
    (day,) = days_in(sentence, PUBLISHED)
    return day


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It flew on July 9, 2030.", ("July 9, 2030", 2030, 7, 9)),
        ("It flew on 9 July 2030.", ("9 July 2030", 2030, 7, 9)),
        ("It flew on the 3rd of Sept. 2030.", ("3rd of Sept. 2030", 2030, 9, 3)),
        ("It flew on Dec. 30.", ("Dec. 30", 2030, 12, 30)),
        ("It will fly on Jan. 30.", ("Jan. 30", 2031, 1, 30)),
        ("It flew in May 2030.", ("May 2030", 2030, 5, None)),
        ("It flew in 2030.", ("2030", 2030, None, None)),
        ("It flew on 2030-07-09.", ("2030-07-09", 2030, 7, 9)),
        ("It flew on February 29.", ("February 29", 2032, 2, 29)),
    ],
)
def test_a_date(sentence: str, expected: tuple[str, int, int | None, int | None]) -> None:
    published = date(2032, 3, 5) if "February" in sentence else PUBLISHED
    assert read(sentence, published) == [expected]


@pytest.mark.parametrize(
    "sentence",
    ["It may fly.", "It flew in March.", "It flew by Marsh 3.", "In 2024 YR4 came by.", "It weighs 2030 kg.", "Monday"],
)
def test_what_is_no_day_is_left_alone(sentence: str) -> None:
    assert read(sentence) == []


def test_without_a_day_of_publication_a_date_needs_its_year() -> None:
    assert read("From July 9 to July 10, 2030.", None) == [("July 10, 2030", 2030, 7, 10)]


def test_dates_differ_only_in_what_both_say() -> None:
    year, month, day, other_day = (
        only(f"It flew in {when}.") for when in ("2030", "July 2030", "July 9, 2030", "July 8")
    )
    assert not any(one.differs(two) for one in (year, month, day) for two in (year, month, day))
    assert day.differs(other_day)
    assert other_day.differs(day)
    assert year.differs(only("It flew in 2029."))


@given(st.text(), st.dates() | st.none())
def test_any_text_can_be_read(text: str, published: date | None) -> None:
    for day in days_in(text, published):
        assert day.span.of(text)
