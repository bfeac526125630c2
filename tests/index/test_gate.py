import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import GenerationError
from index.gate import FEATURES, Contribution, Gate, load_gate, open_gate, read_gate, write_gate
from index.reliability import Bin

GATE = Gate(bias=-1.0, weights=(0.5, 0.25, 2.0, 1.0, 3.0, 2.0, 4.0, 1.5), threshold=0.5, topic_coverage=0.4)
finite = st.floats(-1e6, 1e6)


def confidence(values: Sequence[float]) -> float:
    return GATE.confidence(tuple(values))


def test_the_features_are_named_and_in_order() -> None:
    assert FEATURES == ("relevance", "margin", "dense", "coverage", "overlap", "names", "timely", "type")


def test_confidence_is_the_logistic_of_the_weighted_sum() -> None:
    odds = -1 + 0.5 * 2 + 0.25 * 4 + 2 * 0.5 + 0.75 + 3 * 0.25 + 2 * 0.5 + 4 * 0.125 + 1.5
    assert confidence([2, 4, 0.5, 0.75, 0.25, 0.5, 0.125, 1]) == pytest.approx(1 / (1 + math.exp(-odds)))
    assert confidence([0, 0, 0.5, 0, 0, 0, 0, 0]) == 0.5


def test_the_parts_of_the_odds_are_told_by_name() -> None:
    parts = GATE.contributions((2.0, 4.0, 0.5, 0.75, 0.25, 0.5, 0.125, 1.0))
    assert [part.name for part in parts] == [*FEATURES, "bias"]
    assert parts[1] == Contribution("margin", 4.0, 0.25)
    assert [part.log_odds for part in parts] == [1.0, 1.0, 1.0, 0.75, 0.75, 1.0, 0.5, 1.5, -1.0]


@given(st.lists(st.floats(-3, 3), min_size=8, max_size=8))
def test_the_parts_add_up_to_the_confidence(values: list[float]) -> None:
    odds = sum(part.log_odds for part in GATE.contributions(tuple(values)))
    assert confidence(values) == pytest.approx(1 / (1 + math.exp(-odds)))


@given(st.lists(finite, min_size=8, max_size=8))
def test_confidence_is_a_probability(values: list[float]) -> None:
    assert 0 <= confidence(values) <= 1


@given(st.lists(finite, min_size=8, max_size=8), st.floats(0, 1e6), st.integers(0, 7))
def test_more_of_what_weighs_for_it_never_lowers_confidence(values: list[float], more: float, at: int) -> None:
    increased = [value + more if number == at else value for number, value in enumerate(values)]
    assert confidence(values) <= confidence(increased)


@pytest.mark.parametrize("value", [math.nan, -math.inf])
def test_what_is_no_number_gives_no_confidence(value: float) -> None:
    assert confidence([9, value, 1, 1, 1, 1, 1, 1]) < 1e-12


def test_an_open_gate_lets_everything_through() -> None:
    gate = open_gate()
    assert gate.confidence((-9.0,) * len(FEATURES)) >= gate.threshold


def test_a_gate_is_read_as_it_was_written(tmp_path: Path) -> None:
    gate = replace(GATE, reader="abc", auroc=0.9, questions=7, reliability=(Bin(0.2, 0.1, 0.4), Bin(0.8, 0.7, 0.6)))
    write_gate(gate, tmp_path / "gate.json")
    assert read_gate(tmp_path / "gate.json") == gate


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"features": ["mood"], "weights": 3}'])
def test_a_damaged_gate_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "gate.json").write_text(text, "utf-8")
    with pytest.raises(GenerationError, match=r"gate\.json is no gate .*run `space-news index build`"):
        read_gate(tmp_path / "gate.json")


def test_the_gate_that_comes_with_the_project_fits_this_release() -> None:
    gate = load_gate()
    assert len(gate.weights) == len(FEATURES)
    assert 0 < gate.threshold < 1
    assert 0 <= gate.topic_coverage <= 1


def test_a_gate_fitted_for_other_features_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.gate.FEATURES", ("relevance", "mood"))
    with pytest.raises(
        GenerationError, match=r"was fitted for .*this release has \['relevance', 'mood'\]; run `space-news"
    ):
        load_gate()
