"""Another cross-encoder to judge relevance by, named in the settings.

Owns the export of a sentence-transformers cross-encoder to ONNX, once for each model, and serving it. It says how
relevant a passage is; which words answer still comes from the project's own reader. Torch is imported inside the
export only.
"""

import hashlib
import json
import logging
import math
import shutil
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from tokenizers import Tokenizer

from index.encoder.export import quantise
from index.encoder.exports import appearing_whole, folder_of, model_identity
from index.encoder.session import open_session
from index.encoder.weights import file_sha256
from index.errors import EncoderError
from index.reader.pairs import MAX_TOKENS

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder as Original

logger = logging.getLogger(__name__)

INT8_LOGIT_TOLERANCE = 0.5
"""Beyond this difference from the original (worst probe) int8 is not served."""
FP32_LOGIT_TOLERANCE = 0.01

PROBES = (
    ("Who raised the station's orbit?", "A cargo ship raised the orbit of the station on Saturday."),
    ("When did the probe land?", "The probe touched down on Feb. 18, 2021, after a cruise of seven months."),
    ("How many moons were found?", "The capital has two rivers and four bridges."),
    ("eta at the pad", "The rocket rolled out at dawn; it is due at the pad by 9 a.m."),
)


class CrossEncoder:
    """An exported cross-encoder; safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        """Open an export.

        Raises:
            EncoderError: The export is damaged.
        """
        try:
            facts = json.loads((folder / "export.json").read_text("utf-8"))
            self._inputs: list[str] = facts["inputs"]
            self.fingerprint = hashlib.sha256(json.dumps(facts["sha256"]).encode()).hexdigest()[:16]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise EncoderError(f"the cross-encoder in {folder} is damaged ({error}); delete that folder") from error
        self._session = open_session(folder / "model.onnx")
        self._tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS, strategy="only_second")

    def relevance(self, question: str, text: str) -> float:
        """Return the logit that a text answers a question."""
        encoding = self._tokenizer.encode(question, text)
        arrays = {
            "input_ids": encoding.ids,
            "attention_mask": encoding.attention_mask,
            "token_type_ids": encoding.type_ids,
        }
        feeds = {name: np.asarray([arrays[name]], dtype=np.int64) for name in self._inputs}
        (logits,) = self._session.run(None, feeds)
        return float(np.asarray(logits).reshape(-1)[0])


def cross_encoder_folder(name: str, models: Path) -> Path:
    """Return where the export of a model stands, whether it was made or not."""
    return folder_of("cross-encoder", model_identity(name), models)


def open_cross_encoder(name: str, models: Path) -> CrossEncoder:
    """Open a cross-encoder, exporting it first where that was not done yet.

    Args:
        name: The name of a model on the hub, or a local folder.
        models: Where exports are kept.

    Raises:
        EncoderError: The model cannot be loaded, gives more than one score, or is not exported faithfully.
    """
    folder = cross_encoder_folder(name, models)
    if not folder.exists():
        with appearing_whole(folder) as staging:
            _export_into(name, staging)
    return CrossEncoder(folder)


def _export_into(name: str, folder: Path) -> None:
    original = _load(name)
    backend = getattr(original.tokenizer, "backend_tokenizer", None)
    if backend is None:
        raise EncoderError(f"{name} has no fast tokenizer; choose a cross-encoder that has a tokenizer.json")
    backend.save(str(folder / "tokenizer.json"))
    inputs = _export_onnx(original, folder / "fp32.onnx")
    quantise(folder / "fp32.onnx", folder / "int8.onnx", reduce_range=True)
    expected = _original_logits(original)
    for precision, tolerance in (("int8", INT8_LOGIT_TOLERANCE), ("fp32", FP32_LOGIT_TOLERANCE)):
        shutil.copyfile(folder / f"{precision}.onnx", folder / "model.onnx")
        facts = {
            "model": name,
            "precision": precision,
            "inputs": inputs,
            "sha256": {file: file_sha256(folder / file) for file in ("model.onnx", "tokenizer.json")},
        }
        (folder / "export.json").write_text(json.dumps(facts, indent=2, sort_keys=True), "utf-8")
        served = CrossEncoder(folder)
        worst = max(abs(served.relevance(*pair) - logit) for pair, logit in zip(PROBES, expected, strict=True))
        if worst <= tolerance:
            logger.info("cross-encoder %s serves %s: logits within %.3f of the original", name, precision, worst)
            break
    else:
        raise EncoderError(f"the export of {name} differs from the original by {worst:.3f}; choose another model")
    for scratch in ("fp32.onnx", "int8.onnx"):
        (folder / scratch).unlink()


def _load(name: str) -> "Original":
    from sentence_transformers import CrossEncoder as Loaded  # takes seconds and hundreds of MB
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # it would draw over ours
    try:
        original: Original = Loaded(name, device="cpu")
    except (OSError, ValueError) as error:
        raise EncoderError(
            f"cannot load the cross-encoder {name!r}: {error}; name a local folder or a model that the hub has"
        ) from error
    if original.num_labels != 1:
        raise EncoderError(
            f"the cross-encoder {name!r} gives {original.num_labels} scores for a pair; choose one that gives one"
        )
    original.eval()
    return original


def _original_logits(original: "Original") -> list[float]:
    import torch

    scores = original.predict(list(PROBES), activation_fn=torch.nn.Identity())
    logits = [float(score) for score in scores]
    if not all(map(math.isfinite, logits)):
        raise EncoderError("the cross-encoder gives scores that are no numbers; choose another model")
    return logits


def _export_onnx(original: "Original", path: Path) -> list[str]:
    import torch

    tokens = original.tokenizer([pair[0] for pair in PROBES[:2]], [pair[1] for pair in PROBES[:2]], padding=True)
    inputs = [name for name in ("input_ids", "attention_mask", "token_type_ids") if name in tokens]

    class Logits(torch.nn.Module):
        def __init__(self, inner: Callable[..., Any]) -> None:
            super().__init__()
            self.inner = inner

        def forward(self, *arrays: torch.Tensor) -> torch.Tensor:
            logits: torch.Tensor = self.inner(**dict(zip(inputs, arrays, strict=True))).logits
            return logits

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracer warns of shapes that the comparison covers
        torch.onnx.export(
            Logits(cast("Callable[..., Any]", original.model)),  # optional in its stub only
            tuple(torch.tensor(tokens[name]) for name in inputs),
            str(path),
            input_names=inputs,
            output_names=["logits"],
            dynamic_axes={name: {0: "batch", 1: "tokens"} for name in inputs} | {"logits": {0: "batch"}},
            opset_version=17,
            dynamo=False,
        )
    return inputs
