"""``space-news ask``."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.console import Options, bring_up_to_date
from bot.cli.request import read_filters, read_words
from bot.dates import parse_moment
from bot.errors import RequestError
from bot.payload import answer_payload
from bot.service import Service
from bot.terminal import print_answer
from bot.terminal_explanation import print_explanation
from index.answer import Answer, Filters
from index.errors import QuoteMismatchError

EXIT_ERROR = 1
EXIT_REFUSED = 3


def ask(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(help="The question, in quotation marks.")] = None,
    as_of: Annotated[str | None, typer.Option(help="Answer as of this day (YYYY-MM-DD) or moment.")] = None,
    since: Annotated[str | None, typer.Option(help="Only what was published on this day or later.")] = None,
    until: Annotated[str | None, typer.Option(help="Only what was published on this day or earlier.")] = None,
    source: Annotated[list[str] | None, typer.Option(help="Only this publisher; may be repeated.")] = None,
    language: Annotated[
        list[str] | None, typer.Option(help="Only articles in this language (ISO 639), or any; may be repeated.")
    ] = None,
    batch: Annotated[
        Path | None, typer.Option(help='JSON lines of {"_id", "text", "asked_at"}; one answer a line. Needs --json.')
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Tell every figure behind the answer too.")] = False,
) -> None:
    """Answer a question with quotes, or say honestly that nothing answers it (exit code 3).

    Builds the index first where there is none or where articles were added.
    """
    options: Options = context.obj
    if (question is None) == (batch is None) or (batch is not None and not as_json):
        raise typer.BadParameter("give either one question, or --batch FILE together with --json")
    filters = read_filters(since, until, source, language)
    asked_at = parse_moment(as_of) if as_of is not None else datetime.now(UTC)
    # What was typed is checked first: building may take minutes.
    wanted = read_words(question or "", "question") if batch is None else ""
    lines = _read_lines(batch) if batch else []
    service = Service(options.settings)
    bring_up_to_date(service, options)
    if batch is not None:
        raise typer.Exit(_ask_batch(service, batch, lines, asked_at, filters, explain=explain))
    result = service.ask(wanted, asked_at=asked_at, filters=filters)
    if as_json:
        typer.echo(json.dumps(answer_payload(result, explain=explain), ensure_ascii=False))
    else:
        print_answer(result)
        if explain and result.explanation:
            print_explanation(result.explanation)
    raise typer.Exit(0 if isinstance(result, Answer) else EXIT_REFUSED)


def _read_lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8-sig").split("\n")  # a line may hold what splitlines() would take for its end
    except (OSError, UnicodeDecodeError) as error:
        raise RequestError(f"cannot read {path}: {error}") from error


def _ask_batch(
    service: Service, path: Path, lines: list[str], asked_at: datetime, filters: Filters, *, explain: bool
) -> int:
    """Answer every line; a bad one is named on stderr, and the rest goes on."""
    failed = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = _row(line)
            moment = parse_moment(row["asked_at"]) if row.get("asked_at") is not None else asked_at
            result = service.ask(read_words(row["text"], "question"), asked_at=moment, filters=filters)
            answer = {"_id": row.get("_id"), **answer_payload(result, explain=explain)}
            typer.echo(json.dumps(answer, ensure_ascii=False, allow_nan=False))
        except (ValueError, OverflowError, RecursionError, RequestError, QuoteMismatchError) as error:
            failed += 1
            typer.echo(f"{path}:{number}: {error}", err=True)
    return EXIT_ERROR if failed else 0


def _row(line: str) -> dict[str, Any]:
    row = json.loads(line)
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise RequestError('expected an object with a "text"')
    if not isinstance(row.get("asked_at"), str | None):
        raise RequestError(f'"asked_at" is not a text: {row["asked_at"]!r:.80}')
    return row
