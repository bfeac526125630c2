"""Which language a text is written in.

Owns the decision when a text says enough to be sure; a text that does not has no language.
"""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

MIN_CONFIDENCE = 0.5
_READ_CHARS = 4000


def detect_language(text: str) -> str:
    """Return the ISO 639 code of the language of ``text``, or "" where it cannot be told."""
    language, confidence = _identifier().classify(text[:_READ_CHARS])
    return language if confidence >= MIN_CONFIDENCE else ""


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # half a second, and asking a question never needs it

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
