"""``space-news timeline``."""

import json
from pathlib import Path
from typing import Any

import pytest

from corpus import Store
from tests.bot.articles import CONDOR, HALCYON, IBIS, THISTLE, json_lines
from tests.command_line import CommandLine

AS_OF = "2031-12-31"


def told(command_line: CommandLine, *arguments: str) -> tuple[int, dict[str, Any]]:
    ran = command_line("timeline", "--json", "--as-of", AS_OF, *arguments)
    assert ran.stderr == ""
    assert ran.stdout.count("\n") == 1
    return ran.exit_code, json.loads(ran.stdout)


@pytest.fixture
def with_ibis(space_news: CommandLine, tmp_path: Path) -> CommandLine:
    """The command line over an index that will be built anew, with two stories on the Halcyon station."""
    file = tmp_path / "ibis.jsonl"
    file.write_text(json_lines(IBIS), "utf-8")
    assert space_news("corpus", "add", str(file)).exit_code == 0
    return space_news


def test_a_topic_is_told_story_by_story_the_oldest_first(with_ibis: CommandLine) -> None:
    exit_code, payload = told(with_ibis, "Halcyon station")

    assert exit_code == 0
    assert list(payload) == ["topic", "asked_at", "citations", "generation"]
    assert payload["topic"] == "Halcyon station"
    assert [one["article_id"] for one in payload["citations"]] == [HALCYON["_id"], IBIS["_id"]]
    with Store.open(with_ibis.data_dir / "corpus.db") as store:
        texts = {article.id: version.text for article, version in store.current()}
    for one in payload["citations"]:
        assert texts[one["article_id"]][one["start_char"] : one["end_char"]] == one["quote"]
        assert one["answer"] == one["sentence"]
        assert "Halcyon station" in one["sentence"]


def test_the_text_begins_each_quote_with_its_day(space_news: CommandLine) -> None:
    ran = space_news("timeline", "Thistle telescope", "--as-of", AS_OF)

    lines = ran.stdout.splitlines()
    assert (ran.exit_code, ran.stderr) == (0, "")
    assert lines[0].startswith("2031-08-19 “The Thistle telescope found water vapour")
    assert lines[1] == f"    {THISTLE['title']}"
    assert lines[2].startswith("    Halcyon Herald · 2031-08-19 · ")
    assert lines[3].startswith("    https://herald.example/thistle#:~:text=")


def test_what_nobody_tells_is_said_with_the_exit_code_of_a_refusal(space_news: CommandLine) -> None:
    ran = space_news("timeline", "lemon cake")

    assert (ran.exit_code, ran.stdout, ran.stderr) == (3, "Nothing found on “lemon cake”.\n", "")
    exit_code, payload = told(space_news, "lemon cake")
    assert (exit_code, payload["citations"]) == (3, [])


@pytest.mark.parametrize(
    ("options", "left"),
    [
        (["--since", "2031-08-01"], [IBIS["_id"]]),
        (["--until", "2031-08-01"], [HALCYON["_id"]]),
        (["--source", "orbit gazette"], [IBIS["_id"]]),
        (["--source", "Pad Notes"], []),
    ],
)
def test_filters_hold(with_ibis: CommandLine, options: list[str], left: list[str]) -> None:
    exit_code, payload = told(with_ibis, "Halcyon station", *options)

    assert exit_code == (0 if left else 3)
    assert [one["article_id"] for one in payload["citations"]] == left


def test_nothing_is_told_that_was_published_later(with_ibis: CommandLine) -> None:
    _, payload = told(with_ibis, "Halcyon station", "--as-of", "2031-06-30")

    assert [one["article_id"] for one in payload["citations"]] == [HALCYON["_id"]]


def test_the_limit_holds(with_ibis: CommandLine) -> None:
    assert len(told(with_ibis, "Halcyon station", "--limit", "1")[1]["citations"]) == 1
    assert with_ibis("timeline", "Halcyon station", "--limit", "0").exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["???"], "the topic holds no word; write it in quotation marks"),
        (["\udcff Halcyon"], "the topic is not UTF-8 (character 1); write it in UTF-8"),
        (["Halcyon", "--as-of", "soon"], "“soon” is not a date"),
        (["Halcyon", "--since", "soon"], "“soon” is not a date"),
        (
            ["Halcyon", "--since", "2031-06-02", "--until", "2031-06-01"],
            "The period ends (2031-06-01)",
        ),
    ],
)
def test_what_cannot_be_asked_is_told_before_anything_is_built(
    fresh: CommandLine, arguments: list[str], expected: str
) -> None:
    ran = fresh("timeline", *arguments)

    assert (ran.exit_code, ran.stdout) == (1, "")
    assert ran.stderr.startswith(expected)
    assert not (fresh.data_dir / "index").exists()


def test_a_rocket_that_was_named_once_has_one_entry(space_news: CommandLine) -> None:
    _, payload = told(space_news, "condor rocket")

    assert [one["article_id"] for one in payload["citations"]] == [CONDOR["_id"]]
    assert payload["citations"][0]["independent_reports"] == 1


def test_another_language_is_told_when_it_is_asked_for(with_ibis: CommandLine) -> None:
    assert told(with_ibis, "Halcyon station", "--language", "de")[0] == 3
    assert len(told(with_ibis, "Halcyon station", "--language", "de", "--language", "en")[1]["citations"]) == 2
    wrong = with_ibis("timeline", "Halcyon station", "--language", "german!")
    assert (wrong.exit_code, wrong.stderr) == (1, "“german!” is no language; write a code such as en or de, or any\n")


def test_what_a_timeline_quotes_can_be_looked_up(with_ibis: CommandLine) -> None:
    quoted = told(with_ibis, "Halcyon station")[1]["citations"][0]
    (found,) = json.loads(with_ibis("cite", quoted["citation_id"], "--json").stdout)["citations"]
    assert (found["quote"], found["question"]) == (quoted["quote"], "Halcyon station")
