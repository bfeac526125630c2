"""Reading judged questions in BEIR's form.

Owns the files of a set: corpus.jsonl, queries.jsonl, qrels.tsv (or qrels/test.tsv) and, where there is one,
answers.jsonl; each may be gzipped. Dates come from an article's ``metadata.published`` and a query's
``metadata.asked``.
"""

import csv
import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, TextIO

from corpus import Article, Version
from corpus.reading import ReadFailure, parse_published, read_source
from index.errors import EvaluationError

LATE = datetime(2100, 1, 1, tzinfo=UTC)
"""When a question without a date is asked: nothing is in its future, and nothing is fresh."""


@dataclass(frozen=True, slots=True)
class Gold:
    """What answers a question.

    Attributes:
        answers: Texts that answer; a quote must hold one of them.
        sentences: (article id, sentence) pairs; a quote from that article must share the sentence.
    """

    answers: tuple[str, ...] = ()
    sentences: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.answers or self.sentences)


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """One question of a set.

    Attributes:
        id: Its id in the set.
        text: The question.
        asked_at: The moment of asking; ``LATE`` where the set has none.
        relevant: Grades above 0 by article id.
        gold: What answers it, where the set says so.
        answerable: Whether anything in the corpus answers it; None where the set does not say.
    """

    id: str
    text: str
    asked_at: datetime
    relevant: dict[str, int]
    gold: Gold
    answerable: bool | None


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """A corpus with judged questions.

    Attributes:
        name: The folder's name.
        articles: The corpus.
        questions: The questions, in the order of the file.
    """

    name: str
    articles: list[tuple[Article, Version]]
    questions: list[JudgedQuestion]


def load_set(folder: Path) -> JudgedSet:
    """Read a set.

    Raises:
        EvaluationError: A file is absent or a line cannot be read.
    """
    relevant = _qrels(folder)
    answers = {row["question_id"]: row for row in _rows(folder, "answers.jsonl", required=False)}
    questions = [_question(row, relevant, answers) for row in _rows(folder, "queries.jsonl")]
    return JudgedSet(folder.resolve().name, list(_articles(folder)), questions)


def _articles(folder: Path) -> Iterator[tuple[Article, Version]]:
    for item in read_source(_find(folder, "corpus.jsonl")):
        if isinstance(item, ReadFailure):
            if "empty" in item.why:
                continue  # an empty document can be judged, but never quoted
            raise EvaluationError(f"{item}; mend the set")
        digest = hashlib.sha256(item.text.encode()).hexdigest()
        yield item.article, Version(item.article.id, 1, item.text, digest)


def _question(row: dict[str, Any], relevant: dict[str, dict[str, int]], answers: dict[str, Any]) -> JudgedQuestion:
    question_id, metadata = str(row["_id"]), row.get("metadata") or {}
    judged = answers.get(question_id, {})
    gold = Gold(
        answers=tuple(answer["text"] for answer in judged.get("answers") or () if answer["text"].strip()),
        sentences=tuple((str(e["doc_id"]), e["sentence"]) for e in judged.get("evidence") or ()),
    )
    impossible = judged.get("is_impossible", metadata.get("is_impossible"))
    return JudgedQuestion(
        id=question_id,
        text=row["text"],
        asked_at=_asked(metadata.get("asked")),
        relevant=relevant.get(question_id, {}),
        gold=gold,
        answerable=(None if not gold else True) if impossible is None else not impossible,
    )


def _asked(written: str | None) -> datetime:
    if not written:
        return LATE
    moment = parse_published(written)
    return datetime.combine(moment.date(), time.max, UTC) if len(written) == len("YYYY-MM-DD") else moment


def _qrels(folder: Path) -> dict[str, dict[str, int]]:
    grades: dict[str, dict[str, int]] = {}
    with _open(_find(folder, "qrels.tsv", "qrels/test.tsv")) as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            if int(row["score"]) > 0:
                grades.setdefault(row["query-id"], {})[row["corpus-id"]] = int(row["score"])
    return grades


def _rows(folder: Path, name: str, *, required: bool = True) -> Iterator[dict[str, Any]]:
    try:
        path = _find(folder, name)
    except EvaluationError:
        if required:
            raise
        return
    with _open(path) as stream:
        for number, line in enumerate(stream, start=1):
            try:
                row = json.loads(line)
            except ValueError as error:
                raise EvaluationError(f"{path}:{number}: {error}; mend the line") from error
            yield row


def _find(folder: Path, *names: str) -> Path:
    for name in names:
        for path in (folder / name, folder / f"{name}.gz"):
            if path.exists():
                return path
    raise EvaluationError(f"{folder} holds no {names[0]} (or {names[0]}.gz); name a folder in BEIR's form")


def _open(path: Path) -> TextIO:
    return gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")
