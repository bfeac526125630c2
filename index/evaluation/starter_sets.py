"""The project's own judged questions, over the starter corpus.

Owns golden.jsonl and tuning.jsonl beside this file: groups of phrasings that ask the same thing as of a day, with the
briefings and the words that answer it, or none where nothing does. The golden set is for measuring, and nothing is
fitted to it; the tuning set, written by others who did not see it, is for fitting, and nothing is measured on it.
"""

import json
from importlib.resources import files
from typing import Any

from corpus.collection import starter_articles
from index.evaluation.dataset import Gold, JudgedQuestion, JudgedSet, asked_moment


def load_golden() -> JudgedSet:
    """Read the golden set."""
    return _starter_set("golden")


def load_tuning() -> JudgedSet:
    """Read the tuning set."""
    return _starter_set("tuning")


def _starter_set(name: str) -> JudgedSet:
    text = files("index.evaluation").joinpath(f"{name}.jsonl").read_text("utf-8")
    groups = [json.loads(line) for line in text.splitlines()]
    questions = [question for group in groups for question in _questions(group)]
    return JudgedSet(name, list(starter_articles()), questions)


def _questions(group: dict[str, Any]) -> list[JudgedQuestion]:
    evidence = group["evidence"]
    gold = Gold(
        answers=tuple(answer for item in evidence for answer in item["answers"]),
        articles=frozenset(item["doc_id"] for item in evidence),
    )
    return [
        JudgedQuestion(
            id=f"{group['id']}#{number}",
            text=phrasing,
            asked_at=asked_moment(group["asked"]),
            relevant={item["doc_id"]: 1 for item in evidence},
            gold=gold,
            answerable=bool(evidence),
        )
        for number, phrasing in enumerate(group["phrasings"], start=1)
    ]
