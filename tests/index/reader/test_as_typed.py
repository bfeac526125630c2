import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.reader.as_typed import as_typed

QUESTIONS = (
    "Who controls the reboost of the station?",
    "When was the Hubble telescope launched?",
    "How many engines does the first stage have?",
    "Where did the capsule come down in 2022?",
    "What is the name of the rover's landing site?",
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_asked_about_stays(question: str) -> None:
    names = {"reboost", "station", "hubble", "telescope", "engines", "capsule", "2022", "rover's", "landing"}
    wanted = {word.strip("?").lower() for word in question.split()} & names
    for seed in range(60):
        typed = as_typed(question, random.Random(seed)).lower().replace("?", "").split()
        missing = [word for word in wanted if word not in typed]
        assert len(missing) <= 1  # one word may have a slip in it


def test_a_handful_of_words_says_what_kind_of_thing_is_asked_for() -> None:
    forms = {as_typed("Where did the capsule come down?", random.Random(seed)) for seed in range(200)}
    assert {"location capsule come down", "capsule come down location"} <= forms
    forms = {as_typed("How many engines does the stage have?", random.Random(seed)) for seed in range(200)}
    assert "number of engines stage" in forms


def test_an_auxiliary_is_no_kind_of_thing() -> None:
    for seed in range(100):
        assert not as_typed("What was seen in the north?", random.Random(seed)).startswith(("was", "name of was"))


def test_a_slip_touches_one_word() -> None:
    question = "hubble telescope gyroscope failure reason"
    for seed in range(100):
        typed = as_typed(question, random.Random(seed)).replace("?", "").split()
        assert len([word for word in question.split() if word not in typed]) <= 1


@given(st.text(), st.integers())
def test_any_text_can_be_typed(question: str, seed: int) -> None:
    assert isinstance(as_typed(question, random.Random(seed)), str)
