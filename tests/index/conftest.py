from pathlib import Path

import pytest

from index.generation import Generation
from index.lexicon import Lexicon, load_lexicon
from tests.index.fakes import FakeEncoder
from tests.index.texts import CORPUS, LEXICON, opened


@pytest.fixture(scope="session")
def lexicon(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    path = tmp_path_factory.mktemp("lexicon") / "aliases.toml"
    path.write_text(LEXICON, "utf-8")
    return load_lexicon(path)


@pytest.fixture(scope="session")
def index_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("index")


@pytest.fixture(scope="session")
def generation(index_folder: Path, lexicon: Lexicon) -> Generation:
    """The small corpus, indexed; its passages are those of fuelling, future, landing and reboost, in this order."""
    return opened(CORPUS, index_folder, encoder=FakeEncoder(), lexicon=lexicon)
