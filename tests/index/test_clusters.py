"""Labels: their file, and how many reports are independent."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from corpus import Article
from index.clusters import Clusters, first_published, independent_reports, newest_published
from index.errors import GenerationError

CLUSTERS = Clusters(np.asarray([0, 1, 0, 3], dtype=np.int32), np.asarray([0, 0, 0, 3], dtype=np.int32))
FIRST = Article("b", "", "", "Orbit Gazette", datetime(2031, 3, 3, tzinfo=UTC))
LATER = replace(FIRST, id="a", publisher="Selene Post", published_at=datetime(2031, 3, 4, tzinfo=UTC))
UNDATED = replace(FIRST, id="0", published_at=None)


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    CLUSTERS.save(tmp_path / "clusters.npz")
    loaded = Clusters.load(tmp_path / "clusters.npz")
    assert (loaded.reports.tolist(), loaded.stories.tolist()) == ([0, 1, 0, 3], [0, 0, 0, 3])
    assert loaded.stories.dtype == np.int32


@pytest.mark.parametrize("content", [None, b"", b"PK damaged"])
def test_a_damaged_file_is_told(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "clusters.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(GenerationError, match=r"cannot read .*clusters.npz.*; run `space-news index build`"):
        Clusters.load(path)


def test_the_articles_of_a_story() -> None:
    assert [CLUSTERS.story(number) for number in range(4)] == [[0, 1, 2], [0, 1, 2], [0, 1, 2], [3]]


def test_copies_count_for_who_published_first() -> None:
    """The last of the three copies the first: it is the Gazette's text, wherever it stands."""
    own = replace(LATER, publisher="ORBIT GAZETTE")
    assert independent_reports([(0, FIRST), (1, LATER), (0, replace(FIRST, id="c", publisher="Wire"))]) == 2
    assert independent_reports([(0, FIRST), (1, own)]) == 1
    assert independent_reports([(0, replace(LATER, publisher="Wire")), (1, own), (0, FIRST)]) == 1


def test_orders_put_the_undated_last() -> None:
    assert sorted([UNDATED, LATER, FIRST], key=first_published) == [FIRST, LATER, UNDATED]
    assert sorted([UNDATED, FIRST, LATER], key=newest_published) == [LATER, FIRST, UNDATED]
    assert min([replace(FIRST, id="c"), FIRST], key=first_published) == FIRST
