import shutil
from pathlib import Path

import pytest

from corpus import Article, Passage, Span
from index.encoder.weights import packaged_file
from index.errors import EncoderError
from index.generation import Found
from index.reader import Reader
from index.reader.cross_encoder import PROBES, CrossEncoder, open_cross_encoder

TEXT = "The probe landed on Monday. Its twin left on Tuesday."


def save_tiny_cross_encoder(folder: Path, *, labels: int = 1) -> None:
    """Write a cross-encoder of our own as one from the hub lies on disk: random weights, the packaged vocabulary."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification

    torch.manual_seed(3)
    config = BertConfig(
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=256,
        initializer_range=0.3,  # enough for texts to differ
    )
    config.num_labels = labels
    BertForSequenceClassification(config).save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.txt"):
        shutil.copy(packaged_file(name), folder)


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hub") / "cross-encoder"
    save_tiny_cross_encoder(folder)
    return folder


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="module")
def cross_encoder(local: Path, models: Path) -> CrossEncoder:
    return open_cross_encoder(str(local), models)


def test_it_gives_the_logits_of_the_original(cross_encoder: CrossEncoder, local: Path) -> None:
    import torch
    from sentence_transformers import CrossEncoder as Original

    expected = Original(str(local), device="cpu").predict(list(PROBES), activation_fn=torch.nn.Identity())
    found = [cross_encoder.relevance(*pair) for pair in PROBES]
    assert found == pytest.approx([float(logit) for logit in expected], abs=0.5)
    assert len({round(logit, 3) for logit in found}) == len(PROBES)


def test_it_is_exported_once(cross_encoder: CrossEncoder, local: Path, models: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in models.rglob("*")}
    assert open_cross_encoder(str(local), models).fingerprint == cross_encoder.fingerprint
    assert {path: path.stat().st_mtime_ns for path in models.rglob("*")} == before


def test_the_reader_takes_relevance_from_it_and_the_words_from_itself(
    cross_encoder: CrossEncoder, reader: Reader
) -> None:
    article = Article("a", "a", "A landing", "", None)
    passage = Passage("a", 1, Span(0, len(TEXT)), (Span(0, 27), Span(28, len(TEXT))))
    found = Found(0, passage, article, TEXT)
    both = reader.with_relevance_from(cross_encoder)
    (alone,), (reading,) = (
        reader.read([("when did the probe land", found)]),
        both.read([("when did the probe land", found)]),
    )
    assert reading.relevance == cross_encoder.relevance("when did the probe land", found.searched_text)
    assert reading.relevance != alone.relevance
    assert reading.sentences == alone.sentences
    assert both.fingerprint != reader.fingerprint


def test_a_model_with_several_scores_is_refused(tmp_path: Path) -> None:
    save_tiny_cross_encoder(tmp_path / "model", labels=3)
    with pytest.raises(EncoderError, match="gives 3 scores for a pair; choose one that gives one"):
        open_cross_encoder(str(tmp_path / "model"), tmp_path / "models")
    assert list((tmp_path / "models").iterdir()) == []


def test_a_model_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    with pytest.raises(EncoderError, match="cannot load the cross-encoder"):
        open_cross_encoder(str(tmp_path / "model"), tmp_path / "models")


def test_a_damaged_export_is_told(local: Path, tmp_path: Path) -> None:
    open_cross_encoder(str(local), tmp_path)
    (folder,) = tmp_path.iterdir()
    (folder / "export.json").write_text("{", "utf-8")
    with pytest.raises(EncoderError, match="is damaged .* delete that folder"):
        open_cross_encoder(str(local), tmp_path)
