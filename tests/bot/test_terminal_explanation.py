"""How a terminal shows what decided."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from rich.console import Console

from bot.terminal_explanation import WIDTH, print_explanation
from index.explanation import Explanation
from index.gate import Contribution
from index.when import Event, When
from tests.bot.fakes import LANDING, explanation

WEEK = When(
    datetime(2031, 5, 5, tzinfo=UTC),
    datetime(2031, 5, 9, tzinfo=UTC),
    2.0,
    "this week",
    datetime(2031, 5, 4, tzinfo=UTC),
)


def printed(told: Explanation, *, width: int = 300, terminal: bool = False) -> list[str]:
    stream = io.StringIO()
    console = Console(
        file=stream, width=width, force_terminal=terminal, color_system=None, highlight=False, _environ={}
    )
    print_explanation(told, console)
    return [line.rstrip() for line in stream.getvalue().splitlines()]


def test_every_figure_is_told() -> None:
    assert printed(explanation(WEEK)) == [
        "",
        "Why",
        "1 of 2 passages is cited.",
        "Time: “this week”, 2031-05-05 to 2031-05-09; a date counts x2; older than 2031-05-04 is no answer",
        "Topic: a passage covers 0.80 of the question; below 0.40 it counts as another topic",
        "",
        "Passages read: score = fused + time + article + reader",
        "    published  headline                  lexical dense relev. margin fused time article reader score",
        "1 * 2031-05-06 Larkspur reaches the gro…    4.25  0.50   2.00   3.50  0.75 0.50    0.38   0.73  2.36",
        "2 - undated    Fuelling test moved          4.25  0.50   2.00   3.50  0.75 0.50    0.38   0.73  1.00",
        "* cited · < older than asked · - below the threshold · = sure, but one too many",
        "",
        "The gate: value x weight, in log-odds; shown from a confidence of 0.30",
        "           weight      1      2",
        "relevance   0.500  +1.00  +1.00",
        "names      -2.000  +0.00  +0.00",
        "bias        0.200  +0.20  +0.20",
        "log-odds           +1.20  +1.20",
        "confidence          0.77   0.20",
    ]


def test_an_event_is_told_with_the_article_that_placed_it() -> None:
    day = datetime(2031, 5, 6, tzinfo=UTC)
    when = When(day, WEEK.end, 1.0, "since the landing", None, Event("the landing", day, LANDING))
    told = " ".join(printed(replace(explanation(), when=when))[3:5])
    assert told == (
        "Time: “since the landing”, 2031-05-06 to 2031-05-09; a date counts x1; “the landing” placed on 2031-05-06 by "
        "“Larkspur reaches the ground”"
    )


def test_a_question_without_a_time_and_without_passages() -> None:
    assert printed(replace(explanation(), passages=()))[3:] == [
        "Time: none named, 2031-05-09, when it was asked; a date counts x1",
        "Topic: a passage covers 0.80 of the question; below 0.40 it counts as another topic",
    ]


@pytest.mark.parametrize("terminal", [True, False])
@pytest.mark.parametrize("n_features", [3, 12])
def test_it_fits_whatever_the_features_of_the_gate(terminal: bool, n_features: int) -> None:
    one = explanation().passages[0]
    parts = tuple(Contribution(f"feature {n}", -10.0, 10.0) for n in range(n_features))
    passages = tuple(replace(one, contributions=parts, lexical=123.45, margin=-123.45) for _ in range(23))
    told = replace(explanation(WEEK), passages=passages)
    lines = printed(told, terminal=terminal)
    assert max(map(len, lines)) <= WIDTH == 100
    assert sum(line.startswith("feature 0") for line in lines) == 3
    assert "…" not in "".join(line for line in lines if line.startswith("feature"))
