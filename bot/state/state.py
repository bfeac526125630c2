"""The file that holds what is kept, ``data/bot.db``, and its transactions.

Owns opening and closing it. The tables belong to the modules beside this one, which take a state as their first
argument.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Self

from bot.errors import StateError
from corpus.database import open_database, transaction

STATE_FILE = "bot.db"


class State:
    """What is kept; a context manager that closes it.

    Several processes may read while one writes. One state belongs to one thread.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Wrap a connection whose schema is up to date; ``State.open`` is the usual way here."""
        self.connection = connection

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the database at ``path``, and create it with its folder where there is none.

        Raises:
            NewerSchemaError: If a later release wrote it.
            StateError: If it cannot be opened, or is no database.
        """
        try:
            return cls(open_database(path, files("bot.state") / "migrations", prepare=_overwrite_what_is_deleted))
        except (OSError, sqlite3.Error) as error:
            raise StateError(path, error) from error

    def __enter__(self) -> Self:
        """Return the state itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the database."""
        self.close()

    def close(self) -> None:
        """Close the database; what was kept is already safe."""
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep everything that is written within, or nothing of it."""
        with transaction(self.connection):
            yield

    def scrub(self) -> None:
        """Take what was deleted out of the write-ahead log too, as far as no other connection is reading it."""
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _overwrite_what_is_deleted(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA secure_delete = ON")
