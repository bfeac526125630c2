from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Span, normalise_text, split_passages
from index.choice import Choice
from index.errors import QuoteMismatchError
from index.generation import Found
from index.quoting import QUOTE_MAX_CHARS, make_quote
from tests.corpus.texts import raw_texts
from tests.index.texts import found, passage_of, published, span_of


def choice(sentence: Span, answer: Span | None = None, rival: Span | None = None) -> Choice:
    return Choice(sentence, answer or sentence, margin=0.0, overlap=0.0, asked_type=True, worth=0.0, rival=rival)


def quoted(text: str, sentence: str, rival: str = "") -> str:
    rival_span = span_of(text, rival) if rival else None
    return make_quote(found(text), choice(span_of(text, sentence), rival=rival_span)).text


@given(raw_texts, st.data())
def test_a_quote_is_a_slice_of_whatever_was_published(raw: str, data: st.DataObject) -> None:
    article, version = published("any", normalise_text(raw))
    for number, passage in enumerate(split_passages(article.id, version.number, version.text)):
        sentence = data.draw(st.sampled_from(passage.sentences))
        start = data.draw(st.integers(sentence.start_char, sentence.end_char - 1))
        answer = Span(start, data.draw(st.integers(start + 1, sentence.end_char)))
        rival = data.draw(st.sampled_from([None, *passage.sentences]))
        quote = make_quote(Found(number, passage, article, version.text), choice(sentence, answer, rival))
        assert version.text[quote.span.start_char : quote.span.end_char] == quote.text
        assert quote.part(sentence) == sentence.of(version.text)
        assert quote.part(answer) == answer.of(version.text) != ""
        assert len(quote.text) <= max(QUOTE_MAX_CHARS, len(sentence.of(version.text)))
        assert passage.span.start_char <= quote.span.start_char
        assert quote.span.end_char <= passage.span.end_char
        with pytest.raises(QuoteMismatchError):
            quote.check("\0" * len(version.text))


def test_both_neighbours_are_shown_and_no_more() -> None:
    text = "One was first. Two came next. Three is it. Four followed. Five was last."
    assert quoted(text, "Three is it.") == "Two came next. Three is it. Four followed."
    assert quoted(text, "One was first.") == "One was first. Two came next."
    assert quoted(text, "Five was last.") == "Four followed. Five was last."


def test_a_quote_stays_in_its_paragraph() -> None:
    text = "One was first.\n\nTwo is it. Three followed.\n\nFour was last."
    assert quoted(text, "Two is it.") == "Two is it. Three followed."
    assert quoted(text, "Four was last.") == "Four was last."


def test_the_sentence_before_has_precedence_where_both_are_too_long() -> None:
    before, answering, after = (f"{start} {'word ' * 37}end." for start in ("Before", "Here", "After"))
    text = f"{before} {answering} {after}"
    assert len(text) > QUOTE_MAX_CHARS > len(f"{before} {answering}")
    assert quoted(text, answering) == f"{before} {answering}"


def test_the_rival_has_precedence_over_both_neighbours() -> None:
    before, answering, after = (f"{start} {'word ' * 37}end." for start in ("Before", "Here", "After"))
    text = f"{before} {answering} {after}"
    assert quoted(text, answering, rival=after) == f"{answering} {after}"


def test_a_rival_brings_what_stands_between_and_stays_in_the_paragraph() -> None:
    text = "One was first. Two came next. Three is it. Four followed. Five was last.\n\nSix came later."
    assert quoted(text, "Three is it.", rival="Five was last.") == text[len("One was first. ") : text.index("\n")]
    assert quoted(text, "Three is it.", rival="One was first.") == text[: text.index(" Five")]
    assert quoted(text, "Four followed.", rival="Six came later.") == "Three is it. Four followed. Five was last."


def test_a_long_neighbour_is_left_out_and_the_other_still_shown() -> None:
    before = f"Before {'word ' * 85}end."
    assert quoted(f"{before} Here it is. It ended.", "Here it is.") == "Here it is. It ended."


def test_a_long_answering_sentence_stands_alone_and_whole() -> None:
    answering = f"Here {'word ' * 90}end."
    assert len(answering) > QUOTE_MAX_CHARS
    assert quoted(f"It rose. {answering} It slept.", answering) == answering


def test_the_limit_is_met_exactly() -> None:
    before = "B" * (QUOTE_MAX_CHARS - len(" Here it is.") - 1) + "."
    for text, expected in (
        (f"{before} Here it is.", f"{before} Here it is."),
        (f"B{before} Here it is.", "Here it is."),
    ):
        one = replace(found(text), passage=passage_of(text, text[: -len(" Here it is.")], "Here it is."))
        assert make_quote(one, choice(span_of(text, "Here it is."))).text == expected


def test_a_passage_does_not_lend_sentences_of_its_neighbour() -> None:
    text = "It rose. Here it is. It slept."
    one = replace(found(text), passage=passage_of(text, "Here it is."))
    assert make_quote(one, choice(span_of(text, "Here it is."))).text == "Here it is."


@pytest.mark.parametrize("answer", [Span(0, 2), Span(9, 40), Span(9, 9)])
def test_an_answer_beside_the_sentence_is_never_shown(answer: Span) -> None:
    text = "It rose. Here it is. It slept."
    with pytest.raises(QuoteMismatchError):
        make_quote(found(text), choice(span_of(text, "Here it is."), answer))
