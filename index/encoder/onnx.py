"""Serving an exported encoder with ONNX Runtime: no torch, a tenth of a second to load."""

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from index.encoder.base import EncoderSpec, Vectors
from index.encoder.exports import folder_of, model_identity
from index.encoder.session import EncoderSession
from index.encoder.weights import PACKAGED_MODEL, PACKAGED_SHA256
from index.errors import EncoderError

PROGRESS_EVERY = 64


class OnnxEncoder:
    """An exported encoder."""

    def __init__(self, spec: EncoderSpec, folder: Path) -> None:
        """Open an export.

        Raises:
            EncoderError: The export is damaged.
        """
        try:
            facts = json.loads((folder / "export.json").read_text("utf-8"))
            self._dim, max_tokens = int(facts["dim"]), int(facts["max_tokens"])
            identity = json.dumps([facts["sha256"], facts["precision"], spec.query_prefix, spec.passage_prefix])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise EncoderError(f"the encoder export in {folder} is damaged ({error}); delete that folder") from error
        self._spec = spec
        self._fingerprint = hashlib.sha256(identity.encode()).hexdigest()[:16]
        self._session = EncoderSession(folder / "model.onnx", folder / "tokenizer.json", max_tokens)

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self._dim

    @property
    def fingerprint(self) -> str:
        """Names weights, precision and prompts."""
        return self._fingerprint

    def encode_question(self, text: str) -> Vectors:
        """Return float32, (dim,), of unit length."""
        return self._session.encode(self._spec.query_prefix + text)

    def encode_passages(self, texts: Sequence[str], on_progress: Callable[[int], None] | None = None) -> Vectors:
        """Return float32, (n_texts, dim), rows of unit length; ``on_progress`` is told how many are done."""
        vectors = np.empty((len(texts), self._dim), dtype=np.float32)
        prefixed = (self._spec.passage_prefix + text for text in texts)
        with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:  # ONNX Runtime leaves the interpreter lock
            for row, vector in enumerate(pool.map(self._session.encode, prefixed)):
                vectors[row] = vector
                if on_progress and ((row + 1) % PROGRESS_EVERY == 0 or row + 1 == len(texts)):
                    on_progress(row + 1)
        return vectors


def export_folder(spec: EncoderSpec, models_folder: Path) -> Path:
    """Return where the export of a model stands; for the packaged model the name holds its checksum."""
    identity = PACKAGED_SHA256 if spec.model == PACKAGED_MODEL else model_identity(spec.model)
    return folder_of("encoder", identity, models_folder)


def open_encoder(spec: EncoderSpec, models_folder: Path) -> OnnxEncoder:
    """Open the export of a model, exporting it first where that has not been done.

    Raises:
        EncoderError: The model cannot be loaded, exported or opened.
    """
    folder = export_folder(spec, models_folder)
    if not folder.exists():
        from index.encoder.export import export_encoder  # brings torch in, once

        export_encoder(spec, folder)
    return OnnxEncoder(spec, folder)
