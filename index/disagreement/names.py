"""Names of people and organisations in answers.

Owns finding the one name that an answer gives and telling whether another sentence knows it too.
"""

import re

from corpus import Span
from index.coverage import held_terms
from index.lexicon import Lexicon
from index.terms import STOPWORDS, terms

_NAME = re.compile(r"[A-Z][\w’'.-]*(?: (?:(?:of|the|and|de|van|von|al) )?[A-Z][\w’'.-]*)*")


def name_in(sentence: str, answer: Span) -> Span | None:
    """Return the only name in the answering words, or None; a word that merely begins the sentence is none."""
    found = [
        Span(answer.start_char + match.start(), answer.start_char + match.end())
        for match in _NAME.finditer(answer.of(sentence))
    ]
    named = [span for span in found if span.start_char > 0 or " " in span.of(sentence)]
    if len(named) != 1 or named[0].of(sentence).lower() in STOPWORDS:
        return None
    return named[0]


def is_other_name(name: str, held: frozenset[str], lexicon: Lexicon) -> bool:
    """Tell whether a text, by its terms, holds no word and no other phrase of a name."""
    concepts = {term for term in held_terms(name, lexicon) if term.startswith("§")}
    return held.isdisjoint(terms(name)) and held.isdisjoint(concepts)
