"""The catalogues: which languages there are, and the one that a locale of Discord gets.

Owns reading the ``.po`` files. Nothing compiled is kept: a catalogue is compiled in memory when it is first needed.
"""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ENGLISH_CODE = "en"
LANGUAGES = {"en": "English", "es": "Español", "fr": "Français", "de": "Deutsch", "ja": "日本語", "ru": "Русский"}
"""What each language calls itself, by its code."""


def language_of(locale: str) -> str:
    """Return the code of the language that a locale such as ``es-419`` is served in; English where there is none."""
    code = locale.replace("_", "-").partition("-")[0].lower()
    return code if code in LANGUAGES else ENGLISH_CODE


@cache
def catalogue(language: str) -> NullTranslations:
    """Return the texts of a language of ``LANGUAGES``; those of English are the message ids themselves."""
    if language == ENGLISH_CODE:
        return NullTranslations()
    with files("bot.translations").joinpath(f"{language}.po").open("rb") as stream:
        read = read_po(stream, locale=language)
    compiled = BytesIO()
    write_mo(compiled, read)
    compiled.seek(0)
    return GNUTranslations(compiled)
