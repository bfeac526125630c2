import sqlite3
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import MemoError
from index.memo import KEY_BYTES, Memo, memo_key

A, B, C = (memo_key("test", letter) for letter in "abc")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "memo.db"


def test_a_key_names_all_that_it_is_made_from() -> None:
    made_from = [("a", "b", "c"), ("a", "bc"), ("ab", "c"), ("a", "b"), ("a", "c", "b")]
    keys = {memo_key(*parts) for parts in made_from}
    assert len(keys) == 5
    assert {len(key) for key in keys} == {KEY_BYTES}


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.binary(min_size=KEY_BYTES, max_size=KEY_BYTES), st.binary(max_size=50), max_size=20))
def test_what_was_put_is_got(tmp_path_factory: pytest.TempPathFactory, values: dict[bytes, bytes]) -> None:
    path = tmp_path_factory.mktemp("memo") / "memo.db"
    with Memo.open(path) as memo:
        memo.put(values.items())
    with Memo.open(path) as memo:
        assert memo.get(list(values)) == values
        assert memo.get([memo_key("unknown")]) == {}
        assert len(memo) == len(values)


def test_more_keys_than_a_statement_takes(path: Path) -> None:
    values = {memo_key("n", str(number)): str(number).encode() for number in range(1_700)}
    with Memo.open(path) as memo:
        memo.put(values.items())
        assert memo.get(list(values)) == values


def test_a_batch_is_kept_whole_or_not_at_all(path: Path) -> None:
    def broken() -> object:
        yield A, b"a"
        raise RuntimeError("pulled the plug")

    with Memo.open(path) as memo:
        with pytest.raises(RuntimeError):
            memo.put(broken())  # type: ignore[arg-type]
        assert len(memo) == 0


def test_a_value_that_was_damaged_on_disk_is_not_returned_and_can_be_put_again(path: Path) -> None:
    with Memo.open(path) as memo:
        memo.put([(A, b"vector"), (B, b"other")])
    with sqlite3.connect(path) as database:
        database.execute("UPDATE memo SET value = CAST(substr(value, 1, 9) || x'ff' AS BLOB) WHERE key = ?", (A,))
    database.close()
    with Memo.open(path) as memo:
        assert memo.get([A, B]) == {B: b"other"}
        memo.put([(A, b"vector")])
        assert memo.get([A]) == {A: b"vector"}


def test_a_value_under_the_key_of_another_is_not_returned(path: Path) -> None:
    with Memo.open(path) as memo:
        memo.put([(A, b"vector")])
    with sqlite3.connect(path) as database:
        database.execute("UPDATE memo SET key = ?", (B,))
    database.close()
    with Memo.open(path) as memo:
        assert memo.get([A, B]) == {}


def test_pruning_keeps_what_is_used_and_what_came_later(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Memo.open(path) as memo:
        monkeypatch.setattr(time, "time", lambda: 1_000.0)
        memo.put([(A, b"a"), (B, b"b")])
        monkeypatch.setattr(time, "time", lambda: 2_000.0)
        memo.put([(C, b"c")])
        assert memo.prune({A}, before_seconds=1_500.0) == 1
        assert memo.get([A, B, C]) == {A: b"a", C: b"c"}


def test_pruning_gives_the_space_back(path: Path) -> None:
    with Memo.open(path) as memo:
        memo.put((memo_key("n", str(number)), bytes(1_536)) for number in range(2_000))
        assert memo.prune(set(), before_seconds=time.time() + 10) == 2_000
    assert path.stat().st_size < 50_000


def test_vectors_lie_close(path: Path) -> None:
    with Memo.open(path) as memo:
        memo.put((memo_key("n", str(number)), bytes(1_536)) for number in range(5_000))
    assert path.stat().st_size < 1.15 * 5_000 * 1_536


@pytest.mark.parametrize("content", [b"garbage" * 999, b"SQLite format 3\x00" + b"\xff" * 5_000])
def test_a_file_that_cannot_be_read_is_begun_anew(path: Path, content: bytes, caplog: pytest.LogCaptureFixture) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with Memo.open(path) as memo:
        memo.put([(A, b"a")])
        assert memo.get([A]) == {A: b"a"}
    assert "starting a new one" in caplog.text


def test_a_place_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "memo.db").mkdir()
    with pytest.raises(MemoError, match=r"cannot open .*memo\.db"):
        Memo.open(tmp_path / "memo.db")


def test_damage_met_on_the_way_is_told(path: Path) -> None:
    with pytest.raises(MemoError, match="delete that file and build again"), Memo.open(path):
        raise sqlite3.DatabaseError("database disk image is malformed")


def test_several_may_write_at_once(path: Path) -> None:
    def write(name: str) -> None:
        with Memo.open(path) as memo:
            for number in range(20):
                memo.put([(memo_key(name, str(number)), name.encode()), (memo_key("both", str(number)), b"same")])

    threads = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Memo.open(path) as memo:
        assert len(memo) == 4 * 20 + 20
