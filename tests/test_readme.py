"""The README's session and its set-up commands do what they say."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests.command_line import CommandLine
from tests.conftest import FirstRun

ROOT = Path(__file__).parents[1]
SESSION_LINES = 9
PROMPT = "$ "


def readme() -> str:
    return (ROOT / "README.md").read_text(encoding="utf-8")


def session() -> list[str]:
    """Return the lines of the one fenced session."""
    (block,) = re.findall(r"^```console\n(.*?)^```$", readme(), re.MULTILINE | re.DOTALL)
    return str(block).splitlines()


def exchanges() -> list[tuple[list[str], list[str]]]:
    """Return each command of the session, as arguments, with the lines that stand below it."""
    found: list[tuple[list[str], list[str]]] = []
    for line in session():
        if line.startswith(PROMPT):
            found.append((shlex.split(line.removeprefix(PROMPT)), []))
        else:
            found[-1][1].append(line.rstrip())
    return found


def set_up_commands() -> tuple[str, str]:
    """Return the command that ends with an answer, and the one that runs the tests."""
    ask, test = [line.strip() for line in readme().splitlines() if line.strip().startswith("python3 -m venv ")]
    return ask, test


@pytest.fixture
def starter(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], first_run: FirstRun, tmp_path: Path
) -> CommandLine:
    """Return the command line over the starter corpus, in lines of 100 characters."""
    return CommandLine(monkeypatch, capsys, Path(shutil.copytree(first_run.data_dir, tmp_path / "data")))


def test_the_session_is_nine_lines() -> None:
    assert len(session()) == SESSION_LINES
    assert session()[0].startswith(f"{PROMPT}space-news ask ")


def test_a_session_does_not_depend_on_the_day_it_is_run() -> None:
    """An answer tells the age of what it quotes, so a question must name its moment."""
    for command, _ in exchanges():
        assert command[0] == "space-news"
        assert "ask" not in command or "--as-of" in command


def test_the_session_prints_what_the_readme_shows(starter: CommandLine) -> None:
    for (_, *arguments), expected in exchanges():
        ran = starter(*arguments)
        assert [line.rstrip() for line in ran.stdout.splitlines()] == expected
        assert ran.stderr == ""


def test_both_set_up_commands_keep_to_the_pins() -> None:
    for command in set_up_commands():
        assert " -c constraints.txt " in command
        assert command.startswith("python3 -m venv .venv && ")


def test_the_test_command_installs_what_the_justfile_installs() -> None:
    (install,) = re.findall(r"pip install (-c .+)", (ROOT / "justfile").read_text(encoding="utf-8"))

    _, test = set_up_commands()

    assert shlex.join(shlex.split(install)) in shlex.join(shlex.split(test.replace(" -q ", " ")))


def test_the_ask_command_ends_with_an_answered_question(starter: CommandLine) -> None:
    ask, _ = set_up_commands()
    program, *arguments = shlex.split(ask.rpartition("&&")[2])
    assert program.endswith("/space-news")

    ran = starter(*arguments)

    assert (ran.exit_code, ran.stderr) == (0, "")
    assert ran.stdout.startswith("[1] “")
