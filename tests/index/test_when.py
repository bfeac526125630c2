from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.when import EARLIEST, PLAIN, STRONG, TIMELESS, When, understand_when

ASKED = datetime(2026, 11, 24, 15, tzinfo=UTC)  # a Tuesday


PERIODS = [
    # days
    ("What launches today?", "2026-11-24", "2026-11-24"),
    ("Who docked this morning?", "2026-11-24", "2026-11-24"),
    ("what flew yesterday", "2026-11-23", "2026-11-24"),
    ("What happened last night?", "2026-11-23", "2026-11-24"),
    ("What flew the day before yesterday?", "2026-11-22", "2026-11-24"),
    ("What was the fuss the other day?", "2026-11-17", "2026-11-24"),
    ("What did they say on Friday?", "2026-11-20", "2026-11-24"),
    ("What did they say on Tuesday?", "2026-11-24", "2026-11-24"),
    ("Wednesday's launch", "2026-11-18", "2026-11-24"),
    ("last Tuesday's launch", "2026-11-17", "2026-11-24"),
    ("What did NASA say this Monday?", "2026-11-23", "2026-11-24"),
    ("What happened on June 3?", "2026-06-03", "2026-06-11"),
    ("What landed on the 14th of July?", "2026-07-14", "2026-07-22"),
    ("What was launched on December 25?", "2025-12-25", "2026-01-02"),
    ("What was said on Sept. 26, 2022?", "2022-09-26", "2022-10-04"),
    ("What landed on 14 July 2023?", "2023-07-14", "2023-07-22"),
    ("news of 2022-03-05", "2022-03-05", "2022-03-13"),
    # weeks
    ("What flew this week?", "2026-11-23", "2026-11-24"),
    ("launches last week", "2026-11-16", "2026-11-24"),
    ("What flew over the weekend?", "2026-11-21", "2026-11-24"),
    ("Who docked last weekend?", "2026-11-21", "2026-11-24"),
    # months
    ("Which rocket flew this month?", "2026-11-01", "2026-11-24"),
    ("Who flew last month?", "2026-10-01", "2026-11-08"),
    ("What flew in March?", "2026-03-01", "2026-04-08"),
    ("What flew in december", "2025-12-01", "2026-01-08"),
    ("the launches of last May", "2026-05-01", "2026-06-08"),
    ("Who rode with SpaceX this September?", "2026-09-01", "2026-10-08"),
    ("What flew in March 2022?", "2022-03-01", "2022-04-08"),
    ("Which rocket failed in Dec. 2023?", "2023-12-01", "2024-01-08"),
    ("launches in 2022-03", "2022-03-01", "2022-04-08"),
    ("What flew in early March 2022?", "2022-03-01", "2022-03-18"),
    # seasons, quarters, halves
    ("Which probe launched in summer 2023?", "2023-06-01", "2023-09-08"),
    ("winter of 2021 launches", "2021-12-01", "2022-03-08"),
    ("What happened last summer?", "2026-06-01", "2026-09-08"),
    ("What happened last winter?", "2025-12-01", "2026-03-08"),
    ("What flew this spring?", "2026-03-01", "2026-06-08"),
    ("What flew over the summer?", "2026-06-01", "2026-09-08"),
    ("How many launches in Q1 2024?", "2024-01-01", "2024-04-08"),
    ("launches of the third quarter of 2023", "2023-07-01", "2023-10-08"),
    ("Who launched most in Q3?", "2026-07-01", "2026-10-08"),
    ("How did Rocket Lab do last quarter?", "2026-07-01", "2026-10-08"),
    ("launches in the second half of 2023", "2023-07-01", "2024-01-08"),
    # years and more
    ("How many launches in 2025?", "2025-01-01", "2026-01-08"),
    ("How many launches so far this year?", "2026-01-01", "2026-11-24"),
    ("the best pictures last year", "2025-01-01", "2026-01-08"),
    ("Which probes flew in late 2024?", "2024-09-01", "2025-01-08"),
    ("Which probes flew at the beginning of 2024?", "2024-01-01", "2024-05-09"),
    ("Which probes reached Mars in the 2010s?", "2010-01-01", "2020-01-08"),
    ("Who flew in the '90s?", "1990-01-01", "2000-01-08"),
    ("Who flew in the sixties?", "1960-01-01", "1970-01-08"),
    ("Who led the race in the 20th century?", "1901-01-01", "2001-01-08"),
    ("Which probes failed last decade?", "2010-01-01", "2020-01-08"),
    # counted
    ("What flew 3 days ago?", "2026-11-21", "2026-11-24"),
    ("What flew two weeks ago?", "2026-11-09", "2026-11-23"),
    ("What flew a couple of months ago?", "2026-09-01", "2026-10-08"),
    ("What failed 5 years ago?", "2021-01-01", "2022-01-08"),
    ("What flew in the last 24 hours?", "2026-11-23", "2026-11-24"),
    ("What flew in the past ten days?", "2026-11-14", "2026-11-24"),
    ("What flew over the past few weeks?", "2026-11-03", "2026-11-24"),
    ("What flew in the past month?", "2026-10-24", "2026-11-24"),
    # bounded
    ("Who has flown since 2024?", "2024-01-01", "2026-11-24"),
    ("Who has flown since June?", "2026-06-01", "2026-11-24"),
    ("Who has docked since last Monday?", "2026-11-23", "2026-11-24"),
    ("launches after 14th of July 2023", "2023-07-14", "2026-11-24"),
    ("Which probes were launched from 2018 onwards?", "2018-01-01", "2026-11-24"),
    ("Who flew before March 2022?", "1900-01-01", "2022-03-01"),
    ("How many had flown by 2020?", "1900-01-01", "2021-01-01"),
    ("Who ran Roscosmos until July 2022?", "1900-01-01", "2022-08-01"),
    ("Who flew between 2018 and 2020?", "2018-01-01", "2021-01-08"),
    ("launches from March to June 2022", "2022-03-01", "2022-07-08"),
    # what is to come is news now
    ("What launches tomorrow?", "2026-11-24", "2026-11-24"),
    ("What launches next week?", "2026-11-24", "2026-11-24"),
    ("What will fly in March?", "2026-11-24", "2026-11-24"),
    ("What is planned for Friday?", "2026-11-24", "2026-11-24"),
    ("Who lands on the Moon in 2028?", "2026-11-24", "2026-11-24"),
    ("What must be ready by 2030?", "2026-11-24", "2026-11-24"),
]


