"""How much of a question a text speaks of at all.

Owns one measure, the share of the question's terms that a text holds, each weighted by how rare it is.
"""

from index.lexical import lexical_terms
from index.lexicon import Lexicon


def coverage(idf: dict[str, float], text: str, lexicon: Lexicon) -> float:
    """Return the weighted share, 0..1, of a question's terms that stand in a text.

    Args:
        idf: The question's terms with their inverse document frequencies.
        text: The text.
        lexicon: Makes the text's concepts.
    """
    total = sum(idf.values())
    if not total:
        return 0.0
    held = set(lexical_terms(text, lexicon))
    return sum(weight for term, weight in idf.items() if term in held) / total
