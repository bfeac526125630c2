"""The corpus: what was published, kept as versions, cut into exact slices.

Owns articles from the moment they are read until they are asked for. Imports neither ``index`` nor ``bot``.
"""

from corpus.article import Article, Passage, Span, Version
from corpus.draft import Draft
from corpus.errors import CorpusError
from corpus.normalise import normalise_text
from corpus.passages import split_passages
from corpus.sentences import split_sentences
from corpus.store import Added, Store

__all__ = [
    "Added",
    "Article",
    "CorpusError",
    "Draft",
    "Passage",
    "Span",
    "Store",
    "Version",
    "normalise_text",
    "split_passages",
    "split_sentences",
]
