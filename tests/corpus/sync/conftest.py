from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.sources import Source
from tests.corpus.news_site import NewsSite, running_news_site
from tests.corpus.sync.following import Follower


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give a sync the time that starting its worker takes on a busy machine."""
    for item in items:
        if "tests/corpus/sync/" in item.path.as_posix() and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(180))


@pytest.fixture
def site() -> Iterator[NewsSite]:
    with running_news_site(4) as site:
        yield site


@pytest.fixture
def follower(site: NewsSite, tmp_path: Path) -> Follower:
    """Return a follower of the site's feed."""
    source = Source("Test News", site.feed_url, publisher="Test News", language="en")
    return Follower(tmp_path, [source], allowed_hosts=frozenset({site.host}))
