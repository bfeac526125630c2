"""What one engine costs: time, memory, disk, and whether two builds give the same files.

Owns the clocks and the counters. Each function runs in a process of its own, so that one measurement does not see the
memory of another. Times are processor time, which other work on the machine disturbs least; no engine here searches
with more than the asking thread.
"""

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.lexical_engines import ENGINES, Engine
from benchmarks.lexical_workload import read_documents

LIMIT = 100
"""How many passages the fusion takes from each side."""

WARM_UP_QUERIES = 20


@dataclass(frozen=True, slots=True)
class BuildCost:
    """What building took, and the digest of what was built."""

    seconds: float
    peak_memory_mb: float
    disk_mb: float
    digest: str


@dataclass(frozen=True, slots=True)
class SearchCost:
    """What an open index takes; memory is what was added by opening and asking."""

    open_ms: float
    p50_ms: float
    p95_ms: float
    filtered_p95_ms: float
    private_mb: float
    mapped_mb: float


def measure_build(engine_name: str, documents: Path, folder: Path) -> BuildCost:
    """Build an index in an empty folder."""
    engine = ENGINES[engine_name]()
    started = time.process_time()
    engine.build(read_documents(documents), folder)
    seconds = time.process_time() - started
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return BuildCost(
        seconds, memory_mb("VmHWM"), sum(path.stat().st_size for path in files) / 2**20, digest.hexdigest()
    )


def measure_search(engine_name: str, questions: Path, folder: Path) -> SearchCost:
    """Open an index and ask it everything, one question at a time."""
    engine = ENGINES[engine_name]()
    queries = questions.read_text(encoding="utf-8").splitlines()
    private_before, mapped_before = memory_mb("RssAnon"), memory_mb("RssFile")
    started = time.process_time()
    engine.open(folder)
    open_ms = (time.process_time() - started) * 1000
    _latencies_ms(engine, queries[:WARM_UP_QUERIES])
    free = _latencies_ms(engine, queries)
    filtered = _latencies_ms(engine, queries, filtered=True)
    return SearchCost(
        open_ms=open_ms,
        p50_ms=float(np.percentile(free, 50)),
        p95_ms=float(np.percentile(free, 95)),
        filtered_p95_ms=float(np.percentile(filtered, 95)),
        private_mb=memory_mb("RssAnon") - private_before,
        mapped_mb=memory_mb("RssFile") - mapped_before,
    )


def measure_add(engine_name: str, documents: Path, folder: Path, count: int) -> float | None:
    """Return the seconds that adding ``count`` documents to a built index takes, or None where it cannot be done."""
    extra = list(read_documents(documents, 0, count))
    first_number = sum(1 for _ in read_documents(documents))
    started = time.process_time()
    added = ENGINES[engine_name]().add(extra, first_number, folder)
    return time.process_time() - started if added else None


def memory_mb(kind: str) -> float:
    """Return a count that Linux keeps of this process: VmHWM (peak), RssAnon (its own), RssFile (mapped from files)."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    (kib,) = (line.split()[1] for line in lines if line.startswith(f"{kind}:"))
    return int(kib) / 2**10


def _latencies_ms(engine: Engine, queries: Sequence[str], *, filtered: bool = False) -> list[float]:
    taken = []
    for query in queries:
        started = time.thread_time()
        engine.search(query, LIMIT, filtered=filtered)
        taken.append((time.thread_time() - started) * 1000)
    return taken
