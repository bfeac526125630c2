"""How much of a question a text speaks of at all.

Owns the share of the question's terms that a text holds, each weighted by how rare it is, and the share of its names or
of all its words. A text that lacks a name of the question is rarely about it, however much else it shares.
"""

from index.lexical import lexical_terms
from index.lexicon import Lexicon, concept_term
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

    A name is a word with a capital that does not only begin the question, or with a digit. 1 where there is none.
    """
    names = [
        token
        for number, token in enumerate(tokenise(question))
        if token.text not in STOPWORDS and _is_name(question[token.start_char : token.end_char], first=number == 0)
    ]
    return _share_held(question, names, held, lexicon)


def words_held(topic: str, held: frozenset[str], lexicon: Lexicon) -> float:
    """Return the share, 0..1, of a topic's words that stand in a text, by themselves or by another name; 0 of none."""
    words = [token for token in tokenise(topic) if token.text not in STOPWORDS]
    return _share_held(topic, words, held, lexicon) if words else 0.0


def _share_held(text: str, words: list[Token], held: frozenset[str], lexicon: Lexicon) -> float:
    if not words:
        return 1.0
    by_another_name = [
        run
        for mention in lexicon.mentions(text)
        if concept_term(mention.phrase.concept) in held
        for run in mention.runs
    ]
    return sum(_is_held(token, held, by_another_name) for token in words) / len(words)


def _is_name(word: str, *, first: bool) -> bool:
    if any(map(str.isdigit, word)):
        return True
    return word[0].isupper() and (not first or any(map(str.isupper, word[1:])))


def _is_held(token: Token, held: frozenset[str], by_another_name: list[tuple[int, int]]) -> bool:
    if stems([token.text])[0] in held:
        return True
    return any(start <= token.start_char and token.end_char <= end for start, end in by_another_name)
