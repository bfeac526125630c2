"""How much of a question a text speaks of at all.

Owns the share of the question's terms that a text holds, each weighted by how rare it is, and the share of its names or
of all its words. A text that lacks a name of the question is rarely about it, however much else it shares.
"""

from collections.abc import Iterator

from index.lexical import lexical_terms
from index.lexicon import Lexicon, Mention, concept_term
from index.terms import STOPWORDS, Token, stems, tokenise


def held_terms(text: str, lexicon: Lexicon) -> frozenset[str]:
    """Return the terms and concepts of a text, which both measures ask for."""
    return frozenset(lexical_terms(text, lexicon))


def coverage(idf: dict[str, float], held: frozenset[str]) -> float:
    """Return the weighted share, 0..1, of a question's terms that a text holds.

    Args:
        idf: The question's terms with their inverse document frequencies.
        held: The text's terms.
    """
    total = sum(idf.values())
    if not total:
        return 0.0
    return sum(weight for term, weight in idf.items() if term in held) / total


def names_held(question: str, held: frozenset[str], lexicon: Lexicon) -> float:
    """Return the share, 0..1, of a question's names that stand in a text, by themselves or by another name.

    1 where it names none.
    """
    names = names_in(question, lexicon)
    return sum(not held.isdisjoint(name) for name in names) / len(names) if names else 1.0


def names_in(question: str, lexicon: Lexicon) -> list[frozenset[str]]:
    """Return the names in a question, each as the terms that stand for it: its stem, and its concepts."""
    return _standing_for(question, name_tokens(question), lexicon)


def name_tokens(question: str) -> list[Token]:
    """Return the words of a question that are names: with a capital that does not only begin it, or with a digit."""
    return [
        token
        for number, token in enumerate(tokenise(question))
        if token.text not in STOPWORDS and _is_name(question[token.start_char : token.end_char], first=number == 0)
    ]


def words_held(topic: str, held: frozenset[str], lexicon: Lexicon) -> float:
    """Return the share, 0..1, of a topic's words that stand in a text, by themselves or by another name; 0 of none."""
    words = _standing_for(topic, [token for token in tokenise(topic) if token.text not in STOPWORDS], lexicon)
    return sum(not held.isdisjoint(word) for word in words) / len(words) if words else 0.0


def _standing_for(text: str, words: list[Token], lexicon: Lexicon) -> list[frozenset[str]]:
    mentions = list(lexicon.mentions(text))
    return [frozenset({stems([word.text])[0], *_concepts_over(word, mentions)}) for word in words]


def _is_name(word: str, *, first: bool) -> bool:
    if any(map(str.isdigit, word)):
        return True
    return word[0].isupper() and (not first or any(map(str.isupper, word[1:])))


def _concepts_over(token: Token, mentions: list[Mention]) -> Iterator[str]:
    for mention in mentions:
        if any(start <= token.start_char and token.end_char <= end for start, end in mention.runs):
            yield concept_term(mention.phrase.concept)
