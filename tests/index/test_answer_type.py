import pytest

from index.answer_type import holds_asked_type

HELD = [
    ("How heavy is the lander?", "It weighs 1.9 metric tons."),
    ("how many pounds of cargo did it bring", "Aboard were 6,200 lbs of food."),
    ("orbiter mass at launch", "Fuelled, it came to 540 kilograms."),
    ("How fast did the capsule hit the air?", "It was then doing 11 kilometers per second."),
    ("impact velocity", "The stage struck at 9,000 mph."),
    ("How hot did the shield get?", "The shield reached 1,400 degrees."),
    ("How long did the spacewalk last?", "They were outside for seven hours."),
    ("how long is the new boom", "The boom measures 40 meters."),
    ("duration of the burn", "It fired for 51s."),
    ("How far away is the probe?", "A signal takes 23 hours to cross the distance."),
    ("orbit altitude", "It circles at 550km."),
    ("How much money did the agency pay?", "The contract is worth €40 million."),
    ("ticket price", "A seat costs nothing at present."),
    ("What share of the satellites failed?", "Of them, 12% no longer answer."),
    ("When did it launch?", "The rocket rose on Nov. 3."),
    ("launch date", "Liftoff was on Tuesday."),
    ("which year was it founded", "It began in 1998."),
    ("so when is it back", "It should return in the spring."),
    ("How many crew members are there?", "Three of them are Russian."),
    ("Who covers the cost of the sensor?", "It is paid for by the Swedish space agency."),
    ("whos in charge", "Anna Blix leads it."),
]
MISSED = [
    ("How heavy is the lander?", "It is 6 meters tall."),
    ("impact velocity", "The stage struck 6,000 miles from shore."),
    ("How hot did the shield get?", "It lasted 13 minutes."),
    ("How long did the spacewalk last?", "They wore red suits."),
    ("ticket price", "The ticket is sold by an agent in Oslo."),
    ("When did it launch?", "The rocket to Mars rose from Kourou."),
    ("How many crew members are there?", "The crew is Russian."),
    ("Who leads the Polar Institute?", "Nobody has led the Polar Institute since May 3."),
]


@pytest.mark.parametrize(("question", "sentence"), HELD)
def test_a_sentence_with_what_is_asked_for(question: str, sentence: str) -> None:
    assert holds_asked_type(question, sentence)
    assert not holds_asked_type(question, "Officials praised the crew.")


@pytest.mark.parametrize(("question", "sentence"), MISSED)
def test_a_sentence_with_something_else(question: str, sentence: str) -> None:
    assert not holds_asked_type(question, sentence)


@pytest.mark.parametrize(
    "question",
    [
        "Why was the price raised?",
        "where was the date set",
        "What is the cargo?",
        "satellites launched up to date",
        "Welche Rakete startete im Mai?",
        "",
    ],
)
def test_a_question_that_does_not_give_its_type_away_takes_anything(question: str) -> None:
    assert holds_asked_type(question, "Officials praised the crew.")
