import pytest

from index.lexicon import Lexicon
from index.rephrase import rephrase


@pytest.mark.parametrize(
    ("question", "passage", "expected"),
    [
        ("What does the USDV do?", "The Deorbit Vehicle burns.", "What does the Deorbit Vehicle do?"),
        ("Who pays for the Deorbit Vehicle?", "The USDV is paid for.", "Who pays for the USDV?"),
        ("Will they keep it aloft?", "A reboost is due.", "Will they reboost?"),
        ("Will they keep the lab aloft?", "A reboost is due.", "Will they reboost the lab?"),
        ("When is the reboost?", "It raised its own orbit.", "When is the raised its own orbit?"),
        # Two concepts, both said otherwise.
        ("Will the USDV reboost?", "The Deorbit Vehicle keeps it aloft.", "Will the Deorbit Vehicle keeps it aloft?"),
    ],
)
def test_a_question_takes_over_the_words_of_the_passage(
    lexicon: Lexicon, question: str, passage: str, expected: str
) -> None:
    assert rephrase(question, passage, lexicon) == expected


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("What does the USDV do?", "The usdv, a Deorbit Vehicle, burns."),  # says it in the question's words too
        ("What does the USDV do?", "The tug burns."),  # only related
        ("What does the tug do?", "The USDV burns."),
        ("What does the USDV do?", "A cargo ship burns."),
        ("What is new?", "The USDV burns."),
        ("", ""),
    ],
)
def test_a_question_stays_as_it_is(lexicon: Lexicon, question: str, passage: str) -> None:
    assert rephrase(question, passage, lexicon) == question
