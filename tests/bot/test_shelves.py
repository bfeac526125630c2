"""Which shelf the settings name, and what it needs to be installed."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.shelves import open_shelf
from index.engine.local_shelf import LocalShelf
from index.engine.milvus.shelf import MilvusShelf
from index.errors import EngineError


def test_without_an_address_the_data_folder_answers_and_nothing_of_milvus_is_imported() -> None:
    program = (
        "import sys; from pathlib import Path; from bot.service import Service; from bot.settings import Settings; "
        "shelf = Service(Settings()).shelf; print(type(shelf).__name__, {'pymilvus', 'grpc'} & set(sys.modules))"
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=50)
    assert shown.stdout == "LocalShelf set()\n"


def test_an_address_names_a_milvus_and_connects_to_nothing(tmp_path: Path) -> None:
    shelf = open_shelf(Settings(milvus_uri="http://127.0.0.1:1"), tmp_path)
    assert isinstance(shelf, MilvusShelf)
    assert not shelf.is_own
    assert isinstance(open_shelf(Settings(), tmp_path), LocalShelf)


def test_without_the_client_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in sys.modules if name.startswith("index.engine.milvus.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pymilvus", None)
    with pytest.raises(EngineError) as caught:
        open_shelf(Settings(milvus_uri="http://127.0.0.1:1"), tmp_path)
    assert str(caught.value).startswith("SPACE_NEWS_MILVUS_URI is set, but the client of Milvus is not installed")
    assert str(caught.value).endswith("run `pip install 'space-news-bot[milvus]'`")
