"""``space-news index list``, ``rollback``, ``prune`` and ``verify``: what is done with generations that stand."""

import json
from dataclasses import asdict
from typing import Annotated

import typer

from bot.cli.console import Options, print_columns
from bot.service import Service
from index.shelf import Shelved

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


def list_generations(context: typer.Context, as_json: AsJson = False) -> None:
    """List the generations that stand: the published ones, newest first, then those that never answered."""
    listed = _service(context).shelf.generations()
    rows = [_row(one) for one in listed]
    if as_json:
        typer.echo(json.dumps(rows))
    elif rows:
        print_columns([_columns(row) for row in rows])


def rollback(
    context: typer.Context,
    generation: Annotated[str | None, typer.Argument(help="Its name; the one published before, if left out.")] = None,
) -> None:
    """Let an earlier generation answer again, until the next `index build`."""
    name = _service(context).shelf.rollback(generation)
    typer.echo(f"generation {name} answers now, until the next `space-news index build`")


def prune(
    context: typer.Context,
    keep: Annotated[int, typer.Option(min=1, help="How many generations stay, with the one that answers.")] = 3,
    as_json: AsJson = False,
) -> None:
    """Remove older generations, what killed builds left, and the remembered vectors that none of the rest needs."""
    service = _service(context)
    beside = (service.models_folder, service.evaluation_folder)
    pruned = service.shelf.prune(service.memo_path, keep=keep, beside=beside)
    if as_json:
        typer.echo(json.dumps(asdict(pruned)))
        return
    for name in (*pruned.generations, *pruned.leftovers):
        typer.echo(f"removed {name}")
    typer.echo(
        f"{len(pruned.generations)} generations and {len(pruned.leftovers)} leftovers removed, "
        f"{pruned.memo_entries} remembered values forgotten"
    )


def verify(context: typer.Context, as_json: AsJson = False) -> None:
    """Compare every file of every generation with its checksum; damage is named, and the exit code is 1."""
    verified = _service(context).shelf.verify()
    if as_json:
        typer.echo(json.dumps(asdict(verified)))
    else:
        for damage in verified.damages:
            typer.echo(str(damage))
        typer.echo(f"{len(verified.generations)} generations, {len(verified.damages)} damaged files")
    if verified.damages:
        typer.echo("the index is damaged; `space-news index build` makes the current generation anew", err=True)
        raise typer.Exit(1)


def _service(context: typer.Context) -> Service:
    options: Options = context.obj
    return Service(options.settings)


def _row(one: Shelved) -> dict[str, str | int | bool | None]:
    manifest, published_at = one.manifest, one.record.published_at
    return {
        "generation": manifest.generation,
        "current": one.is_current,
        "built_at": manifest.built_at.isoformat(),
        "published_at": published_at.isoformat(timespec="seconds") if published_at else None,
        "articles": manifest.articles,
        "passages": manifest.passages,
        "encoder": manifest.encoder,
        "bytes": one.bytes,
    }


def _columns(row: dict[str, str | int | bool | None]) -> list[str]:
    state = "answers" if row["current"] else "stands" if row["published_at"] else "held back"
    at = row["published_at"] or row["built_at"]
    return [str(row["generation"]), state, str(at), f"{row['passages']} passages", str(row["encoder"])]
