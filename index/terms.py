"""From text to the terms that the lexical side counts.

Owns tokenising and stemming. A term is a stem; what the terms mean (aliases) is the lexicon's business.
"""

import re

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
_POSSESSIVE = re.compile(r"['’]s?$")
_stemmer = Stemmer.Stemmer("english")


def _token(raw: str, *, shouting: bool) -> str:
    if raw.endswith(".") and not raw[0].isdigit():
        return raw[:-1].lower()
    lower = _POSSESSIVE.sub("", raw.lower().replace("’", "'")).replace(",", "")
    if not shouting and len(raw) > 1 and raw.isupper() and lower in STOPWORDS:
        return ".".join(lower)  # "US" and "WHO" are names in a text that has lower case
    return lower


def tokens(text: str) -> list[str]:
    """Split text into lower-case tokens, function words included."""
    shouting = text.isupper()
    found = (_token(match.group(), shouting=shouting) for match in _TOKEN.finditer(text))
    return [token for token in found if token]


def stems(words: list[str]) -> list[str]:
    """Return the Snowball (Porter 2) stem of each word."""
    return [str(stem) for stem in _stemmer.stemWords(words)]


def terms(text: str) -> list[str]:
    """Return the stems of the words of a text that carry meaning, in order, repeated as they stand."""
    return stems([word for word in tokens(text) if word not in STOPWORDS])
