from pathlib import Path

import pytest

from benchmarks.lexical import main, quality
from benchmarks.lexical_engines import Bm25sEngine, Engine, TantivyEngine
from benchmarks.lexical_workload import line_of_terms
from benchmarks.retrieval_sets import RetrievalSet

JUDGED = RetrievalSet(
    name="small",
    documents={
        "cargo": "A cargo ship raised the orbit of the station.",
        "rover": "The rover drilled into a rock on Mars.",
        "crew": "The crew of the station sleeps.",
    },
    queries={"1": "Which ship raised the orbit?", "2": "Where does the rover drill?"},
    qrels={"1": {"cargo": 1}, "2": {"crew": 1}},
)


@pytest.mark.parametrize("engine", [Bm25sEngine(), TantivyEngine()], ids=lambda engine: engine.name)
def test_quality_is_one_for_the_question_that_is_answered_and_nothing_for_the_other(engine: Engine) -> None:
    assert quality(engine, JUDGED, line_of_terms) == 0.5


@pytest.mark.parametrize("engine", [Bm25sEngine(), TantivyEngine()], ids=lambda engine: engine.name)
def test_equal_scores_are_ordered_by_number_and_a_filter_leaves_out_other_days(engine: Engine, tmp_path: Path) -> None:
    engine.build(["orbit station"] * 3, tmp_path)
    engine.open(tmp_path)
    assert [number for number, _ in engine.search("orbit", 3)] == [0, 1, 2]
    assert [number for number, _ in engine.search("orbit", 3, filtered=True)] == [0]  # days 0, 919 and 838


def test_without_data_it_says_so_and_stops(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(data=tmp_path)
    assert capsys.readouterr().out.startswith("Skipped: ")
