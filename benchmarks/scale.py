"""What the index costs at ten thousand, a hundred thousand and a million passages.

    python -m benchmarks.scale --work /tmp/scale --sizes 10000 --sizes 100000 --sizes 1000000

Owns the order, the checkpoints and the report: a table, ``scale.json`` and ``scale.png`` in ``--work``. A size that was
measured before is not measured again, and a build that was stopped goes on from its memo. The reader (cross-encoder)
is no part of it: it reads as many passages whatever the size.
"""

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from rich.console import Console
from rich.table import Table

from benchmarks.builds import timed_build
from benchmarks.lexical_measure import memory_mb
from benchmarks.scale_corpus import articles, open_scattered

SIZES = (10_000, 100_000, 1_000_000)
FUSED_MS, RECALL, BYTES_A_PASSAGE, START_SECONDS = 60, 0.98, 1024, 3
"""What was promised for a million passages."""
STARTS = 5

COLUMNS = (
    "passages", "build s", "build peak GB", "disk MB", "own + mapped MB", "bytes a passage", "dense ms", "lexical ms",
    "fused ms", "recall@10", "recall@100", "start s", "flat MB", "flat ms",
)  # fmt: skip

Figures = dict[str, Any]


def build(work: Path, size: int) -> Figures:
    """Build a generation of so many passages; to be run in a process of its own."""
    encoder = open_scattered(work)
    started = time.perf_counter()
    published = list(articles(size))
    written = time.perf_counter() - started
    timed = timed_build(published, work / str(size), encoder)
    folder = timed.built.folder
    sizes = {path.name: path.stat().st_size for path in folder.rglob("*") if path.is_file()}
    searched = {name: count for name, count in sizes.items() if name.endswith((".faiss", ".f16", ".npy", ".json"))}
    return {
        "folder": str(folder),
        "passages": timed.built.manifest.passages,
        "articles": timed.built.manifest.articles,
        "writing_seconds": written,
        "build_seconds": timed.seconds,
        "stages": timed.stages,
        "build_peak_mb": memory_mb("VmHWM"),
        "disk_mb": sum(sizes.values()) / 2**20,
        "search_disk_mb": sum(searched.values()) / 2**20,
        "files": sizes,
    }


def measure(work: Path, size: int) -> Figures:
    """Build and measure one size, or return what was measured before."""
    checkpoint = work / f"{size}.json"
    figures: Figures = json.loads(checkpoint.read_text("utf-8")) if checkpoint.exists() else {}
    if "build_seconds" not in figures:
        figures |= _apart("benchmarks.scale", "--work", str(work), "--build", str(size))
        checkpoint.write_text(json.dumps(figures, indent=1), "utf-8")
    for name in ("start", "search", "recall"):
        if name not in figures:
            figures[name] = _start(work, figures) if name == "start" else _measured(name, work, figures)
            checkpoint.write_text(json.dumps(figures, indent=1), "utf-8")
    return figures


def _start(work: Path, figures: Figures) -> Figures:
    """Time fresh processes from their beginning to their first answer; the first warms the system's cache."""
    wall, processor = [], []
    for _ in range(1 + STARTS):
        began = time.time()
        ready = _measured("start", work, figures)
        wall.append(ready["ready_at"] - began)
        processor.append(ready["processor_seconds"])
    return {"seconds": float(np.median(processor[1:])), "wall_seconds": float(np.median(wall[1:])), "first": wall[0]}


def _measured(name: str, work: Path, figures: Figures) -> Figures:
    return _apart("benchmarks.scale_measure", name, str(work), figures["folder"])


def _apart(module: str, *arguments: str) -> Figures:
    """Run a module in a fresh process and return the object that it prints last."""
    ended = subprocess.run([sys.executable, "-m", module, *arguments], check=True, stdout=subprocess.PIPE, text=True)
    figures: Figures = json.loads(ended.stdout.splitlines()[-1])
    return figures


def bytes_a_passage(figures: Figures) -> float:
    """Return the resident bytes a passage after a thousand questions, mapped files included."""
    return float(figures["search"]["asked_rss_mb"] * 2**20 / figures["passages"])


