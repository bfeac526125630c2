"""Understanding a question before anything is searched.

Owns the question's terms, its time and its wording for the encoder. Knows no passages.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from index.answer import Filters
from index.lexical import lexical_terms
from index.lexicon import Lexicon
from index.when import When, understand_when


@dataclass(frozen=True, slots=True)
class Question:
    """A question, understood.

    Attributes:
        text: As it was asked, for the reader.
        expanded: With the full names of what it abbreviates, for the encoder.
        terms: Stems and concepts, for the lexical side.
        asked_at: The moment that counts as now (aware, UTC); nothing published later is evidence.
        when: The period that it is about.
        filters: What the person asked to be left out.
    """

    text: str
    expanded: str
    terms: tuple[str, ...]
    asked_at: datetime
    when: When
    filters: Filters

    def asked_of(self, published_at: datetime | None) -> str:
        """Return what an article is asked: without the words for the period where its date stands for them.

        An article of the period rarely names it ("on Tuesday"). One that looks back at it does, and so does one that
        nobody dated.
        """
        dated = published_at is not None and published_at <= self.when.end
        return self.text.replace(self.when.words, "", 1) if dated else self.text


def understand(text: str, *, asked_at: datetime, filters: Filters, lexicon: Lexicon) -> Question:
    """Understand a question.

    Raises:
        ValueError: ``asked_at`` has no time zone.
    """
    if asked_at.tzinfo is None:
        raise ValueError(f"asked_at {asked_at.isoformat()} has no time zone; pass an aware datetime")
    plain = " ".join(text.split())
    return Question(
        text=plain,
        expanded=lexicon.expand(plain),
        terms=tuple(dict.fromkeys(lexical_terms(plain, lexicon))),
        asked_at=asked_at.astimezone(UTC),
        when=understand_when(plain, asked_at.astimezone(UTC)),
        filters=filters,
    )
