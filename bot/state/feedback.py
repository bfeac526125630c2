"""What people said of answers.

Owns the table ``feedback``. A person counts once an answer and may change their mind; who they are is kept as a hash
that is salted anew for every answer, so that nobody's verdicts can be put side by side.
"""

import hashlib
from datetime import datetime
from enum import StrEnum

from bot.state.state import State
from corpus.rows import moment_text


class Verdict(StrEnum):
    """What somebody says of an answer."""

    HELPFUL = "helpful"
    NOT_HELPFUL = "not_helpful"
    WRONG_SOURCE = "wrong_source"


def give_verdict(state: State, answer_id: str, user_id: int, verdict: Verdict, at: datetime) -> bool:
    """Keep a verdict in place of the same person's earlier one; tell whether the answer is still kept."""
    with state.transaction():
        row = state.connection.execute("SELECT salt FROM answers WHERE id = ?", (answer_id,)).fetchone()
        if row is None:
            return False
        state.connection.execute(
            "INSERT OR REPLACE INTO feedback VALUES (?, ?, ?, ?)",
            (answer_id, voter_hash(row[0], user_id), verdict, moment_text(at)),
        )
    return True


def voter_hash(salt: bytes, user_id: int) -> bytes:
    """Return what stands for a person in the verdicts of one answer."""
    return hashlib.blake2b(str(user_id).encode(), key=salt, digest_size=16).digest()
