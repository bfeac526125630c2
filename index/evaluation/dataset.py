"""Reading judged questions in BEIR's form.

Owns the files of a set: corpus.jsonl, queries.jsonl, qrels.tsv (or qrels/test.tsv) and, where there is one,
answers.jsonl; each may be gzipped. Dates come from an article's ``metadata.published`` and a query's
``metadata.asked``.
"""

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from corpus import Article, Version
from corpus.reading import ReadFailure, parse_published, read_source
from index.errors import EvaluationError

LATE = datetime(2100, 1, 1, tzinfo=UTC)
"""When a question without a date is asked: nothing is in its future, and nothing is fresh."""
_QRELS = ("query-id", "corpus-id", "score")


@dataclass(frozen=True, slots=True)
class Gold:
    """What answers a question.

    Attributes:
        answers: Texts that answer; a quote must hold one of them.
        sentences: (article id, sentence) pairs; a quote from that article must share the sentence.
        articles: Where an answer counts; empty counts it everywhere.
    """

    answers: tuple[str, ...] = ()
    sentences: tuple[tuple[str, str], ...] = ()
    articles: frozenset[str] = frozenset()

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
        EvaluationError: A file is absent, a line cannot be read, or there are no questions.
    """
    relevant = _qrels(_find(folder, "qrels.tsv", "qrels/test.tsv"))
    judged = _find_any(folder, "answers.jsonl")
    answers = {row.id("question_id"): row for row in _rows(judged)} if judged else {}
    queries = _find(folder, "queries.jsonl")
    questions = [_question(row, relevant, answers) for row in _rows(queries)]
    if not questions:
        raise EvaluationError(f"{queries} holds no questions; write one a line")
    return JudgedSet(folder.resolve().name, list(_articles(_find(folder, "corpus.jsonl"))), questions)


def asked_moment(written: str | None) -> datetime:
    """Return the moment that a set gives for a question: a date means the end of that day, none means ``LATE``."""
    if not written:
        return LATE
    moment = parse_published(written)
    return datetime.combine(moment.date(), time.max, UTC) if len(written) == len("YYYY-MM-DD") else moment


@dataclass(frozen=True, slots=True)
class _Row:
    """One JSON object of a file; what is missing or of the wrong kind is named with its place.

    Attributes:
        place: "file:line".
        values: The object.
    """

    place: str
    values: dict[str, Any]

    def text(self, key: str, *, required: bool = True) -> str:
        value = self.values.get(key)
        if value is None and not required:
            return ""
        if not isinstance(value, str):
            raise self.error(f'"{key}" is missing or no text')
        return value

    def id(self, key: str) -> str:
        value = self.values.get(key)
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise self.error(f'"{key}" is missing or neither text nor number')
        return str(value)

    def flag(self, key: str) -> bool | None:
        value = self.values.get(key)
        if value not in (None, True, False):
            raise self.error(f'"{key}" is neither true nor false')
        return None if value is None else bool(value)

    def part(self, key: str) -> "_Row":
        return self._part(key, self.values.get(key) or {})

    def parts(self, key: str) -> "list[_Row]":
        values = self.values.get(key) or []
        if not isinstance(values, list):
            raise self.error(f'"{key}" is no list')
        return [self._part(key, value) for value in values]

    def _part(self, key: str, value: object) -> "_Row":
        if not isinstance(value, dict):
            raise self.error(f'"{key}" holds {type(value).__name__} where an object should be')
        return _Row(self.place, value)

    def error(self, why: str) -> EvaluationError:
        return EvaluationError(f"{self.place}: {why}; mend the line")


def _articles(path: Path) -> Iterator[tuple[Article, Version]]:
    for item in read_source(path):
        if isinstance(item, ReadFailure):
            if item.is_empty:
                continue  # an empty document can be judged, but never quoted
            raise EvaluationError(f"{item}; mend the set")
        digest = hashlib.sha256(item.text.encode()).hexdigest()
        yield item.article, Version(item.article.id, 1, item.text, digest)


def _question(row: _Row, relevant: dict[str, dict[str, int]], answers: dict[str, _Row]) -> JudgedQuestion:
    question_id, metadata = row.id("_id"), row.part("metadata")
    judged = answers.get(question_id, _Row(row.place, {}))
    texts = [answer.text("text") for answer in judged.parts("answers")]
    gold = Gold(
        answers=tuple(text for text in texts if text.strip()),
        sentences=tuple((part.id("doc_id"), part.text("sentence")) for part in judged.parts("evidence")),
    )
    impossible = judged.flag("is_impossible")
    if impossible is None:
        impossible = metadata.flag("is_impossible")
    try:
        asked_at = asked_moment(metadata.text("asked", required=False))
    except ValueError as error:
        raise row.error(str(error)) from error
    return JudgedQuestion(
        id=question_id,
        text=row.text("text"),
        asked_at=asked_at,
        relevant=relevant.get(question_id, {}),
        gold=gold,
        answerable=(None if not gold else True) if impossible is None else not impossible,
    )


def _qrels(path: Path) -> dict[str, dict[str, int]]:
    """Read the grades above 0, by question and article."""
    lines = ((number, line.split("\t")) for number, line in _lines(path))
    _, header = next(lines, (1, [""]))
    try:
        columns = [header.index(name) for name in _QRELS]
    except ValueError:
        raise EvaluationError(f"{path}:1: no header; the first line must be {' '.join(_QRELS)}, with tabs") from None
    grades: dict[str, dict[str, int]] = {}
    for number, cells in lines:
        if len(cells) <= max(columns):
            raise EvaluationError(f"{path}:{number}: {len(cells)} columns, {len(header)} expected; mend the line")
        question_id, article_id, written = (cells[column] for column in columns)
        try:
            grade = int(written)
        except ValueError:
            raise EvaluationError(f"{path}:{number}: the grade {written!r} is no number; mend the line") from None
        if grade > 0:
            grades.setdefault(question_id, {})[article_id] = grade
    return grades


def _rows(path: Path) -> Iterator[_Row]:
    for number, line in _lines(path):
        place = f"{path}:{number}"
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise EvaluationError(f"{place}: {error}; mend the line") from error
        if not isinstance(row, dict):
            raise EvaluationError(f"{place}: {type(row).__name__} where an object should be; mend the line")
        yield _Row(place, row)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines that are not empty, with their numbers."""
    number = 0
    try:
        with (
            gzip.open(path, "rt", encoding="utf-8-sig")
            if path.suffix == ".gz"
            else path.open(encoding="utf-8-sig") as f
        ):
            for number, line in enumerate(f, start=1):
                if line.strip():
                    yield number, line.rstrip("\r\n")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise EvaluationError(f"{path}:{number + 1}: cannot be read: {error}; mend the file") from error


def _find(folder: Path, *names: str) -> Path:
    found = _find_any(folder, *names)
    if found is None:
        raise EvaluationError(f"{folder} holds no {names[0]} (or {names[0]}.gz); name a folder in BEIR's form")
    return found


def _find_any(folder: Path, *names: str) -> Path | None:
    paths = (folder / file for name in names for file in (name, f"{name}.gz"))
    return next((path for path in paths if path.exists()), None)
