"""An article on its way into the corpus, before the store has given it a version.

Owns the one place where raw strings become normalised ones, and how an article without an id of its own gets one. It
must not read files or the network.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from corpus.article import Article
from corpus.errors import EmptyTextError
from corpus.language import detect_language
from corpus.links import is_web, link_id
from corpus.normalise import normalise_line, normalise_text


@dataclass(frozen=True, slots=True)
class Draft:
    """An article together with its text, both normalised.

    Attributes:
        article: What is known about it.
        text: Its text as ``normalise_text`` returns it, not empty.
        earlier: What the text was before, oldest first; only an exported article knows.
    """

    article: Article
    text: str
    earlier: tuple[str, ...] = ()


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
        language: ISO 639 code of the language of the text; None means that the text is to tell.
        authors: Who wrote it.
        launches: Ids of the launches that it is about.
        events: Ids of the events that it is about.
        withdrawn_at: When it was found that its page is gone (aware, UTC).
        earlier: What the text was before, oldest first.
    """

    text: str
    title: str = ""
    publisher: str = ""
    published_at: datetime | None = None
    url: str = ""
    id: str = ""
    language: str | None = None
    authors: tuple[str, ...] = ()
    launches: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    withdrawn_at: datetime | None = None
    earlier: tuple[str, ...] = ()

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
        article = Article(
            id=normalise_line(self.id) or self._derived_id(text, title, publisher, url, place if alone else ""),
            url=url or place,
            title=title,
            publisher=publisher,
            published_at=self.published_at,
            language=detect_language(text) if self.language is None else normalise_line(self.language),
            authors=_lines(self.authors),
            launches=_lines(self.launches),
            events=_lines(self.events),
            withdrawn_at=self.withdrawn_at,
        )
        return Draft(article, text, tuple(filter(None, map(normalise_text, self.earlier))))

    def _derived_id(self, text: str, title: str, publisher: str, url: str, own_place: str) -> str:
        """Return an id for an article that has none of its own; ``own_place`` is empty where it stands among others."""
        if is_web(url or own_place):
            return link_id(url or own_place)
        told = _title_key(publisher, title, self.published_at) if title else text
        return hashlib.sha256((url or own_place or told).encode()).hexdigest()[:16]


def _lines(raw: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(normalise_line, raw))))


def _title_key(publisher: str, title: str, published_at: datetime | None) -> str:
    return "\n".join((publisher, title, published_at.isoformat() if published_at else ""))
