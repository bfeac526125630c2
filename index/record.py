"""How a generation came about, and whether it was ever published.

Owns ``record.json`` in its folder. It tells history, so it is no part of the digest: the same generation may be made
whole once, and put together of what is known the next time.
"""

import logging
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from index.sealed import read_sealed, write_sealed

RECORD = "record.json"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class GateResult:
    """What a gate before publishing found.

    Attributes:
        name: The gate.
        passed: Whether it lets the generation through.
        detail: What it saw, for a person.
    """

    name: str
    passed: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Record:
    """How a generation was built.

    Attributes:
        encoded: How many of its passages the newest build had to encode.
        reused: How many it took over.
        seconds: How long that build took, gates included.
        gates: What the gates found, in order.
        published_at: When a build last published it; None where no build did.
        starter_passages: How many of its passages come from the starter corpus.
        golden_score: What it reached on the golden set; None where that was not asked.
        golden_set: Names the questions and articles that the score is over.
    """

    encoded: int = 0
    reused: int = 0
    seconds: float = 0.0
    gates: tuple[GateResult, ...] = ()
    published_at: datetime | None = None
    starter_passages: int = 0
    golden_score: float | None = None
    golden_set: str = ""

    def facts(self) -> dict[str, Any]:
        """Return what JSON can hold of it: everything."""
        at = self.published_at.isoformat() if self.published_at else None
        return asdict(self) | {"published_at": at}

    @classmethod
    def of(cls, facts: dict[str, Any]) -> "Record":
        """Return the record that gave facts.

        Raises:
            ValueError, TypeError, KeyError: No record gave them.
        """
        gates = tuple(GateResult(**gate) for gate in facts["gates"])
        at = datetime.fromisoformat(facts["published_at"]) if facts["published_at"] else None
        return cls(**facts | {"gates": gates, "published_at": at})

    def write(self, folder: Path) -> None:
        """Write the record into a generation's folder."""
        write_sealed(folder / RECORD, self.facts())

    @classmethod
    def read(cls, folder: Path) -> "Record":
        """Read a generation's record; an absent or damaged one tells nothing, and keeps nobody from answers."""
        try:
            return cls.of(read_sealed(folder / RECORD))
        except FileNotFoundError:  # the build was killed before it came so far
            return cls()
        except (OSError, ValueError, TypeError, KeyError) as error:
            _log.warning("the record of generation %s cannot be read: %s", folder.name, error)
            return cls()
