"""The command line ``space-news``: parses, calls the library, prints."""

from bot.cli.app import main

__all__ = ["main"]
