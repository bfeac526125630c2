"""Answers as a terminal shows them."""

import dataclasses
import io
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.terminal import age, origin, print_answer, print_timeline
from corpus import Article, Span
from index.answer import (
    Answer,
    Citation,
    Disagreement,
    DisagreementKind,
    NoAnswer,
    Quote,
    Refusal,
    Said,
    Timeline,
)
from tests.bot.fakes import FUELLING, LANDING, LANDING_TEXT, citation, landing_citation

ASKED_AT = datetime(2031, 5, 9, 12, tzinfo=UTC)
LINK = "https://orbit.example/larkspur#:~:text=It%20touched%20down%20near%20the%20crater%20Vesna%20at%2004%3A12%20UTC."


def printed(result: Answer | NoAnswer, *, width: int = 60, terminal: bool = False, colours: bool = False) -> str:
    stream = io.StringIO()
    console = Console(
        file=stream,
        width=width,
        force_terminal=terminal or colours,
        color_system="standard" if colours else None,
        highlight=False,
        _environ={},
    )
    print_answer(result, console)
    return stream.getvalue()


def test_an_answer_is_a_quote_with_its_origin_and_its_link() -> None:
    second = citation(FUELLING, "It moved.\nThe test is on Friday.", "The test is on Friday.", "Friday")

    lines = printed(Answer("Where?", ASKED_AT, (landing_citation(), second), "g0001"), terminal=True).splitlines()

    assert [line.rstrip() for line in lines] == [
        "[1] “The Larkspur lander left its parking orbit on Monday.",
        "It touched down near the crater Vesna at 04:12 UTC. Its two",
        "rovers will roll out next week.”",
        "    Larkspur reaches the ground",
        "    Orbit Gazette · 2031-05-06 · 3 days before",
        f"    {LINK}",
        "[2] “It moved. The test is on Friday.”",
        "    Fuelling test moved",
        "    Starter corpus · undated",
        "    briefings/fuelling.md",
    ]


def test_it_says_who_else_tells_the_same() -> None:
    others = tuple(dataclasses.replace(FUELLING, publisher=name) for name in ("Selene Post", "", "Wire", "Moon"))
    cited = dataclasses.replace(landing_citation(), independent_reports=3, others=(LANDING, *others[1:]))

    lines = printed(Answer("Where?", ASKED_AT, (cited,), "g0001"), width=200).splitlines()

    assert lines[4:] == [
        "    3 independent reports, also told in:",
        "      Orbit Gazette · 2031-05-06 · Larkspur reaches the ground · https://orbit.example/larkspur",
        "      unknown publisher · undated · Fuelling test moved · briefings/fuelling.md",
        "      Wire · undated · Fuelling test moved · briefings/fuelling.md",
        "      and 1 more",
    ]


def test_a_text_that_was_printed_twice_is_one_report() -> None:
    cited = dataclasses.replace(landing_citation(), others=(FUELLING,))

    assert "    1 independent report, also told in:" in printed(Answer("?", ASKED_AT, (cited,), "g")).splitlines()


def test_what_the_reports_differ_on_stands_first() -> None:
    second = citation(FUELLING, "It moved. The test is\non Friday.", "The test is\non Friday.", "is\non Friday")
    said = (Said(0, "near the crater Vesna"), Said(1, "is\non Friday"))
    differing = Disagreement(DisagreementKind.NAME, said)

    shown = printed(Answer("?", ASKED_AT, (landing_citation(), second), "g", disagreement=differing), width=200)

    assert shown.splitlines()[0] == "The reports differ: “near the crater Vesna” [1] / “is on Friday” [2]"


def test_a_timeline_puts_the_day_before_each_quote() -> None:
    told = Timeline("Larkspur", ASKED_AT, (landing_citation(),), "g0001")

    stream = io.StringIO()
    print_timeline(told, Console(file=stream, width=200, highlight=False, _environ={}))

    assert stream.getvalue().splitlines() == [
        f"2031-05-06 “{LANDING_TEXT}”",
        "    Larkspur reaches the ground",
        "    Orbit Gazette · 2031-05-06 · 3 days before",
        f"    {LINK}",
    ]


def test_no_line_is_broken_where_there_is_no_terminal() -> None:
    refusal = NoAnswer("Why?", ASKED_AT, Refusal.NOTHING_FOUND, "Nothing. " * 20, landing_citation(), "g0001")

    answer = printed(Answer("Where?", ASKED_AT, (landing_citation(),), "g0001"), width=20).splitlines()
    refused = printed(refusal, width=20).splitlines()

    assert answer[0] == f"[1] “{LANDING_TEXT}”"
    assert refused[:3] == [
        f"I don't know. {refusal.reason}",
        "Not an answer, but the nearest passage:",
        f"“{LANDING_TEXT}”",
    ]


