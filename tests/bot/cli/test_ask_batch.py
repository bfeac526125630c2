"""``space-news ask --batch FILE --json``."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.bot.articles import LANDING_QUESTION, LARKSPUR, QUESTIONS, STRANGE_QUESTION, json_lines
from tests.command_line import CommandLine, Ran

AS_OF = "2031-12-31"


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    return tmp_path / "questions.jsonl"


def answers(ran: Ran) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ran.stdout.splitlines()]


def untimed(payload: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in payload.items() if name != "timings_ms"}


def test_each_line_is_answered_as_if_it_were_asked_alone(space_news: CommandLine, batch: Path) -> None:
    batch.write_text(json_lines(*({"_id": n, "text": q, "asked_at": AS_OF} for n, q in enumerate(QUESTIONS))), "utf-8")

    ran = space_news("ask", "--batch", str(batch), "--json")

    assert (ran.exit_code, ran.stderr) == (0, "")
    alone = [space_news("ask", question, "--as-of", AS_OF, "--json").stdout for question in QUESTIONS]
    expected = [{"_id": number, **untimed(json.loads(line))} for number, line in enumerate(alone)]
    assert [untimed(payload) for payload in answers(ran)] == expected


def test_refusals_alone_are_no_error(space_news: CommandLine, batch: Path) -> None:
    batch.write_text(json_lines({"_id": "cake", "text": STRANGE_QUESTION, "asked_at": AS_OF}), "utf-8")

    ran = space_news("ask", "--batch", str(batch), "--json")

    assert (ran.exit_code, ran.stderr) == (0, "")
    (payload,) = answers(ran)
    assert (payload["_id"], payload["answered"], payload["citations"]) == ("cake", False, [])


def test_each_line_has_its_own_moment_and_the_option_speaks_for_the_others(
    space_news: CommandLine, batch: Path
) -> None:
    moments = ["2031-05-05", "2031-05-06T09:30:00Z", None]
    records = [{"_id": str(m), "text": LANDING_QUESTION, **({"asked_at": m} if m else {})} for m in moments]
    batch.write_text(json_lines(*records), "utf-8")

    ran = space_news("ask", "--batch", str(batch), "--json", "--as-of", "2031-05-07")

    early, *later = answers(ran)
    assert [payload["asked_at"][:19] for payload in (early, *later)] == [
        "2031-05-05T23:59:59",
        "2031-05-06T09:30:00",
        "2031-05-07T23:59:59",
    ]
    for payload, may_cite in ((early, False), *((payload, True) for payload in later)):
        cited = [citation["article_id"] for citation in (*payload["citations"], payload["nearest"]) if citation]
        assert (LARKSPUR["_id"] in cited) is may_cite


def test_filters_hold_for_every_line(space_news: CommandLine, batch: Path) -> None:
    batch.write_text(json_lines(*({"_id": question, "text": question} for question in QUESTIONS)), "utf-8")

    ran = space_news("ask", "--batch", str(batch), "--json", "--as-of", AS_OF, "--source", "Halcyon Herald")

    for payload in answers(ran):
        for citation in (*payload["citations"], *filter(None, [payload["nearest"]])):
            assert citation["publisher"] == "Halcyon Herald"


def test_broken_lines_are_named_and_the_rest_is_answered(space_news: CommandLine, batch: Path) -> None:
    good = json_lines({"_id": "good", "text": LANDING_QUESTION, "asked_at": AS_OF})
    broken = {
        2: '{"_id": "half", "text": "Whe',
        3: '["a", "list"]',
        5: '{"_id": "untold"}',
        6: '{"_id": "none", "text": null}',
        7: '{"_id": "blank", "text": "  "}',
        8: '{"_id": "soon", "text": "Where?", "asked_at": "soon"}',
        9: '{"_id": "number", "text": "Where?", "asked_at": 2031}',
        10: '{"_id": "surrogate", "text": "Where is \\ud800?"}',
        11: '{"_id": "\\ud800", "text": "Where did it land?"}',
        12: "[" * 100_000,
        13: '{"_id": "empty", "text": "Where?", "asked_at": ""}',
        14: '{"_id": "early", "text": "Where?", "asked_at": "0001-01-01"}',
        15: '{"_id": "late", "text": "Where?", "asked_at": "9999-12-31T23:59-10:00"}',
        16: '{"_id": NaN, "text": "Where did it land?"}',
        17: '{"_id": ' + "9" * 5000 + ', "text": "Where did it land?"}',
    }
    lines = [good.strip(), *("" if n == 4 else broken[n] for n in range(2, 18)), good.strip()]
    batch.write_text("\n".join(lines), "utf-8")

    ran = space_news("ask", "--batch", str(batch), "--json")

    assert ran.exit_code == 1
    assert [payload["_id"] for payload in answers(ran)] == ["good", "good"]
    named = ran.stderr.splitlines()
    assert [line.partition(": ")[0] for line in named] == [f"{batch}:{number}" for number in broken]
    assert named[2] == f'{batch}:5: expected an object with a "text"'
    assert named[6] == f'{batch}:9: "asked_at" is not a text: 2031'


def test_a_line_ends_with_a_line_feed_only(space_news: CommandLine, batch: Path) -> None:
    question = "Where did the Larkspur\u2028lander\x85touch down?"
    batch.write_text("\ufeff" + json_lines({"_id": 1, "text": question, "asked_at": AS_OF}), "utf-8", newline="\r\n")

    ran = space_news("ask", "--batch", str(batch), "--json")

    assert (ran.exit_code, ran.stderr) == (0, "")
    assert [payload["_id"] for payload in answers(ran)] == [1]


def test_an_empty_batch_is_no_error(space_news: CommandLine, batch: Path) -> None:
    batch.write_text("\n", "utf-8")

    assert space_news("ask", "--batch", str(batch), "--json") == Ran(0, "", "")


def test_a_batch_that_cannot_be_read_is_an_error(space_news: CommandLine, batch: Path) -> None:
    absent = space_news("ask", "--batch", str(batch), "--json")
    batch.write_bytes(b'{"_id": 1, "text": "M\xfcnchen?"}\n')
    other = space_news("ask", "--batch", str(batch), "--json")

    for ran in (absent, other):
        assert (ran.exit_code, ran.stdout) == (1, "")
        assert ran.stderr.startswith(f"cannot read {batch}: ")
        assert len(ran.stderr.splitlines()) == 1
