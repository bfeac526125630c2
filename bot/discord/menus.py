"""What can be done with a message of somebody else: look for evidence, and ask when it was reported first.

Owns the two entries under "Apps"; the words of the message are asked like any question.
"""

import re
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.asking import Asking
from bot.discord.failures import reporting
from bot.discord.request import QUESTION_MAX_CHARS, parse_question
from bot.errors import NothingToReadError
from bot.messages import message

FIND_EVIDENCE = message("Find evidence")
WHEN_REPORTED = message("When was this reported?")

_LINK = re.compile(r"<?https?://\S+")
Callback = Callable[[discord.Interaction, discord.Message], Coroutine[Any, Any, None]]


class MenusCog(commands.Cog):
    """The entries that a message has."""

    def __init__(self, bot: commands.AutoShardedBot, asking: Asking) -> None:
        self._bot = bot
        self._asking = asking
        self._menus = (_menu(FIND_EVIDENCE, self._find_evidence), _menu(WHEN_REPORTED, self._when_reported))

    async def cog_load(self) -> None:
        """Offer the entries."""
        for menu in self._menus:
            self._bot.tree.add_command(menu)

    async def cog_unload(self) -> None:
        """Offer them no longer."""
        for menu in self._menus:
            self._bot.tree.remove_command(menu.name, type=menu.type)

    async def _find_evidence(self, interaction: discord.Interaction, message: discord.Message) -> None:
        await self._ask(interaction, message, dated=False)

    async def _when_reported(self, interaction: discord.Interaction, message: discord.Message) -> None:
        await self._ask(interaction, message, dated=True)

    async def _ask(self, interaction: discord.Interaction, message: discord.Message, *, dated: bool) -> None:
        async with reporting(interaction):
            await self._asking.respond(interaction, claim_of(message), asked_at=interaction.created_at, dated=dated)


def _menu(name: str, callback: Callback) -> app_commands.ContextMenu:
    return app_commands.ContextMenu(
        name=name,
        callback=callback,
        allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
    )


def claim_of(message: discord.Message) -> str:
    """Return what a message says, or what is said in what it forwards or in the cards that it shows, as a question.

    A link is no word: who posts one means the headline in the card under it.

    Raises:
        NothingToReadError: It holds no words.
    """
    for text in filter(None, _texts(message)):
        words = " ".join(_LINK.sub(" ", text).split())
        if any(map(str.isalnum, words)):
            return parse_question(_shortened(words))
    raise NothingToReadError


def _texts(message: discord.Message) -> Iterator[str | None]:
    forwarded = message.message_snapshots
    yield message.clean_content
    yield from (snapshot.content for snapshot in forwarded)
    for embed in (*message.embeds, *(embed for snapshot in forwarded for embed in snapshot.embeds)):
        yield from (embed.title, embed.description)


def _shortened(words: str) -> str:
    """Return the beginning of a long message, up to the end of a word."""
    if len(words) <= QUESTION_MAX_CHARS:
        return words
    return words[: QUESTION_MAX_CHARS + 1].rsplit(" ", 1)[0][:QUESTION_MAX_CHARS]
