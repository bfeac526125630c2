"""The one door between asking and finding, used by the command line and by Discord alike.

Owns the generation that answers now and the rebuild that replaces it. Calls block: a caller on an
event loop runs them in a thread.
"""

import logging
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.errors import RebuildRunningError
from bot.quote_caps import cap_quotes
from bot.settings import Settings
from corpus.article import Article, newest_first
from corpus.citations import Cited, record_citations
from corpus.collection import collect, collection_stamp
from corpus.errors import SourcesFileError
from corpus.sources import SOURCES_FILE, Source, SourcesFile
from corpus.store import Store
from index.answer import NO_FILTERS, Answer, Citation, Filters, NoAnswer
from index.build import Progress, build_generation
from index.encoder import OnnxEncoder, export_folder, open_encoder
from index.encoder.base import EncoderSpec
from index.errors import NoGenerationError
from index.gate import load_gate
from index.generation import Manifest, current_generation, open_current, publish
from index.lexicon import load_lexicon
from index.reader import Reader, open_reader
from index.search import Searcher

if TYPE_CHECKING:
    from index.evaluation.dataset import JudgedSet

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """How much one publisher has in the index, and from when to when."""

    publisher: str
    articles: int
    first: datetime | None
    last: datetime | None


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """The generation that answers.

    Attributes:
        generation: Its name.
        digest: Hex SHA-256 of what it was made from.
        articles: How many articles it holds.
        passages: How many passages they were cut into.
        encoder: The model that made its vectors.
        built_at: When it was built (aware, UTC).
        bytes: Its size on disk.
    """

    generation: str
    digest: str
    articles: int
    passages: int
    encoder: str
    built_at: datetime
    bytes: int


