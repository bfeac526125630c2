"""One ONNX model with its tokenizer, one text at a time.

One text at a time on purpose: dynamic int8 quantisation scales activations over the whole batch, so in a batch the
vector of a text would depend on its neighbours (measured: up to 0.03 in a component). Alone it is a pure function of
the text, and without padding it is no slower.
"""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from index.errors import EncoderError


def open_session(path: Path) -> onnxruntime.InferenceSession:
    """Open an ONNX model for one thread; callers use several threads, each with its own input."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime raises classes of its own without a public base
        raise EncoderError(f"cannot load {path}: {error}; delete its folder and build again") from error


class EncoderSession:
    """Tokenises and encodes; safe to call from several threads at once."""

    def __init__(self, model: Path, tokenizer: Path, max_tokens: int) -> None:
        self._session = open_session(model)
        try:
            self._tokenizer = Tokenizer.from_file(str(tokenizer))
        except Exception as error:  # the library raises plain Exception
            raise EncoderError(f"cannot load {tokenizer}: {error}; delete its folder and build again") from error
        self._tokenizer.enable_truncation(max_tokens)
        self._tokenizer.no_padding()

    def encode(self, text: str) -> npt.NDArray[np.float32]:
        """Return float32, (dim,), of unit length."""
        ids = np.asarray([self._tokenizer.encode(text).ids], dtype=np.int64)
        (batch,) = self._session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})
        vector = np.asarray(batch, dtype=np.float32)[0]
        unit: npt.NDArray[np.float32] = vector / np.float32(max(float(np.linalg.norm(vector)), 1e-12))
        return unit
