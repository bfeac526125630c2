"""From text to the terms that the lexical side counts.

Owns tokenising and stemming. A term is a stem; what the terms mean (aliases) is the lexicon's business.
"""

import re
from dataclasses import dataclass

import Stemmer

STOPWORDS = frozenset(
    """a about after again all also am an and any are as at be because been before being between both but by can could
    did do does doing during each for from further had has have having he her here hers him his how i if in into is it
    its itself just me more most my no nor not of off on once only or other our ours out over own same she should so
    some such than that the their theirs them then there these they this those through to too under until up us very
    was we were what when where which while who whom whose why will with would you your yours""".split()
)
"""English function words; "not", "no", "before" and the like carry meaning for the reader, not for term matching."""

# Dotted abbreviations first ("U.S."), then numbers with thousands separators, then words that may hold an apostrophe.
_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|\d+(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|[^\W_]+(?:['’][^\W_]+)*")
_POSSESSIVE = re.compile(r"'[sS]?$")
_stemmer = Stemmer.Stemmer("english")


def _token(raw: str, *, shouting: bool) -> str:
    if raw.endswith(".") and not raw[0].isdigit():
        return raw[:-1].lower()
    word = _POSSESSIVE.sub("", raw.replace("’", "'")).replace(",", "")
    lower = word.lower()
    if not shouting and len(word) > 1 and word.isupper() and lower in STOPWORDS:
        return ".".join(lower)  # "US" and "WHO" are names in a text that has lower case
    return lower


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it stands in a text.

    Attributes:
        text: The word in lower case, without a possessive ending.
        start_char: Where it starts in the text.
        end_char: Where it ends, a possessive ending included.
    """

    text: str
    start_char: int
    end_char: int


def tokenise(text: str, *, shouting: bool | None = None) -> list[Token]:
    """Split text into words, function words included.

    Args:
        text: The text.
        shouting: Whether its capitals mean nothing; None says so of a text without lower case.
    """
    shouting = text.isupper() if shouting is None else shouting
    found = (
        Token(_token(match.group(), shouting=shouting), match.start(), match.end()) for match in _TOKEN.finditer(text)
    )
    return [token for token in found if token.text]


def tokens(text: str, *, shouting: bool | None = None) -> list[str]:
    """Return the words of ``tokenise`` alone."""
    return [token.text for token in tokenise(text, shouting=shouting)]


def stems(words: list[str]) -> list[str]:
    """Return the Snowball (Porter 2) stem of each word."""
    return [str(stem) for stem in _stemmer.stemWords(words)]


def terms(text: str) -> list[str]:
    """Return the stems of the words of a text that carry meaning, in order, repeated as they stand."""
    return stems([word for word in tokens(text) if word not in STOPWORDS])
