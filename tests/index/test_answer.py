from dataclasses import replace
from datetime import UTC, datetime

import pytest

from corpus import Span
from index.answer import Answer, Quote
from index.errors import QuoteMismatchError
from tests.index.texts import span_of

TEXT = "It rose. The probe Tern landed at dawn. It slept."
SENTENCE = "The probe Tern landed at dawn."
QUOTE = Quote(
    article_id="tern",
    version=2,
    span=span_of(TEXT, f"It rose. {SENTENCE}"),
    sentence=span_of(TEXT, SENTENCE),
    answer=span_of(TEXT, "at dawn"),
    text=f"It rose. {SENTENCE}",
)


def test_a_true_quote_passes() -> None:
    QUOTE.check(TEXT)


@pytest.mark.parametrize(
    "tampered", [TEXT.replace("dawn", "dusk"), TEXT.replace("It rose", "It fell"), " " + TEXT, TEXT[:30], ""]
)
def test_another_text_is_told(tampered: str) -> None:
    with pytest.raises(QuoteMismatchError) as caught:
        QUOTE.check(tampered)
    assert str(caught.value) == (
        "quote of article tern version 2 reads 'It rose. The probe Tern landed at dawn.', "
        f"but the article reads {tampered[:39]!r} there; rebuild with `space-news index build`"
    )


def test_what_follows_a_quote_does_not_matter_to_it() -> None:
    QUOTE.check(TEXT.replace("It slept", "It woke"))


@pytest.mark.parametrize(
    "wrong",
    [
        replace(QUOTE, text="It rose."),
        replace(QUOTE, sentence=Span(0, 45)),
        replace(QUOTE, span=QUOTE.sentence, text=SENTENCE, sentence=Span(0, 39)),
        replace(QUOTE, answer=Span(0, 7)),
        replace(QUOTE, answer=Span(30, 44)),
        replace(QUOTE, answer=Span(12, 12)),
    ],
)
def test_parts_must_lie_within_each_other_and_hold_something(wrong: Quote) -> None:
    with pytest.raises(QuoteMismatchError):
        wrong.check(TEXT)


def test_part_reads_from_the_quote_alone() -> None:
    assert QUOTE.part(QUOTE.sentence) == SENTENCE
    assert QUOTE.part(QUOTE.answer) == "at dawn"


def test_how_long_it_took_is_no_part_of_an_answer() -> None:
    asked_at = datetime(2031, 6, 1, tzinfo=UTC)
    assert Answer("?", asked_at, (), "g", {"total": 1.0}) == Answer("?", asked_at, (), "g", {"total": 2.0})
