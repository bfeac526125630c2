"""Comparing evidence for one question.

Owns turning evidence into claims, and finding the other side of a story that has one slot.
"""

from collections.abc import Sequence

from corpus import Span
from index.answer import Disagreement
from index.coverage import held_terms, names_held
from index.disagreement.claims import Claim, compare
from index.engine.base import Engine
from index.evidence import Evidence
from index.generation import searched_text
from index.lexicon import Lexicon
from index.question import Question


class Comparison:
    """Compares evidence for one question."""

    def __init__(self, engine: Engine, question: Question, lexicon: Lexicon) -> None:
        self._engine = engine
        self._question = question
        self._lexicon = lexicon
        self._idf = engine.idf(list(question.terms))

    def disagreement(self, newest_first: Sequence[Evidence]) -> Disagreement | None:
        """Return on what quotes differ, if on anything."""
        claims = [self._claim(one) for one in newest_first]
        return compare(self._question.text, self._idf, claims, self._lexicon)

    def other_side(self, one: Evidence, evidence: Sequence[Evidence]) -> list[Evidence]:
        """Return the best quote from another report of the same story that says otherwise, or nothing."""
        own = self._engine.labels(one.candidate.found)
        for other in evidence:
            their = self._engine.labels(other.candidate.found)
            if their.story == own.story and their.report != own.report and self.disagreement([one, other]):
                return [other]
        return []

    def _claim(self, evidence: Evidence) -> Claim:
        article, choice = evidence.candidate.found.article, evidence.choice
        context = searched_text(article.title, evidence.words)
        held = held_terms(context, self._lexicon)
        at = choice.sentence.start_char
        return Claim(
            sentence=evidence.words,
            answer=Span(choice.answer.start_char - at, choice.answer.end_char - at),
            context=context,
            held=held,
            names_held=names_held(self._question.text, held, self._lexicon),
            published=article.published_at.date() if article.published_at else None,
        )
