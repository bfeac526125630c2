"""When a watch may speak, and how much."""

from datetime import UTC, datetime, time, timedelta

import pytest

from bot.state.watch import Rhythm, Waiting
from bot.watching import NONCE_SECONDS, Decision, day_start, decide, is_quiet, may_be_sent_again

NOON = datetime(2031, 5, 9, 12, tzinfo=UTC)
BERLIN = "Europe/Berlin"


def waiting(story_id: int, *, score: float = 0.5, found_at: datetime = NOON, folded: bool = False) -> Waiting:
    return Waiting(story_id, f"s{story_id}", score, found_at, folded)


@pytest.mark.parametrize(
    ("quiet", "at", "expected"),
    [
        ((time(22), time(7)), datetime(2031, 5, 9, 20, 0, tzinfo=UTC), True),  # 22:00 in Berlin
        ((time(22), time(7)), datetime(2031, 5, 9, 19, 59, tzinfo=UTC), False),
        ((time(22), time(7)), datetime(2031, 5, 10, 4, 59, tzinfo=UTC), True),
        ((time(22), time(7)), datetime(2031, 5, 10, 5, 0, tzinfo=UTC), False),
        ((time(1), time(3)), datetime(2031, 5, 9, 0, 30, tzinfo=UTC), True),
        (None, NOON, False),
    ],
)
def test_quiet_hours_are_those_of_the_zone(quiet: tuple[time, time] | None, at: datetime, expected: bool) -> None:
    assert is_quiet(Rhythm(BERLIN, quiet), at) is expected


def test_what_waits_through_quiet_hours_is_looked_at_when_they_end() -> None:
    rhythm = Rhythm(BERLIN, (time(22), time(7)))
    decision = decide(rhythm, [waiting(1)], 0, datetime(2031, 5, 9, 23, tzinfo=UTC))
    assert decision == Decision(held_until=datetime(2031, 5, 10, 5, tzinfo=UTC))


def test_quiet_hours_may_end_in_an_hour_that_a_spring_night_leaves_out() -> None:
    rhythm = Rhythm(BERLIN, (time(22), time(2, 30)))  # 2031-03-30: from 02:00 to 03:00 at once
    decision = decide(rhythm, [waiting(1)], 0, datetime(2031, 3, 30, 0, 30, tzinfo=UTC))
    assert decision == Decision(held_until=datetime(2031, 3, 30, 1, 30, tzinfo=UTC))
    assert not is_quiet(rhythm, datetime(2031, 3, 30, 1, 30, tzinfo=UTC))


def test_the_surest_come_first_three_in_a_message() -> None:
    stories = [waiting(number, score=number / 10) for number in range(1, 6)]
    decision = decide(Rhythm(daily_cap=4), stories, 0, NOON)
    assert [one.story_id for one in decision.cards] == [5, 4, 3]
    assert decision.mentions == ()
    assert decide(Rhythm(daily_cap=4), stories[:2], 3, NOON) == Decision((stories[1],), (stories[0],))


def test_beyond_the_cap_stories_are_folded_and_counted_on_the_next_day() -> None:
    rhythm = Rhythm(daily_cap=1)
    late = waiting(2)
    midnight = datetime(2031, 5, 10, tzinfo=UTC)
    assert decide(rhythm, [late], 1, NOON) == Decision(folded=(late,), held_until=midnight)
    folded = waiting(2, folded=True)
    assert decide(rhythm, [folded], 1, NOON) == Decision(held_until=midnight)
    assert decide(rhythm, [folded], 0, midnight) == Decision(mentions=(folded,))
    fresh = waiting(3, found_at=midnight)
    assert decide(rhythm, [folded, fresh], 0, midnight) == Decision((fresh,), (folded,))


def test_a_digest_waits_for_its_hour() -> None:
    rhythm = Rhythm(BERLIN, digest_at=time(8))
    due_at, next_due_at = datetime(2031, 5, 10, 6, tzinfo=UTC), datetime(2031, 5, 11, 6, tzinfo=UTC)
    stories = [waiting(1), waiting(2, found_at=due_at)]
    assert decide(rhythm, stories[:1], 0, NOON) == Decision(held_until=due_at)
    assert decide(rhythm, stories, 0, due_at) == Decision(tuple(stories))
    assert decide(rhythm, stories[1:], 0, due_at) == Decision(held_until=next_due_at)


def test_a_digest_whose_hour_is_quiet_comes_when_quiet_ends() -> None:
    rhythm = Rhythm("UTC", (time(7), time(9)), digest_at=time(8))
    morning = datetime(2031, 5, 10, 8, tzinfo=UTC)
    assert decide(rhythm, [waiting(1)], 0, morning) == Decision(held_until=morning.replace(hour=9))
    assert decide(rhythm, [waiting(1)], 0, morning.replace(hour=9)) == Decision((waiting(1),))


def test_the_day_begins_at_midnight_of_the_zone() -> None:
    assert day_start(Rhythm(BERLIN), NOON) == datetime(2031, 5, 8, 22, tzinfo=UTC)
    assert day_start(Rhythm("UTC"), NOON) == datetime(2031, 5, 9, tzinfo=UTC)


def test_a_message_is_sent_again_only_while_discord_remembers_it() -> None:
    late = NOON + timedelta(seconds=NONCE_SECONDS)
    assert may_be_sent_again(NOON, late - timedelta(seconds=1))
    assert not may_be_sent_again(NOON, late)


def test_nothing_waits() -> None:
    assert decide(Rhythm(), [], 0, NOON) == Decision()
