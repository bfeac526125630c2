import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import NewerSchemaError
from corpus.migrate import migrate


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    yield connection
    connection.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "0001_first.sql").write_text("-- one; two\nCREATE TABLE t (a TEXT);\nINSERT INTO t VALUES ('x;y');\n")
    (tmp_path / "0002_second.sql").write_text("ALTER TABLE t ADD COLUMN b TEXT;\n")
    (tmp_path / "notes.txt").write_text("no migration")
    return tmp_path


def rows(connection: sqlite3.Connection, query: str) -> list[tuple[object, ...]]:
    return connection.execute(query).fetchall()


def test_all_are_applied_in_order(connection: sqlite3.Connection, folder: Path) -> None:
    migrate(connection, folder)
    assert rows(connection, "SELECT a, b FROM t") == [("x;y", None)]
    assert rows(connection, "PRAGMA user_version") == [(2,)]


def test_each_is_applied_once(connection: sqlite3.Connection, folder: Path) -> None:
    migrate(connection, folder)
    migrate(connection, folder)
    assert rows(connection, "SELECT count(*) FROM t") == [(1,)]


def test_one_that_fails_leaves_nothing_behind(connection: sqlite3.Connection, folder: Path) -> None:
    (folder / "0003_third.sql").write_text("CREATE TABLE u (a TEXT);\nINSERT INTO missing VALUES (1);\n")
    with pytest.raises(sqlite3.OperationalError, match="no such table: missing"):
        migrate(connection, folder)
    assert rows(connection, "PRAGMA user_version") == [(2,)]
    assert rows(connection, "SELECT name FROM sqlite_master ORDER BY name") == [("t",)]


def test_a_later_schema_is_refused(connection: sqlite3.Connection, folder: Path) -> None:
    connection.execute("PRAGMA user_version = 3")
    with pytest.raises(NewerSchemaError, match="has schema 3, but this release knows schemas up to 2"):
        migrate(connection, folder)
