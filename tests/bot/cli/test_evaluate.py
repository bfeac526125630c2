"""Measuring from the command line; the golden figures may rise, and must not drop."""

import json
from pathlib import Path

import pytest

from tests.command_line import CommandLine

FLOORS = {
    "success@1": 0.94,
    "evidence_at_1": 0.82,
    "answered_right": 0.80,
    "refusal_precision": 0.81,
    "refusal_recall": 0.78,
    "auroc": 0.95,
}
"""Some questions below what was measured (docs/decisions/0018-the-reader.md), since int8 differs between processors."""


@pytest.mark.timeout(300)
def test_the_golden_figures_do_not_drop(fresh: CommandLine, tmp_path: Path) -> None:
    done = fresh("evaluate", "--json", str(tmp_path / "golden.json"), "--report", str(tmp_path / "report"))
    assert done.exit_code == 0, done.stderr
    figures = json.loads((tmp_path / "golden.json").read_text("utf-8"))
    figures |= figures["ranking"]["+ reader"]
    assert {name: figures[name] for name, floor in FLOORS.items() if figures[name] < floor} == {}
    assert "# golden" in (tmp_path / "report" / "report.md").read_text("utf-8")
    assert (tmp_path / "report" / "report.png").stat().st_size > 10_000


def test_a_folder_of_judged_questions_is_measured(fresh: CommandLine, tmp_path: Path) -> None:
    article = {
        "_id": "1",
        "title": "Larkspur",
        "text": "The Larkspur lander touched down on May 3. It then fell silent.",
    }
    (tmp_path / "corpus.jsonl").write_text(json.dumps(article) + "\n", "utf-8")
    (tmp_path / "queries.jsonl").write_text('{"_id": "q", "text": "When did Larkspur touch down?"}\n', "utf-8")
    (tmp_path / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq\t1\t1\n", "utf-8")
    answers = {"question_id": "q", "answers": [{"text": "May 3"}], "is_impossible": False}
    (tmp_path / "answers.jsonl").write_text(json.dumps(answers) + "\n", "utf-8")
    done = fresh("evaluate", str(tmp_path), "--json", str(tmp_path / "figures.json"))
    assert done.exit_code == 0, done.stderr
    figures = json.loads((tmp_path / "figures.json").read_text("utf-8"))
    assert (figures["questions"], figures["evidence_at_1"], figures["span_f1"]) == (1, 1.0, 1.0)


def test_a_folder_without_a_set_is_one_plain_line(fresh: CommandLine, tmp_path: Path) -> None:
    done = fresh("evaluate", str(tmp_path / "absent"))
    assert (done.exit_code, done.stdout) == (1, "")
    assert "holds no queries.jsonl" in done.stderr or "holds no qrels.tsv" in done.stderr
