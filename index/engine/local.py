"""A generation that is asked where it stands: its own files, mapped into this process.

Owns both sides of the search over FAISS and bm25s, and what the rest of an answer looks up.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

import numpy as np
import numpy.typing as npt

from corpus import Article
from corpus.article import newest_first
from index.encoder.base import Vectors
from index.engine.allowed import EPOCH, allowed_passages
from index.engine.base import ARTICLE_PASSAGES, Labels, Leads, Proposals, SourceSummary
from index.errors import GenerationError
from index.gate import Gate
from index.generation import Found, Generation, Manifest
from index.question import Question
from index.terms import terms as terms_of


class LocalEngine:
    """Asks the files of a generation; safe to use from several threads."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation

    @property
    def manifest(self) -> Manifest:
        """What the generation is."""
        return self.generation.manifest

    @property
    def gate(self) -> Gate:
        """When an answer from it is sure enough."""
        return self.generation.gate

    def propose(
        self, question: Question, vector: Vectors, depth: int, within: frozenset[str] | None = None
    ) -> Proposals:
        """Return the best passages of either side that may be found, see ``Engine.propose``."""
        generation = self.generation
        allowed = allowed_passages(generation, question)
        if within is not None:
            allowed &= self._of_articles(within)
        mask = None if allowed.all() else allowed
        terms = list(question.terms)
        near = generation.vectors.search(vector, depth, mask)
        matching = generation.lexical.search(terms, depth, mask)
        numbers = np.union1d(near, matching).astype(np.int64)
        if not numbers.size:
            none = np.zeros(0, dtype=np.float32)
            return Proposals(numbers, none, none, none, np.zeros(0, dtype=np.float64))
        return Proposals(
            numbers=numbers,
            dense=generation.vectors.similarities(vector, numbers),
            lexical=generation.lexical.scores_of(terms, numbers),
            article=self._article_similarities(vector, numbers),
            published_seconds=generation.published_seconds[numbers],
        )

    def may_find(self, question: Question) -> bool:
        """Tell whether any passage may be found."""
        return bool(allowed_passages(self.generation, question).any())

    def passages(self, numbers: Sequence[int]) -> list[Found]:
        """Return passages by their numbers, in the order asked for."""
        return self.generation.passages(numbers)

    def opening(self, article_id: str) -> Found:
        """Return the first passage of an article."""
        numbers = self.generation.articles.numbers_of([article_id])
        if not numbers:
            raise GenerationError(f"generation {self.manifest.generation} holds no article {article_id!r}")
        return self._opening(numbers[0])

    def newest(self, question: Question, limit: int) -> list[Found]:
        """Return the first passages of the newest dated articles that may be found, the newest first."""
        generation = self.generation
        is_dated = ~np.isnan(generation.published_seconds)
        numbers, rows = np.unique(
            np.where(allowed_passages(generation, question) & is_dated, generation.article_numbers, -1),
            return_index=True,
        )
        numbers, rows = numbers[numbers >= 0], rows[numbers >= 0]
        newest = np.lexsort((numbers, -generation.published_seconds[rows]))[:limit]  # numbered by their ids
        return [self._opening(int(number)) for number in numbers[newest]]

    def text(self, article_id: str) -> str:
        """Read the text of an article anew."""
        return self.generation.text(article_id)

    def content_hashes(self, article_ids: Sequence[str]) -> dict[str, str]:
        """Return the hashes that the store had for the texts of those articles that the generation holds."""
        return self.generation.content_hashes(article_ids)

    def idf(self, terms: Sequence[str]) -> dict[str, float]:
        """Return how telling each term is."""
        return self.generation.lexical.idf(list(terms))

    def labels(self, found: Found) -> Labels:
        """Return the story and the report that a passage's article belongs to."""
        number = self.generation.article_numbers[found.number]
        clusters = self.generation.clusters
        return Labels(int(clusters.stories[number]), int(clusters.reports[number]))

    def story(self, found: Found, question: Question | None) -> list[tuple[int, Article]]:
        """Return the reports and articles of the story of a passage, see ``Engine.story``."""
        generation = self.generation
        own = int(generation.article_numbers[found.number])
        members = generation.clusters.story(own)
        if question is not None and len(members) > 1:
            allowed = allowed_passages(generation, question)
            members = [one for one in members if one == own or allowed[generation.passage_numbers(one).start]]
        reports = generation.clusters.reports[members].tolist()
        return list(zip(reports, generation.articles.some(members), strict=True))

    def stories_since(self, since: date, question: Question | None = None) -> dict[str, int]:
        """Return the story of each article that is dated on a day or later, see ``Engine.stories_since``."""
        generation = self.generation
        wanted = self._days() >= (since - EPOCH).days
        if question is not None:
            wanted &= allowed_passages(generation, question)
        numbers = np.unique(generation.article_numbers[wanted])
        articles = generation.articles.some(numbers.tolist())
        stories = generation.clusters.stories[numbers].tolist()
        return {article.id: story for article, story in zip(articles, stories, strict=True)}

    def told_stories(
        self, stories: Iterable[int], question: Question, before: date, article_ids: frozenset[str]
    ) -> set[int]:
        """Return which stories have an article that is dated before a day or is one of some, and may be found."""
        is_told = (self._days() < (before - EPOCH).days) | self._of_articles(article_ids)
        told = self.generation.article_numbers[allowed_passages(self.generation, question) & is_told]
        return set(np.unique(self.generation.clusters.stories[told]).tolist()).intersection(stories)

    def leads(self, words: Sequence[frozenset[str]], terms: Sequence[str], published_by: datetime) -> Leads:
        """Return the leads that hold one term at least of each word, see ``Engine.leads``."""
        generation = self.generation
        rows = np.flatnonzero(np.diff(generation.article_numbers, prepend=-1))
        rows = rows[generation.published_seconds[rows] <= published_by.timestamp()]  # not for an undated one
        wanted = dict.fromkeys([*terms, *(term for word in words for term in sorted(word))])
        held = {term: generation.lexical.holding(term)[rows] for term in wanted}
        found = np.ones(len(rows), dtype=np.bool_)
        for word in words:
            found &= np.logical_or.reduce([held[term] for term in word])
        return Leads(
            numbers=rows[found].astype(np.int64),
            published_seconds=generation.published_seconds[rows[found]],
            articles=tuple(generation.articles.some(generation.article_numbers[rows[found]].tolist())),
            held={term: held[term][found] for term in terms},
        )

    def sources(self) -> tuple[SourceSummary, ...]:
        """List the publishers, sorted by name."""
        return summaries(self.generation.articles)

    def article(self, wanted: str) -> Article | None:
        """Return the article with an id, or else the newest with a headline."""
        articles = self.generation.articles
        if numbers := articles.numbers_of([wanted]):
            return articles[numbers[0]]
        titled = (article for article in articles if article.title.casefold() == wanted.casefold())
        return next(iter(newest_first(titled)), None)

    def recent_articles(self, limit: int, *, publisher: str | None = None, words: str = "") -> list[Article]:
        """List articles, the newest first and the undated last, see ``Engine.recent_articles``."""
        listed: Iterable[Article] = self.generation.articles
        if publisher is not None:
            name = publisher.casefold()
            listed = [article for article in listed if article.publisher.casefold() == name]
        if wanted := set(terms_of(words)):
            listed = [article for article in listed if wanted <= set(terms_of(f"{article.title} {article.publisher}"))]
        return newest_first(listed)[:limit]

    def _opening(self, number: int) -> Found:
        return self.generation.passages(self.generation.passage_numbers(number)[:1])[0]

    def _days(self) -> npt.NDArray[np.float64]:
        """Return float64, (n_passages,): days since 1970; NaN, which is neither before nor after any, where undated."""
        days: npt.NDArray[np.float64] = np.floor(self.generation.published_seconds / 86_400)
        return days

    def _of_articles(self, article_ids: frozenset[str]) -> npt.NDArray[np.bool_]:
        """Return bool, (n_passages,): the passages of some articles."""
        numbers = self.generation.articles.numbers_of(sorted(article_ids))
        among: npt.NDArray[np.bool_] = np.isin(self.generation.article_numbers, np.asarray(numbers, dtype=np.int64))
        return among

    def _article_similarities(self, vector: Vectors, numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        """Return float32, (n,): for each passage the mean cosine of the question and all passages of its article."""
        of_passages = self.generation.article_numbers
        kept, place = np.unique(of_passages[numbers], return_inverse=True)
        starts, ends = np.searchsorted(of_passages, [kept, kept + 1])
        lengths = np.minimum(ends - starts, ARTICLE_PASSAGES)
        firsts = np.cumsum(lengths) - lengths
        every = np.arange(lengths.sum()) - np.repeat(firsts - starts, lengths)
        sums = np.add.reduceat(self.generation.vectors.similarities(vector, every), firsts)
        means: npt.NDArray[np.float32] = (sums / lengths).astype(np.float32)
        return means[place]


def summaries(articles: Sequence[Article]) -> tuple[SourceSummary, ...]:
    """Return how much each publisher has, sorted by name."""
    dates: dict[str, list[datetime | None]] = defaultdict(list)
    for article in articles:
        dates[article.publisher].append(article.published_at)
    return tuple(_summary(publisher, dates[publisher]) for publisher in sorted(dates))


def _summary(publisher: str, dates: list[datetime | None]) -> SourceSummary:
    known = [moment for moment in dates if moment is not None]
    return SourceSummary(publisher, len(dates), min(known, default=None), max(known, default=None))
