"""The shelf that is a Milvus: an alias tells which generation answers, to every process that uses it.

Owns the two aliases, and rolling back, pruning and verifying there. Generations are built in a folder of the machine
that builds; the others need none.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from operator import methodcaller
from pathlib import Path

from pymilvus import MilvusClient

from index.build import Progress
from index.checksums import Damage
from index.engine.milvus.engine import MilvusEngine
from index.engine.milvus.layout import CURRENT, PARTS, PASSAGES, PINNED, collection, generation_of
from index.engine.milvus.registry import Entry, Registry
from index.engine.milvus.rows import row_crc
from index.engine.milvus.sending import LONG_SECONDS, STEADY, Pace, count, drop, send
from index.engine.milvus.server import MissingError, Server
from index.errors import GenerationError, NoGenerationError, UnknownGenerationError
from index.generation import Generation
from index.record import Record
from index.shelf import Pruned, Shelved, newest_first, prune_to, published_before
from index.verify import Verified

RUNNING_SECONDS = 3_600.0
"""A generation that was never published and was written to within so long may belong to a build that goes on."""
_BLOCK = 1_000


class MilvusShelf:
    """Generations in a Milvus."""

    is_own = False

    def __init__(
        self,
        server: Server,
        index_folder: Path,
        *,
        index_kind: str = "auto",
        pace: Pace = STEADY,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Take what is needed; nothing is connected before it is.

        Args:
            server: The Milvus.
            index_folder: Where this machine builds, if it does.
            index_kind: The dense index of what is sent, one of ``layout.INDEX_KINDS``.
            pace: How it is sent.
            clock: Seconds since 1970.
        """
        self._server = server
        self._folder = index_folder
        self._index_kind = index_kind
        self._pace = pace
        self._clock = clock
        self._registry = Registry(server, clock=clock)

    def current(self) -> Shelved:
        """Return the generation that answers."""
        return _shelved(self._current_entry(), is_current=True)

    def open_current(self) -> MilvusEngine:
        """Open the generation that answers."""
        return MilvusEngine(self._server, self._current_entry())

    def open(self, generation: str) -> MilvusEngine:
        """Open a generation by its name."""
        entry = self._registry.read(generation)
        if not entry.is_whole:
            raise GenerationError(f"generation {generation} was not sent whole; run `space-news index build`")
        return MilvusEngine(self._server, entry)

    def is_pinned(self) -> bool:
        """Tell whether a rollback chose the generation that answers."""
        pinned = self._target(PINNED)
        return pinned is not None and pinned == self._target(CURRENT)

    def receive(self, folder: Path, on_progress: Callable[[Progress], None]) -> MilvusEngine:
        """Send a generation to the Milvus, and open it there."""
        entry = send(
            Generation(folder),
            self._server,
            self._registry,
            index_kind=self._index_kind,
            pace=self._pace,
            on_progress=on_progress,
        )
        return MilvusEngine(self._server, entry)

    def publish(self, generation: str) -> None:
        """Let a generation answer from now on."""
        self._unpin()  # first: a kill in between must not leave the new one pinned
        self._point(CURRENT, generation)

    def write_record(self, folder: Path, record: Record) -> None:
        """Keep how a generation came about: beside it in the Milvus where it came so far, and in its folder."""
        record.write(folder)
        try:
            entry = self._registry.read(folder.name)
        except MissingError:
            return  # a gate held it back before it was sent
        self._registry.write(replace(entry, record=record))

    def generations(self) -> list[Shelved]:
        """List what can be read."""
        current = self._target(CURRENT)
        whole = (entry for entry in self._entries().values() if entry.is_whole)
        return newest_first(_shelved(entry, is_current=entry.manifest.generation == current) for entry in whole)

    def rollback(self, generation: str | None) -> str:
        """Let an earlier generation answer again; its rows are counted first."""
        standing = self.generations()
        name = generation or published_before(standing, self._current_name())
        if name not in {one.manifest.generation for one in standing}:
            raise UnknownGenerationError(name)
        if problems := self._missing_rows(self._registry.read(name)):
            raise GenerationError(
                f"generation {name} is damaged, so that the present one goes on answering: {problems[0]}; "
                "choose another with `space-news index list`"
            )
        self._point(PINNED, name)
        self._point(CURRENT, name)
        return name

    def prune(self, memo_path: Path, *, keep: int, beside: Iterable[Path]) -> Pruned:
        """Remove all but some generations, here and in the folder of this machine."""
        current = self.current()
        names = [current.manifest.generation]
        names += [one.manifest.generation for one in self.generations() if not one.is_current]
        entries = self._entries()
        kept = {*names[:keep], *(name for name, entry in entries.items() if self._may_be_running(entry))}
        if self._target(PINNED) not in (None, current.manifest.generation):
            self._unpin()  # a rollback was killed half-way
        gone = tuple(name for name in dict.fromkeys([*names[keep:], *self._registry.texts()]) if name not in kept)
        for name in gone:
            drop(self._server, name)
            self._registry.remove(name)
        leftovers = self._drop_unknown()
        answered_from = current.record.published_at or current.manifest.built_at
        here = prune_to(self._folder, memo_path, kept=kept, answered_from=answered_from, beside=beside)
        removed = tuple(dict.fromkeys([*gone, *here.generations]))
        return Pruned(removed, leftovers + here.leftovers, here.memo_entries)

    def verify(self) -> Verified:
        """Read every row of every generation and compare it with its checksum, and the aliases with what stands."""
        self._current_name()
        damages: list[Damage] = []
        names = []
        for name, text in self._registry.texts().items():
            names.append(name)
            try:
                entry = Entry.of(text, name)
            except GenerationError as error:
                damages.append(Damage(f"{name}/registry", str(error)))
                continue
            if entry.is_whole:
                damages += self._missing_rows(entry)
                damages += [damage for part in PARTS for damage in self._altered_rows(entry, part)]
        damages += [
            Damage(alias, f"names generation {target}, which does not stand")
            for alias in (CURRENT, PINNED)
            if (target := self._target(alias)) is not None and target not in names
        ]
        return Verified(tuple(names), tuple(damages))

    def _current_name(self) -> str:
        name = self._target(CURRENT)
        if name is None:
            raise NoGenerationError("no index in Milvus yet; run `space-news index build` where the corpus is")
        return name

    def _current_entry(self) -> Entry:
        while True:
            name = self._current_name()
            try:
                return self._registry.read(name)
            except GenerationError:
                if self._current_name() == name:  # otherwise it was pruned between the look and the reading
                    raise

    def _entries(self) -> dict[str, Entry]:
        entries = {}
        for name, text in self._registry.texts().items():
            try:
                entries[name] = Entry.of(text, name)
            except GenerationError:
                continue  # ``verify`` names it
        return entries

    def _may_be_running(self, entry: Entry) -> bool:
        is_fresh = self._clock() - entry.touched_seconds < RUNNING_SECONDS
        return entry.record.published_at is None and is_fresh

    def _drop_unknown(self) -> tuple[str, ...]:
        """Remove collections of ours that the registry does not know."""
        timeout = self._server.timeout_seconds
        standing = self._server.run(lambda client: client.list_collections(timeout=timeout))
        known = self._registry.texts()  # afterwards: a build enters itself before it makes its collections
        unknown = sorted(
            name
            for name in standing
            if name.startswith(f"{CURRENT}_") and name.endswith(PARTS) and generation_of(name) not in known
        )
        for name in unknown:
            self._server.run(methodcaller("drop_collection", name, timeout=timeout))
        return tuple(unknown)

    def _missing_rows(self, entry: Entry) -> list[Damage]:
        problems = []
        for part, sent in entry.sent.items():
            name = collection(entry.manifest.generation, part)
            try:
                standing = count(self._server, entry.manifest.generation, part)
            except MissingError:
                problems.append(Damage(name, "is missing"))
                continue
            if standing != sent:
                problems.append(Damage(name, f"holds {standing} rows, {sent} were sent"))
        return problems

    def _altered_rows(self, entry: Entry, part: str) -> list[Damage]:
        name = collection(entry.manifest.generation, part)
        problems = []
        for first in range(0, entry.sent[part] + 1, _BLOCK):
            block = f"number >= {first} and number < {first + _BLOCK}"
            try:
                whole = {"filter": block, "output_fields": ["*"], "limit": _BLOCK, "timeout": LONG_SECONDS}
                rows = self._server.run(methodcaller("query", name, **whole), loading=name)
            except MissingError:
                return []  # told already
            problems += [
                Damage(f"{name}/{row['number']}", "its checksum is broken")
                for row in sorted(rows, key=lambda row: int(row["number"]))
                if row_crc(row) != row["crc"]
            ]
        return problems

    def _target(self, alias: str) -> str | None:
        """Return the generation that an alias names, or None where there is no such alias."""
        timeout = self._server.timeout_seconds
        try:
            found = self._server.run(lambda client: client.describe_alias(alias, timeout=timeout))
        except MissingError:
            return None
        return generation_of(found["collection_name"])

    def _point(self, alias: str, generation: str) -> None:
        name, timeout = collection(generation, PASSAGES), self._server.timeout_seconds
        stands = self._target(alias) is not None

        def work(client: MilvusClient) -> None:
            (client.alter_alias if stands else client.create_alias)(name, alias, timeout=timeout)

        self._server.run(work)

    def _unpin(self) -> None:
        if self._target(PINNED) is not None:
            self._server.run(lambda client: client.drop_alias(PINNED, timeout=self._server.timeout_seconds))


def _shelved(entry: Entry, *, is_current: bool) -> Shelved:
    return Shelved(entry.manifest, entry.record, is_current, entry.bytes)
