"""What a person typed."""

from datetime import UTC, date, datetime

import pytest

from bot.discord.request import parse_asked_at, parse_date, parse_filters, parse_question
from bot.errors import BadDateError, BadPeriodError, BadQuestionError, NothingToReadError
from index.answer import Filters

NOW = datetime(2031, 5, 8, 12, 0, tzinfo=UTC)


def test_question_loses_the_spaces_around_it() -> None:
    assert parse_question("  Who landed? ") == "Who landed?"


@pytest.mark.parametrize("text", ["", "  a ", "x" * 401])
def test_question_is_bounded(text: str) -> None:
    with pytest.raises(BadQuestionError, match="has 3 to 400 characters"):
        parse_question(text)


@pytest.mark.parametrize("text", ["???", "🚀🚀🚀", "- . -"])
def test_a_question_holds_words(text: str) -> None:
    with pytest.raises(NothingToReadError):
        parse_question(text)


@pytest.mark.parametrize(("text", "expected"), [(None, None), (" ", None), (" 2031-05-08 ", date(2031, 5, 8))])
def test_dates(text: str | None, expected: date | None) -> None:
    assert parse_date(text) == expected


@pytest.mark.parametrize(
    "text",
    ["yesterday", "2031-02-30", "08.05.2031", "20310508", "2031-W19-4", "1899-12-31", "9999-12-31", "２０３１-05-08"],
)
def test_wrong_dates_are_named(text: str) -> None:
    with pytest.raises(BadDateError) as caught:
        parse_date(text)

    assert (
        str(caught.value)
        == f"“{text}” is not a date from 1900 to 2200; write it as YYYY-MM-DD, for example 2024-10-14."
    )


def test_as_of_means_the_end_of_that_day() -> None:
    assert parse_asked_at("2031-05-06", NOW) == datetime(2031, 5, 6, 23, 59, 59, 999999, tzinfo=UTC)
    assert parse_asked_at(None, NOW) == NOW


def test_filters() -> None:
    expected = Filters(since=date(2031, 1, 1), until=date(2031, 1, 1), sources=frozenset({"Orbit Gazette"}))

    assert parse_filters("2031-01-01", "2031-01-01", " Orbit Gazette ") == expected
    assert parse_filters(None, None, None) == Filters()


def test_a_period_cannot_end_before_it_begins() -> None:
    with pytest.raises(BadPeriodError, match=r"ends \(2031-01-01\) before it begins \(2031-01-02\)"):
        parse_filters("2031-01-02", "2031-01-01", None)
