"""``space-news index build`` and ``index info``; the other commands of the group stand in shelf."""

import json
from dataclasses import asdict
from typing import Annotated

import typer

from bot.cli import shelf
from bot.cli.console import Options, print_columns, progress_bar, tell_held_back
from bot.service import IndexStatus, Service

HELD_BACK = 5
"""Exit code of a build that a gate kept from being published."""

app = typer.Typer(help="Build, inspect and keep the index.", no_args_is_help=True)
app.command("list")(shelf.list_generations)
app.command("rollback")(shelf.rollback)
app.command("prune")(shelf.prune)
app.command("verify")(shelf.verify)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


@app.command("build")
def build(
    context: typer.Context,
    as_json: AsJson = False,
    force: Annotated[
        bool, typer.Option("--force", help="Publish although the gates count, canaries or golden fail.")
    ] = False,
) -> None:
    """Build the index from the corpus as it stands and let it answer from now on, unless a gate holds it back."""
    options: Options = context.obj
    with progress_bar(quiet=options.quiet) as on_progress:
        status = Service(options.settings).rebuild(on_progress, force=force)
    _print(status, as_json=as_json)
    if not status.published:
        tell_held_back(status)
        raise typer.Exit(HELD_BACK)


@app.command("info")
def info(context: typer.Context, as_json: AsJson = False) -> None:
    """Describe the index that answers now."""
    options: Options = context.obj
    _print(Service(options.settings).status(), as_json=as_json)


def _print(status: IndexStatus, *, as_json: bool) -> None:
    facts = asdict(status) | {"built_at": status.built_at.isoformat()}
    if as_json:
        typer.echo(json.dumps(facts))
        return
    gates = [("gate " + gate.name, f"{'passed' if gate.passed else 'FAILED'}: {gate.detail}") for gate in status.gates]
    del facts["gates"]
    print_columns([*((name.replace("_", " "), str(value)) for name, value in facts.items()), *gates])
