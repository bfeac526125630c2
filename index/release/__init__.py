"""Between building and answering: gates that look a generation over, and publishing it if they let it through."""

from index.release.publishing import Released, release

__all__ = ["Released", "release"]
