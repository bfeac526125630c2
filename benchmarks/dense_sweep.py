"""Which approximate index, and with which parameters: recall, time and bytes of each.

    python -m benchmarks.dense_sweep --work /tmp/scale --passages 1000000 --kinds RaBitQ2,SQ4 --lists 1000

Owns the sweep behind docs/decisions/0016-scale.md. Vectors are those of the scale benchmark; each kind proposes
passages, which are then ordered by their vectors in float16, as the index that serves does.
"""

import time
from pathlib import Path
from typing import Annotated, Any

import faiss
import numpy as np
import numpy.typing as npt
import typer

from benchmarks.builds import tell
from benchmarks.scale_corpus import open_scattered, scattered
from benchmarks.scale_measure import recall
from index.encoder import Vectors
from index.quantised_vectors import SEED, TRAINED_ON_PER_LIST, TRAINING_ROUNDS

QUESTIONS, DEPTH = 300, 100


def sweep(rows: Vectors, asked: Vectors, kind: str, n_lists: int, probed: list[int], proposed: list[int]) -> None:
    """Build one kind and print a line for each pair of parameters."""
    _, exact = faiss.knn(asked, rows, DEPTH, metric=faiss.METRIC_INNER_PRODUCT)
    stored = rows.astype(np.float16)
    started = time.process_time()
    index: Any = faiss.index_factory(rows.shape[1], f"IVF{n_lists},{kind}", faiss.METRIC_INNER_PRODUCT)
    index.cp.seed, index.cp.niter, index.cp.spherical = SEED, TRAINING_ROUNDS, True
    size = min(len(rows), TRAINED_ON_PER_LIST * n_lists)
    index.train(rows[np.random.default_rng(SEED).choice(len(rows), size, replace=False)])
    index.add(rows)
    seconds, bytes_each = time.process_time() - started, faiss.serialize_index(index).nbytes / len(rows)
    tell(f"{kind}, {n_lists} lists: built in {seconds:.0f} s of the processor, {bytes_each:.0f} bytes a passage")
    faiss.omp_set_num_threads(1)
    for n_probed in probed:
        for limit in proposed:
            found, taken_ms = zip(*(_search(index, stored, one, n_probed, limit) for one in asked), strict=True)
            recalls = [recall(found, exact, depth) for depth in (10, DEPTH)]
            tell(
                f"    {n_probed} lists searched, {limit} proposed: recall@10 {recalls[0]:.4f}, @100 {recalls[1]:.4f}, "
                f"p50 {np.percentile(taken_ms, 50):.1f} ms, p95 {np.percentile(taken_ms, 95):.1f} ms"
            )


def _search(
    index: Any,  # noqa: ANN401  of any kind
    stored: npt.NDArray[np.float16],
    vector: Vectors,
    probed: int,
    limit: int,
) -> tuple[npt.NDArray[np.int64], float]:
    started = time.thread_time()
    parameters = faiss.SearchParametersIVF()
    if "RaBitQ" in type(index).__name__:
        parameters = faiss.IVFRaBitQSearchParameters()
        parameters.qb = 8
    parameters.nprobe = probed
    _, found = index.search(vector[None], limit, params=parameters)
    numbers = found[0][found[0] >= 0]
    similarities = stored[numbers].astype(np.float32) @ vector
    return numbers[np.argsort(-similarities)], (time.thread_time() - started) * 1000


def main(
    work: Annotated[Path, typer.Option(help="Holds the real vectors, made by the first run.")],
    passages: Annotated[int, typer.Option(help="How many vectors.")] = 100_000,
    kinds: Annotated[str, typer.Option(help="Codes as FAISS names them, with commas between.")] = "RaBitQ,RaBitQ2,SQ4",
    lists: Annotated[int, typer.Option(help="Lists of the inverted file.")] = 316,
    probed: Annotated[str, typer.Option(help="Numbers of lists that are searched.")] = "40,80",
    proposed: Annotated[
        str, typer.Option(help="Numbers of passages that are ordered by their vectors.")
    ] = "300,500,1000",
) -> None:
    """Sweep every kind."""
    encoder = open_scattered(work)
    rows = scattered(encoder, passages)
    asked = np.stack([encoder.encode_question(f"question {number}") for number in range(QUESTIONS)])
    n_threads = faiss.omp_get_max_threads()
    for kind in kinds.split(","):
        faiss.omp_set_num_threads(n_threads)
        sweep(rows, asked, kind, lists, *([int(one) for one in text.split(",")] for text in (probed, proposed)))


if __name__ == "__main__":
    typer.run(main)
