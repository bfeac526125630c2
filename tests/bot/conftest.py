"""A data folder with our own articles, indexed once."""

import shutil
from pathlib import Path

import pytest

from bot.service import Service
from bot.settings import Settings
from corpus.reading import read_source
from corpus.reading.failure import ReadFailure
from index.build import Progress
from tests.bot.articles import INDEXED, json_lines


def no_progress(_: Progress) -> None:
    """Draw nothing."""


@pytest.fixture(scope="session")
def indexed_folder(models_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with our own articles, indexed; to be copied, never changed."""
    folder = tmp_path_factory.mktemp("indexed")
    (folder / "data").mkdir()
    (folder / "data" / "models").symlink_to(models_folder)
    articles = folder / "articles.jsonl"
    articles.write_text(json_lines(*INDEXED), "utf-8")
    service = Service(Settings(data_dir=folder / "data", starter_corpus=False))
    with service.open_store() as store:
        store.add_many(draft for draft in read_source(articles) if not isinstance(draft, ReadFailure))
    service.rebuild(no_progress)
    return folder / "data"


@pytest.fixture
def data_dir(indexed_folder: Path, tmp_path: Path) -> Path:
    """Return a copy of the indexed folder that a test may change."""
    return Path(shutil.copytree(indexed_folder, tmp_path / "data", symlinks=True))


@pytest.fixture
def empty_data_dir(models_folder: Path, tmp_path: Path) -> Path:
    """Return a folder that holds nothing but the exported encoder."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "models").symlink_to(models_folder)
    return folder
