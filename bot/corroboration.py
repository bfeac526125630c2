"""How many tell the same, in words."""

from index.answer import Citation


def reports(citation: Citation) -> str:
    """Return "3 independent reports"; one report with others beside it was printed more than once."""
    n_reports = citation.independent_reports
    return f"{n_reports} independent report{'s' if n_reports > 1 else ''}"
