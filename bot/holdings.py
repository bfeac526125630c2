"""What there is to be asked about: articles, topics, and quotes that were shown.

Owns reading that needs no question. It searches nothing and changes nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.current import AskCurrent
from bot.errors import NeverCitedError, UnknownTitleError
from corpus.article import Article
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
        ask_current: AskCurrent,
        open_store: Callable[[], Store],
        lexicon: Callable[[], Lexicon],
        keep_shown: Callable[[Timeline, str], Timeline],
    ) -> None:
        """Take what asks the generation that answers, opens the corpus and the lexicon, and keeps shown quotes."""
        self._ask_current = ask_current
        self._open_store = open_store
        self._lexicon = lexicon
        self._keep_shown = keep_shown

    def generation(self) -> str:
        """Return the name of the generation that answers now.

        Raises:
            NoGenerationError: Nothing was built yet.
        """
        return self._ask_current(lambda searcher: searcher.engine.manifest.generation)

    def topics(self) -> tuple[str, ...]:
        """List names that the lexicon knows, sorted; of a longer description the first name."""
        lexicon = self._lexicon()
        named = {name.partition(",")[0].strip(): concept for concept, name in lexicon.names.items()}
        return tuple(sorted((name for name in named if named[name] in lexicon.concepts(name)), key=str.casefold))

    def newest_articles(self, *, limit: int) -> tuple[Article, ...]:
        """List articles, newest first."""
        return tuple(self._ask_current(lambda searcher: searcher.engine.recent_articles(limit)))

    def find_articles(self, words: str, *, limit: int) -> tuple[Article, ...]:
        """List the articles whose headline or publisher holds all the words, in any of their forms, newest first."""
        if not terms(words):
            return ()
        return tuple(self._ask_current(lambda searcher: searcher.engine.recent_articles(limit, words=words)))

    def article(self, wanted: str, *, asked_at: datetime) -> Listed:
        """Return the article with an id or a headline; of several with that headline the newest.

        Raises:
            UnknownTitleError: There is none.
        """
        told = self._ask_current(lambda searcher: _opened(searcher, wanted, asked_at))
        with self._open_store() as store:
            n_versions = len(store.versions(told.citations[0].article.id))
        (shown,) = self._keep_shown(told, told.topic).citations
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


def _opened(searcher: Searcher, wanted: str, asked_at: datetime) -> Timeline:
    engine = searcher.engine
    found = engine.article(" ".join(wanted.split()))
    if found is None:
        raise UnknownTitleError(wanted)
    return Timeline(found.title, asked_at, (opening(engine, found.id),), engine.manifest.generation)
