import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.encoder import Encoder, OnnxEncoder
from index.encoder.base import EncoderIdentity, EncoderSpec
from index.encoder.onnx import PROGRESS_EVERY, export_folder
from index.encoder.probes import COSINE_FLOORS
from index.encoder.weights import PACKAGED_MODEL, file_sha256
from index.errors import EncoderError

TEXTS = [f"Probe number {number} flew {'far ' * (number % 7)}away." for number in range(PROGRESS_EVERY + 3)]


@pytest.fixture
def copied(encoder: OnnxEncoder, spec: EncoderSpec, models_folder: Path, tmp_path: Path) -> Path:
    """An export that may be damaged."""
    assert encoder.dim
    return Path(shutil.copytree(export_folder(spec, models_folder), tmp_path / "export"))


def test_vectors_are_of_unit_length(encoder: Encoder) -> None:
    rows = encoder.encode_passages(TEXTS)
    assert rows.dtype == np.float32
    assert rows.shape == (len(TEXTS), encoder.dim)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, rtol=1e-5)
    assert encoder.encode_passages([]).shape == (0, encoder.dim)


def test_a_vector_does_not_depend_on_its_neighbours(encoder: OnnxEncoder) -> None:
    rows = encoder.encode_passages(TEXTS)
    assert encoder.encode_passages(TEXTS[::-1])[::-1].tolist() == rows.tolist()
    for number in (0, 5, len(TEXTS) - 1):
        assert encoder.encode_passages([TEXTS[number]])[0].tolist() == rows[number].tolist()
        assert encoder.encode_question(TEXTS[number]).tolist() == rows[number].tolist()


def test_progress_is_told(encoder: OnnxEncoder) -> None:
    told: list[int] = []
    encoder.encode_passages(TEXTS, told.append)
    assert told == [PROGRESS_EVERY, len(TEXTS)]


def test_prefixes_are_put_before_questions_and_passages(encoder: OnnxEncoder, spec: EncoderSpec, copied: Path) -> None:
    prefixed = OnnxEncoder(replace(spec, query_prefix="query: ", passage_prefix="passage: "), copied)
    assert prefixed.encode_question("It flew.").tolist() == encoder.encode_question("query: It flew.").tolist()
    assert prefixed.encode_passages(["It flew."])[0].tolist() == encoder.encode_question("passage: It flew.").tolist()


def test_the_fingerprint_follows_weights_and_prefixes(encoder: OnnxEncoder, spec: EncoderSpec, copied: Path) -> None:
    assert OnnxEncoder(spec, copied).fingerprint == encoder.fingerprint
    specs = [replace(spec, query_prefix="q"), replace(spec, passage_prefix="q"), replace(spec, query_prefix="qq")]
    prints = [OnnxEncoder(one, copied).fingerprint for one in specs]
    facts = json.loads((copied / "export.json").read_text("utf-8"))
    for change in ({"max_tokens": facts["max_tokens"] - 1}, {"precision": "other"}):
        (copied / "export.json").write_text(json.dumps(facts | change), "utf-8")
        prints.append(OnnxEncoder(spec, copied).fingerprint)
    assert len({encoder.fingerprint, *prints}) == 6


def test_an_identity_tells_what_sets_another_apart() -> None:
    one = EncoderIdentity("a" * 64, "b" * 64, "int8", 256, "", "")
    assert one.differences(one) == ""
    weights = "weights (another model, revision or quantisation)"
    others = {
        f"{weights} 'aaaaaaaaaaaaaaaa', now 'cccccccccccccccc'": {"weights": "c" * 64},
        "precision 'int8', now 'fp32'": {"precision": "fp32"},
        "longest text in tokens 256, now 512": {"max_tokens": 512},
        "prompt for questions '', now 'query: '": {"query_prefix": "query: "},
        "prompt for passages '', now 'passage: '": {"passage_prefix": "passage: "},
    }
    for expected, change in others.items():
        other = replace(one, **change)  # type: ignore[arg-type]
        assert one.differences(other) == expected
        assert one.fingerprint != other.fingerprint


@pytest.mark.parametrize("content", [None, "", "[]", "{}", '{"dim": "many"}'])
def test_damaged_facts_are_told(spec: EncoderSpec, copied: Path, content: str | None) -> None:
    (copied / "export.json").unlink()
    if content is not None:
        (copied / "export.json").write_text(content, "utf-8")
    with pytest.raises(EncoderError, match=r"the encoder export in .*export is damaged \(.*\); delete that folder"):
        OnnxEncoder(spec, copied)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "probes.npy"])
@pytest.mark.parametrize("content", [None, b"", b"garbage"])
def test_an_altered_file_is_told(spec: EncoderSpec, copied: Path, name: str, content: bytes | None) -> None:
    (copied / name).unlink()
    if content is not None:
        (copied / name).write_bytes(content)
    with pytest.raises(EncoderError, match=rf"{name}.*delete that folder"):
        OnnxEncoder(spec, copied)


def test_another_quantisation_in_the_same_place_is_told(spec: EncoderSpec, copied: Path) -> None:
    model = (copied / "model.onnx").read_bytes()
    (copied / "model.onnx").write_bytes(model[:-1] + bytes([model[-1] ^ 1]))
    with pytest.raises(EncoderError, match=r"model\.onnx was altered: sha256 .*, exported as .*; delete that folder"):
        OnnxEncoder(spec, copied)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_file_that_was_damaged_before_it_was_measured_is_told(spec: EncoderSpec, copied: Path, name: str) -> None:
    facts = json.loads((copied / "export.json").read_text("utf-8"))
    (copied / name).write_bytes(b"garbage")
    facts["sha256"][name] = file_sha256(copied / name)
    (copied / "export.json").write_text(json.dumps(facts), "utf-8")
    with pytest.raises(EncoderError, match=f"cannot load .*{name}: .*; delete its folder and build again"):
        OnnxEncoder(spec, copied)


def test_it_is_near_its_original(encoder: OnnxEncoder) -> None:
    fidelity = encoder.fidelity()
    assert fidelity.floor == COSINE_FLOORS[encoder.identity.precision]
    assert fidelity.floor <= fidelity.cosine <= 1.0001


def test_every_model_has_a_folder_of_its_own(tmp_path: Path) -> None:
    names = ["", PACKAGED_MODEL, "some/model", "some/Model"]
    folders = [export_folder(EncoderSpec(name), tmp_path) for name in names]
    assert len(set(folders)) == len(names)
    assert all(folder.parent == tmp_path for folder in folders)
    assert export_folder(EncoderSpec("m", query_prefix="q"), tmp_path) == export_folder(EncoderSpec("m"), tmp_path)
