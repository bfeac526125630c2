"""``space-news index``."""

import json
from dataclasses import asdict
from typing import Annotated

import typer

from bot.cli.console import Options, print_columns, progress_bar
from bot.service import IndexStatus, Service

app = typer.Typer(help="Build and inspect the index.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


@app.command("build")
def build(context: typer.Context, as_json: AsJson = False) -> None:
    """Build the index from the corpus as it stands and let it answer from now on."""
    options: Options = context.obj
    with progress_bar(quiet=options.quiet) as on_progress:
        status = Service(options.settings).rebuild(on_progress)
    _print(status, as_json=as_json)


@app.command("info")
def info(context: typer.Context, as_json: AsJson = False) -> None:
    """Describe the index that answers now."""
    options: Options = context.obj
    _print(Service(options.settings).status(), as_json=as_json)


def _print(status: IndexStatus, *, as_json: bool) -> None:
    facts = asdict(status) | {"built_at": status.built_at.isoformat()}
    if as_json:
        typer.echo(json.dumps(facts))
    else:
        print_columns([(name.replace("_", " "), str(value)) for name, value in facts.items()])
