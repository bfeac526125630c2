"""Sending a generation to a Milvus, so that a kill costs at most what was sent since the last checkpoint.

Owns the order of the work. Rows are written by their numbers, so that those sent twice stand once; the registry knows
how many are known to stand, and only when all do is the generation whole.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from operator import methodcaller

from pymilvus import MilvusClient

from index.build import Progress
from index.engine.local import summaries
from index.engine.milvus.layout import PARTS, collection, create, dense_index
from index.engine.milvus.registry import Entry, Registry
from index.engine.milvus.rows import Part, Row, Rows
from index.engine.milvus.server import MissingError, Server
from index.errors import EngineError, GenerationError
from index.generation import Generation
from index.record import Record

BATCH_CHARS = 4_000_000
"""So much text at most goes in one request, which must stay below 64 MB."""
LONG_SECONDS = 600.0
"""What has to do with every row of a collection at once may take so long."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How a generation is sent.

    Attributes:
        batch_rows: So many rows at most go in one request.
        checkpoint_seconds: How often the registry is told how far the work is.
    """

    batch_rows: int = 1_000
    checkpoint_seconds: float = 5.0


STEADY = Pace()


def send(
    generation: Generation,
    server: Server,
    registry: Registry,
    *,
    index_kind: str,
    pace: Pace,
    on_progress: Callable[[Progress], None],
) -> Entry:
    """Send a generation and return its entry; what stands already is not sent again.

    Args:
        generation: What to send.
        server: Where to.
        registry: Knows what was sent before.
        index_kind: The dense index, one of ``layout.INDEX_KINDS``.
        pace: How much at once, and how often what was done is noted.
        on_progress: Told how far the work is.

    Raises:
        EngineError: The Milvus cannot be reached, or what stands there is not what was sent.
    """
    manifest = generation.manifest
    index = dense_index(index_kind, manifest.passages)
    entry = _begun(registry, manifest.generation)
    is_otherwise = entry is not None and entry.index_kind != index.kind and not entry.is_whole
    if entry is None or is_otherwise or not _stands(server, entry):
        drop(server, manifest.generation)
        entry = Entry(manifest, generation.gate, Record(), index.kind)
    entry = replace(entry, manifest=manifest, gate=generation.gate)  # the stamp of the corpus may be another
    registry.write(entry)
    timeout = server.timeout_seconds
    for part in PARTS:
        server.run(
            partial(create, generation=manifest.generation, part=part, dim=manifest.dim, dense=index, timeout=timeout)
        )
    if not entry.is_whole:
        rows = Rows(generation)
        for part in PARTS:
            entry = _send_part(part, rows.of(part), entry, server, registry, pace, on_progress)
    _check_counts(server, entry)
    size = sum(path.stat().st_size for path in generation.folder.rglob("*") if path.is_file())
    entry = replace(entry, is_whole=True, sources=summaries(generation.articles), bytes=size)
    registry.write(entry)
    return entry


def drop(server: Server, generation: str) -> None:
    """Remove the collections of a generation and what names them; those that do not stand are no error."""
    timeout = server.timeout_seconds

    def work(client: MilvusClient) -> None:
        for name in (collection(generation, part) for part in PARTS):
            if client.has_collection(name, timeout=timeout):
                for alias in client.list_aliases(name, timeout=timeout)["aliases"]:
                    client.drop_alias(alias, timeout=timeout)  # or Milvus would keep the collection
                client.drop_collection(name, timeout=timeout)

    server.run(work)


def count(server: Server, generation: str, part: str) -> int:
    """Return how many rows of a collection stand, those that were written just now included."""
    name, timeout = collection(generation, part), max(server.timeout_seconds, LONG_SECONDS)

    def work(client: MilvusClient) -> int:
        counted = client.query(name, filter="", output_fields=["count(*)"], consistency_level="Strong", timeout=timeout)
        return int(counted[0]["count(*)"])

    return server.run(work, loading=name)


def _begun(registry: Registry, generation: str) -> Entry | None:
    """Return what was sent of a generation, if anything; what cannot be read is sent anew."""
    try:
        return registry.read(generation)
    except GenerationError:
        return None


def _stands(server: Server, entry: Entry) -> bool:
    """Tell whether all that is known to have been sent is there; more may be, from after the last checkpoint."""
    try:
        return all(count(server, entry.manifest.generation, part) >= sent for part, sent in entry.sent.items())
    except MissingError:
        return False


def _send_part(
    name: str,
    part: Part,
    entry: Entry,
    server: Server,
    registry: Registry,
    pace: Pace,
    on_progress: Callable[[Progress], None],
) -> Entry:
    where, timeout = collection(entry.manifest.generation, name), max(server.timeout_seconds, 60.0)
    done = entry.sent.get(name, 0)
    told_at = time.monotonic()
    for batch in _batches(part.rows(done), pace.batch_rows):
        server.run(methodcaller("upsert", where, batch, timeout=timeout))
        done += len(batch)
        on_progress(Progress(f"sending {name}", done, part.count))
        if time.monotonic() - told_at >= pace.checkpoint_seconds:
            entry, told_at = replace(entry, sent=entry.sent | {name: done}), time.monotonic()
            registry.write(entry)
    server.run(lambda client: client.flush(where, timeout=LONG_SECONDS))
    server.run(lambda client: client.load_collection(where, timeout=LONG_SECONDS))
    entry = replace(entry, sent=entry.sent | {name: part.count})
    registry.write(entry)
    return entry


def _batches(rows: Iterable[Row], most: int) -> Iterator[list[Row]]:
    batch: list[Row] = []
    chars = 0
    for row in rows:
        batch.append(row)
        chars += sum(map(len, row.get("text", ())))
        if len(batch) == most or chars >= BATCH_CHARS:
            yield batch
            batch, chars = [], 0
    if batch:
        yield batch


def _check_counts(server: Server, entry: Entry) -> None:
    for part, sent in entry.sent.items():
        standing = count(server, entry.manifest.generation, part)
        if standing != sent:
            raise EngineError(
                f"Milvus holds {standing} of {sent} {part} of generation {entry.manifest.generation}; "
                "run `space-news index build` to send it again"
            )
