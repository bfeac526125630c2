"""By what refused questions are grouped: the same stems, in whatever order, are one gap."""

from index.terms import terms


def gap_key(question: str) -> str:
    """Return the stems of a question, each once and sorted; a question of function words alone is its own."""
    return " ".join(sorted(set(terms(question)))) or question.strip().casefold()
