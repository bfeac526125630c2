"""From the articles of a generation to its labels.

Owns the order: copies first, then the stories that the originals tell, so that a text which was printed often weighs
no more than one that was printed once.
"""

import math
from collections.abc import Sequence

import numpy as np

from index.clustering.copies import Wording, find_copies
from index.clustering.stories import Lead, find_stories
from index.clusters import Clusters
from index.encoder import Vectors


def cluster(texts: Sequence[Wording], leads: Sequence[Lead], vectors: Vectors) -> Clusters:
    """Find the copies, then the stories that the originals tell.

    Args:
        texts: How the articles are worded.
        leads: How each of them begins.
        vectors: float32, (n_articles, dim), rows of unit length: the vector of each lead.
    """
    reports = find_copies(texts)
    labels, report_of = np.unique(reports, return_inverse=True)
    original: dict[int, int] = {}
    for number in sorted(range(len(leads)), key=lambda number: (_moment(leads[number]), number)):
        original.setdefault(int(report_of[number]), number)
    chosen = [original[report] for report in range(len(labels))]
    told = find_stories([leads[number] for number in chosen], vectors[chosen])
    return Clusters(reports, labels[told][report_of].astype(np.int32))


def _moment(lead: Lead) -> float:
    return lead.published_at.timestamp() if lead.published_at else math.inf
