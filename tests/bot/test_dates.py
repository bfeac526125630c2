"""Days and moments, as people write them."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dates import end_of_day, parse_day, parse_moment
from bot.errors import BadDateError

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
NO_DAYS = [
    "",
    " ",
    "yesterday",
    "2031-02-30",
    "20310508",
    "2031-W19-4",
    "２０３１-05-08",
    "2031-05-08 ",
    "1899-12-31",
    "2201-01-01",
]


@given(DAYS)
def test_a_day_is_read_as_it_is_written_and_counts_to_its_end(day: date) -> None:
    assert parse_day(day.isoformat()) == day
    end = parse_moment(day.isoformat())
    assert end == end_of_day(day)
    assert (end.date(), end.hour, end.minute, end.second, end.microsecond) == (day, 23, 59, 59, 999_999)
    assert end.tzinfo is UTC


@given(st.dates(date(1901, 1, 1), date(2199, 12, 31)), st.times(), st.integers(-23 * 60, 23 * 60))
def test_a_moment_is_read_as_it_is_written(day: date, clock: time, offset_minutes: int) -> None:
    moment = datetime.combine(day, clock, timezone(timedelta(minutes=offset_minutes)))
    assert parse_moment(moment.isoformat()) == moment
    assert parse_moment(datetime.combine(day, clock).isoformat()) == datetime.combine(day, clock, UTC)


@given(st.text() | st.from_regex(r"\d{1,5}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?)?", fullmatch=True))
def test_whatever_is_written_gives_a_moment_in_range_or_a_plain_error(written: str) -> None:
    try:
        moment = parse_moment(written)
    except BadDateError as error:
        assert str(error).startswith(f"“{written}” is not a date from 1900 to 2200;")
    else:
        assert 1900 <= moment.year <= 2200
        assert moment.tzinfo is UTC


@pytest.mark.parametrize("written", NO_DAYS)
def test_what_is_no_day_is_named(written: str) -> None:
    for parse in (parse_day, parse_moment):
        with pytest.raises(BadDateError) as caught:
            parse(written)
        expected = f"“{written}” is not a date from 1900 to 2200; write it as YYYY-MM-DD, for example 2024-10-14."
        assert str(caught.value) == expected


def test_a_moment_is_no_day() -> None:
    with pytest.raises(BadDateError):
        parse_day("2031-05-08T10:00")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2031-05-06T09:30", datetime(2031, 5, 6, 9, 30, tzinfo=UTC)),
        ("2031-05-06T09:30:00Z", datetime(2031, 5, 6, 9, 30, tzinfo=UTC)),
        ("2031-05-06t09:30:00z", datetime(2031, 5, 6, 9, 30, tzinfo=UTC)),
        ("2031-05-06 11:30:00.5+02:00", datetime(2031, 5, 6, 9, 30, 0, 500_000, tzinfo=UTC)),
    ],
)
def test_a_moment_has_its_zone_or_utc(written: str, expected: datetime) -> None:
    assert parse_moment(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        "2031-05-06x09:30",
        "2031-05-06T09",
        "2031-W19-4T09:30",
        "20310506T0930",
        "2031-05-06T25:00",
        "1900-01-01T00:00+14:00",
        "2200-12-31T23:59-10:00",
        "0001-01-01T00:00+14:00",
        "9999-12-31T23:59-10:00",
    ],
)
def test_what_is_no_moment_is_refused(written: str) -> None:
    with pytest.raises(BadDateError):
        parse_moment(written)
