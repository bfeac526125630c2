"""Where the quotes that are shown say different things. Decides nothing about who is right."""

from index.disagreement.comparison import Comparison

__all__ = ["Comparison"]
