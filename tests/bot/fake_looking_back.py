"""A stand-in for what comes back to earlier answers, beside tests.bot.fakes."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.errors import GenerationGoneError
from corpus import Span
from corpus.sources import Kind
from index.answer import Answer, Citation, Filters, NoAnswer

BEFORE_IT = "It had flown for a month. "


@dataclass
class FakeLookingBack:
    """Asks again what is asked of it.

    Attributes:
        ask: Answers a question.
        gone: The generations that no longer stand.
        asked: The generations that were asked, in order.
    """

    ask: Callable[..., Answer | NoAnswer]
    gone: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)

    def again(self, question: str, *, asked_at: datetime, filters: Filters, generation: str) -> Answer | NoAnswer:
        """Answer as before, if the generation stands."""
        if generation in self.gone:
            raise GenerationGoneError
        self.asked.append(generation)
        return replace(self.ask(question, asked_at=asked_at, filters=filters), generation=generation)

    def surroundings(self, citation: Citation, *, generation: str) -> Citation:
        """Tell what stands before the quote."""
        quote, n_chars = citation.quote, len(BEFORE_IT)
        moved = [Span(span.start_char + n_chars, span.end_char + n_chars) for span in (quote.sentence, quote.answer)]
        text = BEFORE_IT + quote.text
        wider = replace(quote, span=Span(0, len(text)), sentence=moved[0], answer=moved[1], text=text)
        return replace(citation, quote=wider)

    def kinds(self, result: object) -> dict[str, Kind]:
        """Tell that the lander's article is from the press."""
        return {"larkspur-landing": Kind.PRESS}

    def topic(self, question: str, *, asked_at: datetime) -> str:
        """Return the lander where it is named."""
        return "Larkspur" if "Larkspur" in question else question
