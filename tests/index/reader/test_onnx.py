import json
import math
import shutil
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import numpy as np
import onnx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from corpus import Span
from index.errors import EncoderError
from index.generation import Found
from index.reader import Reader, Reading, open_reader
from index.reader.onnx import ANSWER_MAX_TOKENS, QUESTION_MAX_TOKENS, Logits, SentenceReading, interpret
from index.reader.pairs import Pair
from tests.index.texts import found, passage_of

TEXT = "It flew. It landed."
FOUND = found(TEXT)
#                [CLS]   It      flew    .       It       landed    .         [SEP]
OFFSETS = [(0, 0), (0, 2), (3, 7), (7, 8), (9, 11), (12, 18), (18, 19), (0, 0)]


def pair(offsets: list[tuple[int, int]]) -> Pair:
    return Pair([0] * len(offsets), [1] * len(offsets), offsets)


def logits(*values: float) -> Logits:
    return np.asarray(values, dtype=np.float32)


def read(starts: Logits, ends: Logits, one: Found = FOUND) -> list[tuple[str, str, float]]:
    """Return sentence, answer and margin of every sentence."""
    reading = interpret(0.25, starts, ends, pair(OFFSETS), one)
    assert reading.relevance == 0.25
    return [(r.sentence.of(one.text), r.answer.of(one.text), r.margin) for r in reading.sentences]


def test_every_sentence_has_its_best_span_and_no_span_crosses() -> None:
    starts, ends = logits(1, 0, 5, 0, 0, 2, 0, 9), logits(0.5, 0, 1, 0, 0, 6, 0, 9)
    # "flew. It landed" would be 11, but "flew" is 6 and "landed" 8, each less the 1.5 of no answer.
    assert read(starts, ends) == [("It flew.", "flew", 4.5), ("It landed.", "landed", 6.5)]


def test_an_answer_never_ends_before_it_starts() -> None:
    starts, ends = logits(0, 0, 0, 9, 0, 0, 0, 0), logits(0, 9, 0, 0, 0, 0, 0, 0)
    assert read(starts, ends)[0] == ("It flew.", "It", 9)


def test_an_answer_spans_words() -> None:
    starts, ends = logits(0, 0, 0, 0, 3, 0, 0, 0), logits(0, 0, 0, 0, 0, 0, 3, 0)
    assert read(starts, ends)[1] == ("It landed.", "It landed.", 6)


def test_where_nothing_is_better_the_margin_is_negative() -> None:
    assert [margin for *_, margin in read(logits(4, *[0] * 7), logits(3, *[0] * 7))] == [-7, -7]


def test_offsets_count_from_the_passage() -> None:
    whole = f"One before.\n\n{TEXT}"
    later = replace(found(whole), passage=passage_of(whole, "It flew.", "It landed."))
    both = logits(0, 0, 0, 0, 0, 9, 0, 0)
    assert read(both, both, later)[1] == ("It landed.", "landed", 18)


def test_an_answer_has_at_most_so_many_tokens() -> None:
    text = "x" * 40
    offsets = [(0, 0), *((number, number + 1) for number in range(40))]
    starts, ends = np.zeros(41, dtype=np.float32), np.zeros(41, dtype=np.float32)
    starts[1], ends[40], ends[ANSWER_MAX_TOKENS] = 5, 5, 1
    (only,) = interpret(0, starts, ends, pair(offsets), found(text)).sentences
    assert only == SentenceReading(Span(0, 40), Span(0, ANSWER_MAX_TOKENS), 6)


def test_sentences_beyond_the_longest_sequence_are_absent() -> None:
    five = logits(0, -5, -5, -5, 0)
    (seen,) = interpret(0, five, five, pair([*OFFSETS[:4], (0, 0)]), FOUND).sentences
    assert (seen.sentence, seen.margin) == (Span(0, 8), -10)
    assert interpret(2, logits(0, 0), logits(0, 0), pair([(0, 0), (0, 0)]), FOUND) == Reading(2, ())


