"""Invented news with questions, to practise reading on.

Owns the ``*.txt`` files beside it and how they are read. Everything in them is invented: they teach the reader how news
is written and how people ask about it, and the gate when to refuse; no fact in them is ever shown. Every sixth
article of a file is kept back from the reader, for whatever has to be fitted to questions that it has not seen.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.resources import files

from index.errors import EvaluationError

KEPT_BACK_EVERY = 6

_MARKED = re.compile(r"(.*)\[(.+)\](.*)")


@dataclass(frozen=True, slots=True)
class PracticeQuestion:
    """A question on one practice article.

    Attributes:
        text: The question, as somebody might type it.
        start_char: Where the answer starts in the article's text, in code points.
        answer: The answer's words; empty where the article does not answer.
    """

    text: str
    start_char: int = 0
    answer: str = ""


@dataclass(slots=True)
class PracticeArticle:
    """An invented article with questions that it answers and questions that it only seems to answer.

    Attributes:
        id: Its file's name and its number in it.
        title: Its headline.
        published_at: Its invented day of publication.
        text: Its paragraphs, separated by blank lines.
        questions: What is asked about it.
        kept_back: Whether the reader must never see it in training.
    """

    id: str
    title: str
    published_at: datetime
    text: str
    kept_back: bool
    questions: list[PracticeQuestion] = field(default_factory=list)


def load_practice() -> list[PracticeArticle]:
    """Read all practice articles, in the order of the files' names.

    Raises:
        EvaluationError: A file is not as it should be.
    """
    folder = files("index.practice")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".txt"))
    return [
        article
        for name in names
        for article in parse_practice(name.removesuffix(".txt"), folder.joinpath(name).read_text("utf-8"))
    ]


def parse_practice(name: str, written: str) -> Iterator[PracticeArticle]:
    """Read one file: ``# headline``, ``date: day``, paragraphs, ``? question | answer`` and ``! question``.

    An answer that stands more than once in its article is written within a slice that stands once, in square brackets.

    Raises:
        EvaluationError: An article has no date or no text, or an answer does not stand in it exactly once.
    """
    for number, part in enumerate(re.split(r"^# ", written, flags=re.MULTILINE)[1:]):
        title, dated, *lines = part.rstrip().split("\n")
        text = "\n".join(line for line in lines if not line.startswith(("? ", "! "))).strip()
        if not dated.startswith("date: ") or not text:
            raise EvaluationError(f"{name}: {title!r} needs a line `date: YYYY-MM-DD` under its headline, and a text")
        published = datetime.fromisoformat(dated.removeprefix("date: ")).replace(tzinfo=UTC)
        kept_back = number % KEPT_BACK_EVERY == KEPT_BACK_EVERY - 1
        article = PracticeArticle(f"{name}-{number}", title.strip(), published, text, kept_back)
        for line in lines:
            if line.startswith("? "):
                article.questions.append(_answered(name, line.removeprefix("? "), text))
            elif line.startswith("! "):
                article.questions.append(PracticeQuestion(line.removeprefix("! ")))
        yield article


def _answered(name: str, line: str, text: str) -> PracticeQuestion:
    question, _, answer = line.partition(" | ")
    marked = _MARKED.fullmatch(answer)
    before, words, after = marked.groups() if marked else ("", answer, "")
    if not words or text.count(before + words + after) != 1:
        raise EvaluationError(f"{name}: the answer of {question!r} must stand in its article exactly once: {answer!r}")
    return PracticeQuestion(question, text.index(before + words + after) + len(before), words)
