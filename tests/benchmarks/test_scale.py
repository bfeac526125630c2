import json
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import scale_measure
from benchmarks.builds import timed_build
from benchmarks.scale import bytes_a_passage, draw, table
from benchmarks.scale_corpus import PUBLISHERS, ScatteredEncoder, articles, scattered
from index.encoder import Vectors


def unit_rows(seed: int, rows: int) -> Vectors:
    drawn = np.random.default_rng(seed).standard_normal((rows, 384), dtype=np.float32)
    unit: Vectors = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    return unit


REAL = unit_rows(1, 30)
ENCODER = ScatteredEncoder(REAL, unit_rows(2, 5))


def test_a_made_up_vector_lies_near_a_real_one_and_always_at_the_same_place() -> None:
    rows = scattered(ENCODER, 200)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, rtol=1e-5)
    nearest = (rows @ REAL.T).max(axis=1)
    assert 0.75 < nearest.mean() < 0.85
    np.testing.assert_allclose(ENCODER.encode_passages(["7"])[0], rows[7], atol=1e-6)


def test_the_corpus_has_its_size_its_years_and_its_publishers() -> None:
    written = list(articles(120))
    assert len(written) == 40
    assert len({article.publisher for article, _ in written}) == PUBLISHERS
    assert [written[0][0].published_at.year, written[-1][0].published_at.year] == [2016, 2025]  # type: ignore[union-attr]


def test_a_size_is_measured_and_reported(tmp_path: Path) -> None:
    built = timed_build(list(articles(60)), tmp_path, ENCODER).built
    figures: dict[str, Any] = {
        "passages": 60,
        "build_seconds": 1.0,
        "build_peak_mb": 1.0,
        "disk_mb": 1.0,
        "start": {"seconds": 1.0, "wall_seconds": 1.0},
        "search": scale_measure.measure_search(built.folder, ENCODER, 20),
        "recall": scale_measure.measure_recall(built.folder, ENCODER, 20),
    }

    assert figures["recall"]["recall_at_10"] == 1.0  # so few are searched exactly
    assert figures["search"]["fused_p50_ms"] <= figures["search"]["fused_p95_ms"]
    assert bytes_a_passage(figures) >= 0
    assert table([figures]).row_count == 1
    draw(tmp_path / "scale.png", [json.loads(json.dumps(figures))] * 2)
    assert (tmp_path / "scale.png").read_bytes().startswith(b"\x89PNG")
