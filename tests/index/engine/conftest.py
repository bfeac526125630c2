from collections.abc import Iterator

import pytest

from tests.index.engine.lite import Lite


@pytest.fixture
def lite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lite]:
    with Lite(tmp_path_factory.mktemp("milvus")) as server:
        yield server
