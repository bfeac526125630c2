"""Everything that is to be searched: the store's articles and, where wanted, the starter corpus.

Owns bringing the two together, and a cheap way to tell that something changed.
"""

import hashlib
from collections.abc import Iterator
from importlib.resources import files

from corpus.article import Article, Version
from corpus.starter import starter_drafts
from corpus.store import Store
from corpus.withholding import withheld_ids


def collect(store: Store, *, starter: bool) -> Iterator[tuple[Article, Version]]:
    """Yield the current version of every article that stands and that no maintainer took out of the search.

    One in the store hides a starter briefing of its id.
    """
    withheld = set(withheld_ids(store))
    seen = set(withheld)
    for article, version in store.current():
        seen.add(article.id)
        if article.withdrawn_at is None and article.id not in withheld:
            yield article, version
    if starter:
        yield from (pair for pair in starter_articles() if pair[0].id not in seen)


def starter_articles() -> Iterator[tuple[Article, Version]]:
    """Yield the briefings of the starter corpus, each as its only version."""
    for draft in starter_drafts():
        content_hash = hashlib.sha256(draft.text.encode()).hexdigest()
        yield draft.article, Version(draft.article.id, 1, draft.text, content_hash)


def collection_stamp(store: Store, *, starter: bool) -> str:
    """Return a digest that changes whenever ``collect`` would yield something else; parses nothing."""
    running = hashlib.sha256("\n".join([store.stamp(), *withheld_ids(store)]).encode())
    if starter:
        for file in sorted((files("corpus") / "starter").iterdir(), key=lambda file: file.name):
            if file.name.endswith(".md"):
                running.update(file.name.encode() + file.read_bytes())
    return running.hexdigest()[:16]
