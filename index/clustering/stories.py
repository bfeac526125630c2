"""Which articles tell the same story in their own words.

Owns joining reports of one event. It is careful: two articles are joined where headline and lead mean the same, share
what is rare in them, and were published within a day and a half, unless they name different flights or different days.
The next launch of the same rocket is another story.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import faiss
import numpy as np

from index.clustering.grouping import Pair, group
from index.clusters import Labels
from index.encoder import Vectors
from index.flights import other_flight
from index.one_thread import one_thread

MIN_COSINE = 0.65
"""Of the vectors of two leads under their headlines; measured with the packaged encoder."""
MIN_SHARED = 0.15
"""Of the weight of two leads' terms: the cosine of their idf vectors."""
MAX_DAYS = 1.5

_QUERIES_AT_ONCE = 256
_DAY_SECONDS = 86_400.0
_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")


@dataclass(frozen=True, slots=True)
class Lead:
    """How an article begins.

    Attributes:
        title: Its headline.
        text: Its headline with its first passage.
        publisher: Who published it.
        published_at: When; an undated article is joined with none.
        terms: Its terms and concepts with their idf.
    """

    title: str
    text: str
    publisher: str
    published_at: datetime | None
    terms: dict[str, float]


def find_stories(leads: Sequence[Lead], vectors: Vectors) -> Labels:
    """Return int32, (n_leads,): for each article the lowest number among those that tell its story.

    Articles of one publisher alone are never a story of several: who writes twice has something new to say.

    Args:
        leads: One for each article; copies should have been folded before.
        vectors: float32, (n_leads, dim), rows of unit length.
    """
    pairs = [
        Pair(first, second, min(1.0, cosine))
        for first, second, cosine in _near_pairs(leads, vectors)
        if _same_story(leads[first], leads[second])
    ]
    labels = group(len(leads), pairs)
    for label in np.unique([labels[pair.first] for pair in pairs]) if pairs else ():
        members = np.flatnonzero(labels == label)
        if len({leads[number].publisher.casefold() for number in members.tolist()}) == 1:
            labels[members] = members
    return labels


def _near_pairs(leads: Sequence[Lead], vectors: Vectors) -> list[tuple[int, int, float]]:
    """Return the pairs within the days and the cosine, the lower number first, in order."""
    dated = [(lead.published_at, number) for number, lead in enumerate(leads) if lead.published_at is not None]
    order = np.asarray([number for _, number in sorted(dated)], dtype=np.int64)
    seconds = np.asarray([moment.timestamp() for moment, _ in sorted(dated)], dtype=np.float64)
    ends = np.searchsorted(seconds, seconds + MAX_DAYS * _DAY_SECONDS, side="right")
    found: set[tuple[int, int, float]] = set()
    for start in range(0, len(order), _QUERIES_AT_ONCE):
        stop = min(start + _QUERIES_AT_ONCE, len(order))
        window = order[start : ends[stop - 1]]
        for query, other, cosine in _within(vectors[order[start:stop]], vectors[window]):
            if query < other < ends[start + query] - start:
                first, second = sorted((int(window[query]), int(window[other])))
                found.add((first, second, round(cosine, 6)))
    return sorted(found)


def _within(queries: Vectors, window: Vectors) -> list[tuple[int, int, float]]:
    index = faiss.IndexFlatIP(window.shape[1])
    index.add(np.ascontiguousarray(window))
    with one_thread():  # a window holds too little to share out
        limits, cosines, others = index.range_search(np.ascontiguousarray(queries), MIN_COSINE)
    starts = limits.tolist()
    rows = [row for row in range(len(queries)) for _ in range(starts[row], starts[row + 1])]
    return list(zip(rows, others.tolist(), cosines.tolist(), strict=True))


def _same_story(one: Lead, other: Lead) -> bool:
    return _shared(one.terms, other.terms) >= MIN_SHARED and not _tell_apart(one, other)


def _shared(one: dict[str, float], other: dict[str, float]) -> float:
    """Return the cosine of two idf vectors."""
    common = sum(one[term] * other[term] for term in one.keys() & other.keys())
    lengths = np.sqrt(sum(weight**2 for weight in one.values()) * sum(weight**2 for weight in other.values()))
    return float(common / lengths) if lengths else 0.0


def _tell_apart(one: Lead, other: Lead) -> bool:
    """Tell whether both name another flight of one series, or both name days and none in common."""
    days = _weekdays(one.text), _weekdays(other.text)
    if all(days) and days[0].isdisjoint(days[1]):
        return True
    return other_flight(one.title, other.title) or other_flight(one.text, other.text)


def _weekdays(text: str) -> frozenset[str]:
    return frozenset(_WEEKDAY.findall(text))