def table(measured: Sequence[Figures]) -> Table:
    """Return one row a size."""
    shown = Table(
        *COLUMNS, title="Search times are p50 / p95 of the processor's time; in brackets p95 by the wall clock"
    )
    for figures in measured:
        search, recall = figures["search"], figures["recall"]
        shown.add_row(
            f"{figures['passages']:,}",
            f"{figures['build_seconds']:.0f}",
            f"{figures['build_peak_mb'] / 1024:.1f}",
            f"{figures['disk_mb']:.0f}",
            f"{search['asked_own_mb']:.0f} + {search['asked_mapped_mb']:.0f}",
            f"{bytes_a_passage(figures):.0f}",
            *(
                f"{search[f'{way}_p50_ms']:.1f} / {search[f'{way}_p95_ms']:.1f}"
                for way in ("dense", "lexical", "fused")
            ),
            f"{recall['recall_at_10']:.4f}",
            f"{recall['recall_at_100']:.4f}",
            f"{figures['start']['seconds']:.2f} ({figures['start']['wall_seconds']:.1f})",
            f"{recall['flat_mb']:.0f}",
            _times(recall, "flat"),
        )
    return shown


def _times(figures: Figures, way: str) -> str:
    p50, p95, wall = (figures[f"{way}_{name}"] for name in ("p50_ms", "p95_ms", "p95_wall_ms"))
    return f"{p50:.1f} / {p95:.1f} ({wall:.0f})"


def draw(path: Path, measured: Sequence[Figures]) -> None:
    """Draw what each size costs, with what was promised for a million."""
    from matplotlib.figure import Figure

    sizes = [figures["passages"] for figures in measured]
    picture = Figure(figsize=(11, 8), layout="constrained")
    time_axes, memory_axes, build_axes, start_axes = picture.subplots(2, 2).flat
    for way in ("dense", "lexical", "fused"):
        time_axes.plot(sizes, [one["search"][f"{way}_p95_ms"] for one in measured], marker="o", label=way)
    flat_ms = [one["recall"]["flat_p95_ms"] for one in measured]
    time_axes.plot(sizes, flat_ms, marker="o", color="grey", linestyle=":", label="dense, flat")
    time_axes.axhline(FUSED_MS, color="tab:red", linestyle="--", label=f"promised: {FUSED_MS} ms fused")
    time_axes.set(title="time of a search, p95", ylabel="ms", yscale="log")
    memory_axes.plot(
        sizes, [bytes_a_passage(one) for one in measured], marker="o", label="both sides, after 1,000 questions"
    )
    flat = [one["recall"]["flat_mb"] * 2**20 / one["passages"] for one in measured]
    memory_axes.plot(sizes, flat, marker="o", color="grey", linestyle=":", label="a flat index alone")
    memory_axes.axhline(BYTES_A_PASSAGE, color="tab:red", linestyle="--", label=f"promised: {BYTES_A_PASSAGE} bytes")
    memory_axes.set(title="resident memory a passage", ylabel="bytes", yscale="log")
    build_axes.plot(sizes, [one["build_seconds"] for one in measured], marker="o", label="build, encoding apart")
    build_axes.plot(sizes, [one["disk_mb"] for one in measured], marker="o", label="size on disk (MB)")
    build_axes.set(title="building", ylabel="s, MB", yscale="log")
    start_axes.plot(sizes, [one["start"]["seconds"] for one in measured], marker="o", label="to the first answer")
    start_axes.axhline(START_SECONDS, color="tab:red", linestyle="--", label=f"promised: {START_SECONDS} s")
    start_axes.set(title="start of a process", ylabel="s", ylim=(0, None))
    for axes in (time_axes, memory_axes, build_axes, start_axes):
        axes.set(xscale="log", xlabel="passages")
        axes.grid(alpha=0.3)
        axes.legend(loc="lower right" if axes is time_axes else "best")
    picture.savefig(path, dpi=110, metadata={"Software": None})


def main(
    work: Annotated[Path, typer.Option(help="Holds the generations and what was measured; gigabytes.")],
    sizes: Annotated[list[int] | None, typer.Option(help="Numbers of passages.")] = None,
    build_only: Annotated[int, typer.Option("--build", hidden=True)] = 0,
) -> None:
    """Measure every size, the smallest first, and report."""
    work.mkdir(parents=True, exist_ok=True)
    if build_only:
        sys.stdout.write(json.dumps(build(work, build_only)) + "\n")
        return
    console = Console(width=200)
    open_scattered(work)
    measured: list[Figures] = []
    for size in sorted(sizes or SIZES):
        measured.append(measure(work, size))
        (work / "scale.json").write_text(json.dumps(measured, indent=1), "utf-8")
        draw(work / "scale.png", measured)
        console.print(table(measured))


if __name__ == "__main__":
    typer.run(main)
