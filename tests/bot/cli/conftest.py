from pathlib import Path

import pytest

from tests.command_line import CommandLine


@pytest.fixture
def space_news(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], data_dir: Path) -> CommandLine:
    """Return the command line over our own articles, indexed."""
    command_line = CommandLine(monkeypatch, capsys, data_dir)
    command_line.set("STARTER_CORPUS", "false")
    return command_line


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], empty_data_dir: Path) -> CommandLine:
    """Return the command line over nothing at all."""
    command_line = CommandLine(monkeypatch, capsys, empty_data_dir)
    command_line.set("STARTER_CORPUS", "false")
    return command_line
