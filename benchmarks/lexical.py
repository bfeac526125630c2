"""Compare the lexical engines: quality on judged sets, then speed, memory and disk at growing sizes.

    python -m benchmarks.lexical --data ../shared/data --sizes 20000 --sizes 200000

Owns the command and its tables. Figures and the choice they led to stand in docs/decisions/0001-lexical-engine.md.
"""

import os
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Annotated, ParamSpec, TypeVar

import typer
from rich.console import Console
from rich.table import Table

from benchmarks.lexical_engines import ENGINES, Bm25sEngine, Engine, Fts5Engine, TantivyEngine
from benchmarks.lexical_measure import LIMIT, BuildCost, SearchCost, measure_add, measure_build, measure_search
from benchmarks.lexical_workload import line_of_terms, write_documents, write_passages, write_questions
from benchmarks.retrieval_sets import JUDGED_SETS, RetrievalSet, load, ndcg_at_10

P = ParamSpec("P")
T = TypeVar("T")


def in_own_process(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a function in a fresh interpreter and return what it returns."""
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *args, **kwargs).result()


def quality(engine: Engine, judged: RetrievalSet, prepare: Callable[[str], str]) -> float:
    """Return nDCG@10 of an engine that sees each text through ``prepare``."""
    ids = list(judged.documents)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        engine.build((prepare(text) for text in judged.documents.values()), folder)
        engine.open(folder)
        run = {
            query_id: {ids[number]: score for number, score in engine.search(prepare(text), LIMIT)}
            for query_id, text in judged.queries.items()
        }
    return ndcg_at_10(judged, run)


def quality_table(data: Path) -> Table:
    """Run each engine on our terms, and those that can on their own analysis, over the judged sets that are there."""
    judged = [load(data / name) for name in JUDGED_SETS if (data / name).is_dir()]
    table = Table("engine", *(judged_set.name for judged_set in judged), title="nDCG@10")
    for make in (Bm25sEngine, TantivyEngine, Fts5Engine):
        table.add_row(make.name if make is Bm25sEngine else make().name, *_scores(make, judged, line_of_terms))
    for other in (TantivyEngine, Fts5Engine):
        own = [quality(other(own_analysis=True), judged_set, one_line) for judged_set in judged]
        table.add_row(other(own_analysis=True).name, *(f"{score:.3f}" for score in own))
    return table


def _scores(make: Callable[[], Engine], judged: list[RetrievalSet], prepare: Callable[[str], str]) -> list[str]:
    return [f"{quality(make(), judged_set, prepare):.3f}" for judged_set in judged]


def one_line(text: str) -> str:
    """Leave the words to the engine; only what its query syntax would trip over goes."""
    return " ".join(text.split())


def cost_table(workspace: Path, size: int, questions: Path) -> Table:
    """Measure every engine on one number of passages."""
    table = Table(
        "engine", "build s", "build peak MB", "disk MB", "open ms", "p50 ms", "p95 ms", "filtered p95 ms",
        "private MB", "mapped MB", "+1 % s", "same files", title=f"{size:,} passages",
    )  # fmt: skip
    documents = workspace / f"{size}.txt"
    write_documents(workspace / "passages.txt", documents, size)
    for name in ENGINES:
        built, searched, added, same = _measure(name, workspace, documents, questions, size)
        table.add_row(
            name,
            f"{built.seconds:.1f}",
            *(f"{value:.0f}" for value in (built.peak_memory_mb, built.disk_mb, searched.open_ms)),
            *(f"{value:.2f}" for value in (searched.p50_ms, searched.p95_ms, searched.filtered_p95_ms)),
            *(f"{value:.0f}" for value in (searched.private_mb, searched.mapped_mb)),
            "rebuild" if added is None else f"{added:.2f}",
            "yes" if same else "no",
        )
    return table


def _measure(
    name: str, workspace: Path, documents: Path, questions: Path, size: int
) -> tuple[BuildCost, SearchCost, float | None, bool]:
    first, second = (workspace / f"{name}-{size}-{turn}" for turn in "12")
    built = _build_with_hash_seed("1", name, documents, first)
    again = _build_with_hash_seed("2", name, documents, second)
    searched = in_own_process(measure_search, name, questions, first)
    added = in_own_process(measure_add, name, documents, second, size // 100)
    return built, searched, added, built.digest == again.digest


def _build_with_hash_seed(seed: str, name: str, documents: Path, folder: Path) -> BuildCost:
    folder.mkdir()
    os.environ["PYTHONHASHSEED"] = seed  # the new interpreter reads it: sets of strings then differ in order
    return in_own_process(measure_build, name, documents, folder)


def main(
    data: Annotated[Path, typer.Option(help="Folder with squad-train and the judged sets.")],
    sizes: Annotated[list[int] | None, typer.Option(help="Numbers of passages to time.")] = None,
    queries: Annotated[int, typer.Option(help="Questions to time at each size.", min=20)] = 500,
) -> None:
    """Print the quality of each engine, then its costs at each size."""
    console = Console(width=150)
    squad = data / "squad-train"
    if not squad.is_dir():
        console.print(f"Skipped: {squad} is not there; --data takes the folder that holds squad-train.")
        return
    console.print(quality_table(data))
    with tempfile.TemporaryDirectory() as name:
        workspace = Path(name)
        passages = write_passages(squad, workspace / "passages.txt")
        questions = workspace / "questions.txt"
        write_questions(squad, questions, queries)
        for size in sizes or [passages, 200_000]:
            console.print(cost_table(workspace, size, questions))


if __name__ == "__main__":
    typer.run(main)
