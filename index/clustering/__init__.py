"""Finding copies and stories while a generation is built. Slow to import: serving only reads ``index.clusters``."""

from index.clustering.copies import Wording
from index.clustering.labelling import cluster
from index.clustering.stories import Lead

__all__ = ["Lead", "Wording", "cluster"]
