"""The commands and how they fail.

Owns the entry point and the exit codes. Every expected error is one line on stderr, never a traceback.

Exit codes: 0 all well; 1 an error; 2 the command was mistyped; 3 an honest refusal (``ask``, ``timeline``); 4 some
sources failed (``corpus sync``, ``corpus sources test``) or not every quote stands (``corpus verify``); 5 a gate held
a new index back (``index build``).
"""

import sqlite3
import sys
from typing import Annotated

import typer

from bot.cli import ask, cite, corpus, evaluate, index, keeping, preview, sources, sync, timeline
from bot.cli.console import Options, bring_up_to_date
from bot.errors import BotError
from bot.service import Service
from bot.settings import PREFIX, load_settings
from corpus.errors import CorpusError
from index.errors import IndexingError

app = typer.Typer(
    name="space-news",
    help="Answers space-news questions with verbatim, dated, cited quotes.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("ask")(ask.ask)
app.command("cite")(cite.cite)
app.command("timeline")(timeline.timeline)
app.command("evaluate")(evaluate.evaluate)
app.command("preview")(preview.preview)
corpus.app.command("sync")(sync.sync)
corpus.app.command("verify")(keeping.verify)
corpus.app.command("export")(keeping.export)
corpus.app.command("stats")(keeping.stats)
corpus.app.add_typer(sources.app, name="sources")
app.add_typer(corpus.app, name="corpus")
app.add_typer(index.app, name="index")


@app.callback()
def _prepare(
    context: typer.Context,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Draw no progress bars.")] = False,
) -> None:
    context.obj = Options(settings=load_settings(), quiet=quiet)


@app.command("run")
def run(context: typer.Context) -> None:
    """Connect to Discord and answer there, until interrupted; the index is brought up to date first."""
    from bot.discord.run import run as run_bot  # Discord's library is slow to import

    options: Options = context.obj
    service = Service(options.settings)
    if options.settings.discord_token is not None:  # without one, run says so, and nothing is built in vain
        bring_up_to_date(service, options)
    raise typer.Exit(run_bot(options.settings, service))


def main() -> None:
    """Run the command line."""
    try:
        app()
    except (BotError, CorpusError, IndexingError) as error:
        typer.echo(error, err=True)
        sys.exit(1)
    except (OSError, sqlite3.Error) as error:
        typer.echo(f"cannot read or write: {error}; check that path, and what {PREFIX}DATA_DIR names", err=True)
        sys.exit(1)
