"""Putting dense and lexical scores on one scale.

Owns arithmetic over candidate scores; knows nothing about where they come from.
"""

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]

DENSE_WEIGHT = 0.6
ARTICLE_SHARE = 0.5
"""Of the dense side, what the passage's whole article counts: a passage is better placed where its article is on the
question throughout, above all where articles are long."""


def min_max(scores: Scores) -> Scores:
    """Scale scores to 0..1; a list whose scores are all the same becomes all zeros.

    Args:
        scores: float32, (n_candidates,).

    Returns:
        float32, (n_candidates,).
    """
    if scores.size == 0:
        return scores
    low, high = float(scores.min()), float(scores.max())
    if high - low < 1e-9:
        return np.zeros_like(scores)
    return ((scores - low) / (high - low)).astype(np.float32)


def fuse(dense: Scores, lexical: Scores, *, article: Scores) -> Scores:
    """Return the weighted sum of the score lists after min-max scaling (Bruch et al. 2023, convex combination).

    Args:
        dense: float32, (n_candidates,), cosine similarities of question and passage.
        lexical: float32, (n_candidates,), BM25 scores of the same candidates.
        article: float32, (n_candidates,), cosine similarities of question and the passage's whole article.

    Returns:
        float32, (n_candidates,), each within 0..1.
    """
    both = (1 - ARTICLE_SHARE) * min_max(dense) + ARTICLE_SHARE * min_max(article)
    return DENSE_WEIGHT * both + (1 - DENSE_WEIGHT) * min_max(lexical)


def rank(scores: Scores, ids: npt.NDArray[np.int64], limit: int) -> npt.NDArray[np.int64]:
    """Return positions of the best scores, best first, ties broken by the lower id.

    Args:
        scores: float32, (n_candidates,).
        ids: int64, (n_candidates,), passage numbers.
        limit: At most so many positions.

    Returns:
        int64, (at most limit,), positions into ``scores``.
    """
    return np.lexsort((ids, -scores))[:limit].astype(np.int64)
