"""Opening the project's SQLite files, and writing to them: all of it or nothing.

Owns what they have in common: the write-ahead log, checked foreign keys, numbered migrations. It knows no table.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources.abc import Traversable
from pathlib import Path

from corpus.migrate import migrate
from corpus.write_ahead import use_write_ahead_log

_BUSY_TIMEOUT_SECONDS = 30.0


def open_database(
    path: Path, migrations: Traversable, *, prepare: Callable[[sqlite3.Connection], object] = lambda _: None
) -> sqlite3.Connection:
    """Open the database at ``path`` with the newest schema, and create it with its folder where there is none.

    Args:
        path: The file.
        migrations: The folder with the numbered files.
        prepare: Called with the connection before the migrations are applied.

    Returns:
        A connection in autocommit mode, for one thread.

    Raises:
        NewerSchemaError: If a later release wrote it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=_BUSY_TIMEOUT_SECONDS, isolation_level=None)
    try:
        use_write_ahead_log(connection, _BUSY_TIMEOUT_SECONDS)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        prepare(connection)
        migrate(connection, migrations)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Keep everything that is written within, or nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
