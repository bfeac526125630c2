"""Who owns a folder; the other process is a real one."""

import subprocess
import sys
from pathlib import Path

import pytest

from index.staging import moving, owning, remove, staged, sweep
from tests.command_line import ROOT

STAGED = """
import sys
from pathlib import Path
from index.staging import staged
with staged(Path(sys.argv[1])) as folder:
    (folder / "half").write_text("written")
    print(folder.name, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def builder(tmp_path: Path) -> "subprocess.Popen[str]":
    """A process that is building; its line says where."""
    return subprocess.Popen(
        [sys.executable, "-c", STAGED, str(tmp_path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def name_of(builder: "subprocess.Popen[str]") -> str:
    assert builder.stdout is not None
    return builder.stdout.readline().strip()


def end(builder: "subprocess.Popen[str]") -> None:
    builder.kill()
    builder.communicate()


def test_a_folder_that_was_not_renamed_goes(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), staged(tmp_path / "index") as folder:
        assert folder.stat().st_mode & 0o777 == 0o755
        raise RuntimeError("no more")
    assert list((tmp_path / "index").iterdir()) == []


def test_what_another_process_builds_stays_until_it_is_killed(tmp_path: Path, builder: "subprocess.Popen[str]") -> None:
    name = name_of(builder)
    try:
        assert sweep(tmp_path) == ()
        assert (tmp_path / name / "half").exists()
    finally:
        end(builder)
    assert sweep(tmp_path) == (name,)
    assert list(tmp_path.iterdir()) == []


def test_a_renamed_folder_is_still_owned(tmp_path: Path) -> None:
    with staged(tmp_path) as folder:
        folder.rename(tmp_path / "whole")
        assert remove(tmp_path / "whole") is False
    assert remove(tmp_path / "whole") is True
    assert list(tmp_path.iterdir()) == []


def test_several_may_own_a_folder(tmp_path: Path) -> None:
    (tmp_path / "whole").mkdir()
    with owning(tmp_path / "whole"):
        with owning(tmp_path / "whole"):
            assert remove(tmp_path / "whole") is False
        assert remove(tmp_path / "whole") is False
    assert remove(tmp_path / "whole") is True


def test_sweeping_removes_hidden_files_also_in_folders_that_nobody_owns(tmp_path: Path) -> None:
    for name in ("mine", "free"):
        (tmp_path / name).mkdir()
        (tmp_path / name / ".record.json-7").touch()
        (tmp_path / name / "record.json").touch()
    (tmp_path / ".current-7").touch()
    with owning(tmp_path / "mine"), moving(tmp_path):
        assert sweep(tmp_path) == (".current-7", "free/.record.json-7")
    assert sorted(path.name for path in tmp_path.rglob("*.json*")) == [".record.json-7", "record.json", "record.json"]
