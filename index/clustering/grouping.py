"""From pairs that belong together to groups in which every two do.

Owns the step from pairs to labels, for copies and for stories alike. Complete linkage: a group is only as large as all
of its pairs allow, so a chain of ever so little different articles never becomes one group.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform

from index.clusters import Labels

_APART = 2.0
"""The distance of two that do not belong together; similarities lie within 0..1."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two members that may share a group.

    Attributes:
        first: The lower number.
        second: The higher number.
        similarity: How alike they are, 0..1.
    """

    first: int
    second: int
    similarity: float


def group(n_members: int, pairs: Sequence[Pair]) -> Labels:
    """Return int32, (n_members,): for each member the lowest number in its group.

    Args:
        n_members: How many there are; one that is in no pair stays alone.
        pairs: Which two may share a group; any other two never do.
    """
    labels = np.arange(n_members, dtype=np.int32)
    ends = np.asarray([(pair.first, pair.second) for pair in pairs], dtype=np.int64).reshape(-1, 2)
    graph = coo_array((np.ones(len(pairs)), (ends[:, 0], ends[:, 1])), shape=(n_members, n_members))
    _, components = connected_components(graph, directed=False)
    by_component: dict[int, list[Pair]] = {}
    for pair in pairs:
        by_component.setdefault(int(components[pair.first]), []).append(pair)
    for own in by_component.values():
        members = np.unique([(pair.first, pair.second) for pair in own])
        for part in _split(members, own):
            labels[part] = part.min()
    return labels


def _split(members: npt.NDArray[np.int64], pairs: Sequence[Pair]) -> list[npt.NDArray[np.int64]]:
    """Split connected members, which are in ascending order, into groups in which every two are a pair."""
    distances = np.full((members.size, members.size), _APART)
    np.fill_diagonal(distances, 0.0)
    for pair in pairs:
        first, second = np.searchsorted(members, (pair.first, pair.second))
        distances[first, second] = distances[second, first] = 1.0 - pair.similarity
    tree = linkage(squareform(distances, checks=False), method="complete")
    groups = fcluster(tree, t=1.0, criterion="distance")
    return [members[groups == number] for number in np.unique(groups)]