def test_a_refusal_says_why_and_shows_the_nearest_passage_as_no_answer() -> None:
    result = NoAnswer("Why?", ASKED_AT, Refusal.NO_ANSWER_IN_TOPIC, "Nothing says so.", landing_citation(), "g0001")

    lines = printed(result, width=200).splitlines()

    assert lines[:2] == ["I don't know. Nothing says so.", "Not an answer, but the nearest passage:"]
    assert lines[2].startswith("“The Larkspur lander")
    assert lines[4:] == ["    Orbit Gazette · 2031-05-06 · 3 days before", f"    {LINK}"]


def test_what_is_too_old_is_shown_as_no_answer() -> None:
    result = NoAnswer("Who?", ASKED_AT, Refusal.OLDER, "I found only older news.", landing_citation(), "g0001")

    assert printed(result, width=200).splitlines()[:2] == [
        "I don't know. I found only older news.",
        "Not an answer, but the newest that was found:",
    ]


def test_a_refusal_may_have_nothing_to_show() -> None:
    result = NoAnswer("Why?", ASKED_AT, Refusal.NOTHING_FOUND, "Nothing.", None, "g0001")

    assert printed(result) == "I don't know. Nothing.\n"


def test_the_sentence_is_bold_and_the_answer_underlined() -> None:
    shown = printed(Answer("Where?", ASKED_AT, (landing_citation(),), "g0001"), width=200, colours=True)

    assert shown.splitlines()[0] == (
        "[1] “The Larkspur lander left its parking orbit on Monday. "
        "\x1b[1mIt touched down \x1b[0m\x1b[1;4mnear the crater Vesna\x1b[0m\x1b[1m at 04:12 UTC.\x1b[0m"
        " Its two rovers will roll out next week.”"
    )


def test_the_marks_stand_right_in_the_middle_of_a_text() -> None:
    """Offsets count from the start of the article, not of the quote."""
    quote = Quote("larkspur-landing", 1, Span(100, 109), Span(100, 109), Span(103, 108), "At Vesna.")

    shown = printed(Answer("Where?", ASKED_AT, (Citation(quote, LANDING, 0.9),), "g"), colours=True)

    assert shown.splitlines()[0] == "[1] “\x1b[1mAt \x1b[0m\x1b[1;4mVesna\x1b[0m\x1b[1m.\x1b[0m”"


def test_text_is_never_taken_for_markup() -> None:
    text = "The [bold]probe[/bold] sent :rocket: home."
    article = Article("markup", "https://orbit.example/markup", "[red]Probe[/]", "[link=x]P[/link]", None)

    lines = printed(Answer("What?", ASKED_AT, (citation(article, text, text, "probe"),), "g"), width=200).splitlines()

    assert lines[:3] == [f"[1] “{text}”", "    [red]Probe[/]", "    [link=x]P[/link] · undated"]


def test_what_is_not_known_is_left_out_or_said() -> None:
    article = Article("bare", "/srv/bare.txt", "", "", None)

    lines = printed(Answer("What?", ASKED_AT, (citation(article, "It flew.", "It flew.", "flew"),), "g")).splitlines()

    assert lines == ["[1] “It flew.”", "    unknown publisher · undated", "    /srv/bare.txt"]


def test_origin_names_publisher_date_and_age() -> None:
    assert origin(LANDING, ASKED_AT) == "Orbit Gazette · 2031-05-06 · 3 days before"


@pytest.mark.parametrize(
    ("published", "asked", "expected"),
    [
        ("2024-05-05", "2024-05-05", "the same day"),
        ("2024-05-06", "2024-05-05", "the same day"),
        ("2024-05-05", "2024-05-06", "1 day before"),
        ("2024-01-31", "2024-02-29", "29 days before"),
        ("2024-01-31", "2024-03-30", "1 month before"),
        ("2024-01-31", "2024-03-31", "2 months before"),
        ("2024-05-05", "2025-05-04", "11 months before"),
        ("2023-05-05", "2024-05-05", "1 year before"),
        ("2021-03-01", "2023-03-01", "2 years before"),
        ("2021-03-02", "2023-03-01", "1 year before"),
    ],
)
def test_age_is_counted_by_the_calendar(published: str, asked: str, expected: str) -> None:
    first, last = (datetime.fromisoformat(day).replace(tzinfo=UTC) for day in (published, asked))

    assert age(first, last) == expected


@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_every_age_can_be_said(published: datetime, asked: datetime) -> None:
    said = age(published, asked)

    assert said == "the same day" if asked.date() <= published.date() else said.endswith(" before")
