"""``space-news ask --explain``: what decided, and questions that name a time."""

import json
from pathlib import Path
from typing import Any

import pytest

from index.gate import FEATURES, load_gate
from tests.bot.articles import LANDING_QUESTION, LARKSPUR, STRANGE_QUESTION, json_lines
from tests.command_line import CommandLine

AS_OF = "2031-12-31"


def explained(command_line: CommandLine, *arguments: str) -> dict[str, Any]:
    payload: dict[str, Any] = json.loads(command_line("ask", "--json", "--explain", *arguments).stdout)
    return payload


def test_every_figure_of_an_answer_is_in_the_json(space_news: CommandLine) -> None:
    payload = explained(space_news, LANDING_QUESTION, "--as-of", AS_OF)
    told = payload["explanation"]
    best = told["passages"][0]

    assert "is cited" in told["decision"] or "are cited" in told["decision"]
    assert told["threshold"] == load_gate().threshold
    assert (best["verdict"], best["article_id"]) == ("cited", LARKSPUR["_id"])
    assert LARKSPUR["text"][best["start_char"] : best["end_char"]] == best["sentence"]
    assert [part["name"] for part in best["contributions"]] == [*FEATURES, "bias"]
    for passage in told["passages"]:
        parts = (passage[name] for name in ("fused", "by_time", "by_reader", "by_article"))
        assert sum(parts) == pytest.approx(passage["score"])
    scores = [passage["score"] for passage in told["passages"]]
    assert scores == sorted(scores, reverse=True)


def test_it_is_left_out_where_nobody_wants_it(space_news: CommandLine) -> None:
    assert "explanation" not in json.loads(space_news("ask", "--json", LANDING_QUESTION).stdout)


@pytest.mark.parametrize("question", [LANDING_QUESTION, STRANGE_QUESTION])
def test_the_text_comes_first_and_then_why(space_news: CommandLine, question: str) -> None:
    plain = space_news("ask", question, "--as-of", AS_OF)
    ran = space_news("ask", question, "--as-of", AS_OF, "--explain")

    assert ran.exit_code == plain.exit_code
    assert ran.stdout.startswith(f"{plain.stdout}\nWhy\n")
    why = ran.stdout.removeprefix(plain.stdout).splitlines()
    assert max(map(len, why)) <= 100
    for feature in FEATURES:
        assert any(line.startswith(feature) for line in why)


def test_every_line_of_a_batch_is_explained(space_news: CommandLine, tmp_path: Path) -> None:
    batch = tmp_path / "questions.jsonl"
    batch.write_text(json_lines({"_id": 1, "text": LANDING_QUESTION, "asked_at": AS_OF}), "utf-8")
    (line,) = space_news("ask", "--batch", str(batch), "--json", "--explain").stdout.splitlines()

    assert json.loads(line)["explanation"]["period"]["words"] == ""


def test_only_older_news_is_refused_with_its_date(space_news: CommandLine) -> None:
    question = "Where did the Larkspur lander touch down this week?"
    ran = space_news("ask", question, "--as-of", "2031-08-20", "--json", "--explain")
    payload = json.loads(ran.stdout)

    assert (ran.exit_code, payload["refusal"]) == (3, "older")
    assert payload["reason"] == (
        "I found only older news: the newest is of 2031-05-06, and you asked about “this week”, from 2031-08-18 on."
    )
    assert payload["nearest"]["article_id"] == LARKSPUR["_id"]
    assert payload["explanation"]["period"]["oldest"] == "2031-08-17T00:00:00+00:00"
    assert payload["explanation"]["passages"][0]["verdict"] == "older"
    shown = space_news("ask", question, "--as-of", "2031-08-20").stdout
    assert "\nNot an answer, but the newest that was found:\n“" in shown


@pytest.mark.parametrize(
    "question",
    [
        LANDING_QUESTION,
        "Where did the Larkspur lander touch down in May 2031?",
        "Where did the Larkspur lander touch down since April?",
        "Where did the Larkspur lander touch down before June?",
        "Where did the Larkspur lander touch down since the Larkspur landing?",
    ],
)
def test_what_was_published_in_time_answers(space_news: CommandLine, question: str) -> None:
    assert explained(space_news, question, "--as-of", "2031-08-20")["answered"]


def test_an_event_is_told_with_its_article(space_news: CommandLine) -> None:
    payload = explained(space_news, "What was replaced since the Larkspur landing?", "--as-of", "2031-08-20")

    assert payload["explanation"]["period"]["event"] == {
        "words": "the Larkspur landing",
        "day": "2031-05-06T09:30:00+00:00",
        "article_id": LARKSPUR["_id"],
    }
