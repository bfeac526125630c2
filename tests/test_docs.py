"""docs/cli.md says what the program does: every command, option, setting, field and exit code."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer
from pydantic_core import PydanticUndefined
from typer.core import TyperCommand, TyperGroup

from bot.cli.app import app
from bot.payload import answer_payload
from bot.service import IndexStatus
from bot.settings import PREFIX, Settings
from corpus.sync import Report
from index.answer import Answer, Refusal
from index.explanation import Verdict
from index.record import GateResult
from index.when import Event, When
from tests.bot.fakes import LANDING, explanation, landing_citation

PAGE = (Path(__file__).parents[1] / "docs" / "cli.md").read_text(encoding="utf-8")


def sections() -> dict[str, str]:
    """Return the text under each ``##`` heading, by heading."""
    parts = re.split(r"^## (.+)$", PAGE, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def commands(
    command: TyperCommand | TyperGroup, path: str = "space-news"
) -> Iterator[tuple[str, TyperCommand | TyperGroup]]:
    """Yield every command that can be run, by its whole name; ``space-news`` itself for what stands before them."""
    if not isinstance(command, TyperGroup) or command.params:
        yield path, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from commands(inner, f"{path} {name}")


COMMANDS = dict(commands(typer.main.get_group(app)))


def section_of(path: str) -> str:
    (text,) = [text for heading, text in sections().items() if re.match(rf"`{path}( [^a-z]+)?`$", heading)]
    return text


def table(text: str) -> list[list[str]]:
    """Return the rows of all tables, without their headings; a cell's code marks stay."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line[:1] == "|"]
    return [row for i, row in enumerate(rows) if set(row[0]) != {"-"} and not is_heading(rows, i)]


def is_heading(rows: list[list[str]], position: int) -> bool:
    return position + 1 < len(rows) and set(rows[position + 1][0]) == {"-"}


def code(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def test_the_program_has_the_commands_that_are_promised() -> None:
    corpus = {f"space-news corpus {name}" for name in ("add", "list", "remove")}
    assert {"space-news ask", "space-news run", *corpus} <= COMMANDS.keys()


def test_every_command_has_a_section_and_every_section_a_command() -> None:
    for path in COMMANDS:
        section_of(path)
    described = [heading for heading in sections() if heading.startswith("`space-news")]
    assert len(described) == len(COMMANDS)


@pytest.mark.parametrize("path", COMMANDS)
def test_the_table_of_a_command_holds_its_options_and_no_others(path: str) -> None:
    expected: set[str] = set()
    for parameter in COMMANDS[path].params:
        if parameter.name != "help":
            is_option = parameter.param_type_name == "option"
            expected.update(parameter.opts if is_option else [parameter.metavar or parameter.name.upper()])

    before_json = section_of(path).partition("### ")[0]
    assert {name for row in table(before_json) for name in code(row[0])} == expected


def test_every_exit_code_is_told() -> None:
    preface = PAGE.partition("\n## ")[0]
    assert [row[0] for row in table(preface)] == ["0", "1", "2", "3", "4", "5"]


def test_the_json_object_is_told_field_by_field() -> None:
    moment = datetime(2031, 5, 9, tzinfo=UTC)
    payload = answer_payload(Answer("Where?", moment, (landing_citation(),), "g0001"))
    told = section_of("space-news ask").partition("### The JSON object")[2].partition("### ")[0]
    of_answer, of_citation = told.split("A citation holds:")

    assert [name for row in table(of_answer) for name in code(row[0])] == list(payload)
    assert [name for row in table(of_citation) for name in code(row[0])] == list(payload["citations"][0])


def test_the_explanation_is_told_field_by_field() -> None:
    moment = datetime(2031, 5, 9, tzinfo=UTC)
    event = Event("Larkspur", moment, LANDING)
    when = When(moment, moment, 1.0, "since Larkspur", moment, event)
    answer = Answer("Where?", moment, (landing_citation(),), "g0001", {}, explanation=explanation(when))
    payload = answer_payload(answer, explain=True)["explanation"]
    passage = payload["passages"][0]
    told = section_of("space-news ask").partition("### The explanation")[2].partition("### ")[0]
    of_all, of_period, of_passage, of_part = re.split(r"^A (?:period|passage|contribution) holds:$", told, flags=re.M)

    for text, fields in (
        (of_all, payload),
        (of_period, payload["period"]),
        (of_passage, passage),
        (of_part, passage["contributions"][0]),
    ):
        assert [name for row in table(text) for name in code(row[0])] == list(fields)
    (verdicts,) = [row[2] for row in table(of_passage) if row[0] == "`verdict`"]
    assert code(verdicts) == [verdict.value for verdict in Verdict]
    (of_event,) = [row[2] for row in table(of_period) if row[0] == "`event`"]
    assert code(of_event) == list(payload["period"]["event"])


def test_every_kind_of_refusal_is_told() -> None:
    (meaning,) = [row[2] for row in table(section_of("space-news ask")) if row[0] == "`refusal`"]

    assert code(meaning) == [kind.value for kind in Refusal]


def test_the_fields_of_an_index_are_told() -> None:
    told = section_of("space-news index info").partition(": ")[2].partition(". ")[0]

    assert code(told) == list(IndexStatus.__slots__)


def test_the_fields_of_a_sync_are_told() -> None:
    told = section_of("space-news corpus sync").partition("### The JSON object")[2]

    assert [name for row in table(told) for name in code(row[0])] == list(Report().payload())


def test_the_fields_of_a_gate_are_told() -> None:
    told = section_of("space-news index info").partition("each of `gates` has")[2].partition(". ")[0]

    assert code(told) == list(GateResult.__slots__)


def test_every_setting_is_told_with_its_default() -> None:
    expected = {PREFIX + name.upper(): default(field.default) for name, field in Settings.model_fields.items()}

    assert {code(row[0])[0]: row[1] for row in table(sections()["Environment"])} == expected


def default(value: object) -> str:
    """Return a default as it is written in the environment."""
    assert value is not PydanticUndefined
    if value in (None, "", frozenset()):
        return "none"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def test_the_bounds_of_numbers_are_told() -> None:
    told = {code(row[0])[0]: row[2] for row in table(sections()["Environment"])}
    for name in ("reload_seconds", "http_timeout_seconds", "host_delay_seconds", "golden_margin"):
        low, high = (bound for limit in Settings.model_fields[name].metadata for bound in vars_of(limit))
        assert f"({low:g} to {high:g})" in told[PREFIX + name.upper()]


def vars_of(limit: object) -> list[float]:
    return [getattr(limit, name) for name in ("ge", "le") if hasattr(limit, name)]
