import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import GenerationError
from index.lexical import LexicalIndex, lexical_terms
from index.lexicon import Lexicon

DOCUMENTS = [["orbit", "probe"], ["orbit", "orbit", "moon", "moon"], [], ["moon", "base"]]
# Four documents with eight terms: the mean length is 2.
IDF_OF_TWO = math.log(1 + (4 - 2 + 0.5) / (2 + 0.5))
IDF_OF_ONE = math.log(1 + (4 - 1 + 0.5) / (1 + 0.5))

small_documents = st.lists(st.lists(st.sampled_from("abcde"), max_size=8), min_size=1, max_size=6)


def saturated(count: int, length: int, mean: float = 2.0) -> float:
    return count / (count + 1.2 * (1 - 0.75 + 0.75 * length / mean))


def by_the_formula(documents: list[list[str]], asked: list[str]) -> list[float]:
    mean = sum(map(len, documents)) / len(documents)
    holding = {term: sum(term in document for document in documents) for term in asked}
    return [
        sum(
            math.log(1 + (len(documents) - holding[term] + 0.5) / (holding[term] + 0.5))
            * saturated(document.count(term), len(document), mean)
            for term in asked
            if term in document
        )
        for document in documents
    ]


def test_scores_are_the_sums_of_the_formula() -> None:
    expected = [
        IDF_OF_TWO * saturated(1, 2) + IDF_OF_ONE * saturated(1, 2),
        IDF_OF_TWO * saturated(2, 4),
        0.0,
        0.0,
    ]
    scores = LexicalIndex.build(DOCUMENTS).scores(["orbit", "probe"])
    assert scores.dtype == np.float32
    np.testing.assert_allclose(scores, expected, rtol=1e-6)


def test_written_out_by_hand() -> None:
    # ln 2 * 1 / (1 + 1.2)
    np.testing.assert_allclose(LexicalIndex.build(DOCUMENTS).scores(["moon"])[3], 0.6931472 / 2.2, rtol=1e-6)


@settings(max_examples=40, deadline=None)
@given(small_documents, st.lists(st.sampled_from("abcdef"), max_size=4, unique=True))
def test_scores_are_the_formula_on_any_documents(documents: list[list[str]], asked: list[str]) -> None:
    scores = LexicalIndex.build(documents).scores(asked)
    np.testing.assert_allclose(scores, by_the_formula(documents, asked), rtol=1e-4, atol=1e-6)


def test_unknown_terms_score_nothing() -> None:
    index = LexicalIndex.build(DOCUMENTS)
    assert index.scores(["zebra"]).tolist() == [0, 0, 0, 0]
    assert index.scores([]).tolist() == [0, 0, 0, 0]
    assert index.scores(["zebra", "probe"]).tolist() == index.scores(["probe"]).tolist()


def test_documents_without_terms() -> None:
    index = LexicalIndex.build([[], []])
    assert index.scores(["moon"]).tolist() == [0, 0]
    assert index.idf(["moon"]) == {"moon": pytest.approx(math.log(1 + 1_002.5 / 0.5))}


def test_idf() -> None:
    idf = LexicalIndex.build(DOCUMENTS).idf(["orbit", "probe", "zebra", "orbit"])
    assert idf == {
        "orbit": pytest.approx(math.log(1 + 1_002.5 / 2.5)),
        "probe": pytest.approx(math.log(1 + 1_003.5 / 1.5)),
        "zebra": pytest.approx(math.log(1 + 1_004.5 / 0.5)),
    }


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    built = LexicalIndex.build(DOCUMENTS)
    built.save(tmp_path / "lexical")
    loaded = LexicalIndex.load(tmp_path / "lexical", len(DOCUMENTS))
    for asked in (["orbit", "probe"], ["moon"], ["zebra"]):
        assert loaded.scores(asked).tolist() == built.scores(asked).tolist()
        assert loaded.idf(asked) == built.idf(asked)


def test_terms_are_numbered_as_they_come_and_not_as_a_set_is_ordered(tmp_path: Path) -> None:
    LexicalIndex.build(DOCUMENTS).save(tmp_path / "lexical")
    numbers = json.loads((tmp_path / "lexical" / "vocab.index.json").read_text("utf-8"))
    assert [numbers[term] for term in ("orbit", "probe", "moon", "base")] == [0, 1, 2, 3]


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    LexicalIndex.build(DOCUMENTS).save(tmp_path / "lexical")
    for file in sorted((tmp_path / "lexical").iterdir()):
        whole = file.read_bytes()
        for damaged in (whole[: len(whole) // 2], b""):
            file.write_bytes(damaged)
            with pytest.raises(GenerationError, match="cannot read .*lexical: .*space-news index build"):
                LexicalIndex.load(tmp_path / "lexical", len(DOCUMENTS))
        file.write_bytes(whole)


def test_terms_are_stems_and_then_concepts(lexicon: Lexicon) -> None:
    assert lexical_terms("The USDV raises the orbit", lexicon) == ["usdv", "rais", "orbit", "§usdv", "§reboost"]
