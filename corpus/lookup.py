"""What became of a quote since it was shown.

Owns the comparison of a kept quote with the article as the corpus holds it now. It fetches nothing.
"""

from dataclasses import dataclass

from corpus.article import Article, Version
from corpus.changes import Piece, compare_words
from corpus.citations import Cited
from corpus.collection import starter_articles
from corpus.errors import UnknownArticleError
from corpus.store import Store


@dataclass(frozen=True, slots=True)
class LookedUp:
    """A quote beside the present text of its article.

    Attributes:
        cited: The quote as it was shown.
        article: What is known of the article now; None where the corpus no longer holds it.
        present: Its present version; None where the corpus no longer holds it.
        stands: Whether the answering sentence is in the present text, word for word.
        changes: The way from the text that was cited to the present one; empty where they are the same.
    """

    cited: Cited
    article: Article | None
    present: Version | None
    stands: bool
    changes: tuple[Piece, ...]


def look_up(store: Store, cited: Cited) -> LookedUp:
    """Compare a quote with the article as the corpus holds it now."""
    found = current_article(store, cited.article_id)
    if found is None:
        return LookedUp(cited, None, None, stands=False, changes=())
    article, present = found
    old = _cited_text(store, cited)
    changes = compare_words(old, present.text) if old != present.text else ()
    return LookedUp(cited, article, present, stands=cited.sentence in present.text, changes=changes)


def current_article(store: Store, article_id: str) -> tuple[Article, Version] | None:
    """Return an article of the store or of the starter corpus with its present version, if there is one."""
    try:
        return store.get(article_id)
    except UnknownArticleError:
        return next((pair for pair in starter_articles() if pair[0].id == article_id), None)


def _cited_text(store: Store, cited: Cited) -> str:
    """Return the whole text that was cited, or the quote alone where that text is no longer kept."""
    found = current_article(store, cited.article_id)
    candidates = [version.text for version in store.versions(cited.article_id) if version.number == cited.version]
    candidates += [found[1].text] if found and found[1].number == cited.version else []
    for text in candidates:
        if text[cited.start_char : cited.end_char] == cited.quote:
            return text
    return cited.quote
