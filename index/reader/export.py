"""Exporting trained weights: ``python -m index.reader.export --weights FILE --out FOLDER``.

Writes the int8 model that ships with the project, after comparing it with the torch original.
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
from index.encoder.weights import file_sha256, packaged_model_folder
from index.reader.model import ReaderModel
from index.reader.pairs import encode_pair, open_tokenizer

MODEL = "reader.onnx"
FACTS = "reader.json"
INPUTS = ("input_ids", "attention_mask", "token_type_ids")
OUTPUTS = ("relevance", "starts", "ends")

PROBES = (
    ("Who raised the station's orbit?", "Reboost", "A cargo ship raised the orbit of the station on Saturday."),
    ("When did the probe land?", "", "The probe touched down on Feb. 18, 2021, after a cruise of seven months."),
    ("How many moons were found?", "Survey", "The survey ended early. No images were returned after the fault."),
)


def export_reader(weights: Path, folder: Path) -> dict[str, object]:
    """Export weights to int8 ONNX.

    Returns:
        Facts for the model card: checksum, size, and the largest difference of a relevance logit on the probes.
    """
    model = ReaderModel.from_packaged_weights()
    model.load_state_dict(torch.load(weights, weights_only=True))
    model.eval()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        full, small = Path(scratch, "fp32.onnx"), Path(scratch, "int8.onnx")
        _export_onnx(model, full)
        # Seven bits, because nobody checks it where it serves: eight would saturate on x86 without VNNI.
        quantise(full, small, reduce_range=True)
        shutil.copyfile(small, folder / MODEL)
    return {
        "sha256": file_sha256(folder / MODEL),
        "bytes": (folder / MODEL).stat().st_size,
        "worst_logit_difference": round(_worst_difference(model, folder / MODEL), 3),
    }


def _export_onnx(model: ReaderModel, path: Path) -> None:
    ids = torch.tensor([[101, 2054, 102, 2023, 102], [101, 2040, 102, 102, 0]])
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


def _worst_difference(model: ReaderModel, path: Path) -> float:
    session = open_session(path)
    tokenizer = open_tokenizer(str(packaged_model_folder() / "tokenizer.json"))
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
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    facts = export_reader(arguments.weights, arguments.out)
    (arguments.out / FACTS).write_text(json.dumps(facts, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