class Service:
    """Asks, lists and rebuilds; safe to use from several threads."""

    def __init__(self, settings: Settings, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """Take the settings; nothing is opened before the first call that needs it.

        Args:
            settings: How this installation runs.
            clock: Tells when a quote is shown (aware, UTC).
        """
        self.settings = settings
        self._clock = clock
        self._index_folder = settings.data_dir / "index"
        self._models_folder = settings.data_dir / "models"
        self._spec = EncoderSpec(settings.encoder_model, settings.encoder_query_prefix, settings.encoder_passage_prefix)
        self._searcher: Searcher | None = None
        self._opened_encoder: OnnxEncoder | None = None
        self._opened_reader: Reader | None = None
        self._moving = threading.Lock()
        self._loading = threading.Lock()
        self._building = threading.Lock()

    def open_store(self) -> Store:
        """Open the corpus."""
        return Store.open(self.settings.data_dir / "corpus.db")

    def ask(self, question: str, *, asked_at: datetime, filters: Filters = NO_FILTERS) -> Answer | NoAnswer:
        """Answer a question as of a moment, from the generation that is current when the question comes.

        Raises:
            NoGenerationError: Nothing was built yet.
        """
        result = self._current().ask(question, asked_at=asked_at, filters=filters)
        try:
            with self.open_store() as store:
                result = cap_quotes(result, store, self._followed_sources())
                if isinstance(result, Answer):
                    record_citations(store, [_cited(result, citation, self._clock()) for citation in result.citations])
        except (OSError, sqlite3.Error) as error:  # an answer is given also where it cannot be kept
            _LOG.warning("the citations of an answer could not be kept: %s", error)
        return result

    def _followed_sources(self) -> tuple[Source, ...]:
        """Return the sources; none where the file is broken, because questions are answered all the same."""
        try:
            return SourcesFile.open(self.settings.data_dir / SOURCES_FILE).sources()
        except SourcesFileError as error:
            _LOG.warning("quotes are not capped: %s", error)
            return ()

    def sources(self) -> tuple[SourceSummary, ...]:
        """List the publishers, sorted by name."""
        dates: dict[str, list[datetime | None]] = defaultdict(list)
        for article in self._current().generation.articles:
            dates[article.publisher].append(article.published_at)
        return tuple(_summary(publisher, dates[publisher]) for publisher in sorted(dates))

    def recent_articles(self, publisher: str, *, limit: int) -> tuple[Article, ...]:
        """List a publisher's articles, newest first; the name is compared without case."""
        wanted = publisher.casefold()
        own = (article for article in self._current().generation.articles if article.publisher.casefold() == wanted)
        return tuple(newest_first(own)[:limit])

    def status(self) -> IndexStatus:
        """Describe the generation that is published.

        Raises:
            NoGenerationError: Nothing was built yet.
        """
        folder = self._index_folder / current_generation(self._index_folder)
        manifest = Manifest.read(folder)
        return IndexStatus(
            generation=manifest.generation,
            digest=manifest.digest,
            articles=manifest.articles,
            passages=manifest.passages,
            encoder=manifest.encoder,
            built_at=manifest.built_at,
            bytes=sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()),
        )

    def is_current(self) -> bool:
        """Tell whether a generation is published that was made from the corpus and the settings as they stand."""
        if not export_folder(self._spec, self._models_folder).exists():
            return False  # the export takes seconds: it belongs to the rebuild, which shows how far it is
        try:
            manifest = self._published()
        except NoGenerationError:
            return False
        with self.open_store() as store:
            stamp = collection_stamp(store, starter=self.settings.starter_corpus)
        lexicon = load_lexicon(self.settings.lexicon_path)
        return (manifest.corpus_stamp, manifest.encoder_fingerprint, manifest.lexicon_fingerprint) == (
            stamp,
            self._encoder.fingerprint,
            lexicon.fingerprint,
        )

    def rebuild(self, on_progress: Callable[[Progress], None]) -> IndexStatus:
        """Build a generation of the corpus as it stands, publish it and move to it.

        Raises:
            RebuildRunningError: This process is at it already.
            EmptyCorpusError: There is nothing to index.
        """
        if not self._building.acquire(blocking=False):
            raise RebuildRunningError
        try:
            on_progress(Progress("preparing the encoder", 0, 0))
            lexicon = load_lexicon(self.settings.lexicon_path)
            with self.open_store() as store:
                manifest = build_generation(
                    collect(store, starter=self.settings.starter_corpus),
                    self._index_folder,
                    encoder=self._encoder,
                    encoder_name=self.settings.encoder_model,
                    lexicon=lexicon,
                    corpus_stamp=collection_stamp(store, starter=self.settings.starter_corpus),
                    on_progress=on_progress,
                )
            publish(self._index_folder, manifest.generation)
            self.reload_if_published()
            return self.status()
        finally:
            self._building.release()

    def open_set(self, judged: "JudgedSet", on_progress: Callable[[Progress], None]) -> Searcher:
        """Build (or find) the generation of a set of judged questions, beside the published ones, and open it."""
        from index.evaluation.run import open_set

        return open_set(
            judged,
            self.settings.data_dir / "evaluation",
            encoder=self._encoder,
            encoder_name=self.settings.encoder_model,
            lexicon=load_lexicon(self.settings.lexicon_path),
            reader=self._reader,
            gate=load_gate(),
            on_progress=on_progress,
        )

    def reload_if_published(self) -> bool:
        """Move to the published generation where it is another one; tell whether it was.

        Answers in flight finish on the generation that they began with.
        """
        with self._moving:
            if self._searcher is None or self._published() == self._searcher.generation.manifest:
                return False
            self._searcher = self._open_searcher()
            return True

    def _published(self) -> Manifest:
        return Manifest.read(self._index_folder / current_generation(self._index_folder))

    def _current(self) -> Searcher:
        searcher = self._searcher  # read once: another thread may move on
        if searcher is not None:
            return searcher
        with self._moving:
            if self._searcher is None:
                self._searcher = self._open_searcher()
            return self._searcher

    def _open_searcher(self) -> Searcher:
        generation = open_current(self._index_folder)
        lexicon = load_lexicon(self.settings.lexicon_path)
        return Searcher(generation, encoder=self._encoder, lexicon=lexicon, reader=self._reader, gate=load_gate())

    @property
    def _encoder(self) -> OnnxEncoder:
        with self._loading:
            if self._opened_encoder is None:
                self._opened_encoder = open_encoder(self._spec, self._models_folder)
            return self._opened_encoder

    @property
    def _reader(self) -> Reader:
        with self._loading:
            if self._opened_reader is None:
                self._opened_reader = open_reader()
            return self._opened_reader


def _cited(answer: Answer, citation: Citation, cited_at: datetime) -> Cited:
    quote, article = citation.quote, citation.article
    return Cited(
        article_id=article.id,
        version=quote.version,
        start_char=quote.span.start_char,
        end_char=quote.span.end_char,
        quote=quote.text,
        sentence=quote.part(quote.sentence),
        url=article.url,
        title=article.title,
        publisher=article.publisher,
        question=answer.question,
        cited_at=cited_at,
    )


def _summary(publisher: str, dates: list[datetime | None]) -> SourceSummary:
    known = [moment for moment in dates if moment is not None]
    return SourceSummary(publisher, len(dates), min(known, default=None), max(known, default=None))
