"""What a message can follow, and what it can turn out to be.

Owns the values only.
"""

from dataclasses import dataclass
from datetime import date, datetime

from index.answer import NO_FILTERS, Filters


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote that the previous answer showed.

    Attributes:
        publisher: Who published it.
        title: The headline of its article.
        sentence: Its answering sentence.
        published_at: When its article was published, where that is known.
    """

    publisher: str
    title: str
    sentence: str
    published_at: datetime | None = None

    @property
    def day(self) -> date | None:
        """The day of publication in UTC."""
        return self.published_at.date() if self.published_at else None


@dataclass(frozen=True, slots=True)
class Previous:
    """The question before, with what it got.

    Attributes:
        question: As it was asked, in full.
        filters: What citations had to meet.
        as_of: The moment that it was asked for where that was another than its own; otherwise None.
        quoted: What was shown as its answer, the best first; nothing where it was refused.
    """

    question: str
    filters: Filters = NO_FILTERS
    as_of: datetime | None = None
    quoted: tuple[Quoted, ...] = ()


@dataclass(frozen=True, slots=True)
class StandsAlone:
    """A question that means what it says."""


@dataclass(frozen=True, slots=True)
class Again:
    """A question that follows the one before, in full.

    Attributes:
        question: What is asked.
        filters: What citations must meet.
        as_of: The moment that it is asked for; None means the moment of asking.
    """

    question: str
    filters: Filters = NO_FILTERS
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class WhoSaid:
    """A question for the origin of the previous answer, which needs no search."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """A follow-up that cannot be made whole.

    Attributes:
        reason: One sentence for a person, which says what to do.
    """

    reason: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Nothing that wants an answer."""


Reading = StandsAlone | Again | WhoSaid | Unclear | Remark
