"""Following sources: asking them, reading what is new, noticing what changed or went away."""

from corpus.sync.report import Progress, Report
from corpus.sync.run import Following, sync_sources

__all__ = ["Following", "Progress", "Report", "sync_sources"]
