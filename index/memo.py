"""What builds remember of one another: cuts, terms and vectors, each under the digest of all that it was made from.

Owns ``data/memo.db``. It holds nothing that cannot be made again, and nothing in it is ever changed: another text,
another model or another release asks under another key. So a build that reuses gives what a build from nothing gives.
Every batch is committed, so that a killed build is taken up where it was; a value that was damaged on disk is not
returned.
"""

import hashlib
import json
import logging
import sqlite3
import time
import zlib
from collections.abc import Container, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from corpus.write_ahead import use_write_ahead_log
from index.errors import MemoError

KEY_BYTES = 16
_BATCH = 500
_BUSY_TIMEOUT_SECONDS = 60.0
_LAYOUT = 1
_log = logging.getLogger(__name__)


def memo_key(kind: str, *made_from: str) -> bytes:
    """Return the key of what is made from some texts: the start of their SHA-256."""
    return hashlib.sha256(json.dumps([kind, *made_from]).encode()).digest()[:KEY_BYTES]


class Memo:
    """Values by key; a context manager that closes it.

    Several processes may use it at once. One memo belongs to one thread.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        """Wrap a connection whose table stands; ``Memo.open`` is the usual way here."""
        self._connection = connection
        self._path = path

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the memo, and create it where there is none, or where what stands there cannot be read.

        Raises:
            MemoError: It can neither be opened nor created.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return cls(_connect(path), path)
        except sqlite3.OperationalError as error:  # no place, no permission, or held by another: no damage
            raise MemoError(f"cannot open {path}: {error}; check that path") from error
        except sqlite3.DatabaseError as error:
            _log.warning("%s cannot be read (%s); starting a new one, so that this build makes everything", path, error)
            for suffix in ("", "-wal", "-shm"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
            return cls(_connect(path), path)

    def __enter__(self) -> Self:
        """Return the memo itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file; damage that SQLite met on the way is told with what to do about it."""
        self._connection.close()
        if isinstance(error, sqlite3.DatabaseError):
            raise MemoError(f"cannot use {self._path}: {error}; delete that file and build again") from error

    def get(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return the values that are known, whole, by their keys."""
        found: dict[bytes, bytes] = {}
        for first in range(0, len(keys), _BATCH):
            batch = keys[first : first + _BATCH]
            marks = ",".join("?" * len(batch))
            for key, value in self._connection.execute(f"SELECT key, value FROM memo WHERE key IN ({marks})", batch):
                if _checksum(key, value[4:]) == value[:4]:
                    found[key] = value[4:]
        return found

    def put(self, values: Iterable[tuple[bytes, bytes]]) -> None:
        """Remember values, all of them or none; a damaged one is replaced."""
        now = int(time.time())
        rows = [(key, now, _checksum(key, value) + value) for key, value in values]
        with self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany("INSERT OR REPLACE INTO memo VALUES (?, ?, ?)", rows)

    def prune(self, kept: Container[bytes], *, before_seconds: float) -> int:
        """Forget what was added before a moment and is not to be kept; return how many values that were.

        Args:
            kept: Keys that stay.
            before_seconds: Seconds since 1970. What came later may belong to a build that has not ended.
        """
        rows = self._connection.execute("SELECT key FROM memo WHERE added_at < ?", (before_seconds,))
        gone = [(key,) for (key,) in rows if key not in kept]
        for first in range(0, len(gone), _BATCH):
            with self._connection:
                self._connection.execute("BEGIN IMMEDIATE")
                self._connection.executemany("DELETE FROM memo WHERE key = ?", gone[first : first + _BATCH])
        self._connection.executescript("PRAGMA incremental_vacuum")  # execute() would free a single page
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return len(gone)

    def __len__(self) -> int:
        (count,) = self._connection.execute("SELECT count(*) FROM memo").fetchone()
        return int(count)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_BUSY_TIMEOUT_SECONDS, isolation_level=None)
    try:
        connection.execute("PRAGMA page_size = 8192")  # five vectors of 384 a page, with little left over
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")  # before the first table, or it has no effect
        use_write_ahead_log(connection, _BUSY_TIMEOUT_SECONDS)
        connection.execute("PRAGMA synchronous = NORMAL")
        (layout,) = connection.execute("PRAGMA user_version").fetchone()
        if layout not in (0, _LAYOUT):
            raise sqlite3.DatabaseError(f"layout {layout}, this release has {_LAYOUT}")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS memo (key BLOB NOT NULL UNIQUE, added_at INTEGER NOT NULL, "
            "value BLOB NOT NULL) STRICT"
        )
        connection.execute(f"PRAGMA user_version = {_LAYOUT}")
    except BaseException:
        connection.close()
        raise
    return connection


def _checksum(key: bytes, value: bytes) -> bytes:
    return zlib.crc32(value, zlib.crc32(key)).to_bytes(4, "big")
