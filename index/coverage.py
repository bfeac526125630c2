"""How much of a question a passage speaks of at all.

Owns one measure, the share of the question's terms that a passage holds, each weighted by how rare it is.
"""

from index.generation import Found
from index.lexical import lexical_terms
from index.lexicon import Lexicon


def coverage(idf: dict[str, float], found: Found, lexicon: Lexicon) -> float:
    """Return the weighted share, 0..1, of a question's terms that stand in a passage or its headline.

    Args:
        idf: The question's terms with their inverse document frequencies.
        found: The passage.
        lexicon: Makes the passage's concepts.
    """
    total = sum(idf.values())
    if not total:
        return 0.0
    held = set(lexical_terms(f"{found.article.title}\n{found.passage.span.of(found.text)}", lexicon))
    return sum(weight for term, weight in idf.items() if term in held) / total
