"""Peers side by side: what the decisions in docs/decisions/ were measured with. Nothing imports this package."""
