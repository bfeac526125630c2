import random

import pytest

from index.reader.unanswerable import NEGATED_SHARE, OPPOSITES, alter_question

NAMED = ("Who built the Larkspur lander?", "The Larkspur lander was built by Selene Works for the Orbit Guild.")
NUMBERED = ("Which tank held 40 litres?", "Of all, the aft tank held 40 litres of xenon.")
OPPOSED = ("Which probe arrived early?", "In the end the probe tern arrived early.")
PLAIN = ("Why did the probe sleep?", "Since it was cold, the probe did sleep.")


def outcomes(question: str, passage: str, answer: str, n_seeds: int = 200) -> list[str | None]:
    return [alter_question(question, passage, answer, random.Random(seed)) for seed in range(n_seeds)]


def test_a_name_becomes_another_of_the_passage() -> None:
    assert set(outcomes(*NAMED, "Selene Works")) == {"Who built the Orbit Guild lander?"}


def test_a_name_never_becomes_the_answer_or_one_of_the_question() -> None:
    question, passage = NAMED
    assert set(outcomes(question, passage, "Orbit Guild")) == {"Who built the Selene Works lander?"}
    asking_both = "Who built the Larkspur lander for the Orbit Guild?"
    assert set(outcomes(asking_both, passage, "Selene Works")) == {None}


def test_a_name_that_holds_the_answer_or_stands_in_it_is_not_taken() -> None:
    question, passage = NAMED
    assert set(outcomes(question, passage, "Selene Works for the Orbit Guild")) == {None}
    assert set(outcomes(question, passage, "Orbit")) == {"Who built the Selene Works lander?"}


def test_a_number_becomes_another_that_the_passage_does_not_hold() -> None:
    changed = set(outcomes(*NUMBERED, "the aft tank"))
    assert changed == {
        f"Which tank held {40 + shift} litres?" for shift in (-20, -11, -7, -4, -3, -2, 2, 3, 4, 7, 11, 20)
    }
    twice = "Of all, the aft tank held 40 litres of xenon, the fore tank 42."
    assert "Which tank held 42 litres?" not in outcomes(NUMBERED[0], twice, "the aft tank")


def test_a_word_becomes_its_opposite_unless_the_passage_holds_that() -> None:
    assert set(outcomes(*OPPOSED, "tern")) == {"Which probe departed early?", "Which probe arrived late?"}
    both = "In the end the probe tern arrived early and departed."
    assert set(outcomes(OPPOSED[0], both, "tern")) == {"Which probe arrived late?"}
    assert set(outcomes("Which probe arrived?", both, "tern")) == {None}


def test_every_opposite_goes_both_ways_or_shares_its_partner() -> None:
    assert all(OPPOSITES[other] in OPPOSITES for other in OPPOSITES.values())
    assert (OPPOSITES["first"], OPPOSITES["last"]) == ("last", "first")


def test_now_and_then_a_question_is_negated() -> None:
    changed = outcomes(*PLAIN, "it was cold", n_seeds=1000)
    assert set(changed) == {None, "Why did the probe not sleep?", "Why did the probe never sleep?"}
    negated = sum(one is not None for one in changed)
    assert NEGATED_SHARE == 0.1
    assert 60 < negated < 140


@pytest.mark.parametrize("question", ["Why did the probe not sleep?", "Why didn't the probe sleep?", "Why did it?"])
def test_a_question_that_cannot_be_negated_stays(question: str) -> None:
    assert set(outcomes(question, PLAIN[1], "it was cold")) == {None}


def test_where_several_rules_fit_each_is_used() -> None:
    question = "Which tank of the Larkspur lander held 40 litres early?"
    passage = "On the Larkspur lander, built by Selene Works, the aft tank held 40 litres early."
    changed = set(outcomes(question, passage, "the aft tank"))
    assert question.replace("Larkspur", "Selene Works") in changed
    assert question.replace("early", "late") in changed
    assert question.replace("40", "42") in changed
    assert None not in changed
    assert question not in changed


@pytest.mark.parametrize(("question", "passage"), [NAMED, NUMBERED, OPPOSED, PLAIN])
def test_the_same_seed_gives_the_same_question(question: str, passage: str) -> None:
    assert outcomes(question, passage, "xyz") == outcomes(question, passage, "xyz")
