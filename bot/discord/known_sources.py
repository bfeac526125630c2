"""The publishers' names, kept in memory.

Owns what autocomplete offers. It is asked at every key press and has three seconds, so that it never waits for the
index.
"""

import asyncio
import logging

from discord import app_commands

from bot.discord.answering import Answering
from bot.discord.escape import plain
from bot.discord.limits import CHOICE_MAX_UNITS, CHOICES_MAX, units
from index.errors import IndexingError

_log = logging.getLogger(__name__)


class KnownSources:
    """Names as they were when they were last read."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering
        self._names: tuple[str, ...] = ()

    async def refresh(self) -> None:
        """Read the names again; without an index there are none."""
        try:
            summaries = await asyncio.to_thread(self._answering.sources)
        except IndexingError as error:
            _log.debug("no sources to offer: %s", error)
            summaries = ()
        # Discord refuses the whole list for one name that is empty or too long.
        self._names = tuple(s.publisher for s in summaries if plain(s.publisher) and _fits(s.publisher))

    def choices(self, typed: str) -> list[app_commands.Choice[str]]:
        """Return the names that contain what was typed, those that begin with it first."""
        wanted = typed.strip().casefold()
        found = [name for name in self._names if wanted in name.casefold()]
        found.sort(key=lambda name: not name.casefold().startswith(wanted))
        return [app_commands.Choice(name=plain(name), value=name) for name in found[:CHOICES_MAX]]


def _fits(name: str) -> bool:
    return max(units(name), units(plain(name))) <= CHOICE_MAX_UNITS
