"""What the commands share: settings, columns, and a progress bar on stderr."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import typer
from rich.cells import cell_len
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Bars
from rich.text import Text

from bot.service import IndexStatus, Service
from bot.settings import Settings
from index.build import Progress


@dataclass(frozen=True, slots=True)
class Options:
    """What is said before the command.

    Attributes:
        settings: How this installation runs.
        quiet: Whether progress bars are left out.
    """

    settings: Settings
    quiet: bool


def print_columns(rows: Sequence[Sequence[str]]) -> None:
    """Print one row a line on stdout, in columns; nothing is cut, so that every id can be copied and searched for."""
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True))
        typer.echo("  ".join(cells).rstrip())


class RateColumn(ProgressColumn):
    """How much is done a second, while that is known."""

    def render(self, task: Task) -> Text:
        """Return the rate of a stage."""
        rate = task.finished_speed or task.speed
        return Text(f"{rate:,.0f}/s" if rate else "", style="progress.data.speed")


@contextmanager
def progress_bar(*, quiet: bool) -> Iterator[Callable[[Progress], None]]:
    """Give a callback that draws one bar a stage on stderr; nothing is drawn where stderr is no terminal."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), RateColumn())
    with Bars(
        *columns,
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=quiet or not console.is_terminal,
        transient=True,
    ) as bars:
        known: dict[str, TaskID] = {}

        def show(progress: Progress) -> None:
            if progress.stage not in known:
                for task in known.values():
                    bars.stop_task(task)  # one stage ends where the next begins
                known[progress.stage] = bars.add_task(progress.stage, total=None)
            bars.update(known[progress.stage], completed=progress.done, total=progress.total or None)

        yield show


def bring_up_to_date(service: Service, options: Options) -> None:
    """Build the index where there is none, or where the corpus has changed since.

    Where a gate holds the new one back, that is told, and the last one answers.
    """
    if not service.is_current():
        with progress_bar(quiet=options.quiet) as on_progress:
            status = service.rebuild(on_progress)
        if not status.published:
            tell_held_back(status)


def tell_held_back(status: IndexStatus) -> None:
    """Say on stderr which gates hold a new index back, and why."""
    for gate in status.gates:
        if not gate.passed:
            typer.echo(f"index {status.generation} is held back by the gate {gate.name}: {gate.detail}", err=True)
    typer.echo("what answered before goes on; mend the cause, or see `space-news index build --help`", err=True)
