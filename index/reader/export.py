"""Exporting trained weights: ``python -m index.reader.export --work FOLDER --out FOLDER``.

Writes the int8 model that ships with the project, and its tokenizer, after comparing it with the torch original.
"""

import argparse
import json
import shutil
import tempfile
import warnings
from pathlib import Path

import numpy as np
import torch

from index.encoder.export import quantise
from index.encoder.session import open_session
from index.encoder.weights import file_sha256
from index.reader import FACTS, MODEL, TOKENIZER
from index.reader.model import WEIGHTS, ReaderModel
from index.reader.pairs import encode_pair, open_tokenizer

INPUTS = ("input_ids", "attention_mask", "token_type_ids")
OUTPUTS = ("relevance", "starts", "ends")

PROBES = (
    ("Who raised the station's orbit?", "Reboost", "A cargo ship raised the orbit of the station on Saturday."),
    ("When did the probe land?", "", "The probe touched down on Feb. 18, 2021, after a cruise of seven months."),
    ("How many moons were found?", "Survey", "The survey ended early. No images were returned after the fault."),
)


def export_reader(work: Path, folder: Path) -> dict[str, object]:
    """Export trained weights to int8 ONNX.

    Args:
        work: Where they and their tokenizer were written.
        folder: Where the product goes.

    Returns:
        Facts for the model card: checksums, size, and the largest difference of a relevance logit on the probes.
    """
    model = ReaderModel.open(work / WEIGHTS).eval()
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(work / TOKENIZER, folder / TOKENIZER)
    with tempfile.TemporaryDirectory() as scratch:
        full, small = Path(scratch, "fp32.onnx"), Path(scratch, "int8.onnx")
        _export_onnx(model, full)
        # Seven bits, because nobody checks it where it serves: eight would saturate on x86 without VNNI. The word
        # embeddings are small already, and looking up their scales is not to be rounded.
        quantise(full, small, reduce_range=True, operators=("MatMul",))
        shutil.copyfile(small, folder / MODEL)
    return {
        "sha256": {name: file_sha256(folder / name) for name in (MODEL, TOKENIZER)},
        "bytes": (folder / MODEL).stat().st_size,
        "worst_logit_difference": round(_worst_difference(model, folder), 3),
    }


def _export_onnx(model: ReaderModel, path: Path) -> None:
    ids = torch.tensor([[2, 9, 3, 8, 3], [2, 9, 3, 3, 0]])  # any that every vocabulary has; 0 is the padding
    mask = (ids != 0).long()
    types = torch.tensor([[0, 0, 0, 1, 1], [0, 0, 0, 1, 0]])
    axes = {name: {0: "batch", 1: "tokens"} for name in (*INPUTS, "starts", "ends")} | {"relevance": {0: "batch"}}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracer warns of shapes that the comparison covers
        torch.onnx.export(
            model,
            (ids, mask, types),
            str(path),
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )


def _worst_difference(model: ReaderModel, folder: Path) -> float:
    session = open_session(folder / MODEL)
    tokenizer = open_tokenizer(str(folder / TOKENIZER))
    worst = 0.0
    for question, title, passage in PROBES:
        pair = encode_pair(tokenizer, question, title, passage)
        ids, types = np.asarray([pair.ids]), np.asarray([pair.types])
        arrays = (ids, np.ones_like(ids), types)
        with torch.no_grad():
            expected = model(*(torch.from_numpy(array) for array in arrays))[0].item()
        found = session.run(["relevance"], dict(zip(INPUTS, arrays, strict=True)))[0]
        worst = max(worst, abs(expected - float(found[0])))
    return worst


def main() -> None:
    """Export, and write the facts beside the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="where the training wrote")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    facts = export_reader(arguments.work, arguments.out)
    (arguments.out / FACTS).write_text(json.dumps(facts, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
