"""An article on its way into the corpus, before the store has given it a version.

Owns the one place where raw strings become normalised ones, and how an article without an id of its own gets one. It
must not read files or the network.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from corpus.article import Article
from corpus.errors import EmptyTextError
from corpus.normalise import normalise_line, normalise_text


@dataclass(frozen=True, slots=True)
class Draft:
    """An article together with its text, both normalised.

    Attributes:
        article: What is known about it.
        text: Its text as ``normalise_text`` returns it, not empty.
    """

    article: Article
    text: str


@dataclass(frozen=True, slots=True)
class RawArticle:
    """What a reader found, as it was written.

    Attributes:
        text: The text.
        title: The headline.
        publisher: Who published it.
        published_at: When it was published (aware, UTC), or None where the source does not say.
        url: The link of the article, where it has one of its own.
        id: The id that the source gives the article, where it does.
    """

    text: str
    title: str = ""
    publisher: str = ""
    published_at: datetime | None = None
    url: str = ""
    id: str = ""

    def draft(self, *, place: str, alone: bool = True) -> Draft:
        """Normalise everything.

        Args:
            place: Where the text was read, such as the path of a file; stands in for a missing link.
            alone: Whether nothing else stands there, so that the place can also stand in for a missing id: whatever
                is read there later is the same article.

        Raises:
            EmptyTextError: If no text is left.
        """
        text = normalise_text(self.text)
        if not text:
            raise EmptyTextError
        title, publisher, url = normalise_line(self.title), normalise_line(self.publisher), normalise_line(self.url)
        told = _title_key(publisher, title, self.published_at) if title else text
        key = url or (place if alone else told)
        article_id = normalise_line(self.id) or hashlib.sha256(key.encode()).hexdigest()[:16]
        return Draft(Article(article_id, url or place, title, publisher, self.published_at), text)


def _title_key(publisher: str, title: str, published_at: datetime | None) -> str:
    return "\n".join((publisher, title, published_at.isoformat() if published_at else ""))
