"""Gaps: what was asked and refused, grouped by what it asks for.

Owns reading them and marking them as handled; they are the refused rows of ``answers``, which go with their retention.
A gap that was handled comes back when it is asked again.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.state.state import State
from corpus.rows import moment_text
from index.answer import Refusal
from index.terms import terms

_OPEN = "refusal IS NOT NULL AND gap_handled_at IS NULL AND (?1 IS NULL OR guild_id = ?1)"


def gap_key(question: str) -> str:
    """Return what groups questions: their stems, each once and sorted; one of function words alone is its own."""
    return " ".join(sorted(set(terms(question)))) or question.strip().casefold()


@dataclass(frozen=True, slots=True)
class Gap:
    """Refused questions that ask for the same.

    Attributes:
        answer_id: The answer that was asked for last, by which the gap is handled.
        question: What was asked last.
        refusal: Why that was refused.
        times: How often it was asked.
        last_asked_at: When that was (aware, UTC).
    """

    answer_id: str
    question: str
    refusal: Refusal
    times: int
    last_asked_at: datetime


def count_gaps(state: State, guild_id: int | None) -> int:
    """Count the gaps of a server, or of everything where there is none."""
    query = f"SELECT count(DISTINCT stems) FROM answers WHERE {_OPEN}"
    return int(state.connection.execute(query, (guild_id,)).fetchone()[0])


def list_gaps(state: State, guild_id: int | None, *, first: int, limit: int) -> list[Gap]:
    """Return gaps, the most asked first.

    Args:
        state: What is kept.
        guild_id: Of one server, or None for everything, direct messages included.
        first: How many to leave out.
        limit: At most so many.
    """
    # SQLite takes the columns that stand alone from the row with the max().
    query = (
        f"SELECT id, question, refusal, count(*), max(kept_at) FROM answers WHERE {_OPEN} "
        "GROUP BY stems ORDER BY count(*) DESC, max(kept_at) DESC, stems LIMIT ?2 OFFSET ?3"
    )
    return [
        Gap(answer_id, question, Refusal(refusal), times, datetime.fromisoformat(last))
        for answer_id, question, refusal, times, last in state.connection.execute(query, (guild_id, limit, first))
    ]


def handle_gap(state: State, answer_id: str, guild_id: int | None, at: datetime) -> bool:
    """Mark the gap of an answer as handled, within a server or everywhere; tell whether there was any."""
    query = (
        f"UPDATE answers SET gap_handled_at = ?2 WHERE {_OPEN} AND stems = (SELECT stems FROM answers WHERE id = ?3)"
    )
    return state.connection.execute(query, (guild_id, moment_text(at), answer_id)).rowcount > 0
