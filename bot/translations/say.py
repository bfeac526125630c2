"""Saying a message in a language, with its places filled in.

Owns how numbers and lists are written in a language. The texts are the catalogue's.
"""

from collections.abc import Sequence
from functools import cache
from typing import Final

from babel import Locale
from babel.lists import format_list
from babel.numbers import format_decimal

from bot.translations.catalogue import ENGLISH_CODE, catalogue, language_of


class Say:
    """Says messages in one language; calling it is the usual way: ``say("as of {day}", day=day)``."""

    def __init__(self, language: str) -> None:
        """Take a code of ``LANGUAGES``; ``translator`` is the usual way here."""
        self.language = language
        self._texts = catalogue(language)
        self._locale = Locale(language)

    def __call__(self, message: str, /, **values: object) -> str:
        """Return a message with its places filled in; whole numbers are written as the language writes them.

        Args:
            message: The English text, with places such as ``{day}``.
            values: What stands in the places.
        """
        return self._filled(self._texts.gettext(message), values)

    def plural(self, one: str, many: str, /, count: int, **values: object) -> str:
        """Return one of a message's forms, the one that goes with ``count``, which fills the place ``{count}``."""
        return self._filled(self._texts.ngettext(one, many, count), {"count": count, **values})

    def named(self, context: str, message: str, /) -> str:
        """Return a text that means something else elsewhere, told apart by its context."""
        return self._texts.pgettext(context, message)

    def number(self, value: int, /) -> str:
        """Return a whole number as the language writes it."""
        return format_decimal(value, locale=self._locale)

    def listed(self, parts: Sequence[str]) -> str:
        """Return parts as the language lists them: "a, b and c"."""
        return format_list(list(parts), locale=self._locale)

    def _filled(self, text: str, values: dict[str, object]) -> str:
        return text.format_map({name: self._written(value) for name, value in values.items()}) if values else text

    def _written(self, value: object) -> object:
        return self.number(value) if isinstance(value, int) and not isinstance(value, bool) else value


@cache
def _say(language: str) -> Say:
    return Say(language)


def translator(locale: str) -> Say:
    """Return what says messages in the language of a locale of Discord (``es-419``); English where there is none."""
    return _say(language_of(locale))


ENGLISH: Final = translator(ENGLISH_CODE)