@pytest.mark.parametrize(("question", "start", "end"), PERIODS)
def test_a_named_time_is_a_period(question: str, start: str, end: str) -> None:
    when = understand_when(question, ASKED)
    assert (when.start.date().isoformat(), when.end.date().isoformat()) == (start, end)
    assert when.emphasis == STRONG
    assert when.words


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What flew in March 2022?", "March 2022"),
        ("Who has flown since early 2024?", "since early 2024"),
        ("Who flew between 2018 and 2020?", "between 2018 and 2020"),
        ("What did they say on Friday?", "on Friday"),
        ("Before the end of 2022, who flew?", "Before the end of 2022"),
    ],
)
def test_the_words_that_name_a_time_are_kept(question: str, words: str) -> None:
    assert understand_when(question, ASKED).words == words


@pytest.mark.parametrize(
    ("question", "emphasis"),
    [
        ("Who controls reboost?", PLAIN),
        ("Who won the 2020 Super Bowl?", PLAIN),
        ("may the crew land", PLAIN),
        ("march the crew to the pad", PLAIN),
        ("Does Boeing mend it and may it fly?", PLAIN),
        ("launch on 2024-02-30", PLAIN),
        ("900 decades ago", PLAIN),
        ("the odds of 2024 YR4 hitting Earth", PLAIN),
        ("Does it climb by 2000 meters?", PLAIN),
        ("How big is Long March 6?", PLAIN),
        ("Who built the Mars 2020 rover?", PLAIN),
        ("What is the name of the airlock?", PLAIN),
        ("What is the latest on Starship?", STRONG),
        ("Is Hubble still working?", STRONG),
        ("who gets them there now", STRONG),
        ("Has Artemis III flown yet?", STRONG),
        ("Who discovered the rings of Uranus?", TIMELESS),
        ("How does a gravity assist work?", TIMELESS),
        ("What is perigee?", TIMELESS),
        ("what's a Lagrange point", TIMELESS),
        ("What is the difference between a comet and an asteroid?", TIMELESS),
        ("What does RTG stand for?", TIMELESS),
        ("Why is Mars red?", TIMELESS),
        ("When was Pluto discovered?", TIMELESS),
    ],
)
def test_a_question_without_a_time_is_about_the_moment_of_asking(question: str, emphasis: float) -> None:
    assert understand_when(question, ASKED) == When(ASKED, ASKED, emphasis)


