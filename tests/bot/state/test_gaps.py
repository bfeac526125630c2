"""Refused questions, grouped."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.state import State, keep_answer
from bot.state.gaps import Gap, count_gaps, gap_key, handle_gap, list_gaps
from index.answer import Refusal
from tests.bot.state.values import ANSWER, MOMENT


def refuse(state: State, answer_id: str, question: str, minutes: int, guild_id: int | None = 11) -> None:
    kept_at = MOMENT + timedelta(minutes=minutes)
    answer = replace(ANSWER, answer_id=answer_id, question=question, kept_at=kept_at, guild_id=guild_id)
    keep_answer(state, replace(answer, refusal=Refusal.NOTHING_FOUND, citation_ids=()))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who paid for the landers?", "lander paid"),
        ("the LANDER, who PAID for it", "lander paid"),
        ("Lander, lander!", "lander"),
        ("  Who is it? ", "who is it?"),
    ],
)
def test_the_key_is_made_of_stems(question: str, expected: str) -> None:
    assert gap_key(question) == expected


def test_refused_questions_are_grouped_the_most_asked_first(state: State) -> None:
    keep_answer(state, ANSWER)
    refuse(state, "a", "When does the tug fly?", 5)
    refuse(state, "b", "Who paid for the lander?", 1)
    refuse(state, "c", "Who paid for the landers?", 3)
    refuse(state, "d", "Who pays?", 9, guild_id=99)
    refuse(state, "e", "Who pays?", 8, guild_id=None)

    paid = Gap("c", "Who paid for the landers?", Refusal.NOTHING_FOUND, 2, MOMENT + timedelta(minutes=3))
    tug = Gap("a", "When does the tug fly?", Refusal.NOTHING_FOUND, 1, MOMENT + timedelta(minutes=5))
    pays = Gap("d", "Who pays?", Refusal.NOTHING_FOUND, 2, MOMENT + timedelta(minutes=9))
    assert list_gaps(state, 11, first=0, limit=9) == [paid, tug]
    assert list_gaps(state, 11, first=1, limit=9) == [tug]
    assert list_gaps(state, None, first=0, limit=9) == [pays, paid, tug]
    assert (count_gaps(state, 11), count_gaps(state, None), count_gaps(state, 5)) == (2, 3, 0)


def test_a_handled_gap_comes_back_when_it_is_asked_again(state: State) -> None:
    refuse(state, "a", "Who paid for the lander?", 1)
    refuse(state, "b", "Who paid for the landers?", 2)
    refuse(state, "c", "Who paid for the lander?", 2, guild_id=99)

    assert handle_gap(state, "a", 11, MOMENT + timedelta(minutes=3))
    assert not handle_gap(state, "a", 11, MOMENT + timedelta(minutes=3))
    assert (count_gaps(state, 11), count_gaps(state, 99)) == (0, 1)

    refuse(state, "d", "Who paid for the lander?", 4)
    (again,) = list_gaps(state, 11, first=0, limit=9)
    assert (again.answer_id, again.times) == ("d", 1)
    assert handle_gap(state, "d", None, MOMENT + timedelta(minutes=5))
    assert count_gaps(state, None) == 0
