"""The reader: a small cross-encoder that finds the answering sentence.

Training (start, vocabulary, mining, batches, model, train, export) needs torch; serving (pairs, onnx) does not.
"""

import hashlib
import json
from importlib.resources import as_file, files

from index.encoder.weights import file_sha256
from index.errors import EncoderError
from index.reader.cross_encoder import cross_encoder_folder, open_cross_encoder
from index.reader.onnx import Reader, Reading, SentenceReading

MODEL, TOKENIZER, FACTS = "reader.onnx", "tokenizer.json", "reader.json"

__all__ = ["Reader", "Reading", "SentenceReading", "cross_encoder_folder", "open_cross_encoder", "open_reader"]


def open_reader() -> Reader:
    """Open the reader that ships with the project.

    Raises:
        EncoderError: Its files are absent, or not the ones that the model card names.
    """
    with as_file(files("index.reader") / "weights") as weights:
        try:
            expected: dict[str, str] = json.loads((weights / FACTS).read_text("utf-8"))["sha256"]
            found = {name: file_sha256(weights / name) for name in expected}
        except OSError as error:
            raise EncoderError(f"the reader is not whole: {error}; reinstall the project") from error
        for name, checksum in expected.items():
            if found[name] != checksum:
                raise EncoderError(
                    f"the reader {weights / name} has sha256 {found[name]}, not {checksum}; reinstall the project"
                )
        fingerprint = hashlib.sha256("".join(expected.values()).encode()).hexdigest()[:16]
        return Reader(weights / MODEL, weights / TOKENIZER, fingerprint)
