"""``space-news timeline``."""

import json
from datetime import UTC, datetime
from typing import Annotated

import typer

from bot.cli.ask import EXIT_REFUSED
from bot.cli.console import Options, bring_up_to_date
from bot.cli.request import read_filters, read_words
from bot.dates import parse_moment
from bot.payload import timeline_payload
from bot.service import Service
from bot.terminal import print_timeline

STORIES = 20


def timeline(
    context: typer.Context,
    topic: Annotated[str, typer.Argument(help="A name or a few words, in quotation marks.")],
    as_of: Annotated[str | None, typer.Option(help="As things stood on this day (YYYY-MM-DD) or moment.")] = None,
    since: Annotated[str | None, typer.Option(help="Only what was published on this day or later.")] = None,
    until: Annotated[str | None, typer.Option(help="Only what was published on this day or earlier.")] = None,
    source: Annotated[list[str] | None, typer.Option(help="Only this publisher; may be repeated.")] = None,
    language: Annotated[
        list[str] | None, typer.Option(help="Only articles in this language (ISO 639), or any; may be repeated.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="Show at most so many stories, those that fit best.")] = STORIES,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")] = False,
) -> None:
    """Show what was told of a topic, one dated quote a story, the oldest first (exit code 3: nothing was).

    Builds the index first where there is none or where articles were added.
    """
    options: Options = context.obj
    filters = read_filters(since, until, source, language)
    asked_at = parse_moment(as_of) if as_of is not None else datetime.now(UTC)
    wanted = read_words(topic, "topic")
    service = Service(options.settings)
    bring_up_to_date(service, options)
    told = service.timeline(wanted, asked_at=asked_at, filters=filters, limit=limit)
    if as_json:
        typer.echo(json.dumps(timeline_payload(told), ensure_ascii=False))
    else:
        print_timeline(told)
    raise typer.Exit(0 if told.citations else EXIT_REFUSED)
