from corpus import Span
from index.choice import CLOSE, FRAGMENT_PENALTY, OVERLAP_WEIGHT, TYPE_PENALTY, Choice, choose
from index.reader.onnx import Reading, SentenceReading

TEXT = "It flew. It landed."
FIRST = SentenceReading(Span(0, 8), Span(0, 2), margin=1.0)
SECOND = SentenceReading(Span(9, 19), Span(12, 18), margin=2.0)
READING = Reading(0.5, (FIRST, SECOND))
ASKED = "What did it do?"


def test_the_reader_decides_where_both_speak_of_as_much() -> None:
    assert choose(ASKED, READING, [0.5, 0.5], TEXT) == Choice(
        SECOND.sentence, SECOND.answer, margin=2.0, overlap=0.5, asked_type=True, worth=3.0, rival=FIRST.sentence
    )


def test_what_speaks_of_more_of_the_question_can_make_up_for_it() -> None:
    assert OVERLAP_WEIGHT == 2.0
    assert choose(ASKED, READING, [0.75, 0.125], TEXT) == Choice(
        FIRST.sentence, FIRST.answer, margin=1.0, overlap=0.75, asked_type=True, worth=2.5, rival=SECOND.sentence
    )
    assert choose(ASKED, READING, [0.5, 0.125], TEXT).sentence == SECOND.sentence


def test_of_equal_sentences_the_first_is_chosen() -> None:
    assert choose(ASKED, READING, [0.75, 0.25], TEXT).sentence == FIRST.sentence


def test_a_rival_is_close_and_one_sentence_has_none() -> None:
    assert CLOSE == 3.0
    for margin, rival in ((-1.0, FIRST.sentence), (-1.1, None)):
        far = SentenceReading(FIRST.sentence, FIRST.answer, margin)
        assert choose(ASKED, Reading(0.5, (far, SECOND)), [0.5, 0.5], TEXT).rival == rival
    assert choose(ASKED, Reading(0.5, (SECOND,)), [0.5], TEXT).rival is None


def test_a_heading_loses_against_a_sentence() -> None:
    assert FRAGMENT_PENALTY == 8.0
    heading = "It flew\n It landed."
    reading = Reading(0.5, (SentenceReading(Span(0, 7), Span(0, 2), margin=9.9), SECOND))
    assert choose(ASKED, reading, [0.5, 0.5], heading).sentence == SECOND.sentence
    assert choose(ASKED, reading, [0.6, 0.5], heading).sentence == Span(0, 7)


def test_a_sentence_without_what_is_asked_for_loses_against_one_with_it() -> None:
    assert TYPE_PENALTY == 3.0
    text = "It weighs 40 tons. It landed."
    for margin, chosen in ((4.9, 0), (5.1, 1)):
        heavy = SentenceReading(Span(0, 18), Span(10, 17), margin=2.0)
        landed = SentenceReading(Span(19, 29), Span(22, 28), margin=margin)
        choice = choose("How heavy is it?", Reading(0.5, (heavy, landed)), [0.5, 0.5], text)
        assert choice.sentence == (heavy, landed)[chosen].sentence
        assert choice.asked_type == (chosen == 0)
