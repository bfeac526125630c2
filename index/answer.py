"""What a question gets back: citations, or a refusal that says why.

Owns the values only. Finding them is search's work, showing them is the bot's.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from corpus import Article, Span
from index.errors import QuoteMismatchError


@dataclass(frozen=True, slots=True)
class Filters:
    """What a citation must meet; None or empty means anything goes.

    Attributes:
        since: First day of publication that counts (UTC).
        until: Last day of publication that counts (UTC).
        sources: Publishers that count, compared without case.
        languages: Languages of articles that count, as ISO 639 codes; "" stands for those that cannot be told.
    """

    since: date | None = None
    until: date | None = None
    sources: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset({"en", ""})


NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class Quote:
    """A slice of one version of an article, with the part that answers.

    Attributes:
        article_id: The article that it comes from.
        version: The number of the version that it was cut from.
        span: Where the quote stands in the version's text.
        sentence: The answering sentence, inside ``span``.
        answer: The shortest part that answers, inside ``sentence``.
        text: The quote itself.
    """

    article_id: str
    version: int
    span: Span
    sentence: Span
    answer: Span
    text: str

    def check(self, version_text: str) -> None:
        """Make sure that this quote is a slice of the text it names.

        Raises:
            QuoteMismatchError: The text says something else at that place.
        """
        inside = (
            self.span.start_char <= self.sentence.start_char <= self.answer.start_char
            and self.answer.end_char <= self.sentence.end_char <= self.span.end_char
        )
        found = self.span.of(version_text)
        if not inside or found != self.text or not self.answer.of(version_text):
            raise QuoteMismatchError(self.article_id, self.version, self.text, found)

    def part(self, span: Span) -> str:
        """Return the text of a span that lies inside the quote."""
        return self.text[span.start_char - self.span.start_char : span.end_char - self.span.start_char]


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote with the article it comes from.

    Attributes:
        quote: The slice that is shown.
        article: Where it comes from.
        score: How well it answers, 0 to 1, higher is better.
    """

    quote: Quote
    article: Article
    score: float


class Refusal(StrEnum):
    """Why a question was not answered."""

    NOTHING_FOUND = "nothing_found"
    NOTHING_ON_TOPIC = "nothing_on_topic"
    NO_ANSWER_IN_TOPIC = "no_answer_in_topic"
    FILTERED_OUT = "filtered_out"


@dataclass(frozen=True, slots=True)
class Answer:
    """One to three citations from different articles, best first."""

    question: str
    asked_at: datetime
    citations: tuple[Citation, ...]
    generation: str
    timings_ms: dict[str, float] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """An honest refusal.

    Attributes:
        question: As it was asked.
        asked_at: The moment it was asked for.
        refusal: The kind of refusal.
        reason: One sentence for a person.
        nearest: The nearest thing that was found; not an answer.
        generation: The generation that was searched.
        timings_ms: Milliseconds by stage.
    """

    question: str
    asked_at: datetime
    refusal: Refusal
    reason: str
    nearest: Citation | None
    generation: str
    timings_ms: dict[str, float] = field(default_factory=dict, compare=False)
