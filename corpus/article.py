"""The values the corpus is made of: articles, versions and exact slices of them.

Owns no input or output. Every offset counts Unicode code points in the normalised text of one version, so
``version.text[start_char:end_char]`` is always the slice that is meant.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Article:
    """One published page.

    Attributes:
        id: Stable identifier; the ``_id`` of a JSON line, otherwise derived from the link, the file or the title.
        url: Where the page stands; the path of a local file where there is no link.
        title: Headline, normalised, on one line; may be empty.
        publisher: Who published it; may be empty.
        published_at: When it was published (aware, UTC), or None where nobody says.
        language: ISO 639 code of the language of its text, or "" where that cannot be told.
        authors: Who wrote it, as the source names them.
        launches: Ids in Launch Library 2 of the launches that it is about.
        events: Ids in Launch Library 2 of the events that it is about.
        withdrawn_at: When it was found that its page is gone (aware, UTC), or None while it stands.
    """

    id: str
    url: str
    title: str
    publisher: str
    published_at: datetime | None
    language: str = ""
    authors: tuple[str, ...] = ()
    launches: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    withdrawn_at: datetime | None = None


_NEVER = datetime.min.replace(tzinfo=UTC)


def newest_first(articles: Iterable[Article]) -> list[Article]:
    """Return articles ordered by date, the undated last and those of one moment by id."""
    by_id = sorted(articles, key=lambda article: article.id)
    return sorted(by_id, key=lambda article: article.published_at or _NEVER, reverse=True)


@dataclass(frozen=True, slots=True)
class Version:
    r"""The text of an article as it was read once.

    Attributes:
        article_id: The article that it belongs to.
        number: 1 for the first reading, then counted up.
        text: Normalised text: NFC, ``\n`` line ends, no control or bidirectional characters.
        content_hash: Hex SHA-256 of ``text``.
        read_at: When it was read first (aware, UTC), or None where nobody noted it.
    """

    article_id: str
    number: int
    text: str
    content_hash: str
    read_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of code points in the text of one version."""

    start_char: int
    end_char: int

    def of(self, text: str) -> str:
        """Return the slice of ``text`` that this span names."""
        return text[self.start_char : self.end_char]


@dataclass(frozen=True, slots=True)
class Passage:
    """A slice of a version, made of whole sentences, that is searched as one.

    Attributes:
        article_id: The article that it belongs to.
        version: The number of the version that was cut.
        span: Where it stands in the text of that version.
        sentences: The sentences in it, in order, with offsets into the version's text (not the passage's).
    """

    article_id: str
    version: int
    span: Span
    sentences: tuple[Span, ...]
