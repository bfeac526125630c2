import json
from pathlib import Path

import numpy as np
import pytest

from index.encoder import OnnxEncoder, open_encoder
from index.encoder.base import EncoderSpec
from index.encoder.export import export_encoder
from index.encoder.onnx import export_folder
from index.encoder.probes import COSINE_FLOORS
from index.encoder.weights import file_sha256
from index.errors import EncoderError
from tests.index.encoder.tiny import DIM, MAX_TOKENS

TEXTS = (
    "The valve froze on Thursday.",
    "Why?",
    "",
    "Ångström, 1,500 km — “Tern”",
    "A long text about a probe that flew to the moon and slept there. " * 12,
)


def facts(folder: Path) -> dict[str, object]:
    read: dict[str, object] = json.loads((folder / "export.json").read_text("utf-8"))
    return read


def test_an_export_needs_nothing_else_and_says_what_it_is(
    encoder: OnnxEncoder, spec: EncoderSpec, models_folder: Path
) -> None:
    folder = export_folder(spec, models_folder)
    assert sorted(path.name for path in folder.iterdir()) == [
        "export.json",
        "model.onnx",
        "probes.npy",
        "tokenizer.json",
    ]
    assert list(models_folder.iterdir()) == [folder]
    found = facts(folder)
    assert (found["model"], found["dim"], found["max_tokens"]) == (spec.model, DIM, MAX_TOKENS)
    assert found["sha256"] == {
        name: file_sha256(folder / name) for name in ("model.onnx", "probes.npy", "tokenizer.json")
    }
    assert encoder.dim == DIM


def test_an_export_gives_the_vectors_of_the_original(
    encoder: OnnxEncoder, spec: EncoderSpec, models_folder: Path
) -> None:
    from sentence_transformers import SentenceTransformer

    original = np.asarray(SentenceTransformer(spec.model, device="cpu").encode(list(TEXTS), normalize_embeddings=True))
    cosines = (encoder.encode_passages(TEXTS) * original).sum(axis=1)
    precision = facts(export_folder(spec, models_folder))["precision"]
    assert cosines.min() >= COSINE_FLOORS[str(precision)] - 0.01  # the floors hold for the probes
    between_texts = (original @ original.T)[np.triu_indices(len(TEXTS), 1)]
    assert cosines.min() > between_texts.max()


def test_fp32_is_served_where_int8_strays(spec: EncoderSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(COSINE_FLOORS, "int8", 1.1)
    export_encoder(spec, tmp_path / "export")
    found = facts(tmp_path / "export")
    assert found["precision"] == "fp32"
    assert isinstance(found["worst_cosine"], float)
    assert found["worst_cosine"] >= COSINE_FLOORS["fp32"]


def test_an_export_that_strays_is_refused_and_leaves_nothing(
    spec: EncoderSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(COSINE_FLOORS, "fp32", 1.1)
    with pytest.raises(EncoderError, match=r"differs from the original \(cosine 1\.0000, floor 1\.1\); choose another"):
        export_encoder(spec, tmp_path / "export")
    assert list(tmp_path.iterdir()) == []


def test_a_model_that_is_no_model_is_told(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    with pytest.raises(
        EncoderError, match="cannot load the encoder .*; name a local folder or a model that the hub has"
    ):
        open_encoder(EncoderSpec(str(tmp_path / "model")), tmp_path / "models")
    assert list((tmp_path / "models").iterdir()) == []


def test_a_model_is_exported_once(encoder: OnnxEncoder, spec: EncoderSpec, models_folder: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in models_folder.rglob("*")}
    again = open_encoder(spec, models_folder)
    assert {path: path.stat().st_mtime_ns for path in models_folder.rglob("*")} == before
    assert again.fingerprint == encoder.fingerprint
