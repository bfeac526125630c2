"""The one door between asking and finding, used by the command line and by Discord alike.

Owns the generation that answers now and the rebuild that replaces it. Calls block: a caller on an
event loop runs them in a thread.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from bot.errors import RebuildRunningError
from bot.following import sources_path
from bot.holdings import Holdings
from bot.looking_back import LookingBack
from bot.quote_caps import Result
from bot.settings import Settings
from bot.shelves import open_shelf
from bot.shown_quotes import keep_shown
from bot.standing import Standing
from bot.upkeep import Upkeep
from corpus.article import Article
from corpus.collection import collect, collection_stamp
from corpus.store import Store
from index.answer import NO_FILTERS, Answer, Filters, NoAnswer, Timeline
from index.build import Progress, is_made_by_this_release
from index.encoder import OnnxEncoder, export_folder, open_encoder
from index.encoder.base import EncoderSpec
from index.engine.base import Engine, SourceSummary
from index.engine.local_shelf import shelved
from index.engine.shelf import Shelf
from index.errors import GenerationError, NoGenerationError
from index.gate import Gate, load_gate, read_gate, write_gate
from index.generation import Manifest
from index.lexicon import Lexicon, load_lexicon
from index.reader import Reader, cross_encoder_folder, open_cross_encoder, open_reader
from index.record import GateResult
from index.search import Searcher
from index.shelf import Shelved

if TYPE_CHECKING:
    from index.evaluation.dataset import JudgedSet

T = TypeVar("T")

CALIBRATION_QUESTIONS = 300
"""Of each kind; a gate for another reranker is fitted to so many practice questions."""


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """A generation.

    Attributes:
        generation: Its name.
        digest: Hex SHA-256 of what it was made from.
        passages: How many passages its articles were cut into.
        encoded: How many of them the last build had to encode.
        reused: How many it took over from earlier builds.
        seconds: How long that build took.
        published: Whether it answers.
        gates: What the gates before publishing found.
        articles: How many articles it holds.
        encoder: The model that made its vectors.
        built_at: When it was built (aware, UTC).
        bytes: Its size on disk.
    """

    generation: str
    digest: str
    passages: int
    encoded: int
    reused: int
    seconds: float
    published: bool
    gates: tuple[GateResult, ...]
    articles: int
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
        self.index_folder = settings.data_dir / "index"
        self.shelf: Shelf = open_shelf(settings, self.index_folder)
        self.models_folder = settings.data_dir / "models"
        self.evaluation_folder = settings.data_dir / "evaluation"
        self.memo_path = settings.data_dir / "memo.db"
        self._spec = EncoderSpec(
            settings.encoder_model,
            settings.encoder_query_prefix,
            settings.encoder_passage_prefix,
            settings.encoder_revision,
        )
        self._searcher: Searcher | None = None
        self._opened_encoder: OnnxEncoder | None = None
        self._opened_reader: Reader | None = None
        self._moving = threading.Lock()
        self._loading = threading.Lock()
        self._building = threading.Lock()
        self.holdings = Holdings(
            self._asking, self.open_store, lambda: load_lexicon(settings.lexicon_path), self._shown
        )
        self.standing = Standing(self._asking, self._shown)
        self.looking_back = LookingBack(
            self._current, self._open_earlier, self.open_store, sources_path(settings), self._shown
        )
        self.upkeep = Upkeep(settings, self.shelf, self.open_store, clock)

    @property
    def generation(self) -> str:
        """The generation that answers now, from memory; "" before the first question opened it."""
        searcher = self._searcher
        return searcher.engine.manifest.generation if searcher else ""

    def open_store(self) -> Store:
        """Open the corpus."""
        return Store.open(self.settings.data_dir / "corpus.db")

    def ask(self, question: str, *, asked_at: datetime, filters: Filters = NO_FILTERS) -> Answer | NoAnswer:
        """Answer a question as of a moment, from the generation that is current when the question comes.

        Raises:
            NoGenerationError: Nothing was built yet.
        """
        result = self._asking(lambda searcher: searcher.ask(question, asked_at=asked_at, filters=filters))
        return self._shown(result, result.question)

    def timeline(self, topic: str, *, asked_at: datetime, limit: int, filters: Filters = NO_FILTERS) -> Timeline:
        """Return what was told of a topic as of a moment, one quote a story, the oldest first.

        Raises:
            NoGenerationError: Nothing was built yet.
        """
        told = self._asking(lambda searcher: searcher.timeline(topic, asked_at=asked_at, filters=filters, limit=limit))
        return self._shown(told, told.topic)

    def latest(self, topic: str, *, asked_at: datetime, limit: int, filters: Filters = NO_FILTERS) -> Timeline:
        """Return the newest reports as of a moment, one quote a story, the newest first; "" takes any topic.

        Raises:
            NoGenerationError: Nothing was built yet.
        """
        told = self._asking(lambda searcher: searcher.latest(topic, asked_at=asked_at, filters=filters, limit=limit))
        return self._shown(told, told.topic)

    def sources(self) -> tuple[SourceSummary, ...]:
        """List the publishers, sorted by name."""
        return self._asking(lambda searcher: searcher.engine.sources())

    def recent_articles(self, publisher: str, *, limit: int) -> tuple[Article, ...]:
        """List a publisher's articles, newest first; the name is compared without case."""
        return tuple(self._asking(lambda searcher: searcher.engine.recent_articles(limit, publisher=publisher)))

    def status(self) -> IndexStatus:
        """Describe the generation that is published.

        Raises:
            NoGenerationError: Nothing was built yet.
        """
        return _status(self.shelf.current(), published=True)

    def is_current(self) -> bool:
        """Tell whether there is nothing to build: the published generation is of the corpus and settings as they stand.

        One that a rollback chose stays until ``index build``, and so does what a shelf holds that others use too: the
        corpus of this process may be another.
        """
        if not self.shelf.is_own or self.shelf.is_pinned():
            return True
        exports = [export_folder(self._spec, self.models_folder)]
        if self.settings.reranker:
            exports.append(cross_encoder_folder(self.settings.reranker, self.models_folder))
        if not all(folder.exists() for folder in exports):
            return False  # the export takes seconds: it belongs to the rebuild, which shows how far it is
        try:
            manifest = self._published()
        except NoGenerationError:
            return False
        with self.open_store() as store:
            stamp = collection_stamp(store, starter=self.settings.starter_corpus)
        lexicon = load_lexicon(self.settings.lexicon_path)
        gate = self._fitted_gate()
        is_fit = is_made_by_this_release(manifest) and manifest.misfit(self._encoder, lexicon) is None
        is_fit = is_fit and gate is not None and gate.fingerprint == manifest.gate_fingerprint
        return is_fit and manifest.corpus_stamp == stamp

    def rebuild(self, on_progress: Callable[[Progress], None], *, force: bool = False) -> IndexStatus:
        """Build a generation of the corpus as it stands, and publish it and move to it if the gates let it through.

        Args:
            on_progress: Told how far the work is.
            force: Publish although a gate that only judges (count, canaries, golden) failed.

        Returns:
            What was built; where it is not ``published``, the last generation goes on answering.

        Raises:
            RebuildRunningError: This process is at it already.
            EmptyCorpusError: There is nothing to index.
        """
        if not self._building.acquire(blocking=False):
            raise RebuildRunningError
        try:
            from index.release import release  # slow to import, and asking never needs it

            on_progress(Progress("preparing the encoder", 0, 0))
            lexicon = load_lexicon(self.settings.lexicon_path)
            gate = self._fitted_gate() or self._fit_gate(lexicon, on_progress)
            with self.open_store() as store:
                released = release(
                    collect(store, starter=self.settings.starter_corpus),
                    self.index_folder,
                    shelf=self.shelf,
                    encoder=self._encoder,
                    encoder_name=self.settings.encoder_model,
                    lexicon=lexicon,
                    gate=gate,
                    memo_path=self.memo_path,
                    corpus_stamp=collection_stamp(store, starter=self.settings.starter_corpus),
                    search=self._search,
                    golden_margin=self.settings.golden_margin if self.settings.golden_gate else None,
                    force=force,
                    on_progress=on_progress,
                )
            self.reload_if_published()
            return _status(shelved(released.folder, is_current=released.published), published=released.published)
        finally:
            self._building.release()

    def open_set(self, judged: "JudgedSet", on_progress: Callable[[Progress], None]) -> Searcher:
        """Build (or find) the generation of a set of judged questions, beside the published ones, and open it."""
        from index.evaluation.run import open_set

        lexicon = load_lexicon(self.settings.lexicon_path)
        return open_set(
            judged,
            self.evaluation_folder,
            encoder=self._encoder,
            encoder_name=self.settings.encoder_model,
            lexicon=lexicon,
            memo_path=self.memo_path,
            reader=self._reader,
            gate=self._fitted_gate() or self._fit_gate(lexicon, on_progress),
            on_progress=on_progress,
        )

    def reload_if_published(self) -> bool:
        """Move to the published generation where it is another one; tell whether it was.

        Answers in flight finish on the generation that they began with.
        """
        with self._moving:
            if self._searcher is None or self._published() == self._searcher.engine.manifest:
                return False
            self._searcher = self._open_searcher()
            return True

    def _shown(self, result: Result, asked: str) -> Result:
        return keep_shown(result, asked, self.open_store, sources_path(self.settings), self._clock())

    def _asking(self, work: Callable[[Searcher], T]) -> T:
        """Ask the current generation; where it is gone because another was published, ask that one."""
        try:
            return work(self._current())
        except GenerationError:
            if not self.reload_if_published():
                raise
            return work(self._current())

    def _published(self) -> Manifest:
        return self.shelf.current().manifest

    def _current(self) -> Searcher:
        searcher = self._searcher  # read once: another thread may move on
        if searcher is not None:
            return searcher
        with self._moving:
            if self._searcher is None:
                self._searcher = self._open_searcher()
            return self._searcher

    def _open_searcher(self) -> Searcher:
        return self._search(self.shelf.open_current())

    def _open_earlier(self, generation: str) -> Searcher:
        return self._search(self.shelf.open(generation))

    def _search(self, engine: Engine) -> Searcher:
        gate, reader = engine.gate, self._reader
        if gate.reader != reader.fingerprint:
            raise GenerationError(
                f"generation {engine.manifest.generation} was built for reader {gate.reader}, but the settings "
                f"name {reader.fingerprint}; run `space-news index build`"
            )
        lexicon = load_lexicon(self.settings.lexicon_path)
        return Searcher(engine, encoder=self._encoder, lexicon=lexicon, reader=reader, gate=gate)

    def _fitted_gate(self) -> Gate | None:
        """Return the gate for the reader in force, or None where it has yet to be fitted."""
        gate = load_gate()
        if gate.reader == self._reader.fingerprint:
            return gate
        own = self._own_gate
        return read_gate(own) if own.exists() else None

    def _fit_gate(self, lexicon: Lexicon, on_progress: Callable[[Progress], None]) -> Gate:
        """Fit a gate to a reader that the project did not fit one for, and keep it."""
        from index.evaluation.calibrate import calibrate, own_sets

        gate = calibrate(
            own_sets(),
            self.evaluation_folder,
            encoder=self._encoder,
            lexicon=lexicon,
            reader=self._reader,
            at_most=CALIBRATION_QUESTIONS,
            on_progress=lambda stage, done, total: on_progress(Progress(f"fitting the gate: {stage}", done, total)),
        )
        write_gate(gate, self._own_gate)
        return gate

    @property
    def _own_gate(self) -> Path:
        return self.models_folder / f"gate-{self._reader.fingerprint}.json"

    @property
    def _encoder(self) -> OnnxEncoder:
        with self._loading:
            if self._opened_encoder is None:
                self._opened_encoder = open_encoder(self._spec, self.models_folder)
            return self._opened_encoder

    @property
    def _reader(self) -> Reader:
        with self._loading:
            if self._opened_reader is None:
                self._opened_reader = self._open_reader()
            return self._opened_reader

    def _open_reader(self) -> Reader:
        reader = open_reader()
        if not self.settings.reranker:
            return reader
        return reader.with_relevance_from(open_cross_encoder(self.settings.reranker, self.models_folder))


def _status(standing: Shelved, *, published: bool) -> IndexStatus:
    manifest, record = standing.manifest, standing.record
    return IndexStatus(
        generation=manifest.generation,
        digest=manifest.digest,
        passages=manifest.passages,
        encoded=record.encoded,
        reused=record.reused,
        seconds=record.seconds,
        published=published,
        gates=record.gates,
        articles=manifest.articles,
        encoder=manifest.encoder,
        built_at=manifest.built_at,
        bytes=standing.bytes,
    )
