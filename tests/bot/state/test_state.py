"""The file: its schema, and several processes at it."""

import sqlite3
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from bot.errors import StateError
from bot.state import State, find_answer, keep_answer
from corpus.errors import NewerSchemaError
from tests.bot.state.values import ANSWER

N_MIGRATIONS = len([file for file in (files("bot.state") / "migrations").iterdir() if file.name.endswith(".sql")])
KEEP_MANY = """
import sys
from dataclasses import replace
from pathlib import Path
from bot.state import State, keep_answer
from tests.bot.state.values import ANSWER
with State.open(Path(sys.argv[1])) as state:
    for number in range(100):
        keep_answer(state, replace(ANSWER, answer_id=f"{sys.argv[2]}-{number}"))
"""


def user_version(path: Path) -> int:
    connection = sqlite3.connect(path)
    try:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
    finally:
        connection.close()


def test_a_new_file_has_the_newest_schema_and_is_opened_again_as_it_is(path: Path) -> None:
    with State.open(path) as state:
        keep_answer(state, ANSWER)
        assert state.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    with State.open(path) as state:
        assert find_answer(state, ANSWER.answer_id) == ANSWER
    assert user_version(path) == N_MIGRATIONS


def test_a_file_of_the_first_release_is_brought_up_to_date_and_loses_nothing(path: Path) -> None:
    first = (files("bot.state") / "migrations" / "0001_kept.sql").read_text("utf-8")
    path.parent.mkdir()
    connection = sqlite3.connect(path)
    connection.executescript(f"{first}; PRAGMA user_version = 1;")
    connection.execute("INSERT INTO guild_settings VALUES (7, '[1]', '[]', '[]', 'de', 'thread', 9, 9, 3, 1, 1, 7)")
    connection.commit()
    connection.close()

    with State.open(path) as state:
        assert state.connection.execute("SELECT guild_id, language FROM guild_settings").fetchall() == [(7, "de")]
    assert user_version(path) == N_MIGRATIONS


def test_a_file_of_a_later_release_is_left_alone(path: Path) -> None:
    State.open(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()

    with pytest.raises(NewerSchemaError, match=rf"bot\.db has schema 99, .* schemas up to {N_MIGRATIONS}\. "):
        State.open(path)


def test_what_is_no_database_or_has_no_place_is_told_in_a_sentence(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("no database" * 99)
    with pytest.raises(StateError, match=r"bot\.db cannot be used: file is not a database; check that file"):
        State.open(path)
    with pytest.raises(StateError, match=r"below cannot be used: .*; check that file and its folder"):
        State.open(path / "below")


def test_a_transaction_keeps_all_or_nothing(state: State) -> None:
    with pytest.raises(KeyboardInterrupt), state.transaction():
        keep_answer(state, ANSWER)
        raise KeyboardInterrupt

    assert find_answer(state, ANSWER.answer_id) is None


def test_two_processes_make_the_file_and_keep_at_once(path: Path) -> None:
    processes = [
        subprocess.Popen([sys.executable, "-c", KEEP_MANY, str(path), name], stderr=subprocess.PIPE, text=True)
        for name in ("one", "two")
    ]
    assert [process.communicate(timeout=40)[1] for process in processes] == ["", ""]

    with State.open(path) as state:
        kept = {row[0] for row in state.connection.execute("SELECT id FROM answers")}
    assert kept == {f"{name}-{number}" for name in ("one", "two") for number in range(100)}
