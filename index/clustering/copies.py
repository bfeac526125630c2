"""Which articles are one text: published twice, syndicated, shortened or lightly edited.

Owns telling copies from articles that merely tell the same. MinHash with LSH (Broder 1997; datasketch) proposes pairs
by their runs of words, and the runs themselves decide, so that the hashes never do. Two reports of the same kind of
event may share most of their wording; a copy also keeps the numbers and the days.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from datasketch import MinHash, MinHashLSH
from datasketch.hashfunc import sha1_hash32

from index.clustering.grouping import Pair, group
from index.clusters import Labels

SHINGLE_WORDS = 4
BANDS, ROWS = 42, 3
"""A pair whose runs are half the same is proposed with a probability of .996, at a tenth with .04."""
COPY_SHARE = 0.6
"""Of the shorter text's runs a copy holds at least so many; texts with fewer than ``SHORT_RUNS`` only if all alike."""
FACTS_SHARE = 0.8
"""And of its numbers and days at least so many."""
SHORT_RUNS = 12

_WORD = re.compile(r"\w+")
_FACT = re.compile(
    r"\b\w*\d[\w.,:-]*\b"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Wording:
    """What is compared of a text: hashes, since the runs of 100,000 articles themselves would fill gigabytes.

    Attributes:
        words: SHA-256 of all its words in a row; empty where it has none.
        runs: uint32, (n,), ascending: of its runs of words, each once.
        facts: uint32, (n,), ascending: of its numbers and days, each once.
    """

    words: bytes
    runs: npt.NDArray[np.uint32]
    facts: npt.NDArray[np.uint32]

    @classmethod
    def of(cls, text: str) -> "Wording":
        """Read a whole article without its headline, which is what an editor changes first."""
        words = " ".join(_WORD.findall(text.lower()))
        digest = hashlib.sha256(words.encode()).digest() if words else b""
        return cls(digest, _hashes(_runs(words)), _hashes(_facts(text)))

    def to_bytes(self) -> bytes:
        """Return it as bytes, little-endian: how many of words and of runs there are, then all three in a row."""
        numbers = np.concatenate([self.runs, self.facts]).astype("<u4").tobytes()
        return np.asarray([len(self.words), len(self.runs)], dtype="<u4").tobytes() + self.words + numbers

    @classmethod
    def from_bytes(cls, written: bytes) -> "Wording":
        """Return what ``to_bytes`` wrote."""
        n_words, n_runs = np.frombuffer(written, dtype="<u4", count=2).tolist()
        numbers = np.frombuffer(written, dtype="<u4", offset=8 + n_words).astype(np.uint32)
        return cls(written[8 : 8 + n_words], numbers[:n_runs], numbers[n_runs:])


def find_copies(texts: Sequence[Wording]) -> Labels:
    """Return int32, (n_texts,): for each text the lowest number among its copies, itself included."""
    first_with: dict[bytes, int] = {}
    firsts = np.asarray(
        [first_with.setdefault(text.words, number) if text.words else number for number, text in enumerate(texts)],
        dtype=np.int32,
    )
    different = np.unique(firsts)
    read = [texts[number] for number in different]
    labels = group(len(read), _pairs(read))
    return different[labels][np.searchsorted(different, firsts)].astype(np.int32)


def _pairs(read: Sequence[Wording]) -> list[Pair]:
    index = MinHashLSH(num_perm=BANDS * ROWS, params=(BANDS, ROWS))
    long = [number for number, text in enumerate(read) if len(text.runs) >= SHORT_RUNS]
    signatures = MinHash.generator((read[number].runs for number in long), num_perm=BANDS * ROWS, hashfunc=int)
    pairs = []
    for number, signature in zip(long, signatures, strict=True):
        for other in sorted(index.query(signature)):
            share = _share(read[number].runs, read[other].runs)
            if share >= COPY_SHARE and _share(read[number].facts, read[other].facts) >= FACTS_SHARE:
                pairs.append(Pair(other, number, share))
        index.insert(number, signature)
    return pairs


def _runs(words: str) -> list[str]:
    split = words.split()
    return [" ".join(split[at : at + SHINGLE_WORDS]) for at in range(len(split) - SHINGLE_WORDS + 1)]


def _facts(text: str) -> list[str]:
    return [match.group().lower() for match in _FACT.finditer(text)]


def _hashes(items: list[str]) -> npt.NDArray[np.uint32]:
    """Return the hashes of items, each once."""
    return np.unique(np.asarray([sha1_hash32(item.encode()) for item in items], dtype=np.uint32))


def _share(one: npt.NDArray[np.uint32], other: npt.NDArray[np.uint32]) -> float:
    """Return how much of the smaller set the other one holds, 0..1; all of an empty one."""
    smaller = min(len(one), len(other))
    return len(np.intersect1d(one, other, assume_unique=True)) / smaller if smaller else 1.0
