"""``space-news preview``."""

import webbrowser
from typing import Annotated

import typer

from bot.cli.console import Options, bring_up_to_date
from bot.service import Service

PORT = 8750


def preview(
    context: typer.Context,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Where to listen on this machine; 0 takes a free one.")
    ] = PORT,
    open_: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
) -> None:
    """Show the bot on a page of this machine, without Discord, until interrupted.

    Every message is what Discord would get, and the buttons work. Builds the index first where there is none or where
    articles were added.
    """
    from bot.preview.serving import serve  # Discord's library is slow to import

    options: Options = context.obj
    service = Service(options.settings)
    bring_up_to_date(service, options)

    def on_ready(address: str) -> None:
        typer.echo(f"the preview stands at {address} until you stop it with Ctrl-C")
        if open_:
            webbrowser.open(address)

    serve(options.settings, service, port=port, on_ready=on_ready)
