from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from corpus.reading.dates import parse_published


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2022-06-29", "2022-06-29T00:00:00+00:00"),
        (" 2022-06-29 10:00 ", "2022-06-29T10:00:00+00:00"),
        ("2022-06-29T10:00:00.5Z", "2022-06-29T10:00:00.500000+00:00"),
        ("2022-06-29t10:00:00z", "2022-06-29T10:00:00+00:00"),
        ("2022-06-29T01:00:00+0200", "2022-06-28T23:00:00+00:00"),
        ("Tue, 22 Jun 2021 09:30:15 GMT", "2021-06-22T09:30:15+00:00"),
        ("Tue, 22 Jun 2021 09:30 EDT", "2021-06-22T13:30:00+00:00"),
        ("22 Jun 2021 09:30:00 -0700", "2021-06-22T16:30:00+00:00"),
        ("June 29, 2022", "2022-06-29T00:00:00+00:00"),
        ("Sept. 26, 2022 3:00 PM CEST", "2022-09-26T13:00:00+00:00"),
        ("03/25/2022", "2022-03-25T00:00:00+00:00"),
        (date(2022, 6, 29), "2022-06-29T00:00:00+00:00"),
        (datetime(2022, 6, 29, 10), "2022-06-29T10:00:00+00:00"),  # noqa: DTZ001 - YAML gives these
        (datetime(2022, 6, 29, 10, tzinfo=timezone(timedelta(hours=2))), "2022-06-29T08:00:00+00:00"),
    ],
)
def test_a_full_day_is_read(value: str | date, expected: str) -> None:
    moment = parse_published(value)
    assert moment.isoformat() == expected
    assert moment.tzinfo is UTC


@pytest.mark.parametrize(
    "value",
    [
        "", "yesterday", "May", "June 2022", "2022", "12:30", "5", "03/04/2022", "10 10 10", "22-06-29", "2022-13-01",
        "June 31, 2022", "1656460800", "22 Jun 2021 09:30 XYZ", "0001-01-01T00:00+14:00", "Updated 5 May 2020", "None",
    ],
)  # fmt: skip
def test_what_names_no_single_day_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="is no date; write it like 2022-03-18"):
        parse_published(value)
