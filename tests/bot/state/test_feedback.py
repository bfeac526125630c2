"""Verdicts, and reading them."""

from dataclasses import replace
from datetime import timedelta

from bot.dates import parse_moment
from bot.state import State, Verdict, give_verdict, keep_answer
from bot.state.feedback import voter_hash
from bot.state.reviewing import Rated, count_rated, feedback_cases, handle_feedback, list_rated
from index.answer import Refusal
from index.evaluation.dataset import asked_moment
from tests.bot.state.values import ANSWER, MOMENT

HELPFUL, NOT_HELPFUL, WRONG_SOURCE = Verdict
LATER = MOMENT + timedelta(hours=1)


def counts(helpful: int = 0, not_helpful: int = 0, wrong_source: int = 0) -> dict[Verdict, int]:
    return {HELPFUL: helpful, NOT_HELPFUL: not_helpful, WRONG_SOURCE: wrong_source}


def test_a_person_counts_once_and_may_change_their_mind(state: State) -> None:
    keep_answer(state, ANSWER)
    assert give_verdict(state, ANSWER.answer_id, 1, HELPFUL, MOMENT)
    assert give_verdict(state, ANSWER.answer_id, 2, HELPFUL, MOMENT)
    assert give_verdict(state, ANSWER.answer_id, 1, WRONG_SOURCE, LATER)

    assert list_rated(state, 11, first=0, limit=9) == [Rated(ANSWER, counts(helpful=1, wrong_source=1))]


def test_an_answer_that_is_no_longer_kept_takes_no_verdict(state: State) -> None:
    assert not give_verdict(state, "gone", 1, HELPFUL, MOMENT)


def test_the_same_person_has_another_hash_at_every_answer() -> None:
    assert voter_hash(b"one salt", 1) != voter_hash(b"another", 1)
    assert voter_hash(b"one salt", 1) == voter_hash(b"one salt", 1)


def test_complaints_come_first_page_by_page_and_each_server_sees_its_own(state: State) -> None:
    liked, wrong, elsewhere = (replace(ANSWER, answer_id=name) for name in ("liked", "wrong", "elsewhere"))
    elsewhere = replace(elsewhere, guild_id=99)
    for answer, verdict in ((liked, HELPFUL), (wrong, WRONG_SOURCE), (elsewhere, NOT_HELPFUL)):
        keep_answer(state, answer)
        give_verdict(state, answer.answer_id, 1, verdict, LATER if answer is liked else MOMENT)
    keep_answer(state, replace(ANSWER, answer_id="unrated"))

    assert [rated.answer for rated in list_rated(state, 11, first=0, limit=9)] == [wrong, liked]
    assert [rated.answer for rated in list_rated(state, 11, first=1, limit=1)] == [liked]
    assert [rated.answer for rated in list_rated(state, None, first=0, limit=9)] == [elsewhere, wrong, liked]
    assert (count_rated(state, 11), count_rated(state, None)) == (2, 3)


def test_what_was_handled_comes_back_with_a_new_verdict(state: State) -> None:
    keep_answer(state, ANSWER)
    give_verdict(state, ANSWER.answer_id, 1, NOT_HELPFUL, MOMENT)

    assert not handle_feedback(state, ANSWER.answer_id, 99, LATER)
    assert count_rated(state, 11) == 1
    assert handle_feedback(state, ANSWER.answer_id, 11, LATER)
    assert count_rated(state, 11) == 0

    give_verdict(state, ANSWER.answer_id, 2, HELPFUL, LATER + timedelta(hours=1))
    assert list_rated(state, 11, first=0, limit=9) == [Rated(ANSWER, counts(helpful=1))]


def test_cases_say_what_was_asked_what_it_got_and_what_was_said_of_it(state: State) -> None:
    refused = replace(ANSWER, answer_id="b", refusal=Refusal.OLDER, citation_ids=(), kept_at=LATER)
    for answer in (refused, ANSWER):
        keep_answer(state, answer)
        give_verdict(state, answer.answer_id, 1, NOT_HELPFUL, LATER)
    handle_feedback(state, ANSWER.answer_id, None, LATER)

    first, second = feedback_cases(state, 11)

    assert first == {
        "_id": "answer-1",
        "text": "Where did Larkspur land?",
        "asked_at": "2031-05-09T12:00:00+00:00",
        "metadata": {"asked": "2031-05-09T12:00:00+00:00"},
        "answered": True,
        "refusal": None,
        "citation_ids": ["c-0123456789ab", "c-ba9876543210"],
        "generation": "g0001",
        "verdicts": {"helpful": 0, "not_helpful": 1, "wrong_source": 0},
    }
    assert asked_moment(first["metadata"]["asked"]) == MOMENT
    assert parse_moment(first["asked_at"]) == MOMENT
    assert (second["_id"], second["answered"], second["refusal"]) == ("b", False, "older")
    assert feedback_cases(state, 99) == []
