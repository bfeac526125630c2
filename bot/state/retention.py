"""Forgetting what is older than it may be.

Owns the rule: a question with all that hangs on it goes when it is older than its server chose, within what the
installation allows; so does one from a direct message.
"""

from datetime import datetime, timedelta

from bot.state.state import State
from corpus.rows import moment_text


def purge(state: State, now: datetime, at_most_days: int) -> int:
    """Delete what is too old, also from the file; return how many answers that were.

    Args:
        state: What is kept.
        now: The moment (aware, UTC).
        at_most_days: How long anything may be kept.
    """

    def oldest(days: int) -> str | None:
        return moment_text(now - timedelta(days=days))

    with state.transaction():
        stricter = state.connection.execute(
            "SELECT guild_id, retention_days FROM guild_settings WHERE retention_days < ?", (at_most_days,)
        ).fetchall()
        n_rows = state.connection.execute("DELETE FROM answers WHERE kept_at < ?", (oldest(at_most_days),)).rowcount
        for guild_id, days in stricter:
            query = "DELETE FROM answers WHERE guild_id = ? AND kept_at < ?"
            n_rows += state.connection.execute(query, (guild_id, oldest(days))).rowcount
    state.scrub()
    return n_rows
