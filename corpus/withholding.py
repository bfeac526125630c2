"""Articles that a maintainer took out of the search.

Owns the table ``withheld``. An article whose page is gone is another matter: it comes back with its page, while this is
undone by hand only. The texts are kept, so that what was cited can still be looked up.
"""

from datetime import datetime

from corpus.rows import moment_text
from corpus.store import Store


def withhold(store: Store, article_id: str, at: datetime) -> bool:
    """Take an article out of the search; tell whether that is news."""
    query = "INSERT OR IGNORE INTO withheld VALUES (?, ?)"
    return store.connection.execute(query, (article_id, moment_text(at))).rowcount > 0


def give_back(store: Store, article_id: str) -> bool:
    """Let an article be searched again; tell whether that is news."""
    return store.connection.execute("DELETE FROM withheld WHERE article_id = ?", (article_id,)).rowcount > 0


def withheld_ids(store: Store) -> list[str]:
    """Return the ids of the articles that are kept out of the search, sorted."""
    return [row[0] for row in store.connection.execute("SELECT article_id FROM withheld ORDER BY article_id")]
