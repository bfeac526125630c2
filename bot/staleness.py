"""When an answer's newest evidence is older than its question implies.

Owns the rule, which only warns. Which evidence is too old to answer at all is the search's, and it decides that only
where a question names its period ("this week"). Most do not: they say "now" or "still", or ask what will be.

- A question about now is answered by the news of the last weeks. After a month something may well have happened: crews,
  orbits and states of health change within one.
- A question about what is to come is answered by the newest plan. Dates of launches are given a quarter ahead and slip;
  a plan older than that has usually been overtaken by another.
- Any other question is about what happened or how something works. The date beside the quote says enough.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.messages import message
from index.answer import Answer
from index.when import STRONG, looks_ahead, understand_when

NOW_MAX_AGE = timedelta(days=30)
AHEAD_MAX_AGE = timedelta(days=90)
ABOUT_NOW = message("You asked how things stand, and the newest of these quotes is of {day}.")
ABOUT_PLANS = message("You asked what is to come, and the newest of these quotes is of {day}. Plans change.")


@dataclass(frozen=True, slots=True)
class Stale:
    """An answer's evidence that is older than its question implies.

    Attributes:
        newest: When the newest of it was published (aware, UTC).
        warning: What to say, with a place for the ``{day}``.
    """

    newest: datetime
    warning: str


def staleness(answer: Answer) -> Stale | None:
    """Return what to warn of, or None where the evidence is new enough, or where nobody says how old it is."""
    dates = [citation.article.published_at for citation in answer.citations]
    newest = max((date for date in dates if date is not None), default=None)
    if newest is None:
        return None
    age = answer.asked_at - newest
    if _asks_about_now(answer) and age > NOW_MAX_AGE:
        return Stale(newest, ABOUT_NOW)
    return Stale(newest, ABOUT_PLANS) if looks_ahead(answer.question) and age > AHEAD_MAX_AGE else None


def _asks_about_now(answer: Answer) -> bool:
    when = answer.explanation.when if answer.explanation else understand_when(answer.question, answer.asked_at)
    return when.emphasis == STRONG and not when.words
