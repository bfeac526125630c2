"""A generation that is asked where it stands: in a Milvus, which many processes may share.

Owns both sides of the search in its language, and what the rest of an answer looks up. The process holds nothing but
the terms and articles that it read lately.
"""

import math
import threading
from collections.abc import Iterable, Sequence
from datetime import date, datetime

import numpy as np
import numpy.typing as npt
from cachetools import LRUCache

from corpus import Article
from corpus.article import newest_first
from index.clusters import newest_published
from index.encoder.base import Vectors
from index.engine.base import Labels, Leads, Proposals, SourceSummary
from index.engine.milvus.asking import (
    IS_DATED,
    IS_UNDATED,
    both,
    is_by,
    is_dated_before,
    is_one_of,
    may_be_found,
    midnight,
)
from index.engine.milvus.layout import (
    ARTICLES,
    MOST_ROWS,
    PASSAGES,
    TERMS,
    UNDATED_SECONDS,
    dense_index,
    key,
)
from index.engine.milvus.reading import StoredRows, blocks
from index.engine.milvus.registry import Entry
from index.engine.milvus.rows import Row, StoredArticle, passage_of
from index.engine.milvus.server import Server
from index.errors import GenerationError
from index.gate import Gate
from index.generation import Found, Manifest
from index.lexical import BACKGROUND_PASSAGES, CONCEPT_WEIGHT
from index.lexicon import is_concept
from index.question import Question
from index.terms import terms as terms_of

KEPT = 20_000
"""So many terms, and labels of so many articles, are kept: they never change within a generation."""
_FACTS = ("number", "facts")


