from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.timeliness import timeliness
from index.when import When

DAY = 86_400.0
NOW = datetime(2031, 5, 6, tzinfo=UTC)
NOW_SECONDS = NOW.timestamp()


@pytest.mark.parametrize(
    ("age_days", "expected"),
    [
        (0, 1),
        (14, 0.6 / 2 + 0.4 / (1 + 14 / 730)),
        (730, 0.6 / (1 + 730 / 14) + 0.4 / 2),
        (2920, 0.6 / (1 + 2920 / 14) + 0.4 / 5),
        (float("nan"), 0),
    ],
)
def test_a_question_about_now_prefers_what_is_new(age_days: float, expected: float) -> None:
    found = timeliness(np.asarray([NOW_SECONDS - age_days * DAY]), When(NOW, NOW, 1.0))
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, [expected], rtol=1e-6)


def test_a_question_about_a_period_prefers_what_was_published_in_it() -> None:
    when = When(NOW - timedelta(days=100), NOW - timedelta(days=90), 2.0)
    ages = np.asarray([114.0, 100.0, 95.0, 90.0, 76.0])
    beside = 2 * (0.6 / 2 + 0.4 / (1 + 14 / 730))
    np.testing.assert_allclose(timeliness(NOW_SECONDS - ages * DAY, when), [beside, 2, 2, 2, beside], rtol=1e-6)


@given(st.floats(0, 20_000), st.floats(0, 20_000))
def test_of_two_articles_the_newer_is_at_least_as_timely(one: float, other: float) -> None:
    ages = np.asarray([min(one, other), max(one, other)])
    newer, older = timeliness(NOW_SECONDS - ages * DAY, When(NOW, NOW, 1.0))
    assert 0 < older <= newer <= 1
