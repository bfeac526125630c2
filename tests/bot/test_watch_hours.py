"""Hours and zones as people write them."""

from datetime import time

import pytest

from bot.errors import BadHoursError
from bot.state.watch import Rhythm
from bot.watch_hours import changed_rhythm, parse_clock, parse_hours, parse_zone


@pytest.mark.parametrize(
    ("written", "expected"), [("8", time(8)), (" 08:05 ", time(8, 5)), ("0", time(0)), ("23:59", time(23, 59))]
)
def test_times_of_day(written: str, expected: time) -> None:
    assert parse_clock(written) == expected


@pytest.mark.parametrize("written", ["", "24", "8:60", "8:5", "eight", "-1", "٨", "8 pm", "08:00:00"])
def test_no_times_of_day(written: str) -> None:
    with pytest.raises(BadHoursError):
        parse_clock(written)


@pytest.mark.parametrize("written", ["22:00-07:00", "22 – 7", "22:00 to 07:00", "22—7:00"])
def test_hours(written: str) -> None:
    assert parse_hours(written) == (time(22), time(7))


@pytest.mark.parametrize("written", ["22", "22-7-8", "7-07:00", "night", "-", ""])
def test_no_hours(written: str) -> None:
    with pytest.raises(BadHoursError):
        parse_hours(written)


def test_zones() -> None:
    assert parse_zone(" europe/berlin ") == "Europe/Berlin"
    for written in ("Europe", "../UTC", "", "Mars/Vesna"):
        with pytest.raises(BadHoursError):
            parse_zone(written)


def test_what_is_not_named_stays() -> None:
    rhythm = Rhythm("Europe/Berlin", (time(22), time(7)), 3, time(8))
    assert changed_rhythm(rhythm, None, None, None, None) == rhythm
    assert changed_rhythm(rhythm, "off", "UTC", 4, "OFF") == Rhythm("UTC", None, 4, None)
