from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.when import PLAIN, STRONG, When, understand_when

ASKED = datetime(2026, 11, 24, 15, tzinfo=UTC)  # a Tuesday


@pytest.mark.parametrize(
    ("question", "start", "end"),
    [
        ("What flew in March 2022?", "2022-03-01", "2022-04-08"),
        ("Which rocket failed in Dec. 2023?", "2023-12-01", "2024-01-08"),
        ("What was said on Sept. 26, 2022?", "2022-09-26", "2022-10-04"),
        ("What landed on 14 July 2023?", "2023-07-14", "2023-07-22"),
        ("launches after 14th of July 2023", "2023-07-14", "2026-11-24"),
        ("news of 2022-03-05", "2022-03-05", "2022-03-13"),
        ("How many launches in 2025?", "2025-01-01", "2026-01-08"),
        ("Which probe launched in summer 2023?", "2023-06-01", "2023-09-08"),
        ("winter of 2021 launches", "2021-12-01", "2022-03-08"),
        ("launches last week", "2026-11-16", "2026-11-24"),
        ("Who flew last month?", "2026-10-01", "2026-11-08"),
        ("the best pictures last year", "2025-01-01", "2026-01-08"),
        ("What happened last summer?", "2026-06-01", "2026-09-08"),
        ("What happened last winter?", "2025-12-01", "2026-03-08"),
        ("What did they say on Friday?", "2026-11-20", "2026-11-24"),
        ("last Tuesday's launch", "2026-11-17", "2026-11-24"),
        ("what flew yesterday", "2026-11-23", "2026-11-24"),
        ("Who has flown since 2024?", "2024-01-01", "2026-11-24"),
        ("Who flew before March 2022?", "1900-01-01", "2022-03-01"),
    ],
)
def test_a_named_time_is_a_period(question: str, start: str, end: str) -> None:
    when = understand_when(question, ASKED)
    assert (when.start.date().isoformat(), when.end.date().isoformat()) == (start, end)
    assert when.emphasis == STRONG


@pytest.mark.parametrize(
    ("question", "emphasis"),
    [
        ("Who controls reboost?", PLAIN),
        ("Who won the 2020 Super Bowl?", PLAIN),
        ("may the crew land", PLAIN),
        ("What is the latest on Starship?", STRONG),
        ("Is Hubble still working?", STRONG),
        ("who gets them there now", STRONG),
        ("launch on 2024-02-30", PLAIN),
        ("the odds of 2024 YR4 hitting Earth", PLAIN),
    ],
)
def test_a_question_without_a_time_is_about_the_moment_of_asking(question: str, emphasis: float) -> None:
    assert understand_when(question, ASKED) == When(ASKED, ASKED, emphasis)


@given(st.text(max_size=80), st.integers(0, 4_000_000_000))
def test_any_question_has_a_period_that_ends_by_the_moment_of_asking(question: str, seconds: int) -> None:
    asked_at = datetime.fromtimestamp(seconds, UTC)
    when = understand_when(question, asked_at)
    assert when.start <= when.end <= asked_at
