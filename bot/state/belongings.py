"""What is kept of one server and of one person: all of it, to hand over or to forget.

Owns the list of what belongs to whom. Every table stands in it; a test compares it with the schema.
"""

from dataclasses import dataclass
from typing import Any

from bot.state.feedback import voter_hash
from bot.state.state import State

OF_GUILD = {
    "watch_stories": "watch_id IN (SELECT id FROM watches WHERE guild_id = ?)",
    "watch_heard": "watch_id IN (SELECT id FROM watches WHERE guild_id = ?)",
    "watches": "guild_id = ?",
    "feedback": "answer_id IN (SELECT id FROM answers WHERE guild_id = ?)",
    "answers": "guild_id = ?",
    "guild_settings": "guild_id = ?",
}
"""Every table, with what says that a row is of a server; those that hang on another table stand before it."""

OF_USER = {
    "answers": "user_id = ?",
    "watches": "maker_id = ?",
}
"""Every table that names people, with what says that a row is of one."""

OF_NOBODY = frozenset({"application", "watch_baselines"})
"""Tables that hold nothing but ids of articles, and that of the bot."""

_NOT_HANDED_OUT = frozenset({"salt", "voter", "maker_id"})
"""With the first two, a member could be looked for among the voters; who made a watch is nobody else's business."""


@dataclass(frozen=True, slots=True)
class Belongings:
    """How much is kept of somebody.

    Attributes:
        named: Rows with their id.
        verdicts: What they said of answers.
    """

    named: int
    verdicts: int


def export_guild(state: State, guild_id: int) -> dict[str, list[dict[str, Any]]]:
    """Return everything that is kept of a server, as of one moment: its rows by table."""
    with state.transaction():
        return {
            table: _rows(state, f"SELECT * FROM {table} WHERE {condition}", guild_id)
            for table, condition in sorted(OF_GUILD.items())
        }


def count_of_guild(state: State, guild_id: int) -> dict[str, int]:
    """Count what is kept of a server, by table."""
    return {
        table: int(
            state.connection.execute(f"SELECT count(*) FROM {table} WHERE {condition}", (guild_id,)).fetchone()[0]
        )
        for table, condition in sorted(OF_GUILD.items())
    }


def delete_guild(state: State, guild_id: int) -> int:
    """Delete everything that is kept of a server, also from the file; return how many rows that were."""
    with state.transaction():
        n_rows = sum(
            state.connection.execute(f"DELETE FROM {table} WHERE {condition}", (guild_id,)).rowcount
            for table, condition in OF_GUILD.items()
        )
    state.scrub()
    return n_rows


def export_user(state: State, user_id: int) -> dict[str, list[dict[str, Any]]]:
    """Return what can be found of a person: the rows with their id by table, and their verdicts."""
    with state.transaction():
        found = {
            table: _rows(state, f"SELECT * FROM {table} WHERE {condition}", user_id)
            for table, condition in sorted(OF_USER.items())
        }
        query = "SELECT * FROM feedback WHERE answer_id = ? AND voter = ?"
        verdicts = [row for key in _verdicts(state, user_id) for row in _rows(state, query, *key)]
    return {**found, "feedback": verdicts}


def count_of_user(state: State, user_id: int) -> Belongings:
    """Count what can be found of a person: rows with their id, and their verdicts by their hash."""
    named = sum(
        int(state.connection.execute(f"SELECT count(*) FROM {table} WHERE {condition}", (user_id,)).fetchone()[0])
        for table, condition in OF_USER.items()
    )
    return Belongings(named, len(_verdicts(state, user_id)))


def delete_user(state: State, user_id: int) -> Belongings:
    """Delete what can be found of a person, also from the file; return how much that was."""
    with state.transaction():
        verdicts = _verdicts(state, user_id)
        state.connection.executemany("DELETE FROM feedback WHERE answer_id = ? AND voter = ?", verdicts)
        named = sum(
            state.connection.execute(f"DELETE FROM {table} WHERE {condition}", (user_id,)).rowcount
            for table, condition in OF_USER.items()
        )
    state.scrub()
    return Belongings(named, len(verdicts))


def _verdicts(state: State, user_id: int) -> list[tuple[str, bytes]]:
    """Return the keys of a person's verdicts; only who knows the id can tell which they are."""
    rows = state.connection.execute(
        "SELECT f.answer_id, f.voter, a.salt FROM feedback f JOIN answers a ON a.id = answer_id"
    )
    return [(answer_id, voter) for answer_id, voter, salt in rows if voter == voter_hash(salt, user_id)]


def _rows(state: State, query: str, *parameters: int | str | bytes) -> list[dict[str, Any]]:
    found = state.connection.execute(query, parameters)
    names = [column[0] for column in found.description]
    return [
        {name: value for name, value in zip(names, row, strict=True) if name not in _NOT_HANDED_OUT} for row in found
    ]
