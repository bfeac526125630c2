from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Passage, Span
from corpus.passages import split_passages
from corpus.sentences import split_sentences
from tests.corpus.texts import normalised_texts


def sentence(n_words: int, start: str = "Word") -> str:
    return " ".join([start, *["word"] * (n_words - 1)]) + "."


def texts_of(text: str, **options: int) -> list[str]:
    return [passage.span.of(text) for passage in split_passages("a", 1, text, **options)]


def test_a_short_text_is_one_passage() -> None:
    assert split_passages("a", 3, "It flew. It landed.") == [
        Passage("a", 3, Span(0, 19), (Span(0, 8), Span(9, 19))),
    ]


def test_an_empty_text_has_no_passage() -> None:
    assert split_passages("a", 1, "") == []


def test_paragraphs_stay_together() -> None:
    first, second, third = (" ".join([sentence(20)] * n) for n in (4, 3, 5))
    text = "\n\n".join([first, second, third])
    assert texts_of(text, max_words=110) == [first, second, third]


def test_short_paragraphs_share_a_passage() -> None:
    paragraphs = [sentence(25) for _ in range(4)]
    assert texts_of("\n\n".join(paragraphs), max_words=110) == ["\n\n".join(paragraphs)]


def test_a_heading_goes_with_what_it_stands_over() -> None:
    before, after = " ".join([sentence(25)] * 4), " ".join([sentence(24)] * 4)
    text = f"{before}\n\nWhat comes next\n\n{after}"
    assert texts_of(text, max_words=110) == [before, f"What comes next\n\n{after}"]


def test_a_long_paragraph_is_cut_into_equal_parts() -> None:
    text = " ".join([sentence(20)] * 9)
    assert [len(part.split()) for part in texts_of(text, max_words=110)] == [100, 80]


def test_a_scrap_at_the_end_joins_its_neighbour() -> None:
    text = " ".join([sentence(20)] * 5) + "\n\n" + sentence(20)
    assert texts_of(text, max_words=110) == [text]


def test_a_sentence_over_the_limit_is_a_passage_of_its_own() -> None:
    text = " ".join([sentence(100), sentence(150), sentence(100)])
    assert [len(part.split()) for part in texts_of(text, max_words=110)] == [100, 150, 100]


def test_a_sentence_without_end_is_cut_at_spaces() -> None:
    text = sentence(330)
    passages = split_passages("a", 1, text, max_words=110)
    assert [len(passage.span.of(text).split()) for passage in passages] == [110, 110, 110]
    assert " ".join(passage.span.of(text) for passage in passages) == text


def test_a_word_without_end_is_cut_too() -> None:
    text = "0" * 20_000
    assert [len(part) for part in texts_of(text, max_words=100)] == [4000] * 5


@given(normalised_texts, st.integers(1, 30))
def test_a_passage_is_the_slice_from_its_first_to_its_last_sentence(text: str, max_words: int) -> None:
    for passage in split_passages("a", 1, text, max_words=max_words):
        assert passage.span == Span(passage.sentences[0].start_char, passage.sentences[-1].end_char)
        cut = text[passage.span.start_char : passage.span.end_char]
        assert cut
        assert cut == cut.strip() == passage.span.of(text)


@given(normalised_texts, st.integers(1, 30))
def test_every_sentence_lies_in_exactly_one_passage(text: str, max_words: int) -> None:
    spans = [span for passage in split_passages("a", 1, text, max_words=max_words) for span in passage.sentences]
    assert all(left.end_char <= right.start_char for left, right in pairwise(spans))
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())
    starts = {span.start_char for span in spans}
    assert starts >= {span.start_char for span in split_sentences(text)}


@given(normalised_texts, st.integers(1, 30))
def test_no_passage_of_several_sentences_goes_beyond_the_stretched_limit(text: str, max_words: int) -> None:
    for passage in split_passages("a", 1, text, max_words=max_words):
        assert len(passage.sentences) == 1 or len(passage.span.of(text).split()) <= max_words * 1.25