class MilvusEngine:
    """Asks the collections of a generation; safe to use from several threads."""

    def __init__(self, server: Server, entry: Entry) -> None:
        self._entry = entry
        self._stored = StoredRows(server, entry.manifest)
        self._search = dense_index(entry.index_kind, entry.manifest.passages).search
        self._lock = threading.Lock()
        self._terms: LRUCache[str, tuple[int, int] | None] = LRUCache(KEPT)
        self._labels: LRUCache[str, Labels] = LRUCache(KEPT)

    @property
    def manifest(self) -> Manifest:
        """What the generation is."""
        return self._entry.manifest

    @property
    def gate(self) -> Gate:
        """When an answer from it is sure enough."""
        return self._entry.gate

    def propose(
        self, question: Question, vector: Vectors, depth: int, within: frozenset[str] | None = None
    ) -> Proposals:
        """Return the best passages of either side that may be found, see ``Engine.propose``.

        Who is proposed is Milvus's work. The scores are computed here from the vectors that it holds, so that they are
        exact whatever index it has, and both sides are known of each passage.
        """
        allowed, weights = may_be_found(question), self._weights(question.terms)
        if within is not None:
            allowed = f"{allowed} and {is_one_of('article', self._numbers(within))}"
        near = self._stored.best("vector", vector.tolist(), allowed, depth, self._search)
        matching = self._stored.best("terms", weights, allowed, depth, {}) if weights else near[:0]
        numbers = np.union1d(near, matching)
        rows = self._stored.by_number(PASSAGES, numbers.tolist(), ["article", "seconds", "vector", "terms"])
        found = [rows[int(number)] for number in numbers]
        articles = np.asarray([row["article"] for row in found], dtype=np.int64)
        kept, place = np.unique(articles, return_inverse=True)
        centres = self._stored.by_number(ARTICLES, kept.tolist(), ["centre"])
        seconds = np.asarray([row["seconds"] for row in found], dtype=np.float64)
        return Proposals(
            numbers=numbers,
            dense=_cosines([row["vector"] for row in found], vector),
            lexical=np.asarray([_score(row["terms"], weights) for row in found], dtype=np.float32),
            article=_cosines([centres[int(number)]["centre"] for number in kept], vector)[place],
            published_seconds=np.where(seconds > UNDATED_SECONDS / 2, seconds, np.nan),
        )

    def may_find(self, question: Question) -> bool:
        """Tell whether any passage may be found."""
        return bool(self._stored.query(PASSAGES, ["number"], wanted=may_be_found(question), limit=1))

    def passages(self, numbers: Sequence[int]) -> list[Found]:
        """Return passages by their numbers, in the order asked for."""
        rows = self._stored.by_number(PASSAGES, numbers, ["article", "sentences"])
        wanted = sorted({int(row["article"]) for row in rows.values()})
        articles = self._stored.by_number(ARTICLES, wanted, ["facts", "text", "story", "report"])
        found = []
        for number in numbers:
            row = rows[int(number)]
            of_article = articles[int(row["article"])]
            stored = StoredArticle.of(of_article)
            self._keep_labels(stored.article.id, of_article)
            text = "".join(of_article["text"])
            found.append(Found(int(number), passage_of(row, stored), stored.article, text))
        return found

    def opening(self, article_id: str) -> Found:
        """Return the first passage of an article.

        Raises:
            GenerationError: The generation holds no such article.
        """
        return self.passages([int(self._article(article_id, ["lead"])["lead"])])[0]

    def newest(self, question: Question, limit: int) -> list[Found]:
        """Return the first passages of the newest dated articles that may be found, the newest first."""
        moment = question.asked_at.timestamp()
        dates = [min(at, moment) for at in self._dates()]
        rows = self._stored.newest([*_FACTS, "lead"], may_be_found(question), dates, limit)
        dated = sorted(rows, key=lambda row: newest_published(StoredArticle.of(row).article))
        return self.passages([int(row["lead"]) for row in dated[:limit]])

    def text(self, article_id: str) -> str:
        """Read the text of an article anew.

        Raises:
            GenerationError: The generation holds no such article.
        """
        return "".join(self._article(article_id, ["text"])["text"])

    def content_hashes(self, article_ids: Sequence[str]) -> dict[str, str]:
        """Return the hashes that the store had for the texts of those articles that the generation holds."""
        stored = [
            StoredArticle.of(row) for row in self._stored.by_key(ARTICLES, "id_key", map(key, article_ids), _FACTS)
        ]
        wanted = set(article_ids)
        return {one.article.id: one.content_hash for one in stored if one.article.id in wanted}

    def idf(self, terms: Sequence[str]) -> dict[str, float]:
        """Return how telling each term is, as ``LexicalIndex.idf`` has it."""
        known = self._vocabulary(terms)
        total = self.manifest.passages + BACKGROUND_PASSAGES
        counts = {term: entry[1] if entry else 0 for term, entry in known.items()}
        return {term: float(np.log(1 + (total - n + 0.5) / (n + 0.5))) for term, n in counts.items()}

    def labels(self, found: Found) -> Labels:
        """Return the story and the report that a passage's article belongs to."""
        article_id = found.article.id
        with self._lock:
            kept = self._labels.get(article_id)
        return kept or self._keep_labels(article_id, self._article(article_id, ["story", "report"]))

    def story(self, found: Found, question: Question | None) -> list[tuple[int, Article]]:
        """Return the reports and articles of the story of a passage, see ``Engine.story``."""
        wanted = f"story == {self.labels(found).story}"
        if question is not None:
            own = is_one_of("id_key", [key(found.article.id)])
            wanted = f"{wanted} and ({own} or ({may_be_found(question)}))"
        rows = self._stored.query(ARTICLES, [*_FACTS, "report"], wanted=wanted)
        ordered = sorted(rows, key=lambda row: int(row["number"]))
        return [(int(row["report"]), StoredArticle.of(row).article) for row in ordered]

    def stories_since(self, since: date, question: Question | None = None) -> dict[str, int]:
        """Return the story of each article that is dated on a day or later, see ``Engine.stories_since``."""
        wanted = "" if question is None else may_be_found(question)
        moment = math.inf if question is None else question.asked_at.timestamp()
        dates = [max(min(at, moment), midnight(since)) for at in self._dates()]
        rows = self._stored.newest([*_FACTS, "story"], wanted, dates, None)
        ordered = sorted(rows, key=lambda row: int(row["number"]))
        return {StoredArticle.of(row).article.id: int(row["story"]) for row in ordered}

    def told_stories(
        self, stories: Iterable[int], question: Question, before: date, article_ids: frozenset[str]
    ) -> set[int]:
        """Return which stories have an article that is dated before a day or is one of some, and may be found."""
        is_old = f"({is_dated_before(before)})"
        if article_ids:
            is_old = f"({is_old} or {is_one_of('id_key', sorted(map(key, article_ids)))})"
        found = both(may_be_found(question), is_old)
        told = (
            self._stored.lowest(ARTICLES, ["story"], both(found, is_one_of("story", some)), None)
            for some in blocks(stories)
        )
        return {int(row["story"]) for rows in told for row in rows}

    def leads(self, words: Sequence[frozenset[str]], terms: Sequence[str], published_by: datetime) -> Leads:
        """Return the leads that hold one term at least of each word, see ``Engine.leads``.

        Where there are more than ``MOST_ROWS`` of them, none is returned: such words name no event.
        """
        wanted = dict.fromkeys([*terms, *(term for word in words for term in sorted(word))])
        numbers = {term: entry[0] for term, entry in self._vocabulary(list(wanted)).items() if entry}
        parts = [IS_DATED, f"seconds <= {published_by.timestamp()!r}"]
        for word in words:
            held = sorted(numbers[term] for term in word if term in numbers)
            if not held:
                return _leads([], terms, numbers)
            parts.append(f"array_contains_any(lead_terms, {held})")
        fields = [*_FACTS, "lead", "lead_terms", "seconds"]
        rows = self._stored.query(ARTICLES, fields, wanted=" and ".join(parts))
        return _leads(rows if len(rows) < MOST_ROWS else [], terms, numbers)

    def sources(self) -> tuple[SourceSummary, ...]:
        """List the publishers, sorted by name."""
        return self._entry.sources

    def article(self, wanted: str) -> Article | None:
        """Return the article with an id, or else the newest with a headline."""
        for row in self._stored.by_key(ARTICLES, "id_key", [key(wanted)], _FACTS):
            if (article := StoredArticle.of(row).article).id == wanted:
                return article
        titled = self._listed(is_one_of("title_key", [key(wanted.casefold())]), 1)
        return next(iter(titled), None)

    def recent_articles(self, limit: int, *, publisher: str | None = None, words: str = "") -> list[Article]:
        """List articles, the newest first and the undated last, see ``Engine.recent_articles``."""
        parts = [] if publisher is None else [is_by(publisher)]
        if held := sorted(map(key, set(terms_of(words)))):
            parts.append(f"array_contains_all(name_terms, {held})")
        return self._listed(" and ".join(parts), limit, publisher)

    def _listed(self, wanted: str, limit: int, publisher: str | None = None) -> list[Article]:
        """Return articles that meet an expression, the newest first and the undated last."""
        rows = self._stored.newest(_FACTS, wanted, self._dates(publisher), limit)
        if len(rows) < limit:  # the undated stand in the order of their ids, which is that of their numbers
            rows += self._stored.lowest(ARTICLES, _FACTS, both(wanted, IS_UNDATED), limit)
        return newest_first(StoredArticle.of(row).article for row in rows)[:limit]

    def _dates(self, publisher: str | None = None) -> list[float]:
        """Return the first and the last date of each publisher, or of one (seconds since 1970)."""
        name = None if publisher is None else publisher.casefold()
        named = (one for one in self.sources() if name in (None, one.publisher.casefold()))
        return [at.timestamp() for one in named for at in (one.first, one.last) if at is not None]

    def _weights(self, terms: Sequence[str]) -> dict[int, float]:
        """Return what each term of a question weighs, by its number."""
        known = self._vocabulary(terms)
        return {
            entry[0]: CONCEPT_WEIGHT if is_concept(term) else 1.0 for term, entry in known.items() if entry is not None
        }

    def _vocabulary(self, terms: Sequence[str]) -> dict[str, tuple[int, int] | None]:
        """Return number and frequency of each term, None for what no passage holds."""
        with self._lock:
            known = {term: self._terms[term] for term in terms if term in self._terms}
        missing = [term for term in dict.fromkeys(terms) if term not in known]
        rows = self._stored.by_key(TERMS, "key", map(key, missing), ["number", "frequency"])
        by_key = {int(row["key"]): (int(row["number"]), int(row["frequency"])) for row in rows}
        found = {term: by_key.get(key(term)) for term in missing}
        with self._lock:
            self._terms.update(found)
        return {term: known[term] if term in known else found[term] for term in terms}

    def _keep_labels(self, article_id: str, row: Row) -> Labels:
        labels = Labels(int(row["story"]), int(row["report"]))
        with self._lock:
            self._labels[article_id] = labels
        return labels

    def _numbers(self, article_ids: Iterable[str]) -> list[int]:
        rows = self._stored.by_key(ARTICLES, "id_key", map(key, article_ids), ["number"])
        return sorted(int(row["number"]) for row in rows)

    def _article(self, article_id: str, fields: Sequence[str]) -> Row:
        for row in self._stored.by_key(ARTICLES, "id_key", [key(article_id)], [*_FACTS, *fields]):
            if StoredArticle.of(row).article.id == article_id:
                return row
        raise GenerationError(f"generation {self.manifest.generation} holds no article {article_id!r}")


def _leads(rows: Sequence[Row], terms: Sequence[str], numbers: dict[str, int]) -> Leads:
    ordered = sorted(rows, key=lambda row: int(row["lead"]))
    holds = [set(map(int, row["lead_terms"])) for row in ordered]
    return Leads(
        numbers=np.asarray([row["lead"] for row in ordered], dtype=np.int64),
        published_seconds=np.asarray([row["seconds"] for row in ordered], dtype=np.float64),
        articles=tuple(StoredArticle.of(row).article for row in ordered),
        held={term: np.asarray([numbers.get(term) in held for held in holds], dtype=np.bool_) for term in terms},
    )


def _cosines(vectors: Sequence[Sequence[float]], vector: Vectors) -> npt.NDArray[np.float32]:
    """Return float32, (n,): inner products with the question's vector."""
    rows = np.asarray(vectors, dtype=np.float32).reshape(len(vectors), len(vector))
    return (rows @ vector).astype(np.float32)


def _score(terms: dict[int, float], weights: dict[int, float]) -> float:
    return sum(weights[number] * terms[number] for number in weights if number in terms)
