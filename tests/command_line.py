"""Running ``space-news`` in tests: within this process where that will do, in one of its own where that matters.

Owns the environment that the command sees: nothing of this machine's own settings, and lines of 100 characters.
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.cli import main
from bot.settings import PREFIX

ROOT = Path(__file__).parents[1]
PROGRAM = "from bot.cli import main; main()"
_LOOKS = {"FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "LINES"}


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command came to."""

    exit_code: int
    stdout: str
    stderr: str


class CommandLine:
    """``space-news`` within this process, in a data folder of its own."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], data_dir: Path) -> None:
        self.data_dir = data_dir
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        for key in os.environ.keys() - environment(data_dir).keys():
            monkeypatch.delenv(key)
        for key, value in environment(data_dir).items():
            monkeypatch.setenv(key, value)

    def set(self, name: str, value: str) -> None:
        """Set ``SPACE_NEWS_<name>``."""
        self._monkeypatch.setenv(PREFIX + name, value)

    def __call__(self, *arguments: str) -> Ran:
        """Run a command to its end."""
        self._monkeypatch.setattr(sys, "argv", ["space-news", *arguments])
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        shown = self._capsys.readouterr()
        return Ran(int(ended.value.code or 0), shown.out, shown.err)


def environment(data_dir: Path, extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return this process's environment without what would change the command, and with the data folder."""
    kept = {key: value for key, value in os.environ.items() if not key.upper().startswith(PREFIX) and key not in _LOOKS}
    return kept | {"COLUMNS": "100", f"{PREFIX}DATA_DIR": str(data_dir)} | dict(extra or {})


def run_alone(
    data_dir: Path, *arguments: str, extra: Mapping[str, str] | None = None, program: str = PROGRAM, timeout: float = 45
) -> Ran:
    """Run a command in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        env=environment(data_dir, extra),
        capture_output=True,
        timeout=timeout,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
