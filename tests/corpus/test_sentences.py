import textwrap
from itertools import pairwise

import pytest
from hypothesis import given

from corpus.article import Span
from corpus.normalise import normalise_text
from corpus.sentences import split_sentences
from tests.corpus.sentence_cases import MARKED
from tests.corpus.texts import normalised_texts


def sentences_of(text: str) -> list[str]:
    return [span.of(text) for span in split_sentences(text)]


@pytest.mark.parametrize("name", MARKED)
def test_sentences_end_where_the_case_says(name: str) -> None:
    marked = MARKED[name]
    text = marked.replace("¦", "")
    assert normalise_text(text) == text
    assert sentences_of(text) == [sentence.strip() for sentence in marked.split("¦")]


def test_spans_are_offsets_into_the_text() -> None:
    assert split_sentences("It flew.\n\nIt landed.") == [Span(0, 8), Span(10, 20)]


def test_nothing_comes_of_nothing() -> None:
    assert split_sentences("") == []


@pytest.mark.parametrize("width", [56, 64, 72, 80])
def test_wrapping_a_text_does_not_change_its_sentences(width: int) -> None:
    text = (
        "The crew closed the hatch at 7:15 a.m. EDT and checked it twice for leaks. Mission control then "
        'gave the U.S. segment a "go" for undocking, and the capsule backed away over the Pacific. Was it fine? '
        "Dr. Ana Ruiz, the flight surgeon, said that nobody had felt more than a light push when the springs let go."
    )
    wrapped = "\n".join(textwrap.wrap(text, width))
    assert [sentence.replace("\n", " ") for sentence in sentences_of(wrapped)] == sentences_of(text)
    assert len(sentences_of(text)) == 4


def test_lines_that_a_person_broke_stay_apart() -> None:
    headlines = (
        "A capsule with a sample of an asteroid came down in the desert\n"
        "Weather satellite is safe after a leak in its upper stage\n"
        "New spacesuit is tried in a pool for the first time this year\n"
        "Lander tips over on the Moon, but its radio still works"
    )
    assert sentences_of(headlines) == headlines.split("\n")


def test_a_text_without_spaces_takes_no_time_and_loses_nothing() -> None:
    text = "日本。" * 40_000
    assert "".join(sentences_of(text)) == text


@given(normalised_texts)
def test_sentences_cover_every_character_once_and_in_order(text: str) -> None:
    spans = split_sentences(text)
    covered = [position for span in spans for position in range(span.start_char, span.end_char)]
    assert [position for position in covered if text[position] not in " \n"] == [
        position for position, char in enumerate(text) if char not in " \n"
    ]
    assert all(left.end_char <= right.start_char for left, right in pairwise(spans))


@given(normalised_texts)
def test_no_sentence_is_empty_has_space_around_it_or_crosses_a_blank_line(text: str) -> None:
    for sentence in sentences_of(text):
        assert sentence
        assert sentence == sentence.strip()
        assert "\n\n" not in sentence
