"""``space-news ask`` with one question."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from corpus import Store
from tests.bot.articles import (
    HALCYON,
    IBIS,
    INDEXED,
    LANDING_QUESTION,
    LARKSPUR,
    QUESTIONS,
    STRANGE_QUESTION,
    article,
    json_lines,
)
from tests.command_line import CommandLine
from tests.index.texts import LEXICON

AS_OF = "2031-12-31"
ARTICLES = {record["_id"]: article(record) for record in INDEXED}


def asked(command_line: CommandLine, *arguments: str) -> tuple[int, dict[str, Any]]:
    """Ask for JSON; what comes is one object on one line, and nothing else."""
    ran = command_line("ask", "--json", *arguments)
    assert ran.stderr == ""
    assert ran.stdout.endswith("\n")
    assert ran.stdout.count("\n") == 1
    return ran.exit_code, json.loads(ran.stdout)


def shown(payload: dict[str, Any]) -> list[dict[str, Any]]:
    """Return everything that is quoted, as an answer or as the nearest thing."""
    return [*payload["citations"], *([payload["nearest"]] if payload["nearest"] else [])]


def test_a_clear_question_is_answered(space_news: CommandLine) -> None:
    exit_code, payload = asked(space_news, LANDING_QUESTION, "--as-of", AS_OF)

    assert (exit_code, payload["answered"], payload["reason"]) == (0, True, None)
    assert payload["refusal"] is None
    first = payload["citations"][0]
    assert first["article_id"] == LARKSPUR["_id"]
    assert first["sentence"].startswith("The Larkspur lander touched down near the crater Vesna")
    assert "Vesna" in first["answer"]


def test_a_strange_question_is_refused(space_news: CommandLine) -> None:
    exit_code, payload = asked(space_news, STRANGE_QUESTION, "--as-of", AS_OF)

    assert (exit_code, payload["answered"], payload["citations"]) == (3, False, [])
    assert payload["reason"] == "I found nothing on that topic in the corpus."
    assert payload["refusal"] == "nothing_on_topic"


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_contract(space_news: CommandLine, question: str) -> None:
    exit_code, payload = asked(space_news, question, "--as-of", "2031-12-31T10:00:00+01:00")

    names = ["question", "asked_at", "answered", "reason", "refusal", "citations", "generation", "timings_ms"]
    assert set(names) <= payload.keys()
    assert payload["question"] == question
    assert payload["asked_at"] == "2031-12-31T09:00:00+00:00"
    assert payload["answered"] is (exit_code == 0)
    assert payload["generation"] == (space_news.data_dir / "index" / "current").read_text("utf-8").strip()
    assert payload["timings_ms"]
    assert all(isinstance(value, int | float) and value >= 0 for value in payload["timings_ms"].values())
    if payload["answered"]:
        assert payload["reason"] is None
        assert 1 <= len(payload["citations"]) <= 3
    else:
        assert exit_code == 3
        assert isinstance(payload["reason"], str)
        assert payload["reason"]
        assert payload["citations"] == []


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_quote_is_a_slice_of_what_is_stored(space_news: CommandLine, question: str) -> None:
    _, payload = asked(space_news, question, "--as-of", AS_OF)

    with Store.open(space_news.data_dir / "corpus.db") as store:
        texts = {found.id: version.text for found, version in store.current()}
    assert shown(payload)
    for citation in shown(payload):
        cited = ARTICLES[citation["article_id"]]
        assert citation["quote"] == texts[cited.id][citation["start_char"] : citation["end_char"]]
        assert citation["answer"]
        assert citation["answer"] in citation["sentence"]
        assert citation["sentence"] in citation["quote"]
        assert (citation["title"], citation["publisher"], citation["url"]) == (cited.title, cited.publisher, cited.url)
        published = cited.published_at.isoformat() if cited.published_at else None
        assert citation["published_at"] == published
        assert 0 <= citation["score"] <= 1


def test_nothing_is_cited_that_was_published_later(space_news: CommandLine) -> None:
    for as_of in ("2031-05-05", "2031-05-06T09:29:59"):
        _, payload = asked(space_news, LANDING_QUESTION, "--as-of", as_of)
        assert {citation["article_id"] for citation in shown(payload)} <= {"fuelling-notes"}
        assert payload["answered"] is False


@pytest.mark.parametrize("as_of", ["2031-05-06", "2031-05-06 11:30+02:00", "2031-05-06T11:30+02:00"])
def test_a_day_counts_to_its_end_and_a_moment_has_its_zone(space_news: CommandLine, as_of: str) -> None:
    _, payload = asked(space_news, LANDING_QUESTION, "--as-of", as_of)

    assert LARKSPUR["_id"] in {citation["article_id"] for citation in shown(payload)}


def test_without_a_date_now_counts(space_news: CommandLine) -> None:
    before = datetime.now(UTC)
    _, payload = asked(space_news, LANDING_QUESTION)

    assert before <= datetime.fromisoformat(payload["asked_at"]) <= datetime.now(UTC)


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        (["--since", "2031-07-04"], {"thistle-telescope"}),
        (["--since", "2031-07-03", "--until", "2031-07-03"], {"condor-engine"}),
        (["--until", "2031-06-10"], {"larkspur-landing"}),
        (["--source", "orbit gazette"], {"larkspur-landing", "condor-engine"}),
        (
            ["--source", "Pad Notes", "--source", "Halcyon Herald"],
            {"fuelling-notes", "halcyon-pump", "thistle-telescope"},
        ),
        (["--source", "Orbit Gazette", "--until", "2031-06-01"], {"larkspur-landing"}),
    ],
)
def test_only_what_meets_the_filters_is_shown(space_news: CommandLine, filters: list[str], left: set[str]) -> None:
    for question in (LANDING_QUESTION, STRANGE_QUESTION):
        _, payload = asked(space_news, question, "--as-of", AS_OF, *filters)
        found = {citation["article_id"] for citation in shown(payload)}
        assert found
        assert found <= left


@pytest.mark.parametrize("filters", [["--source", "Nobody"], ["--since", "2040-01-01"], ["--until", "2031-01-01"]])
def test_filters_that_leave_nothing_say_so(space_news: CommandLine, filters: list[str]) -> None:
    exit_code, payload = asked(space_news, LANDING_QUESTION, *filters)

    assert (exit_code, payload["citations"], payload["nearest"]) == (3, [], None)
    assert payload["refusal"] == "filtered_out"
    assert payload["reason"] == "No article in the corpus has such a date, source and language."


@pytest.mark.parametrize(
    ("option", "written"),
    [
        ("--as-of", "yesterday"),
        ("--as-of", ""),
        ("--as-of", "20310506"),
        ("--as-of", "2031-02-30"),
        ("--as-of", "0001-01-01T00:00+14:00"),
        ("--as-of", "9999-12-31T23:59-10:00"),
        ("--since", ""),
        ("--until", ""),
        ("--until", "9999-12-31"),
        ("--since", "0001-01-01"),
        ("--since", "2031-05"),
        ("--since", "2031-05-01T10:00"),
        ("--until", "31.12.2031"),
    ],
)
def test_what_is_no_date_is_refused(space_news: CommandLine, option: str, written: str) -> None:
    ran = space_news("ask", LANDING_QUESTION, option, written)

    assert (ran.exit_code, ran.stdout) == (1, "")
    assert (
        ran.stderr == f"“{written}” is not a date from 1900 to 2200; write it as YYYY-MM-DD, for example 2024-10-14.\n"
    )


@pytest.mark.parametrize("as_of", ["1900-01-01", "2200-12-31"])
def test_the_first_and_the_last_day_are_dates(space_news: CommandLine, as_of: str) -> None:
    _, payload = asked(space_news, LANDING_QUESTION, "--as-of", as_of)

    assert payload["asked_at"].startswith(as_of)


def test_a_swapped_period_is_refused(space_news: CommandLine) -> None:
    ran = space_news("ask", LANDING_QUESTION, "--since", "2031-06-01", "--until", "2031-05-01")

    assert (ran.exit_code, ran.stdout) == (1, "")
    expected = "The period ends (2031-05-01) before it begins (2031-06-01); swap “since” and “until”.\n"
    assert ran.stderr == expected


@pytest.mark.parametrize(
    "arguments", [[], ["--json"], ["Where?", "--batch", "b.jsonl", "--json"], ["--batch", "b.jsonl"]]
)
def test_one_question_or_one_batch(space_news: CommandLine, arguments: list[str]) -> None:
    ran = space_news("ask", *arguments)

    assert (ran.exit_code, ran.stdout) == (2, "")
    words = " ".join(ran.stderr.replace("│", " ").split())
    assert "give either one question, or --batch FILE together with --json" in words


@pytest.mark.parametrize("arguments", [["?!"], ["--json", "--batch", "nowhere.jsonl"], ["Where?", "--as-of", "soon"]])
def test_what_cannot_be_asked_is_told_before_anything_is_built(fresh: CommandLine, arguments: list[str]) -> None:
    ran = fresh("ask", *arguments)

    assert (ran.exit_code, ran.stdout) == (1, "")
    assert {path.name for path in fresh.data_dir.iterdir()} == {"models"}


@pytest.mark.parametrize("question", ["", "  \n ", "?!…"])
def test_a_question_without_a_word_is_an_error(space_news: CommandLine, question: str) -> None:
    ran = space_news("ask", question)

    assert (ran.exit_code, ran.stdout) == (1, "")
    assert ran.stderr == "the question holds no word; write it in quotation marks\n"


def test_a_question_that_is_not_utf_8_is_an_error(space_news: CommandLine) -> None:
    ran = space_news("ask", b"Where is M\xfcnchen?".decode("utf-8", "surrogateescape"))

    assert (ran.exit_code, ran.stdout) == (1, "")
    assert ran.stderr == "the question is not UTF-8 (character 11); write it in UTF-8\n"


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_text_shows_what_the_json_holds(space_news: CommandLine, question: str) -> None:
    _, payload = asked(space_news, question, "--as-of", AS_OF)

    ran = space_news("ask", question, "--as-of", AS_OF)

    assert ran.exit_code == (0 if payload["answered"] else 3)
    assert ran.stderr == ""
    words = " ".join(ran.stdout.split())
    for citation in shown(payload):
        assert f"“{citation['quote'].replace(chr(10), ' ')}”" in ran.stdout
        assert f"“{' '.join(citation['quote'].split())}”" in words
        assert f"{citation['publisher']} · {(citation['published_at'] or 'undated')[:10]}" in words
        assert f"{citation['url']}#:~:text=" in words
    assert words.startswith("[1] “" if payload["answered"] else f"I don't know. {payload['reason']}")


def test_the_same_question_gives_the_same_answer(space_news: CommandLine) -> None:
    first, second = (asked(space_news, LANDING_QUESTION, "--as-of", AS_OF) for _ in range(2))

    first[1].pop("timings_ms")
    second[1].pop("timings_ms")
    assert first == second


def test_a_missing_index_is_built_first(fresh: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl"
    file.write_text(json_lines(LARKSPUR, HALCYON), "utf-8")
    fresh("corpus", "add", str(file))
    assert not (fresh.data_dir / "index").exists()

    exit_code, payload = asked(fresh, LANDING_QUESTION, "--as-of", AS_OF)

    assert exit_code in {0, 3}
    assert shown(payload)[0]["article_id"] == LARKSPUR["_id"]


def test_an_article_added_since_is_seen(space_news: CommandLine, tmp_path: Path) -> None:
    question = "What did the Ibis cargo ship bring to the station?"
    _, before = asked(space_news, question, "--as-of", AS_OF)
    file = tmp_path / "ibis.jsonl"
    file.write_text(json_lines(IBIS), "utf-8")
    assert space_news("corpus", "add", str(file)).exit_code == 0

    _, after = asked(space_news, question, "--as-of", AS_OF)

    assert IBIS["_id"] not in {citation["article_id"] for citation in shown(before)}
    assert shown(after)[0]["article_id"] == IBIS["_id"]
    assert after["generation"] != before["generation"]


def test_a_corrected_article_is_quoted_as_corrected(space_news: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "larkspur.jsonl"
    file.write_text(json_lines({**LARKSPUR, "text": LARKSPUR["text"].replace("Vesna", "Morana")}), "utf-8")
    assert space_news("corpus", "add", str(file)).stdout == "0 new, 1 changed, 0 unchanged, 0 failed\n"

    _, payload = asked(space_news, LANDING_QUESTION, "--as-of", AS_OF)

    assert "near the crater Morana" in shown(payload)[0]["quote"]


@pytest.mark.parametrize("setting", ["ENCODER_QUERY_PREFIX", "ENCODER_PASSAGE_PREFIX"])
def test_an_index_that_was_built_with_other_prompts_is_built_again(space_news: CommandLine, setting: str) -> None:
    _, before = asked(space_news, LANDING_QUESTION, "--as-of", AS_OF)
    space_news.set(setting, "news: ")

    _, after = asked(space_news, LANDING_QUESTION, "--as-of", AS_OF)

    assert after["generation"] != before["generation"]
    space_news.set(setting, "")
    _, again = asked(space_news, LANDING_QUESTION, "--as-of", AS_OF)
    assert again["generation"] == before["generation"]


def test_an_index_that_was_built_with_other_aliases_is_built_again(space_news: CommandLine, tmp_path: Path) -> None:
    _, before = asked(space_news, LANDING_QUESTION, "--as-of", AS_OF)
    lexicon = tmp_path / "aliases.toml"
    lexicon.write_text(LEXICON, "utf-8")
    space_news.set("LEXICON_PATH", str(lexicon))

    _, after = asked(space_news, LANDING_QUESTION, "--as-of", AS_OF)

    assert after["generation"] != before["generation"]
