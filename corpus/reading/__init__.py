"""Reading articles from files: one module a format, and ``read_source`` in front of them."""

from corpus.reading.dates import parse_published
from corpus.reading.failure import ReadFailure
from corpus.reading.source import Overrides, read_source

__all__ = ["Overrides", "ReadFailure", "parse_published", "read_source"]
