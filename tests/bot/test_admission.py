"""How often one person and one server may ask and look."""

import pytest

from bot.admission import Admission, Cost
from bot.errors import PersonCooldownError, ServerCooldownError
from bot.policy import LOOK_SECONDS, Cooldowns

ALICE, BOB = 1, 2
HERE, THERE = 10, 20
EVERY_FIVE_SECONDS = Cooldowns(user_seconds=5.0, guild_per_minute=100)
TWICE_A_MINUTE = Cooldowns(user_seconds=0.0, guild_per_minute=2)


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def admission(clock: Clock) -> Admission:
    return Admission(clock)


def test_person_waits_for_the_rest_of_the_cooldown(admission: Admission, clock: Clock) -> None:
    admission.admit(ALICE, HERE, EVERY_FIVE_SECONDS)
    clock.now += 1.5

    with pytest.raises(PersonCooldownError, match="try again in 4 s") as error:
        admission.admit(ALICE, HERE, EVERY_FIVE_SECONDS)
    assert error.value.seconds == 4

    clock.now += 3.5
    admission.admit(ALICE, HERE, EVERY_FIVE_SECONDS)


def test_others_and_other_servers_do_not_wait(admission: Admission) -> None:
    admission.admit(ALICE, HERE, EVERY_FIVE_SECONDS)

    admission.admit(BOB, HERE, EVERY_FIVE_SECONDS)
    admission.admit(ALICE, THERE, EVERY_FIVE_SECONDS)
    admission.admit(ALICE, None, EVERY_FIVE_SECONDS)


def test_who_is_refused_does_not_wait_longer_for_it(admission: Admission, clock: Clock) -> None:
    admission.admit(ALICE, HERE, EVERY_FIVE_SECONDS)
    clock.now += 4
    with pytest.raises(PersonCooldownError):
        admission.admit(ALICE, HERE, EVERY_FIVE_SECONDS)
    clock.now += 1

    admission.admit(ALICE, HERE, EVERY_FIVE_SECONDS)


def test_server_waits_until_a_question_is_a_minute_old(admission: Admission, clock: Clock) -> None:
    admission.admit(ALICE, HERE, TWICE_A_MINUTE)
    clock.now += 20
    admission.admit(BOB, HERE, TWICE_A_MINUTE)

    with pytest.raises(ServerCooldownError) as error:
        admission.admit(ALICE, HERE, TWICE_A_MINUTE)
    assert error.value.seconds == 40
    admission.admit(ALICE, THERE, TWICE_A_MINUTE)

    clock.now += 40
    admission.admit(ALICE, HERE, TWICE_A_MINUTE)


def test_direct_messages_know_no_server(admission: Admission) -> None:
    for _ in range(5):
        admission.admit(ALICE, None, TWICE_A_MINUTE)


def test_what_no_longer_counts_is_forgotten(admission: Admission, clock: Clock) -> None:
    admission.admit(ALICE, HERE, EVERY_FIVE_SECONDS)
    clock.now += 1000
    admission.admit(BOB, THERE, EVERY_FIVE_SECONDS)

    assert admission.n_remembered == 2  # one person and one server


def test_looks_and_questions_of_a_person_do_not_wait_for_each_other(admission: Admission, clock: Clock) -> None:
    admission.admit(ALICE, HERE, EVERY_FIVE_SECONDS)
    admission.admit(ALICE, HERE, EVERY_FIVE_SECONDS, Cost.LOOK)

    with pytest.raises(PersonCooldownError, match="try again in 1 s"):
        admission.admit(ALICE, HERE, EVERY_FIVE_SECONDS, Cost.LOOK)
    clock.now += LOOK_SECONDS
    admission.admit(ALICE, HERE, EVERY_FIVE_SECONDS, Cost.LOOK)


def test_four_looks_take_as_much_of_a_servers_minute_as_a_question(admission: Admission, clock: Clock) -> None:
    admission.admit(ALICE, HERE, TWICE_A_MINUTE)
    clock.now += 20
    admission.admit(ALICE, HERE, TWICE_A_MINUTE, Cost.LOOK)

    with pytest.raises(ServerCooldownError) as error:
        admission.admit(BOB, HERE, TWICE_A_MINUTE)
    assert error.value.seconds == 40
    for _ in range(3):
        admission.admit(BOB, HERE, TWICE_A_MINUTE, Cost.LOOK)
    with pytest.raises(ServerCooldownError):
        admission.admit(BOB, HERE, TWICE_A_MINUTE, Cost.LOOK)


def test_whoever_checks_is_not_counted(admission: Admission) -> None:
    admission.check(ALICE, HERE, EVERY_FIVE_SECONDS)
    assert admission.may(ALICE, HERE, EVERY_FIVE_SECONDS)
    admission.admit(ALICE, HERE, EVERY_FIVE_SECONDS)

    assert not admission.may(ALICE, HERE, EVERY_FIVE_SECONDS)
    with pytest.raises(PersonCooldownError):
        admission.check(ALICE, HERE, EVERY_FIVE_SECONDS)


def test_a_wait_is_repeated_to_who_was_told_of_it(admission: Admission, clock: Clock) -> None:
    def refused() -> bool:
        with pytest.raises(PersonCooldownError) as error:
            admission.admit(ALICE, HERE, EVERY_FIVE_SECONDS)
        return error.value.is_repeated

    admission.admit(ALICE, HERE, EVERY_FIVE_SECONDS)
    clock.now += 1.5
    assert not admission.may(ALICE, HERE, EVERY_FIVE_SECONDS)
    assert (refused(), refused()) == (False, True)

    clock.now += 3.5
    admission.admit(ALICE, HERE, EVERY_FIVE_SECONDS)
    assert (refused(), refused()) == (False, True)
