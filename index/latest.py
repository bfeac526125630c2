"""The newest reports, one sentence each.

Owns how an article opens, and the order of the newest. What is on a topic is told by ``timeline``.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from index.answer import Citation
from index.candidates import Candidate
from index.choice import choose
from index.clusters import newest_published
from index.corroboration import corroborate
from index.evidence import Evidence
from index.generation import Found, Generation
from index.quoting import make_quote
from index.reader.onnx import Reading, SentenceReading


def newest_told(told: Sequence[Evidence]) -> list[Evidence]:
    """Return what was told in the order of publication, the newest first; passages of one article keep theirs."""
    return sorted(told, key=lambda one: newest_published(one.candidate.found.article))


def newest_openings(generation: Generation, allowed: npt.NDArray[np.bool_]) -> Iterator[Evidence]:
    """Yield how each dated article opens, the newest first.

    Args:
        generation: The articles.
        allowed: bool, (n_passages,): what may be shown.
    """
    numbers = {int(number) for number in np.unique(generation.article_numbers[allowed])}
    dated = [number for number in numbers if generation.articles[number].published_at is not None]
    for number in sorted(dated, key=lambda number: newest_published(generation.articles[number])):
        yield _opening(generation, number)


def opening(generation: Generation, number: int) -> Citation:
    """Return an article quoted at its first sentence, with everybody else who tells its story.

    Args:
        generation: The articles.
        number: The number of the article in it.
    """
    evidence = _opening(generation, number)
    found = evidence.candidate.found
    quote = make_quote(found, evidence.choice)
    quote.check(generation.text(found.article.id))
    everything = np.ones(len(generation.article_numbers), dtype=np.bool_)
    reports, others = corroborate(generation, found, everything)
    return Citation(quote, found.article, evidence.confidence, reports, others)


def _opening(generation: Generation, number: int) -> Evidence:
    """Choose the first sentence of an article, or its first line where no sentence is one."""
    (found,) = generation.passages(generation.passage_numbers(number)[:1])
    return Evidence(
        Candidate(found, dense=0.0, lexical=0.0, fused=0.0, timely=0.0),
        choose(_unread(found), [0.0] * len(found.passage.sentences), found.text),
        features=(),
        confidence=1.0,
        article_score=0.0,
        too_old=False,
    )


def _unread(found: Found) -> Reading:
    return Reading(0.0, tuple(SentenceReading(sentence, sentence, 0.0) for sentence in found.passage.sentences))
