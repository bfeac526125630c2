from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.reliability import Bin, calibration_error, reliability, write_diagram

PREDICTED = np.asarray([0.91, 0.99, 0.11, 0.19])
RIGHT = np.asarray([True, False, False, False])


def test_bins_hold_what_is_predicted_alike() -> None:
    assert reliability(PREDICTED, RIGHT, np.ones(4)) == (Bin(0.15, 0.0, 0.5), Bin(0.95, 0.5, 0.5))
    weights = np.asarray([3.0, 1.0, 0.5, 0.5])
    assert reliability(PREDICTED, RIGHT, weights) == (Bin(0.15, 0.0, 0.2), Bin(0.93, 0.75, 0.8))


def test_the_calibration_error_is_the_weighted_gap_of_the_bins() -> None:
    assert calibration_error([Bin(0.15, 0.0, 0.2), Bin(0.93, 0.75, 0.8)]) == pytest.approx(0.2 * 0.15 + 0.8 * 0.18)
    assert calibration_error([]) == 0.0


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_every_prediction_is_in_one_bin(predictions: list[tuple[float, bool]]) -> None:
    predicted = np.asarray([p for p, _ in predictions])
    bins = reliability(predicted, np.asarray([right for _, right in predictions]), np.ones(len(predictions)))
    assert sum(one.share for one in bins) == pytest.approx(1, abs=1e-3)
    assert 0 <= calibration_error(bins) <= 1


def test_the_same_bins_give_the_same_picture(tmp_path: Path) -> None:
    bins = reliability(PREDICTED, RIGHT, np.ones(4))
    write_diagram(tmp_path / "a.png", bins)
    write_diagram(tmp_path / "b.png", bins)
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
