import pytest

from corpus import Span
from index.answer import Quote
from index.evaluation.dataset import Gold
from index.evaluation.judging import holds_answer, plain, span_f1

TEXT = "It flew at dawn. The probe raised its orbit by 32 minutes."
QUOTE = Quote("a", 1, Span(0, 58), Span(17, 58), Span(47, 57), TEXT)


def test_text_is_compared_as_squad_compares_it() -> None:
    assert plain("The  “Probe’s” an orbit, U.S.!") == "“probe’s” orbit us"


@pytest.mark.parametrize(
    ("gold", "expected"),
    [
        (Gold(answers=("32 Minutes",)), True),
        (Gold(answers=("2 minutes",)), False),
        (Gold(answers=("minutes", "zebra")), True),
        (Gold(answers=("32 minutes",), articles=frozenset({"b"})), False),
        (Gold(answers=("32 minutes",), articles=frozenset({"a", "b"})), True),
        (Gold(sentences=(("a", "It flew at dawn"),)), True),
        (Gold(sentences=(("b", "It flew at dawn"),)), False),
        (Gold(sentences=(("a", "Look: the probe raised its orbit by 32 minutes, they said."),)), True),
        (Gold(), False),
    ],
)
def test_a_quote_holds_what_answers(gold: Gold, expected: bool) -> None:
    assert holds_answer(QUOTE, gold) is expected


def test_words_are_shared_with_the_best_gold_answer() -> None:
    assert span_f1("about 32 minutes", Gold(answers=("32 minutes", "an hour"))) == pytest.approx(0.8)
    assert span_f1("zebra", Gold(answers=("32 minutes",))) == 0.0
    assert span_f1("zebra", Gold()) == 0.0
