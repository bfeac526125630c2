"""A generation that is asked where it stands: its own files, mapped into this process.

Owns both sides of the search over FAISS and bm25s, and what the rest of an answer looks up.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

import numpy as np
import numpy.typing as npt

from corpus import Article
from corpus.article import newest_first
from index.encoder.base import Vectors
from index.engine.allowed import allowed_passages
from index.engine.base import ARTICLE_PASSAGES, Labels, Leads, Proposals, SourceSummary
from index.gate import Gate
from index.generation import Found, Generation, Manifest
from index.question import Question


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

    def propose(self, question: Question, vector: Vectors, depth: int) -> Proposals:
        """Return the best passages of either side that may be found, see ``Engine.propose``."""
        generation = self.generation
        allowed = allowed_passages(generation, question)
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

    def story(self, found: Found, question: Question) -> list[tuple[int, Article]]:
        """Return the reports and articles of the story of a passage, see ``Engine.story``."""
        generation = self.generation
        own = int(generation.article_numbers[found.number])
        members = generation.clusters.story(own)
        if len(members) > 1:
            allowed = allowed_passages(generation, question)
            members = [one for one in members if one == own or allowed[generation.passage_numbers(one).start]]
        reports = generation.clusters.reports[members].tolist()
        return list(zip(reports, generation.articles.some(members), strict=True))

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

    def recent_articles(self, publisher: str, limit: int) -> list[Article]:
        """List a publisher's articles, newest first; the name is compared without case."""
        wanted = publisher.casefold()
        own = (article for article in self.generation.articles if article.publisher.casefold() == wanted)
        return newest_first(own)[:limit]

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