@pytest.mark.parametrize(
    ("question", "oldest"),
    [
        ("What flew this week?", "2026-11-22"),
        ("What flew in March 2024?", "2024-02-26"),
        ("Who has flown since June?", "2026-05-29"),
        ("How many launches in 2025?", "2024-12-25"),
        ("Which probes reached Mars in the 2010s?", "2009-12-25"),
        # Who asks what is to come is answered by what was published before.
        ("What will launch this week?", None),
        ("What was planned for March 2024?", None),
        ("What launches tomorrow?", None),
        # Nothing is too old for these.
        ("Who flew before March 2022?", None),
        ("Is Hubble still working?", None),
        ("Who controls reboost?", None),
    ],
)
def test_what_was_published_clearly_before_the_period_is_too_old(question: str, oldest: str | None) -> None:
    when = understand_when(question, ASKED)
    assert (when.oldest.date().isoformat() if when.oldest else None) == oldest
    assert not when.is_too_old(None)
    assert not when.is_too_old(when.end)
    if when.oldest:
        assert not when.is_too_old(when.oldest)
        assert when.is_too_old(when.oldest - timedelta(seconds=1))


@pytest.mark.parametrize(
    ("asked", "question", "start"),
    [
        ("2026-01-15", "What flew last winter?", "2024-12-01"),
        ("2026-01-15", "What flew this winter?", "2025-12-01"),
        ("2026-07-15", "What flew last summer?", "2025-06-01"),
        ("2026-01-15", "What flew in March?", "2025-03-01"),
        ("2026-11-29", "What flew this weekend?", "2026-11-28"),
        ("2026-11-29", "What flew over the weekend?", "2026-11-28"),
        ("2024-02-29", "What flew a year ago?", "2023-01-01"),
    ],
)
def test_the_same_words_mean_another_time_on_another_day(asked: str, question: str, start: str) -> None:
    moment = datetime.fromisoformat(asked).replace(hour=12, tzinfo=UTC)
    assert understand_when(question, moment).start.date().isoformat() == start


WORDS = st.sampled_from(
    """since before after until by between and from to on in of the last this next past previous early mid late end
    week weekend month quarter year decade century day days ago hours a couple few 3 999 17 31 30th February march May
    2020 1999 2099 2024-13 2024-02-30 2010s '90s Q4 H1 winter fall Friday tomorrow yesterday will still what is who
    Artemis""".split()
)


@given(
    st.text(max_size=80) | st.lists(WORDS, max_size=9).map(" ".join),
    st.datetimes(datetime(1900, 1, 1), datetime(2200, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
)
def test_any_question_has_a_period_within_reason_that_ends_by_the_moment_of_asking(
    question: str, asked_at: datetime
) -> None:
    when = understand_when(question, asked_at)
    assert EARLIEST <= when.start <= when.end <= asked_at
    assert when.emphasis in (TIMELESS, PLAIN, STRONG)
    assert when.words in question
    assert when.oldest is None or when.oldest <= when.start
