from pathlib import Path

import pytest

from index.encoder import OnnxEncoder, open_encoder
from index.encoder.base import EncoderSpec
from tests.index.encoder.tiny import save_tiny_model


@pytest.fixture(scope="session")
def models_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="session")
def spec(tmp_path_factory: pytest.TempPathFactory) -> EncoderSpec:
    folder = tmp_path_factory.mktemp("tiny") / "model"
    save_tiny_model(folder, seed=5)
    return EncoderSpec(str(folder))


@pytest.fixture(scope="session")
def encoder(spec: EncoderSpec, models_folder: Path) -> OnnxEncoder:
    """The tiny model, exported by the same code that exports a model of the hub."""
    return open_encoder(spec, models_folder)
