"""A build that is killed leaves a whole generation answering; ``tests.index.kills`` does it more often."""

import random
from pathlib import Path

import pytest

from tests.index.kills import kill_once


@pytest.mark.timeout(120)
@pytest.mark.parametrize("seed", range(3))
def test_a_reader_never_sees_half_a_generation_and_the_next_build_ends_well(tmp_path: Path, seed: int) -> None:
    kill_once(tmp_path / "index", random.Random(seed))
