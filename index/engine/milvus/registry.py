"""What stands in a Milvus: one row a generation.

Owns the registry. It tells what a generation is, how far it was sent and how it was built; the rows themselves lie in
its own collections.
"""

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from pymilvus import MilvusClient

from index.engine.base import SourceSummary
from index.engine.milvus.layout import MOST_ROWS, REGISTRY, create_registry, pieces
from index.engine.milvus.rows import NOTHING
from index.engine.milvus.server import MissingError, Server
from index.errors import GenerationError
from index.gate import Gate, gate_text, parse_gate
from index.generation import Manifest
from index.record import Record


@dataclass(frozen=True, slots=True)
class Entry:
    """A generation, or what was sent of one.

    Attributes:
        manifest: What it is.
        gate: When an answer from it is sure enough.
        record: How it was built.
        index_kind: The dense index that it was given.
        bytes: Its size on the disk of who built it.
        sources: How much each publisher has.
        sent: How many rows of each collection are known to stand.
        is_whole: Whether all of them do.
        touched_seconds: When it was last written (seconds since 1970).
    """

    manifest: Manifest
    gate: Gate
    record: Record
    index_kind: str
    bytes: int = 0
    sources: tuple[SourceSummary, ...] = ()
    sent: dict[str, int] = field(default_factory=dict)
    is_whole: bool = False
    touched_seconds: float = 0.0

    def text(self) -> str:
        """Return it as JSON."""
        sources = [
            [one.publisher, one.articles, *(at.isoformat() if at else None for at in (one.first, one.last))]
            for one in self.sources
        ]
        facts = {name: value for name, value in asdict(self).items() if name not in ("manifest", "gate", "record")}
        facts |= {"manifest": self.manifest.facts(), "record": self.record.facts(), "sources": sources}
        return json.dumps(facts | {"gate": gate_text(self.gate)})

    @classmethod
    def of(cls, text: str, name: str) -> "Entry":
        """Return what ``text`` gave.

        Raises:
            GenerationError: It is damaged, or of another layout.
        """
        try:
            facts = json.loads(text)
            facts["manifest"] = Manifest.of(facts["manifest"], name)
            facts["gate"] = parse_gate(facts["gate"], f"the gate of generation {name}")
            facts["record"] = Record.of(facts["record"])
            facts["sources"] = tuple(_source(*source) for source in facts["sources"])
            return cls(**facts)
        except (ValueError, KeyError, TypeError) as error:
            raise GenerationError(
                f"what Milvus holds of generation {name} cannot be read ({error}); run `space-news index build`"
            ) from error


class Registry:
    """Reads and writes entries; what was written is read from then on."""

    def __init__(self, server: Server, *, clock: Callable[[], float] = time.time) -> None:
        self._server = server
        self._clock = clock

    def write(self, entry: Entry) -> None:
        """Write an entry, in the place of what there was of its generation."""
        timeout = self._server.timeout_seconds
        text = replace(entry, touched_seconds=self._clock()).text()
        row = {"generation": entry.manifest.generation, "pieces": pieces(text), "nothing": NOTHING}

        def work(client: MilvusClient) -> None:
            create_registry(client, timeout)
            client.upsert(REGISTRY, [row], timeout=timeout)

        self._server.run(work)

    def read(self, generation: str) -> Entry:
        """Return the entry of a generation.

        Raises:
            MissingError: There is none.
            GenerationError: It is damaged, or of another layout.
        """
        rows = self._rows(f"generation == {json.dumps(generation)}")
        if not rows:
            raise MissingError(f"generation {generation} is not in Milvus; `space-news index list` names what is")
        return Entry.of("".join(rows[0]["pieces"]), generation)

    def texts(self) -> dict[str, str]:
        """Return what was written of every generation, by its name; nothing where there is no registry."""
        try:
            rows = self._rows('generation != ""')
        except MissingError:
            return {}
        return {row["generation"]: "".join(row["pieces"]) for row in sorted(rows, key=lambda row: row["generation"])}

    def remove(self, generation: str) -> None:
        """Remove the entry of a generation."""
        timeout = self._server.timeout_seconds
        self._server.run(lambda client: client.delete(REGISTRY, ids=[generation], timeout=timeout))

    def _rows(self, wanted: str) -> list[dict[str, Any]]:
        fields = ["generation", "pieces"]
        timeout = self._server.timeout_seconds
        return self._server.run(
            lambda client: list(
                client.query(
                    REGISTRY,
                    filter=wanted,
                    limit=MOST_ROWS,
                    output_fields=fields,
                    consistency_level="Strong",
                    timeout=timeout,
                )
            ),
            loading=REGISTRY,
        )


def _source(publisher: str, articles: int, first: str | None, last: str | None) -> SourceSummary:
    moments = (datetime.fromisoformat(at) if at else None for at in (first, last))
    return SourceSummary(publisher, articles, *moments)
