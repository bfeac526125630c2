from pathlib import Path

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer

from index.errors import EncoderError
from index.reader import TOKENIZER
from index.reader.batches import Material
from index.reader.export import export_reader
from index.reader.model import WEIGHTS, WIDTH, PackedEmbedding, ReaderModel, pack
from index.reader.onnx import Reader
from index.reader.pairs import encode_pair, open_tokenizer
from index.reader.recipe import RECIPES
from index.reader.start import read_exported
from index.reader.train import start
from index.reader.vocabulary import frequent_tokens, with_vocabulary
from tests.index.reader.test_onnx import FOUND

LAYERS = 2


@pytest.fixture
def trained(tmp_path: Path, tokenizer: Tokenizer) -> Path:
    """Return a folder as training leaves it: untrained weights, and a small vocabulary."""
    tokens = frequent_tokens(tokenizer, [(FOUND.text, 1.0)], 500)
    with_vocabulary(tokenizer, tokens).save(str(tmp_path / TOKENIZER))
    torch.manual_seed(1)
    model = ReaderModel(len(tokens), LAYERS)
    for weights in model.parameters():  # the exporter would store equal ones once
        weights.data += 0.01 * torch.randn_like(weights)
    words = model.encoder.embeddings.word_embeddings
    codes, scales = pack(np.random.default_rng(1).normal(size=(len(tokens), WIDTH)).astype(np.float32))
    words.codes, words.scales = torch.from_numpy(codes), torch.from_numpy(scales)
    torch.save(model.state_dict(), tmp_path / WEIGHTS)
    return tmp_path


def test_packed_embeddings_are_close_to_the_original() -> None:
    original = np.random.default_rng(7).normal(size=(50, 32)).astype(np.float32)
    codes, scales = pack(original)
    assert codes.nbytes == original.nbytes / 8
    packed = PackedEmbedding(50, 32)
    packed.codes, packed.scales = torch.from_numpy(codes), torch.from_numpy(scales)
    found = packed(torch.arange(50)).numpy()
    assert np.square(found - original).sum() / np.square(original).sum() < 0.02


def test_packing_nothing_gives_nothing() -> None:
    codes, scales = pack(np.zeros((1, 4), dtype=np.float32))
    packed = PackedEmbedding(1, 4)
    packed.codes, packed.scales = torch.from_numpy(codes), torch.from_numpy(scales)
    assert packed(torch.tensor([0])).abs().max() < 1e-6


def test_the_lowest_layers_and_the_embeddings_can_be_left_as_they_are() -> None:
    model = ReaderModel(10, LAYERS)
    model.freeze(1)
    moving = {name for name, weights in model.named_parameters() if weights.requires_grad}
    assert not any("embeddings" in name or "layer.0." in name for name in moving)
    assert any("layer.1." in name for name in moving)
    assert {"relevance.weight", "span.weight"} <= moving


def test_what_is_exported_reads_as_the_original_does(trained: Path, tmp_path: Path) -> None:
    facts = export_reader(trained, tmp_path / "out")
    assert set(facts["sha256"]) == {"reader.onnx", "tokenizer.json"}  # type: ignore[call-overload]
    assert facts["worst_logit_difference"] < 0.1  # type: ignore[operator]
    (reading,) = Reader(tmp_path / "out" / "reader.onnx", tmp_path / "out" / TOKENIZER, "x").read([("Who?", FOUND)])
    pair = encode_pair(
        open_tokenizer(str(trained / TOKENIZER)),
        "Who?",
        FOUND.article.title,
        FOUND.passage.span.of(FOUND.text),
    )
    ids, types = torch.tensor([pair.ids]), torch.tensor([pair.types])
    with torch.no_grad():
        relevance, _, _ = ReaderModel.open(trained / WEIGHTS).eval()(ids, torch.ones_like(ids), types)
    assert reading.relevance == pytest.approx(relevance.item(), abs=0.1)


def test_what_was_exported_can_be_trained_on(trained: Path, tmp_path: Path) -> None:
    export_reader(trained, tmp_path / "out")
    work = tmp_path / "work"
    work.mkdir()
    nothing = Material([], [])
    again = start(tmp_path / "out", (nothing, nothing), RECIPES["second"], work).state_dict()
    original = ReaderModel.open(trained / WEIGHTS).state_dict()
    assert set(again) == set(original)
    for name, weights in original.items():
        assert again[name].dtype == weights.dtype
        assert (again[name].float() - weights.float()).abs().max() <= 0.02 * weights.float().abs().max(), name
    assert (work / TOKENIZER).read_bytes() == (trained / TOKENIZER).read_bytes()


def test_an_export_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "reader.onnx").write_bytes(b"no model")
    for folder in (tmp_path, tmp_path / "absent"):
        with pytest.raises(EncoderError, match=r"cannot read the reader .*weights/README\.md"):
            read_exported(folder / "reader.onnx")
