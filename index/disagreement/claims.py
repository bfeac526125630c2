"""Comparing what the shown quotes say.

Owns deciding that two quotes speak of the same thing and say different things of it. It would rather miss a
disagreement than invent one: both sentences must hold what the question names and most of its words, and what they
differ on must be what was asked.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from corpus import Span
from index.answer import Disagreement, DisagreementKind, Said
from index.coverage import coverage
from index.disagreement.dates import Day, days_in
from index.disagreement.names import is_other_name, name_in
from index.disagreement.numbers import Number, numbers_in
from index.flights import other_flight
from index.lexicon import Lexicon

MIN_SHARED = 0.6
"""Of the question's weighted terms, what both sentences must hold."""
MIN_OF_ANSWER = 0.5
"""Of the answering words, how much the value must make up."""

_KINDS = (
    (re.compile(r"^when\b|\b(?:what|which) (?:day|date|month|year)\b", re.I), DisagreementKind.DATE),
    (re.compile(r"\bhow (?!did\b|do\b|does\b|is\b|was\b|will\b|can\b)\w+", re.I), DisagreementKind.NUMBER),
    (re.compile(r"\bwho(?:se|m)?\b(?! (?:are|were|flew|else)\b)", re.I), DisagreementKind.NAME),
    (re.compile(r"\bwhich (?:company|agency|firm)\b", re.I), DisagreementKind.NAME),
)
_PLANNED = re.compile(
    r"\b(?:meant|plan(?:ned|s)|expect(?:ed|s)|intend(?:ed|s)|designed|scheduled|supposed|slated|due|target(?:ed|s)|will|would"
    r"|could|may|might|should|aims?|hopes?|hoped|wants?|wanted|(?:is|are|was|were) to)\b",
    re.I,
)
_STATE = re.compile(r"\b(?:as of|by|since|until|before|after)\s+$", re.I)

_Value = Day | Number | str


@dataclass(frozen=True, slots=True)
class Claim:
    """What one quote says.

    Attributes:
        sentence: Its answering sentence.
        answer: The answering words, counted from the start of the sentence.
        context: The headline and the sentence, to see what it speaks of.
        held: The terms and concepts of the context.
        names_held: Share of the question's names that stand in it, 0..1.
        published: The day of publication.
    """

    sentence: str
    answer: Span
    context: str
    held: frozenset[str]
    names_held: float
    published: date | None


def compare(question: str, idf: dict[str, float], claims: Sequence[Claim], lexicon: Lexicon) -> Disagreement | None:
    """Return on what claims differ, or None where all may be true together.

    Args:
        question: What was asked.
        idf: The question's terms with their inverse document frequencies.
        claims: What the quotes say, the newest first.
        lexicon: Knows names that mean the same.
    """
    pairs = [
        (first, second)
        for first, second in combinations(range(len(claims)), 2)
        if _same_thing(claims[first], claims[second], idf)
    ]
    for kind in _asked(question) if pairs else ():
        values = [_value(claim, kind) for claim in claims]
        differing = {
            at
            for first, second in pairs
            if _differ(values[first], values[second], claims[first], claims[second], lexicon)
            for at in (first, second)
        }
        if differing:
            return Disagreement(kind, tuple(Said(at, _words(values[at], claims[at])) for at in sorted(differing)))
    return None


def _asked(question: str) -> tuple[DisagreementKind, ...]:
    """Return what a question asks for: one kind, or where it does not say, what can be compared without doubt."""
    for pattern, kind in _KINDS:
        if pattern.search(question):
            return (kind,)
    return DisagreementKind.DATE, DisagreementKind.NUMBER


def _same_thing(one: Claim, other: Claim, idf: dict[str, float]) -> bool:
    if min(one.names_held, other.names_held) < 1.0 or coverage(idf, one.held & other.held) < MIN_SHARED:
        return False
    if other_flight(one.context, other.context):
        return False
    happened = [list(_event_days(claim)) for claim in (one, other)]
    return not all(happened) or any(not first.differs(second) for first in happened[0] for second in happened[1])


def _event_days(claim: Claim) -> list[Day]:
    """Return the days on which, by the sentence, something happened; "as of June 1" only says how things stood."""
    return [
        day
        for day in days_in(claim.sentence, claim.published)
        if day.day is not None
        and not _overlap(day.span, claim.answer)
        and not _STATE.search(claim.sentence[: day.span.start_char])
    ]


def _value(claim: Claim, kind: DisagreementKind) -> _Value | None:
    """Return the value that the answering words give, if they give little else."""
    if kind is DisagreementKind.NAME:
        span = name_in(claim.sentence, claim.answer)
        return span.of(claim.sentence) if span and _fills(span, claim.answer) else None
    found = days_in(claim.sentence, claim.published) if kind is DisagreementKind.DATE else numbers_in(claim.sentence)
    return next((value for value in found if _fills(value.span, claim.answer)), None)


def _differ(one: _Value | None, other: _Value | None, said: Claim, heard: Claim, lexicon: Lexicon) -> bool:
    if isinstance(one, Number) and isinstance(other, Number):
        return one.comparable(other) and one.differs(other) and _planned(one, said) == _planned(other, heard)
    if isinstance(one, Day) and isinstance(other, Day):
        return one.differs(other)
    if isinstance(one, str) and isinstance(other, str):
        return is_other_name(one, heard.held, lexicon) and is_other_name(other, said.held, lexicon)
    return False


def _planned(number: Number, claim: Claim) -> bool:
    """Tell whether a number is what was planned, which need not be what came."""
    return bool(_PLANNED.search(claim.sentence, 0, number.span.start_char))


def _words(value: _Value | None, claim: Claim) -> str:
    """Return the answering words, widened to the whole of the value where they cut it."""
    if not isinstance(value, Day | Number):
        return claim.answer.of(claim.sentence)
    start = min(value.span.start_char, claim.answer.start_char)
    return Span(start, max(value.span.end_char, claim.answer.end_char)).of(claim.sentence)


def _overlap(one: Span, other: Span) -> int:
    return max(0, min(one.end_char, other.end_char) - max(one.start_char, other.start_char))


def _fills(span: Span, answer: Span) -> bool:
    return _overlap(span, answer) >= MIN_OF_ANSWER * (answer.end_char - answer.start_char)
