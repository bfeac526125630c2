"""Questions with what they got, kept so that a button or a reply can come back to them, also after a restart.

Owns the table ``answers``. Who asked is kept only where the server opted in; that is for the caller to heed.
"""

import json
import secrets
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from bot.state.gaps import gap_key
from bot.state.state import State
from corpus.rows import moment_text
from index.answer import Filters, Refusal

ANSWER = (
    "a.id, a.question, a.asked_at, a.filters, a.generation, a.refusal, a.citation_ids, a.guild_id, a.channel_id, "
    "a.message_id, a.previous_id, a.user_id, a.private, a.kept_at"
)
ANSWER_WIDTH = ANSWER.count(",") + 1
_ID_BYTES = 9
_SALT_BYTES = 16


def new_answer_id() -> str:
    """Return a fresh id: twelve characters that are safe in links and in buttons."""
    return secrets.token_urlsafe(_ID_BYTES)


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """A question with what it got.

    Attributes:
        question: As it was asked.
        asked_at: The moment it was asked for (aware, UTC).
        filters: What citations had to meet.
        generation: The generation that was searched.
        kept_at: When it was kept (aware, UTC); its retention counts from here.
        refusal: Why it was not answered, or None where it was.
        citation_ids: The ids of the quotes that were shown, in their order.
        guild_id: The server, or None in a direct message.
        channel_id: Where it was shown.
        message_id: The message that shows it, once that is known.
        previous_id: The answer that this one follows up on.
        user_id: Who asked, where the server keeps that; otherwise None.
        private: Whether only the asker saw it.
        answer_id: The id that buttons carry.
    """

    question: str
    asked_at: datetime
    filters: Filters
    generation: str
    kept_at: datetime
    refusal: Refusal | None = None
    citation_ids: tuple[str, ...] = ()
    guild_id: int | None = None
    channel_id: int | None = None
    message_id: int | None = None
    previous_id: str | None = None
    user_id: int | None = None
    private: bool = False
    answer_id: str = field(default_factory=new_answer_id)

    @property
    def answered(self) -> bool:
        """Whether the question was answered."""
        return self.refusal is None


def keep_answer(state: State, answer: KeptAnswer) -> None:
    """Keep a question with what it got; what is no text in it becomes a question mark."""
    question = answer.question.encode(errors="replace").decode()
    state.connection.execute(
        f"INSERT INTO answers ({ANSWER.replace('a.', '')}, stems, salt) VALUES ({', '.join('?' * (ANSWER_WIDTH + 2))})",
        (
            answer.answer_id,
            question,
            moment_text(answer.asked_at),
            _filters_text(answer.filters),
            answer.generation,
            answer.refusal,
            json.dumps(answer.citation_ids),
            answer.guild_id,
            answer.channel_id,
            answer.message_id,
            answer.previous_id,
            answer.user_id,
            answer.private,
            moment_text(answer.kept_at),
            gap_key(question),
            secrets.token_bytes(_SALT_BYTES),
        ),
    )


def attach_message(state: State, answer_id: str, channel_id: int, message_id: int) -> None:
    """Note which message shows an answer; one that is no longer kept is left alone."""
    query = "UPDATE answers SET channel_id = ?, message_id = ? WHERE id = ?"
    state.connection.execute(query, (channel_id, message_id, answer_id))


def share_answer(state: State, answer_id: str, channel_id: int, message_id: int) -> None:
    """Note that all can see an answer that only its asker saw, and which message shows it."""
    query = "UPDATE answers SET private = 0, channel_id = ?, message_id = ? WHERE id = ?"
    state.connection.execute(query, (channel_id, message_id, answer_id))


def find_answer(state: State, answer_id: str) -> KeptAnswer | None:
    """Return an answer, or None where it is not kept (any more)."""
    return _first(state, "a.id = ?", answer_id)


def answer_of_message(state: State, message_id: int) -> KeptAnswer | None:
    """Return the newest answer that a message shows, or None where none is kept."""
    return _first(state, "a.message_id = ? ORDER BY a.kept_at DESC, a.id", message_id)


def latest_answer_in(state: State, channel_id: int) -> KeptAnswer | None:
    """Return the newest answer that everybody in a channel could see, or None where none is kept."""
    return _first(state, "a.channel_id = ? AND NOT a.private ORDER BY a.kept_at DESC, a.id", channel_id)


def read_answer(row: tuple[Any, ...]) -> KeptAnswer:
    """Return the answer in the columns of ``ANSWER``."""
    answer_id, question, asked_at, filters, generation, refusal, citation_ids = row[:7]
    guild_id, channel_id, message_id, previous_id, user_id, private, kept_at = row[7:ANSWER_WIDTH]
    return KeptAnswer(
        question=question,
        asked_at=datetime.fromisoformat(asked_at),
        filters=_read_filters(filters),
        generation=generation,
        kept_at=datetime.fromisoformat(kept_at),
        refusal=Refusal(refusal) if refusal else None,
        citation_ids=tuple(json.loads(citation_ids)),
        guild_id=guild_id,
        channel_id=channel_id,
        message_id=message_id,
        previous_id=previous_id,
        user_id=user_id,
        private=bool(private),
        answer_id=answer_id,
    )


def _first(state: State, condition: str, *parameters: str | int) -> KeptAnswer | None:
    row = state.connection.execute(f"SELECT {ANSWER} FROM answers a WHERE {condition} LIMIT 1", parameters).fetchone()
    return read_answer(row) if row else None


def _filters_text(filters: Filters) -> str:
    return json.dumps(
        {
            "since": filters.since.isoformat() if filters.since else None,
            "until": filters.until.isoformat() if filters.until else None,
            "sources": sorted(filters.sources),
            "excluded_sources": sorted(filters.excluded_sources),
            "languages": sorted(filters.languages),
        },
        ensure_ascii=False,
    )


def _read_filters(text: str) -> Filters:
    written = json.loads(text)
    return Filters(
        since=date.fromisoformat(written["since"]) if written["since"] else None,
        until=date.fromisoformat(written["until"]) if written["until"] else None,
        sources=frozenset(written["sources"]),
        excluded_sources=frozenset(written["excluded_sources"]),
        languages=frozenset(written["languages"]),
    )
