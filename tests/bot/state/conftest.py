"""A state of its own for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.state import State


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "bot.db"


@pytest.fixture
def state(path: Path) -> Iterator[State]:
    with State.open(path) as state:
        yield state
