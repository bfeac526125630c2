"""What people read, in their language.

Owns the catalogues (gettext ``.po``, one a language, read at start) and filling in what they leave open. English is the
language of the code: its texts are the message ids. Escaping for Discord is the callers' business.
"""

from bot.messages import message
from bot.translations.catalogue import LANGUAGES, language_of
from bot.translations.say import ENGLISH, Say, translator

__all__ = ["ENGLISH", "LANGUAGES", "Say", "language_of", "message", "translator"]
