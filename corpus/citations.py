"""Quotes that answers showed, kept so that they can be looked up when the article has changed.

Owns the table ``citations``, and the id by which a quote is found again: the same quote of the same version has the
same one. A quote is kept as it was shown, so that it can be read also where the article is no longer in the corpus.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from corpus.errors import UnknownCitationError
from corpus.rows import moment_text, read_moment
from corpus.store import Store

_COLUMNS = "id, article_id, version, start_char, end_char, quote, sentence, url, title, publisher, question, cited_at"


@dataclass(frozen=True, slots=True)
class Cited:
    """A quote that an answer showed.

    Attributes:
        article_id: The article that it comes from.
        version: The number of the version that it was cut from.
        start_char: Where it starts in the text of that version.
        end_char: Where it ends there.
        quote: The quote.
        sentence: The answering sentence in it.
        url: The link of the article, as it was then.
        title: Its headline.
        publisher: Who published it.
        question: What was asked when it was shown last.
        cited_at: When that was (aware, UTC).
    """

    article_id: str
    version: int
    start_char: int
    end_char: int
    quote: str
    sentence: str
    url: str
    title: str
    publisher: str
    question: str
    cited_at: datetime

    @property
    def id(self) -> str:
        """The id of the quote."""
        return citation_id(self.article_id, self.version, self.start_char, self.quote)


def citation_id(article_id: str, version: int, start_char: int, quote: str) -> str:
    """Return the id of a quote: "c-" and twelve hexadecimal digits."""
    key = f"{article_id}\n{version}\n{start_char}\n{quote}"
    return f"c-{sha256(key.encode()).hexdigest()[:12]}"


def record_citations(store: Store, citations: list[Cited]) -> None:
    """Keep quotes that were just shown."""
    with store.transaction():
        for cited in citations:
            store.connection.execute(
                f"INSERT OR REPLACE INTO citations ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    cited.id,
                    cited.article_id,
                    cited.version,
                    cited.start_char,
                    cited.end_char,
                    cited.quote,
                    cited.sentence,
                    cited.url,
                    cited.title,
                    cited.publisher,
                    cited.question,
                    moment_text(cited.cited_at),
                ),
            )


def find_citations(store: Store, wanted: str) -> list[Cited]:
    """Return the quote with an id, or every quote of an article; oldest first.

    Raises:
        UnknownCitationError: If neither is known.
    """
    found = _select(store, "WHERE id = ?1 OR article_id = ?1", wanted)
    if not found:
        raise UnknownCitationError(wanted)
    return found


def all_citations(store: Store) -> list[Cited]:
    """Return every quote that was kept, oldest first."""
    return _select(store, "")


def _select(store: Store, where: str, *parameters: str) -> list[Cited]:
    rows = store.connection.execute(f"SELECT {_COLUMNS} FROM citations {where} ORDER BY cited_at, id", parameters)
    return [_cited(row) for row in rows]


def _cited(row: tuple[str, ...]) -> Cited:
    _, article_id, version, start_char, end_char, *texts, cited_at = row
    moment = read_moment(cited_at)
    assert moment is not None
    quote, sentence, url, title, publisher, question = texts
    return Cited(
        article_id,
        int(version),
        int(start_char),
        int(end_char),
        quote,
        sentence,
        url,
        title,
        publisher,
        question,
        moment,
    )
