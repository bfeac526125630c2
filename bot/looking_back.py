"""Coming back to an earlier answer: how it came about, and what stands around its quotes.

Owns finding the generation that gave it. The same question of the same generation, as of the same moment, has the same
answer, so that nothing of an answer but these has to be kept.
"""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from bot.errors import GenerationGoneError
from bot.kinds import Kinds, find_kinds
from bot.quote_caps import cap_of
from bot.shown_quotes import followed_sources
from corpus import Span
from corpus.sentences import split_sentences
from corpus.store import Store
from index.answer import Answer, Citation, Filters, NoAnswer, Timeline
from index.errors import GenerationError
from index.search import Searcher

T = TypeVar("T")

SURROUNDINGS_MAX_CHARS = 1000
"""As much as a source lets be quoted unless it says otherwise."""


class LookingBack:
    """Answers again what was answered before; safe to use from several threads."""

    def __init__(
        self,
        current: Callable[[], Searcher],
        open_earlier: Callable[[str], Searcher],
        open_store: Callable[[], Store],
        sources_path: Path,
        keep_shown: Callable[[Answer | NoAnswer, str], Answer | NoAnswer],
    ) -> None:
        """Take what opens the generation that answers, an earlier one and the corpus, and what keeps shown quotes."""
        self._current = current
        self._open_earlier = open_earlier
        self._open_store = open_store
        self._sources_path = sources_path
        self._keep_shown = keep_shown
        self._earlier: Searcher | None = None
        self._opening = threading.Lock()

    def again(self, question: str, *, asked_at: datetime, filters: Filters, generation: str) -> Answer | NoAnswer:
        """Answer a question as a generation answered it.

        Raises:
            GenerationGoneError: The generation no longer stands, or was built with other settings than those in force.
        """
        result = self._asking(generation, lambda searcher: searcher.ask(question, asked_at=asked_at, filters=filters))
        return self._keep_shown(result, result.question)

    def surroundings(self, citation: Citation, *, generation: str) -> Citation:
        """Return a citation with as many whole sentences around its quote as its source lets be quoted at once.

        Raises:
            GenerationGoneError: The generation no longer stands.
        """
        text = self._asking(generation, lambda searcher: searcher.engine.text(citation.article.id))
        with self._open_store() as store:
            cap = cap_of(citation.article, store, followed_sources(self._sources_path))
        span = _grown(text, citation.quote.span, SURROUNDINGS_MAX_CHARS if cap is None else cap)
        quote = replace(citation.quote, span=span, text=span.of(text))
        quote.check(text)
        return replace(citation, quote=quote)

    def kinds(self, result: Answer | NoAnswer | Timeline) -> Kinds:
        """Return who speaks in the articles behind a result: agency, operator, press or community."""
        return find_kinds(result, self._open_store, self._sources_path)

    def topic(self, question: str, *, asked_at: datetime) -> str:
        """Return what a question is about, as a topic for a timeline."""
        return self._current().topic(question, asked_at=asked_at)

    def _asking(self, generation: str, work: Callable[[Searcher], T]) -> T:
        """Ask a generation, which may be gone by then: nobody keeps it for an answer that was given."""
        try:
            return work(self._searcher(generation))
        except (GenerationError, FileNotFoundError) as error:
            raise GenerationGoneError from error

    def _searcher(self, generation: str) -> Searcher:
        current = self._current()
        if current.engine.manifest.generation == generation:
            return current
        with self._opening:
            if self._earlier is None or self._earlier.engine.manifest.generation != generation:
                self._earlier = self._open_earlier(generation)
            return self._earlier


def _grown(text: str, span: Span, max_chars: int) -> Span:
    """Return a span with whole sentences added on both sides in turn, as long as they fit."""
    sentences = split_sentences(text)
    before = [one for one in sentences if one.end_char <= span.start_char][::-1]
    after = [one for one in sentences if one.start_char >= span.end_char]
    while before or after:
        wider = [Span(one.start_char, span.end_char) for one in before[:1]]
        wider += [Span(span.start_char, one.end_char) for one in after[:1]]
        fitting = [one for one in wider if one.end_char - one.start_char <= max_chars]
        if not fitting:
            break
        # The shorter addition first, so that neither side takes all the room.
        span = min(fitting, key=lambda one: one.end_char - one.start_char)
        before = [one for one in before if one.end_char <= span.start_char]
        after = [one for one in after if one.start_char >= span.end_char]
    return span
