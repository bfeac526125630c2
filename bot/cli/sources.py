"""``space-news corpus sources``."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from bot.cli.console import Options, print_columns
from bot.following import fetch_limits, sources_path
from corpus.errors import CorpusError, RefusedAddressError, SourceError
from corpus.links import is_web
from corpus.sources import Kind, Source, SourcesFile, check_name

EXIT_PARTLY = 4

app = typer.Typer(help="Say where articles come from.", no_args_is_help=True)


@app.command("add")
def add(
    context: typer.Context,
    url: Annotated[str, typer.Argument(help="A feed, a news API, a page, or the path of a file or folder.")],
    name: Annotated[
        str | None, typer.Option(help="What to call it; made from what it calls itself, if left out.")
    ] = None,
    kind: Annotated[Kind | None, typer.Option(help="Who speaks.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Who publishes what it lists.")] = None,
) -> None:
    """Follow a source from now on; it is asked once, to find out what it is."""
    from corpus.sync.probe import probe_source  # the HTTP client is slow to import

    options: Options = context.obj
    file = SourcesFile.open(sources_path(options.settings))
    place = url if is_web(url) else Path(url).expanduser().resolve().as_posix()
    why = ""
    try:
        found = asyncio.run(probe_source(place, fetch_limits(options.settings)))
        place, title, told = found.url, found.title, f"{found.form}, {found.entries} entries"
    except RefusedAddressError:
        raise
    except CorpusError as error:
        if not is_web(place):
            raise
        title, told, why = "", "could not be read yet", str(error)
    try:
        called = check_name(name) if name is not None else _free_name(file, title or _host(place))
    except ValueError as error:
        raise SourceError(f"{error}.") from error
    verified = None if why else datetime.now(UTC).date()
    file.add(Source(called, place, publisher or "", kind, verified=verified))
    typer.echo(f"{called}: {place} ({told})")
    if why:
        typer.echo(f"{why} The source was added all the same; `corpus sync` will ask again.", err=True)
        raise typer.Exit(1)


@app.command("remove")
def remove(
    context: typer.Context, names: Annotated[list[str], typer.Argument(help="Names or addresses of sources.")]
) -> None:
    """Follow sources no longer; their articles stay in the corpus."""
    options: Options = context.obj
    file = SourcesFile.open(sources_path(options.settings))
    for wanted in names:
        file.remove(wanted)
    typer.echo(f"{len(names)} removed")


@app.command("list")
def list_sources(context: typer.Context) -> None:
    """List the sources, and whether they are followed."""
    options: Options = context.obj
    rows = [("name", "kind", "publisher", "language", "followed", "url")]
    for source in SourcesFile.open(sources_path(options.settings)).sources():
        followed = (
            "unverified" if not source.is_followed else f"verified {source.verified}" if source.verified else "yes"
        )
        rows.append((source.name, source.kind or "", source.publisher, source.language, followed, source.url))
    print_columns(rows)


@app.command("test")
def test(
    context: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(help="Names or addresses; all, if left out.")] = None,
) -> None:
    """Ask sources once and say what came; those that work are followed from now on."""
    from corpus.sync.probe import probe_source  # the HTTP client is slow to import

    options: Options = context.obj
    file = SourcesFile.open(sources_path(options.settings))
    wanted = [file.find(name) for name in names] if names else list(file.sources())
    failed = 0
    for source in wanted:
        try:
            found = asyncio.run(probe_source(source.url, fetch_limits(options.settings)))
        except CorpusError as error:
            failed += 1
            typer.echo(f"{source.name}: {error}", err=True)
        else:
            file.change(source.name, verified=datetime.now(UTC).date())
            typer.echo(f"{source.name}: {found.form}, {found.entries} entries")
    raise typer.Exit(0 if not failed else EXIT_PARTLY if failed < len(wanted) else 1)


def _host(place: str) -> str:
    return urlsplit(place).hostname or Path(place).name


def _free_name(file: SourcesFile, title: str) -> str:
    """Return a name made from a title that no source has."""
    kept = "".join(letter if letter.isalnum() or letter in " .()&+'-" else " " for letter in title)
    base = " ".join(kept.split())[:70].strip(" .()&+'-") or "source"
    taken = {source.name.casefold() for source in file.sources()}
    names = [base, *(f"{base} {number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name.casefold() not in taken)
