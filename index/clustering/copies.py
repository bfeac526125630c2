"""Which articles are one text: published twice, syndicated, shortened or lightly edited.

Owns telling copies from articles that merely tell the same. MinHash with LSH (Broder 1997; datasketch) proposes pairs
by their runs of words, and the runs themselves decide, so that the hashes never do. A signature is a part of the
wording, so that builds remember it; which of them meet in a band is found by sorting. Two reports of the same kind of
event may share most of their wording; a copy also keeps the numbers and the days.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from datasketch import MinHash
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


Hashes = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Wording:
    """What is compared of a text: hashes, since the runs of 100,000 articles themselves would fill gigabytes.

    Attributes:
        words: SHA-256 of all its words in a row; empty where it has none.
        runs: uint32, (n,), ascending: of its runs of words, each once.
        facts: uint32, (n,), ascending: of its numbers and days, each once.
        signature: uint32, (``BANDS`` * ``ROWS``,), of its runs; (0,) where these are fewer than ``SHORT_RUNS``.
    """

    words: bytes
    runs: Hashes
    facts: Hashes
    signature: Hashes

    @classmethod
    def of(cls, text: str) -> "Wording":
        """Read a whole article without its headline, which is what an editor changes first."""
        words = " ".join(_WORD.findall(text.lower()))
        digest = hashlib.sha256(words.encode()).digest() if words else b""
        runs = _hashes(_runs(words))
        return cls(digest, runs, _hashes(_facts(text)), _signature(runs))

    def to_bytes(self) -> bytes:
        """Return it as bytes, little-endian: how many of words, runs and facts there are, then all four in a row."""
        lengths = np.asarray([len(self.words), len(self.runs), len(self.facts)], dtype="<u4")
        numbers = np.concatenate([self.runs, self.facts, self.signature]).astype("<u4")
        return lengths.tobytes() + self.words + numbers.tobytes()

    @classmethod
    def from_bytes(cls, written: bytes) -> "Wording":
        """Return what ``to_bytes`` wrote."""
        n_words, n_runs, n_facts = np.frombuffer(written, dtype="<u4", count=3).tolist()
        numbers = np.frombuffer(written, dtype="<u4", offset=12 + n_words)
        runs, facts, signature = np.split(numbers, [n_runs, n_runs + n_facts])
        return cls(written[12 : 12 + n_words], runs, facts, signature)


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
    long = [number for number, text in enumerate(read) if text.signature.size]
    if not long:
        return []
    pairs = []
    for first, second in _proposed(np.stack([read[number].signature for number in long])).tolist():
        one, other = read[long[first]], read[long[second]]
        share = _share(one.runs, other.runs)
        if share >= COPY_SHARE and _share(one.facts, other.facts) >= FACTS_SHARE:
            pairs.append(Pair(long[first], long[second], share))
    return pairs


def _proposed(signatures: Hashes) -> npt.NDArray[np.int64]:
    """Return int64, (n_pairs, 2): the rows that are alike in a whole band, each pair once and in order.

    Args:
        signatures: uint32, (n_texts, ``BANDS`` * ``ROWS``).
    """
    n_texts = len(signatures)
    found = np.zeros(0, dtype=np.int64)  # a pair as one number, the higher row first
    for start in range(0, BANDS * ROWS, ROWS):
        band = signatures[:, start : start + ROWS]
        order = np.lexsort(band.T)
        is_new = np.append(True, (band[order[1:]] != band[order[:-1]]).any(axis=1))
        buckets = np.cumsum(is_new)
        shared = np.bincount(buckets)[buckets] > 1
        rows, buckets = order[shared], buckets[shared]
        met, step = [found], 1
        while (together := buckets[step:] == buckets[:-step]).any():
            ends = np.sort([rows[:-step][together], rows[step:][together]], axis=0)
            met.append(ends[1] * n_texts + ends[0])
            step += 1
        found = np.unique(np.concatenate(met))
    return np.stack([found % n_texts, found // n_texts], axis=1)


def _signature(runs: Hashes) -> Hashes:
    if len(runs) < SHORT_RUNS:
        return np.zeros(0, dtype=np.uint32)
    signature = _blank_signature().copy()
    signature.update_batch(runs)
    return np.asarray(signature.hashvalues, dtype=np.uint32)  # they are below 2^32


@cache
def _blank_signature() -> MinHash:
    return MinHash(num_perm=BANDS * ROWS, hashfunc=int)


def _runs(words: str) -> list[str]:
    split = words.split()
    return [" ".join(split[at : at + SHINGLE_WORDS]) for at in range(len(split) - SHINGLE_WORDS + 1)]


def _facts(text: str) -> list[str]:
    return [match.group().lower() for match in _FACT.finditer(text)]


def _hashes(items: list[str]) -> Hashes:
    """Return the hashes of items, each once."""
    return np.unique(np.asarray([sha1_hash32(item.encode()) for item in items], dtype=np.uint32))


def _share(one: Hashes, other: Hashes) -> float:
    """Return how much of the smaller set the other one holds, 0..1; all of an empty one."""
    smaller = min(len(one), len(other))
    return len(np.intersect1d(one, other, assume_unique=True)) / smaller if smaller else 1.0
