"""Judged retrieval sets in a folder of JSON lines, as BEIR lays them out, and the quality of a ranking on them.

Owns reading and scoring. Knows no search engine and downloads nothing.
"""

import csv
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ir_measures
from ir_measures import nDCG

JUDGED_SETS = ("cranfield", "time", "squad2-dev")


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """Documents, questions and which document answers which question.

    Attributes:
        name: The folder's name.
        documents: Title and text by document id.
        queries: Question text by query id; only those with a judgement.
        qrels: Gain by query id and document id.
    """

    name: str
    documents: dict[str, str]
    queries: dict[str, str]
    qrels: dict[str, dict[str, int]]


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a gzipped JSON-lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def load(folder: Path) -> RetrievalSet:
    """Read corpus.jsonl.gz, queries.jsonl.gz and qrels.tsv.gz of one set."""
    qrels: dict[str, dict[str, int]] = {}
    with gzip.open(folder / "qrels.tsv.gz", "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            qrels.setdefault(row["query-id"], {})[row["corpus-id"]] = int(row["score"])
    return RetrievalSet(
        name=folder.name,
        documents={row["_id"]: title_and_text(row) for row in read_lines(folder / "corpus.jsonl.gz")},
        queries={row["_id"]: row["text"] for row in read_lines(folder / "queries.jsonl.gz") if row["_id"] in qrels},
        qrels=qrels,
    )


def title_and_text(row: dict[str, Any]) -> str:
    """Return what is searched of a document."""
    return f"{row['title']}\n{row['text']}"


def ndcg_at_10(judged: RetrievalSet, run: dict[str, dict[str, float]]) -> float:
    """Return the mean nDCG@10 of a run (score by query id and document id) over all judged queries."""
    measure = nDCG @ 10
    return float(ir_measures.calc_aggregate([measure], judged.qrels, run)[measure])
