"""Serving an exported encoder with ONNX Runtime: no torch, a tenth of a second to load."""

import json
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from index.encoder.base import EncoderIdentity, EncoderSpec, Fidelity, Vectors
from index.encoder.exports import folder_of, model_identity
from index.encoder.probes import COSINE_FLOORS, PROBES
from index.encoder.session import EncoderSession
from index.encoder.weights import PACKAGED_MODEL, PACKAGED_SHA256, file_sha256
from index.errors import EncoderError

LAYOUT = 2
"""Of an export; another one is made anew."""
MODEL, TOKENIZER, PROBE_VECTORS = "model.onnx", "tokenizer.json", "probes.npy"
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
            self._dim = int(facts["dim"])
            self._identity = EncoderIdentity(
                weights=facts["sha256"][MODEL],
                tokenizer=facts["sha256"][TOKENIZER],
                precision=facts["precision"],
                max_tokens=int(facts["max_tokens"]),
                query_prefix=spec.query_prefix,
                passage_prefix=spec.passage_prefix,
            )
            found = {name: file_sha256(folder / name) for name in (MODEL, TOKENIZER, PROBE_VECTORS)}
            expected = dict(facts["sha256"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise EncoderError(f"the encoder export in {folder} is damaged ({error}); delete that folder") from error
        for name in found:
            if found[name] != expected.get(name):
                raise EncoderError(
                    f"{folder / name} was altered: sha256 {found[name]}, exported as {expected.get(name)}; "
                    "delete that folder"
                )
        self._folder = folder
        self._spec = spec
        self._session = EncoderSession(folder / MODEL, folder / TOKENIZER, self._identity.max_tokens)

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self._dim

    @property
    def identity(self) -> EncoderIdentity:
        """What its vectors depend on."""
        return self._identity

    @property
    def fingerprint(self) -> str:
        """Names the identity."""
        return self._identity.fingerprint

    def fidelity(self) -> Fidelity:
        """Encode the probes and compare them with the original's vectors, which the export kept."""
        original = np.load(self._folder / PROBE_VECTORS)
        cosines = [float(self._session.encode(text) @ row) for text, row in zip(PROBES, original, strict=True)]
        return Fidelity(min(cosines), COSINE_FLOORS[self._identity.precision])

    def encode_question(self, text: str) -> Vectors:
        """Return float32, (dim,), of unit length."""
        return self._session.encode(self._spec.query_prefix + text)

    def encode_passages(self, texts: Sequence[str], on_progress: Callable[[int], None] | None = None) -> Vectors:
        """Return float32, (n_texts, dim), rows of unit length; ``on_progress`` is told how many are done."""
        vectors = np.empty((len(texts), self._dim), dtype=np.float32)
        prefixed = (self._spec.passage_prefix + text for text in texts)
        with ThreadPoolExecutor(max_workers=_n_cores()) as pool:  # ONNX Runtime leaves the interpreter lock
            for row, vector in enumerate(pool.map(self._session.encode, prefixed)):
                vectors[row] = vector
                if on_progress and ((row + 1) % PROGRESS_EVERY == 0 or row + 1 == len(texts)):
                    on_progress(row + 1)
        return vectors


def _n_cores() -> int:
    """Return how many cores this process may use; a container may have fewer than the machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def export_folder(spec: EncoderSpec, models_folder: Path) -> Path:
    """Return where the export of a model stands; for the packaged model the name holds its checksum."""
    identity = PACKAGED_SHA256 if spec.model == PACKAGED_MODEL else f"{model_identity(spec.model)} {spec.revision}"
    return folder_of("encoder", f"{LAYOUT} {identity}", models_folder)


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
