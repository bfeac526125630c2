"""Reading what people said of answers: the complaints first, and as cases for tests.

Owns no table; it joins ``answers`` and ``feedback``. Nobody's verdict can be told from another's here.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.state.answers import ANSWER, ANSWER_WIDTH, KeptAnswer, read_answer
from bot.state.feedback import Verdict
from bot.state.state import State
from corpus.rows import moment_text

_IN_SCOPE = "(?1 IS NULL OR a.guild_id = ?1)"
_OPEN = f"{_IN_SCOPE} AND (a.feedback_handled_at IS NULL OR f.given_at > a.feedback_handled_at)"
_COUNTS = ", ".join(f"sum(f.verdict = '{verdict}')" for verdict in Verdict)


@dataclass(frozen=True, slots=True)
class Rated:
    """An answer with what was said of it.

    Attributes:
        answer: The answer.
        counts: How many people gave each verdict.
    """

    answer: KeptAnswer
    counts: dict[Verdict, int]


def count_rated(state: State, guild_id: int | None) -> int:
    """Count the answers with verdicts that nobody handled, of a server, or of everything where there is none."""
    query = f"SELECT count(DISTINCT a.id) FROM answers a JOIN feedback f ON f.answer_id = a.id WHERE {_OPEN}"
    return int(state.connection.execute(query, (guild_id,)).fetchone()[0])


def list_rated(state: State, guild_id: int | None, *, first: int, limit: int) -> list[Rated]:
    """Return the answers with verdicts that nobody handled, those with the most complaints first.

    Args:
        state: What is kept.
        guild_id: Of one server, or None for everything, direct messages included.
        first: How many to leave out.
        limit: At most so many.
    """
    order = f"sum(f.verdict <> '{Verdict.HELPFUL}') DESC, max(f.given_at) DESC, a.id LIMIT ?2 OFFSET ?3"
    return _select(state, _OPEN, order, (guild_id, limit, first))


def handle_feedback(state: State, answer_id: str, guild_id: int | None, at: datetime) -> bool:
    """Mark what was said of an answer so far as handled; tell whether that answer is kept and of the server."""
    query = f"UPDATE answers AS a SET feedback_handled_at = ?2 WHERE {_IN_SCOPE} AND a.id = ?3"
    return state.connection.execute(query, (guild_id, moment_text(at), answer_id)).rowcount > 0


def feedback_cases(state: State, guild_id: int | None) -> list[dict[str, Any]]:
    """Return every answer with verdicts, handled or not, oldest first, as cases for tests.

    ``_id``, ``text`` and ``asked_at`` are what ``ask --batch`` reads, ``metadata.asked`` is what judged sets have.
    """
    return [_case(rated) for rated in _select(state, _IN_SCOPE, "a.kept_at, a.id", (guild_id,))]


def _case(rated: Rated) -> dict[str, Any]:
    answer = rated.answer
    return {
        "_id": answer.answer_id,
        "text": answer.question,
        "asked_at": answer.asked_at.isoformat(),
        "metadata": {"asked": answer.asked_at.isoformat()},
        "answered": answer.answered,
        "refusal": answer.refusal,
        "citation_ids": list(answer.citation_ids),
        "generation": answer.generation,
        "verdicts": {verdict.value: n_people for verdict, n_people in rated.counts.items()},
    }


def _select(state: State, condition: str, order: str, parameters: tuple[int | None, ...]) -> list[Rated]:
    query = (
        f"SELECT {ANSWER}, {_COUNTS} FROM answers a JOIN feedback f ON f.answer_id = a.id "
        f"WHERE {condition} GROUP BY a.id ORDER BY {order}"
    )
    return [_rated(row) for row in state.connection.execute(query, parameters)]


def _rated(row: tuple[Any, ...]) -> Rated:
    return Rated(read_answer(row), dict(zip(Verdict, row[ANSWER_WIDTH:], strict=True)))
