"""Small JSON files that tell when a byte of them was changed.

Owns their form: sorted keys, two spaces, and a seal, the SHA-256 of everything else. A file is replaced in one rename,
so a reader sees the old one or the new one.
"""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

_SEAL = "seal"


def write_sealed(path: Path, facts: dict[str, Any]) -> None:
    """Write facts, in one rename, so that they also outlast a loss of power."""
    staging = path.with_name(f".{path.name}-{os.getpid()}")
    with staging.open("w", encoding="utf-8") as stream:
        stream.write(_text(facts))
        stream.flush()
        os.fsync(stream.fileno())
    staging.replace(path)


def read_sealed(path: Path) -> dict[str, Any]:
    """Return the facts of a file.

    Raises:
        OSError: It cannot be read.
        ValueError: It is not as it was written.
    """
    written = path.read_bytes()
    facts = json.loads(written)
    if not isinstance(facts, dict):
        raise ValueError("it holds no object")
    facts.pop(_SEAL, None)
    if _text(facts).encode() != written:
        raise ValueError("its seal is broken")
    return facts


def _text(facts: dict[str, Any]) -> str:
    seal = hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()
    return json.dumps(facts | {_SEAL: seal}, indent=2, sort_keys=True) + "\n"
