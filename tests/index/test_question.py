from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from index.answer import NO_FILTERS, Filters
from index.lexicon import Lexicon
from index.question import Question, understand
from index.when import PLAIN, When
from tests.index.texts import ASKED_AT


def test_a_question_is_understood(lexicon: Lexicon) -> None:
    filters = Filters(since=date(2031, 1, 1))
    asked_at = datetime(2031, 6, 1, 14, tzinfo=timezone(timedelta(hours=2)))
    assert understand(
        "  Does the USDV  raise the\nUSDV's orbit? ", asked_at=asked_at, filters=filters, lexicon=lexicon
    ) == Question(
        text="Does the USDV raise the USDV's orbit?",
        expanded="Does the USDV raise the USDV's orbit? (Deorbit Vehicle; raise its orbit with engines)",
        terms=("usdv", "rais", "orbit", "§usdv", "§reboost"),
        asked_at=ASKED_AT,
        when=When(ASKED_AT, ASKED_AT, PLAIN),
        filters=filters,
    )


def test_the_moment_is_kept_in_utc(lexicon: Lexicon) -> None:
    asked_at = datetime(2031, 6, 1, 14, tzinfo=timezone(timedelta(hours=2)))
    understood = understand("Now?", asked_at=asked_at, filters=NO_FILTERS, lexicon=lexicon)
    assert understood.asked_at.tzinfo is UTC


def test_a_moment_without_a_time_zone_is_refused(lexicon: Lexicon) -> None:
    naive = datetime(2031, 6, 1, 14)  # noqa: DTZ001
    with pytest.raises(ValueError, match="asked_at 2031-06-01T14:00:00 has no time zone; pass an aware datetime"):
        understand("Now?", asked_at=naive, filters=NO_FILTERS, lexicon=lexicon)


@pytest.mark.parametrize("text", ["", "  ", "?!", "what is it"])
def test_a_question_without_terms(lexicon: Lexicon, text: str) -> None:
    understood = understand(text, asked_at=ASKED_AT, filters=NO_FILTERS, lexicon=lexicon)
    assert understood.terms == ()
    assert understood.expanded == understood.text == text.strip()
