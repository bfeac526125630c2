"""Exporting a sentence-transformers model to ONNX, quantising it, and checking what came out.

The only file of the index that imports torch, and it does so inside its functions: asking never comes here.
"""

import json
import logging
import os
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.encoder.base import EncoderSpec
from index.encoder.exports import appearing_whole
from index.encoder.onnx import MODEL, PROBE_VECTORS, TOKENIZER
from index.encoder.probes import COSINE_FLOORS, PROBES
from index.encoder.session import EncoderSession
from index.encoder.weights import PACKAGED_MODEL, file_sha256, packaged_model_folder
from index.errors import EncoderError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

logger = logging.getLogger(__name__)


def export_encoder(spec: EncoderSpec, folder: Path) -> None:
    """Export a model into a folder that appears whole or not at all.

    The folder holds ``model.onnx``, ``tokenizer.json``, the original's vectors of the probes and ``export.json``, and
    needs neither torch nor the model's own files any more. int8 is kept where every probe stays close to the original,
    otherwise fp32.

    Raises:
        EncoderError: The model cannot be loaded, or its export does not give the original's vectors.
    """
    with appearing_whole(folder) as staging:
        _export_into(spec, staging)


def _export_into(spec: EncoderSpec, folder: Path) -> None:
    model = _load(spec)
    tokenizer = getattr(model.tokenizer, "backend_tokenizer", None)
    if tokenizer is None:
        raise EncoderError(f"{spec.model} has no fast tokenizer; choose a model that has a tokenizer.json")
    tokenizer.save(str(folder / TOKENIZER))
    _export_onnx(model, folder / "fp32.onnx")
    quantise(folder / "fp32.onnx", folder / "int8.onnx")
    expected = np.asarray(model.encode(list(PROBES), normalize_embeddings=True), dtype=np.float32)
    max_tokens = int(model.max_seq_length or 256)
    cosines = {name: _worst_cosine(folder, name, max_tokens, expected) for name in ("int8", "fp32")}
    precision = "int8" if cosines["int8"] >= COSINE_FLOORS["int8"] else "fp32"
    if cosines["fp32"] < COSINE_FLOORS["fp32"]:
        raise EncoderError(
            f"the export of {spec.model} differs from the original (cosine {cosines['fp32']:.4f}, "
            f"floor {COSINE_FLOORS['fp32']}); choose another model"
        )
    logger.info("encoder %s serves %s: cosine to the original at least %.4f", spec.model, precision, cosines[precision])
    (folder / f"{precision}.onnx").rename(folder / MODEL)
    (folder / ("fp32.onnx" if precision == "int8" else "int8.onnx")).unlink()
    np.save(folder / PROBE_VECTORS, expected)
    facts = {
        "model": spec.model,
        "precision": precision,
        "max_tokens": max_tokens,
        "dim": int(expected.shape[1]),
        "worst_cosine": round(cosines[precision], 5),
        "sha256": {name: file_sha256(folder / name) for name in (MODEL, TOKENIZER, PROBE_VECTORS)},
    }
    (folder / "export.json").write_text(json.dumps(facts, indent=2, sort_keys=True), "utf-8")


def _load(spec: EncoderSpec) -> "SentenceTransformer":
    name = spec.model
    if name == PACKAGED_MODEL:
        source = str(packaged_model_folder())
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    else:
        source = name
    from sentence_transformers import SentenceTransformer  # takes seconds and hundreds of MB
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # it would draw over ours

    try:
        model: SentenceTransformer = SentenceTransformer(source, device="cpu", revision=spec.revision or None)
    except (OSError, ValueError) as error:
        raise EncoderError(
            f"cannot load the encoder {name!r}: {error}; name a local folder or a model that the hub has"
        ) from error
    model.eval()
    return model


def _export_onnx(model: "SentenceTransformer", path: Path) -> None:
    import torch

    class Embedding(torch.nn.Module):
        def __init__(self, inner: "SentenceTransformer") -> None:
            super().__init__()
            self.inner = inner

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            features = {"input_ids": input_ids, "attention_mask": attention_mask}
            embedding: torch.Tensor = self.inner(features)["sentence_embedding"]
            return embedding

    ids = torch.tensor([[101, 2054, 2003, 102], [101, 2040, 102, 0]])
    axes = {"input_ids": {0: "batch", 1: "tokens"}, "attention_mask": {0: "batch", 1: "tokens"}}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracer warns of shapes that the fidelity check covers
        torch.onnx.export(
            Embedding(model),
            (ids, (ids != 0).long()),
            str(path),
            input_names=list(axes),
            output_names=["embedding"],
            dynamic_axes={**axes, "embedding": {0: "batch"}},
            opset_version=17,
            dynamo=False,
        )


def quantise(
    source: Path, target: Path, *, reduce_range: bool = False, operators: tuple[str, ...] | None = None
) -> None:
    """Quantise an ONNX model: int8 weights a channel, activations scaled as they come.

    Args:
        source: The model.
        target: Where the small one is written.
        reduce_range: Whether weights have seven bits.
        operators: The operators whose weights are quantised; all that can be, if left out.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    level = logging.root.level
    logging.root.setLevel(logging.ERROR)  # it advises pre-processing on the root logger
    try:
        quantize_dynamic(
            str(source),
            str(target),
            op_types_to_quantize=operators,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=reduce_range,
        )
    finally:
        logging.root.setLevel(level)


def _worst_cosine(folder: Path, name: str, max_tokens: int, expected: np.ndarray) -> float:
    session = EncoderSession(folder / f"{name}.onnx", folder / TOKENIZER, max_tokens)
    found = np.stack([session.encode(text) for text in PROBES])
    return float((found * expected).sum(axis=1).min())
