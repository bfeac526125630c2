"""Numbered migrations for SQLite, counted in ``PRAGMA user_version``.

Owns bringing a database to the newest schema that this release knows. It knows no table: a package keeps its own folder
of files named ``0001_what.sql``, without a gap, each applied once and for good.
"""

import sqlite3
from collections.abc import Iterator
from importlib.resources.abc import Traversable

from corpus.errors import NewerSchemaError


def migrate(connection: sqlite3.Connection, folder: Traversable) -> None:
    """Apply the migrations that the database has not seen yet, each in a transaction of its own.

    Args:
        connection: A connection in autocommit mode (``isolation_level=None``).
        folder: The folder with the numbered files.

    Raises:
        NewerSchemaError: If the database has seen more migrations than there are files.
    """
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".sql")), key=lambda file: file.name)
    found = _user_version(connection)
    if found > len(files):
        path = connection.execute("PRAGMA database_list").fetchone()[2]
        raise NewerSchemaError(path, found, len(files))
    for number, file in enumerate(files[found:], start=found + 1):
        _apply(connection, number, file.read_text(encoding="utf-8"))


def _apply(connection: sqlite3.Connection, number: int, script: str) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have applied it while this one waited for the lock.
        if _user_version(connection) < number:
            for statement in _statements(script):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _statements(script: str) -> Iterator[str]:
    # Not executescript(): it would commit the transaction before it starts.
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _user_version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
