"""SQLite's write-ahead log, switched on where several processes may open a new file at once."""

import sqlite3
import time


def use_write_ahead_log(connection: sqlite3.Connection, timeout_seconds: float) -> None:
    """Switch to the write-ahead log, waiting for another process that does the same.

    Raises:
        sqlite3.OperationalError: It cannot be switched on, or not within the time.
    """
    # Unlike everything else, this fails at once while another process does the same to a new file.
    deadline = time.monotonic() + timeout_seconds
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
