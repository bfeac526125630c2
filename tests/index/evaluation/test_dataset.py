"""Judged sets: what is read, and that every flaw is named with its file and line."""

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.errors import EvaluationError
from index.evaluation.dataset import LATE, Gold, JudgedQuestion, load_set

FILES = {
    "corpus.jsonl": '{"_id": "a1", "text": "It flew."}\n{"_id": "a2", "text": ""}\n',
    "queries.jsonl": (
        '{"_id": "q1", "text": "Did it fly?", "metadata": {"asked": "2031-05-06"}}\n\n'
        '{"_id": 2, "text": "Did it land?", "metadata": null}\n'
    ),
    "qrels.tsv": "query-id\tcorpus-id\tscore\nq1\ta1\t2\nq1\ta2\t0\n",
    "answers.jsonl": (
        '{"question_id": "q1", "answers": [{"text": "flew"}, {"text": " "}], '
        '"evidence": [{"doc_id": "a1", "sentence": "It flew."}]}\n'
        '{"question_id": 2, "answers": null, "is_impossible": true}\n'
    ),
}


def write(folder: Path, **changed: str) -> Path:
    for name, text in {**FILES, **{key.replace("_", "."): text for key, text in changed.items()}}.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def flaw(folder: Path) -> str:
    with pytest.raises(EvaluationError) as caught:
        load_set(folder)
    return str(caught.value)


def test_a_set_is_read_whole(tmp_path: Path) -> None:
    judged = load_set(write(tmp_path))

    assert judged.name == tmp_path.name
    assert [(article.id, version.text) for article, version in judged.articles] == [("a1", "It flew.")]
    end = datetime(2031, 5, 6, 23, 59, 59, 999_999, tzinfo=UTC)
    gold = Gold(("flew",), (("a1", "It flew."),))
    assert judged.questions == [
        JudgedQuestion("q1", "Did it fly?", end, {"a1": 2}, gold, True),
        JudgedQuestion("2", "Did it land?", LATE, {}, Gold(), False),
    ]


def test_answers_may_be_absent_and_files_may_be_packed(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "answers.jsonl").unlink()
    for name in ("corpus.jsonl", "queries.jsonl", "qrels.tsv"):
        (tmp_path / f"{name}.gz").write_bytes(gzip.compress((tmp_path / name).read_bytes()))
        (tmp_path / name).unlink()

    assert [question.answerable for question in load_set(tmp_path).questions] == [None, None]


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels.tsv"])
def test_an_absent_file_is_named(tmp_path: Path, name: str) -> None:
    (write(tmp_path) / name).unlink()

    assert flaw(tmp_path) == f"{tmp_path} holds no {name} (or {name}.gz); name a folder in BEIR's form"


@pytest.mark.parametrize(
    ("name", "line", "why"),
    [
        ("queries.jsonl", {"text": "Where?"}, '"_id" is missing or neither text nor number'),
        ("queries.jsonl", {"_id": "q1"}, '"text" is missing or no text'),
        ("queries.jsonl", {"_id": "q1", "text": 7}, '"text" is missing or no text'),
        ("queries.jsonl", ["q1"], "list where an object should be"),
        ("queries.jsonl", {"_id": "q", "text": "W", "metadata": "x"}, '"metadata" holds str where an object should be'),
        ("answers.jsonl", {"answers": []}, '"question_id" is missing or neither text nor number'),
    ],
)
def test_a_flawed_row_is_named(tmp_path: Path, name: str, line: object, why: str) -> None:
    write(tmp_path)
    (tmp_path / name).write_text(f"\n{json.dumps(line)}\n", "utf-8")

    assert flaw(tmp_path) == f"{tmp_path / name}:2: {why}; mend the line"


@pytest.mark.parametrize(
    ("judged", "why"),
    [
        ({"answers": "flew"}, '"answers" is no list'),
        ({"answers": ["flew"]}, '"answers" holds str where an object should be'),
        ({"answers": [{}]}, '"text" is missing or no text'),
        ({"evidence": [{"doc_id": "a1"}]}, '"sentence" is missing or no text'),
        ({"is_impossible": "no"}, '"is_impossible" is neither true nor false'),
    ],
)
def test_a_flawed_judgement_is_named(tmp_path: Path, judged: dict[str, object], why: str) -> None:
    write(tmp_path, answers_jsonl=json.dumps({"question_id": "q1", **judged}))

    assert flaw(tmp_path) == f"{tmp_path / 'answers.jsonl'}:1: {why}; mend the line"


def test_a_moment_that_is_none_is_named(tmp_path: Path) -> None:
    write(tmp_path, queries_jsonl='{"_id": "q1", "text": "W", "metadata": {"asked": "soon"}}')

    assert flaw(tmp_path).startswith(f"{tmp_path / 'queries.jsonl'}:1: 'soon' is no date;")


@pytest.mark.parametrize("line", ["{", "[" * 100_000])
def test_a_line_that_is_no_json_is_named(tmp_path: Path, line: str) -> None:
    assert flaw(write(tmp_path, queries_jsonl=line)).startswith(f"{tmp_path / 'queries.jsonl'}:1: ")


def test_no_questions_at_all_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, queries_jsonl="\n")

    assert flaw(tmp_path) == f"{tmp_path / 'queries.jsonl'} holds no questions; write one a line"


@pytest.mark.parametrize("text", ["", "q1\ta1\t1\n"])
def test_qrels_without_a_header_are_named(tmp_path: Path, text: str) -> None:
    expected = f"{tmp_path / 'qrels.tsv'}:1: no header; the first line must be query-id corpus-id score, with tabs"
    assert flaw(write(tmp_path, qrels_tsv=text)) == expected


@pytest.mark.parametrize(
    ("line", "why"),
    [("q1\ta1\tgood", "the grade 'good' is no number"), ("q1\ta1", "2 columns, 3 expected")],
)
def test_a_flawed_grade_is_named(tmp_path: Path, line: str, why: str) -> None:
    write(tmp_path, qrels_tsv=f"query-id\tcorpus-id\tscore\n{line}\n")

    assert flaw(tmp_path) == f"{tmp_path / 'qrels.tsv'}:2: {why}; mend the line"


@pytest.mark.parametrize(
    ("line", "why"), [('{"_id": "a1"}', '"text" is missing'), ('{"_id": "a1", "text": "x", "title": 1}', '"title"')]
)
def test_a_flawed_article_is_named(tmp_path: Path, line: str, why: str) -> None:
    """An empty text is none of these, whatever words the reason uses."""
    assert flaw(write(tmp_path, corpus_jsonl=line)).startswith(f"{tmp_path / 'corpus.jsonl'}:1: {why}")


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "qrels.tsv").unlink()
    (tmp_path / "qrels.tsv.gz").write_bytes(gzip.compress(FILES["qrels.tsv"].encode())[:-9])

    assert flaw(tmp_path).startswith(f"{tmp_path / 'qrels.tsv.gz'}:")
    write(tmp_path)
    (tmp_path / "queries.jsonl").write_bytes(b"\xff\n")
    assert flaw(tmp_path).startswith(f"{tmp_path / 'queries.jsonl'}:1: cannot be read: ")
