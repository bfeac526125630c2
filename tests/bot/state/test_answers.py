"""Answers come back as they were kept."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.state import (
    KeptAnswer,
    State,
    answer_of_message,
    attach_message,
    find_answer,
    keep_answer,
    new_answer_id,
    share_answer,
)
from bot.state.answers import latest_answer_in
from index.answer import Refusal
from tests.bot.state.values import ANSWER


@pytest.mark.parametrize(
    "kept",
    [
        ANSWER,
        replace(
            ANSWER,
            answer_id="b",
            refusal=Refusal.OLDER,
            citation_ids=(),
            previous_id="answer-1",
            user_id=2**62,
            private=True,
        ),
        replace(ANSWER, answer_id="c", guild_id=None, channel_id=None, message_id=None),
    ],
)
def test_an_answer_comes_back_as_it_was_kept_also_from_another_process(
    state: State, path: Path, kept: KeptAnswer
) -> None:
    keep_answer(state, kept)

    with State.open(path) as other:
        assert find_answer(other, kept.answer_id) == kept
    assert kept.answered is (kept.refusal is None)


def test_half_a_character_is_no_reason_to_fail(state: State) -> None:
    keep_answer(state, replace(ANSWER, question="Where \ud83d is it?"))

    assert find_answer(state, ANSWER.answer_id) == replace(ANSWER, question="Where ? is it?")


def test_what_is_not_kept_is_none(state: State) -> None:
    assert find_answer(state, "nothing") is None
    assert answer_of_message(state, 13) is None


def test_an_answer_is_found_by_the_message_that_shows_it(state: State) -> None:
    keep_answer(state, replace(ANSWER, channel_id=None, message_id=None))
    attach_message(state, ANSWER.answer_id, 12, 13)

    assert answer_of_message(state, 13) == ANSWER


def test_a_private_answer_is_the_latest_of_a_channel_once_it_is_shared(state: State) -> None:
    keep_answer(state, replace(ANSWER, channel_id=12, message_id=None, private=True))
    assert latest_answer_in(state, 12) is None

    share_answer(state, ANSWER.answer_id, 12, 13)

    assert latest_answer_in(state, 12) == replace(ANSWER, channel_id=12, message_id=13, private=False)


def test_ids_are_short_and_safe_in_a_button() -> None:
    ids = {new_answer_id() for _ in range(100)}

    assert len(ids) == 100
    assert {len(answer_id) for answer_id in ids} == {12}
    assert not set("".join(ids)) & set(":/?#")
