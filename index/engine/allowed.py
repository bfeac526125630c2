"""Which passages of a local generation a question may be answered from.

Owns the filters over whole arrays; an engine elsewhere says the same in its own language.
"""

from datetime import date

import numpy as np
import numpy.typing as npt

from index.generation import Generation
from index.question import Question
from index.timeliness import DAY_SECONDS

EPOCH = date(1970, 1, 1)


def allowed_passages(generation: Generation, question: Question) -> npt.NDArray[np.bool_]:
    """Return bool, (n_passages,): what was published by the moment of asking and meets the filters.

    An undated article is kept unless the filters bound the date.
    """
    moments = generation.published_seconds
    allowed: npt.NDArray[np.bool_] = np.isnan(moments) | (moments <= question.asked_at.timestamp())
    filters = question.filters
    if filters.since is not None:
        allowed &= moments >= (filters.since - EPOCH).days * DAY_SECONDS
    if filters.until is not None:
        allowed &= moments < ((filters.until - EPOCH).days + 1) * DAY_SECONDS
    if filters.sources:
        allowed &= _published_by(generation, filters.sources)
    if filters.excluded_sources:
        allowed &= ~_published_by(generation, filters.excluded_sources)
    if filters.languages:
        allowed &= generation.facets.in_language(lambda language: language in filters.languages)
    return allowed


def _published_by(generation: Generation, names: frozenset[str]) -> npt.NDArray[np.bool_]:
    """Return bool, (n_passages,): what one of the publishers published, compared without case."""
    wanted = {name.casefold() for name in names}
    return generation.facets.published_by(lambda name: name.casefold() in wanted)
