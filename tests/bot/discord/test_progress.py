"""What a rebuild shows while it runs."""

import pytest

from bot.discord.progress import progress_card
from tests.bot.fakes import FakeProgress


@pytest.mark.parametrize(
    ("progress", "expected"),
    [
        (FakeProgress("preparing", 0, 0), "preparing"),
        (FakeProgress("reading", 1200, 0), "reading\n1,200"),
        (FakeProgress("encoding", 5, 10), f"encoding\n{'█' * 10}{'░' * 10} 5 of 10"),
        (FakeProgress("encoding", 11, 10), f"encoding\n{'█' * 20} 11 of 10"),
    ],
)
def test_progress_card(progress: FakeProgress, expected: str) -> None:
    assert progress_card(progress).description == expected
