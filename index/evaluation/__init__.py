"""Measuring the search: judged questions in, figures out."""
