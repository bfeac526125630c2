"""Names and descriptions of commands, in the languages of Discord's clients.

Owns which locale gets which text: every one that Discord has and that a catalogue covers. What answers say is said by
``bot.translations``.
"""

import asyncio

import discord
from discord import app_commands

from bot.translations import ENGLISH, LANGUAGES, Say, translator
from bot.translations.catalogue import ENGLISH_CODE, language_of

NAME = "name"
"""The context under which catalogues hold the names of commands, groups and options; "/ask" is no sentence."""

_Location = app_commands.TranslationContextLocation
_NAMES = frozenset({_Location.command_name, _Location.group_name, _Location.parameter_name})


class CommandTranslator(app_commands.Translator):
    """Tells Discord what commands are called elsewhere."""

    async def load(self) -> None:
        """Read every catalogue, on a thread: nothing that people wait for reads one later."""
        await asyncio.to_thread(lambda: [translator(language) for language in LANGUAGES])

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """Return a name or description in a locale, or None where the English one serves."""
        if language_of(locale.value) == ENGLISH_CODE:
            return None
        say = translator(locale.value)
        is_menu = isinstance(context.data, app_commands.ContextMenu)
        if context.location in _NAMES and not is_menu:
            return say.named(NAME, string.message)
        return say(string.message)


def say_to(interaction: discord.Interaction) -> Say:
    """Return what speaks to whoever used a command or a button, in the language of their client."""
    return translator(interaction.locale.value)


def say_in(guild_language: str, interaction: discord.Interaction | None = None) -> Say:
    """Return what speaks in a server: its own language where it chose one, else that of the reader, else English."""
    if guild_language:
        return translator(guild_language)
    return say_to(interaction) if interaction is not None else ENGLISH
