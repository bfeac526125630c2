"""What the commands share: settings, dates, columns, and a progress bar on stderr."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import typer
from rich.cells import cell_len
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

from bot.errors import BadDateError
from bot.service import Service
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


def parse_day(written: str) -> date:
    """Read YYYY-MM-DD.

    Raises:
        BadDateError: It is written otherwise, or names no day.
    """
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise BadDateError(written) from None


def parse_moment(written: str) -> datetime:
    """Read a date (the end of that day, UTC) or an ISO 8601 moment (UTC where it names no zone).

    Raises:
        BadDateError: It is neither.
    """
    with suppress(ValueError):
        return datetime.combine(date.fromisoformat(written), time.max, UTC)
    try:
        moment = datetime.fromisoformat(written)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):  # in UTC, a moment of the year 1 or 9999 may fall outside of the calendar
        raise BadDateError(written) from None


def print_columns(rows: Sequence[Sequence[str]]) -> None:
    """Print one row a line on stdout, in columns; nothing is cut, so that every id can be copied and searched for."""
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True))
        typer.echo("  ".join(cells).rstrip())


@contextmanager
def progress_bar(*, quiet: bool) -> Iterator[Callable[[Progress], None]]:
    """Give a callback that draws one bar a stage on stderr; nothing is drawn where stderr is no terminal."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Bars(
        *columns, TimeRemainingColumn(), console=console, disable=quiet or not console.is_terminal, transient=True
    ) as bars:
        known: dict[str, TaskID] = {}

        def show(progress: Progress) -> None:
            if progress.stage not in known:
                known[progress.stage] = bars.add_task(progress.stage, total=None)
            bars.update(known[progress.stage], completed=progress.done, total=progress.total or None)

        yield show


def bring_up_to_date(service: Service, options: Options) -> None:
    """Build the index where there is none, or where the corpus has changed since."""
    if not service.is_current():
        with progress_bar(quiet=options.quiet) as on_progress:
            service.rebuild(on_progress)
