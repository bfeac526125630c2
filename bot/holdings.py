"""What there is to be asked about: articles, topics, and quotes that were shown.

Owns reading that needs no question. It searches nothing and changes nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.errors import NeverCitedError, UnknownTitleError
from corpus.article import Article, newest_first
from corpus.citations import find_citations
from corpus.errors import UnknownCitationError
from corpus.lookup import LookedUp, look_up
from corpus.store import Store
from index.answer import Citation, Timeline
from index.latest import opening
from index.lexicon import Lexicon
from index.search import Searcher
from index.terms import terms


@dataclass(frozen=True, slots=True)
class Listed:
    """An article as it is listed.

    Attributes:
        citation: The article, quoted at its first sentence, with who else tells its story.
        versions: How many texts of it were read; 1 for a briefing of the starter corpus.
    """

    citation: Citation
    versions: int


class Holdings:
    """Tells what the present generation and the corpus hold; safe to use from several threads."""

    def __init__(
        self,
        current: Callable[[], Searcher],
        open_store: Callable[[], Store],
        lexicon: Callable[[], Lexicon],
        keep_shown: Callable[[Timeline, str], Timeline],
    ) -> None:
        """Take what opens the generation that answers, the corpus and the lexicon, and what keeps shown quotes."""
        self._current = current
        self._open_store = open_store
        self._lexicon = lexicon
        self._keep_shown = keep_shown

    def generation(self) -> str:
        """Return the name of the generation that answers now.

        Raises:
            NoGenerationError: Nothing was built yet.
        """
        return self._current().generation.manifest.generation

    def topics(self) -> tuple[str, ...]:
        """List names that the lexicon knows, sorted; of a longer description the first name."""
        lexicon = self._lexicon()
        named = {name.partition(",")[0].strip(): concept for concept, name in lexicon.names.items()}
        return tuple(sorted((name for name in named if named[name] in lexicon.concepts(name)), key=str.casefold))

    def newest_articles(self, *, limit: int) -> tuple[Article, ...]:
        """List articles, newest first."""
        return tuple(newest_first(self._current().generation.articles)[:limit])

    def find_articles(self, words: str, *, limit: int) -> tuple[Article, ...]:
        """List the articles whose headline or publisher holds all the words, in any of their forms, newest first."""
        wanted = set(terms(words))
        articles = self._current().generation.articles
        found = (one for one in articles if wanted <= set(terms(f"{one.title} {one.publisher}")))
        return tuple(newest_first(found)[:limit]) if wanted else ()

    def article(self, wanted: str, *, asked_at: datetime) -> Listed:
        """Return the article with an id or a headline; of several with that headline the newest.

        Raises:
            UnknownTitleError: There is none.
        """
        generation = self._current().generation
        found = next(_called(generation.articles, wanted), None)
        if found is None:
            raise UnknownTitleError(wanted)
        with self._open_store() as store:
            n_versions = len(store.versions(found.id))
        citation = opening(generation, generation.articles.index(found))
        told = Timeline(found.title, asked_at, (citation,), generation.manifest.generation)
        (shown,) = self._keep_shown(told, found.title).citations
        return Listed(shown, max(1, n_versions))

    def cited(self, wanted: str) -> tuple[LookedUp, ...]:
        """Return the quote with an id, or every quote of an article, beside the present text; oldest first.

        Raises:
            NeverCitedError: Neither is known.
        """
        with self._open_store() as store:
            try:
                return tuple(look_up(store, cited) for cited in find_citations(store, wanted))
            except UnknownCitationError:
                raise NeverCitedError(wanted) from None


def _called(articles: tuple[Article, ...], wanted: str) -> Iterator[Article]:
    yield from (article for article in articles if article.id == wanted)
    title = " ".join(wanted.split()).casefold()
    yield from newest_first(article for article in articles if article.title.casefold() == title)
