"""The reader: a small cross-encoder that finds the answering sentence.

Training (mining, unanswerable, model, train, export) needs torch; serving (pairs, onnx) does not.
"""

import json
from importlib.resources import as_file, files

from index.encoder.weights import file_sha256, packaged_file
from index.errors import EncoderError
from index.reader.cross_encoder import cross_encoder_folder, open_cross_encoder
from index.reader.onnx import Reader, Reading, SentenceReading

__all__ = ["Reader", "Reading", "SentenceReading", "cross_encoder_folder", "open_cross_encoder", "open_reader"]


def open_reader() -> Reader:
    """Open the reader that ships with the project.

    Raises:
        EncoderError: Its weights are absent or not the ones that the model card names.
    """
    weights = files("index.reader") / "weights"
    expected = json.loads((weights / "reader.json").read_text("utf-8"))["sha256"]
    with as_file(weights / "reader.onnx") as model:
        found = file_sha256(model)
        if found != expected:
            raise EncoderError(f"the reader {model} has sha256 {found}, not {expected}; reinstall the project")
        return Reader(model, packaged_file("tokenizer.json"), expected[:16])