@given(st.data())
def test_an_answer_is_a_part_of_its_sentence(data: st.DataObject) -> None:
    drawn = st.lists(st.floats(-20, 20, width=32), min_size=8, max_size=8)
    reading = interpret(0, logits(*data.draw(drawn)), logits(*data.draw(drawn)), pair(OFFSETS), FOUND)
    assert tuple(one.sentence for one in reading.sentences) == FOUND.passage.sentences
    for one in reading.sentences:
        assert one.sentence.start_char <= one.answer.start_char < one.answer.end_char <= one.sentence.end_char


def test_a_pair_is_read_the_same_whatever_stands_beside_it(reader: Reader) -> None:
    question = "When did the valve freeze?"
    passages = [found(TEXT), found("The valve froze on Thursday. " * 5, title="Fuelling"), found("Why?", title="T")]
    together = reader.read([(question, passage) for passage in passages])
    assert together == [reader.read([(question, passage)])[0] for passage in passages]
    assert reader.read([]) == []
    for passage, reading in zip(passages, together, strict=True):
        assert math.isfinite(reading.relevance)
        assert tuple(one.sentence for one in reading.sentences) == passage.passage.sentences
        assert all(math.isfinite(one.margin) for one in reading.sentences)


@pytest.mark.parametrize("question", ["?!" * 200, "月面着陸" * 150, "who " * 500, ""])
def test_a_question_of_any_length_can_be_read(reader: Reader, question: str) -> None:
    (reading,) = reader.read([(question, FOUND)])
    assert len(reading.sentences) == 2


def test_a_long_question_is_cut_after_its_last_token_that_fits(reader: Reader) -> None:
    fitting = " ".join(["who"] * QUESTION_MAX_TOKENS)
    longer, exact, other = reader.read([(f"{fitting} what when", FOUND), (fitting, FOUND), (fitting[4:], FOUND)])
    assert longer == exact
    assert exact != other


def test_other_weights_than_those_of_the_card_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "weights").mkdir()
    (tmp_path / "weights" / "reader.onnx").write_bytes(b"abc")
    (tmp_path / "weights" / "reader.json").write_text(json.dumps({"sha256": {"reader.onnx": "0" * 64}}), "utf-8")
    monkeypatch.setattr("index.reader.files", lambda _: tmp_path)
    with pytest.raises(EncoderError, match=r"reader\.onnx has sha256 ba7816bf.*, not 0{64}; reinstall the project"):
        open_reader()


def test_another_tokenizer_than_that_of_the_card_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(str(files("index.reader") / "weights"), tmp_path / "weights")
    (tmp_path / "weights" / "tokenizer.json").write_text("{}", "utf-8")
    monkeypatch.setattr("index.reader.files", lambda _: tmp_path)
    with pytest.raises(EncoderError, match=r"tokenizer\.json has sha256 44136fa3.*; reinstall the project"):
        open_reader()


def test_a_file_that_is_absent_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.reader.files", lambda _: tmp_path)
    with pytest.raises(EncoderError, match=r"the reader is not whole: .*reader\.json.*; reinstall the project"):
        open_reader()


def test_the_tokenizer_knows_as_many_tokens_as_the_model(reader: Reader) -> None:
    weights = files("index.reader") / "weights"
    tokenizer = Tokenizer.from_file(str(weights / "tokenizer.json"))
    tables = [tuple(t.dims) for t in onnx.load(str(weights / "reader.onnx")).graph.initializer]
    assert (tokenizer.get_vocab_size(), 192) in tables


def test_a_model_that_cannot_be_loaded_is_told(tmp_path: Path) -> None:
    (tmp_path / "reader.onnx").write_bytes(b"no model")
    with pytest.raises(EncoderError, match=r"cannot load .*reader\.onnx"):
        Reader(tmp_path / "reader.onnx", tmp_path / "tokenizer.json", "x")
