from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from corpus import Article
from index.errors import GenerationError
from index.facets import Facets

LANDED = datetime(2031, 5, 6, 9, 30, tzinfo=UTC)
ARTICLES = [
    Article("a", "a", "", "Selene Post", LANDED, "en"),
    Article("b", "b", "", "Orbit Gazette", None, ""),
    Article("c", "c", "", "Selene Post", LANDED, "fr"),
]
FACETS = Facets.of(ARTICLES, np.asarray([0, 0, 1, 2], dtype=np.int32))


def test_every_passage_has_the_facets_of_its_article() -> None:
    np.testing.assert_array_equal(FACETS.published_seconds, [LANDED.timestamp()] * 2 + [np.nan, LANDED.timestamp()])
    assert FACETS.published_by(lambda name: name == "Selene Post").tolist() == [True, True, False, True]
    assert FACETS.published_by(lambda name: False).tolist() == [False] * 4
    assert FACETS.in_language(lambda language: language in {"", "fr"}).tolist() == [False, False, True, True]
    assert FACETS.publishers.tolist() == ["Orbit Gazette", "Selene Post"]


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    FACETS.save(tmp_path / "facets.npz")
    loaded = Facets.load(tmp_path / "facets.npz")
    for name in Facets.__slots__:
        np.testing.assert_array_equal(getattr(loaded, name), getattr(FACETS, name))


@pytest.mark.parametrize("content", [None, b"", b"garbage" * 99])
def test_a_damaged_file_is_named(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "facets.npz").write_bytes(content)
    with pytest.raises(GenerationError, match=r"cannot read .*facets\.npz.*space-news index build"):
        Facets.load(tmp_path / "facets.npz")
