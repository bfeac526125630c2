"""What a question gets back: citations, or a refusal that says why.

Owns the values only. Finding them is search's work, showing them is the bot's.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from corpus import Article, Span
from index.errors import QuoteMismatchError
from index.explanation import Explanation


@dataclass(frozen=True, slots=True)
class Filters:
    """What a citation must meet; None or empty means anything goes.

    Attributes:
        since: First day of publication that counts (UTC).
        until: Last day of publication that counts (UTC).
        sources: Publishers that count, compared without case.
        languages: Languages of articles that count, as ISO 639 codes; "" stands for those that cannot be told.
        excluded_sources: Publishers that do not count, compared without case; they win over ``sources``.
    """

    since: date | None = None
    until: date | None = None
    sources: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset({"en", ""})
    excluded_sources: frozenset[str] = frozenset()


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
        independent_reports: How many publishers tell its story in a text of their own, this one included.
        others: The other articles of its story, copies among them, the first published first.
    """

    quote: Quote
    article: Article
    score: float
    independent_reports: int = 1
    others: tuple[Article, ...] = ()


class DisagreementKind(StrEnum):
    """What kind of thing quotes can differ on."""

    DATE = "date"
    NUMBER = "number"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Said:
    """What one of the citations says.

    Attributes:
        citation: Its place among the answer's citations, from 0.
        text: The words, a part of its quote.
    """

    citation: int
    text: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """That citations say different things of one thing; without a verdict, since it may just be an update.

    Attributes:
        kind: What kind of thing they differ on.
        said: What they say, the newest first.
    """

    kind: DisagreementKind
    said: tuple[Said, ...]


class Refusal(StrEnum):
    """Why a question was not answered.

    ``OLDER`` is for a question that names a period: something answers it, but was published clearly before.
    """

    NOTHING_FOUND = "nothing_found"
    NOTHING_ON_TOPIC = "nothing_on_topic"
    NO_ANSWER_IN_TOPIC = "no_answer_in_topic"
    OLDER = "older"
    FILTERED_OUT = "filtered_out"


@dataclass(frozen=True, slots=True)
class Answer:
    """One to three citations from different stories, best first; where they disagree, newest first.

    Attributes:
        question: As it was asked.
        asked_at: The moment it was asked for.
        citations: The quotes; two of one story only where they disagree.
        generation: The generation that was searched.
        timings_ms: Milliseconds by stage.
        disagreement: On what the citations differ, if on anything.
        explanation: How it came about.
    """

    question: str
    asked_at: datetime
    citations: tuple[Citation, ...]
    generation: str
    timings_ms: dict[str, float] = field(default_factory=dict, compare=False)
    disagreement: Disagreement | None = None
    explanation: Explanation | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Timeline:
    """What was told of a topic, one quote a story.

    Attributes:
        topic: As it was given.
        asked_at: The moment it was asked for; nothing published later is in it.
        citations: One of each story, by date, the oldest first; empty where nothing is on the topic. The whole
            sentence is the answer, and the score is how well its passage fits the topic.
        generation: The generation that was searched.
    """

    topic: str
    asked_at: datetime
    citations: tuple[Citation, ...]
    generation: str


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """An honest refusal.

    Attributes:
        question: As it was asked.
        asked_at: The moment it was asked for.
        refusal: The kind of refusal.
        reason: One sentence for a person.
        nearest: The nearest thing that was found, or the newest that is too old; not an answer.
        generation: The generation that was searched.
        timings_ms: Milliseconds by stage.
        explanation: How it came about.
    """

    question: str
    asked_at: datetime
    refusal: Refusal
    reason: str
    nearest: Citation | None
    generation: str
    timings_ms: dict[str, float] = field(default_factory=dict, compare=False)
    explanation: Explanation | None = field(default=None, compare=False)
