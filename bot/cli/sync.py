"""``space-news corpus sync``."""

import json
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.live import Live
from rich.text import Text

from bot.cli.console import Options
from bot.following import follow_sources
from bot.service import Service
from bot.settings import Settings

if TYPE_CHECKING:
    from corpus.sync import Progress

_LOG_FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"


def sync(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")] = False,
) -> None:
    """Read what is new in every source that is followed, and look again at what is known.

    Exit code 4 if some sources failed, 1 if nothing worked.
    """
    options: Options = context.obj
    with (
        _logged(options.settings),
        Service(options.settings).open_store() as store,
        _live(quiet=options.quiet) as on_progress,
    ):
        report = follow_sources(options.settings, store, on_progress)
    if as_json:
        typer.echo(json.dumps(report.payload(), ensure_ascii=False))
    else:
        for failure in report.failed:
            typer.echo(f"{failure.source}: {failure.error}", err=True)
        typer.echo(
            f"{report.new} new, {report.changed} changed, {report.withdrawn} withdrawn, "
            f"{report.unchanged} unchanged, {len(report.failed)} failed"
        )
    raise typer.Exit(report.exit_code)


@contextmanager
def _live(*, quiet: bool) -> "Iterator[Callable[[Progress], None]]":
    """Give a callback that keeps one line up to date on stderr; nothing is drawn where stderr is no terminal."""
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda _: None
        return
    with Live(Text("asking sources"), console=console, transient=True, refresh_per_second=8) as live:
        yield lambda progress: live.update(_line(progress))


def _line(progress: "Progress") -> Text:
    report = progress.report
    return Text(
        f"sources {progress.sources_done}/{report.sources} · pages {progress.pages_done}/{progress.pages} · "
        f"{report.new} new · {report.changed} changed · {progress.pages_failed} failed"
    )


@contextmanager
def _logged(settings: Settings) -> Iterator[None]:
    """Write log lines to stderr as long as the command runs."""
    root, requests = logging.getLogger(), logging.getLogger("httpx")
    levels = root.level, requests.level
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter(_LOG_FORMAT))
    root.addHandler(handler)
    root.setLevel(settings.log_level)
    requests.setLevel(logging.WARNING)  # it would write a line for every page
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(levels[0])
        requests.setLevel(levels[1])
