"""The parts of a generation that a build takes from the memo where it can, and makes and remembers where it cannot.

Owns what each part is made from (its key) and how it is written down. A part is a function of its key, so that a
generation is the same whatever was remembered.
"""

import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from corpus import Article, Span, Version
from corpus.passages import split_passages
from index import recipe
from index.encoder import Encoder, Vectors
from index.generation import searched_text
from index.lexical import lexical_terms
from index.lexicon import Lexicon
from index.memo import Memo, memo_key

if TYPE_CHECKING:
    from index.clustering import Wording

_BATCH = 200
ENCODE_BATCH = 256
"""So many passages are encoded before they are safe from a kill."""

Pairs = Sequence[tuple[Article, Version]]


@dataclass(frozen=True, slots=True)
class Cut:
    """An article's passages.

    Attributes:
        key: Names the text and the way of cutting it.
        passages: For each passage its sentences as int32 pairs of start and end, little-endian.
    """

    key: bytes
    passages: tuple[bytes, ...]

    def texts(self, article: Article, version: Version) -> Iterator[str]:
        """Yield what the search sees of each passage."""
        for sentences in self.passages:
            bounds = np.frombuffer(sentences, dtype="<i4")
            yield searched_text(article.title, Span(int(bounds[0]), int(bounds[-1])).of(version.text))


@dataclass(frozen=True, slots=True)
class Encoded:
    """The vectors of some texts.

    Attributes:
        rows: float32, (n_texts, dim).
        keys: Their keys in the memo.
        n_encoded: How many had to be made.
    """

    rows: Vectors
    keys: list[bytes]
    n_encoded: int


def cuts(articles: Pairs, memo: Memo, on_done: Callable[[int], None]) -> list[Cut]:
    """Cut every article into passages."""
    keys = [memo_key("cut", recipe.cutting(), version.content_hash) for _, version in articles]
    written = _remembered(keys, lambda number: _cut(articles[number][1]), memo, on_done)
    return [_read_cut(key, value) for key, value in zip(keys, written, strict=True)]


def term_keys(articles: Pairs, cut: Sequence[Cut], lexicon: Lexicon) -> list[bytes]:
    """Return the key of each article's terms."""
    made_by = (recipe.terms(), lexicon.fingerprint)
    return [
        memo_key("terms", *made_by, article.title, own.key.hex())
        for (article, _), own in zip(articles, cut, strict=True)
    ]


def terms(
    articles: Pairs, cut: Sequence[Cut], keys: list[bytes], lexicon: Lexicon, memo: Memo, on_done: Callable[[int], None]
) -> Iterator[list[str]]:
    """Yield the terms of every passage, in order; only some articles' are held at once."""

    def count(number: int) -> bytes:
        found = [lexical_terms(text, lexicon) for text in cut[number].texts(*articles[number])]
        return zlib.compress(json.dumps(found, ensure_ascii=False).encode(), 1)

    for value in _remembered(keys, count, memo, on_done):
        yield from json.loads(zlib.decompress(value))


def wording_keys(articles: Pairs) -> list[bytes]:
    """Return the key of each article's wording."""
    return [memo_key("wording", recipe.wording(), version.content_hash) for _, version in articles]


def wordings(articles: Pairs, keys: list[bytes], memo: Memo) -> list["Wording"]:
    """Return what is compared of every article."""
    from index.clustering import Wording  # its libraries are slow to import, and serving never needs them

    written = _remembered(keys, lambda number: Wording.of(articles[number][1].text).to_bytes(), memo, lambda done: None)
    return [Wording.from_bytes(value) for value in written]


def vectors(texts: Sequence[str], encoder: Encoder, memo: Memo, on_progress: Callable[[int, int], None]) -> Encoded:
    """Return the vector of every text.

    Args:
        texts: What to encode.
        encoder: Encodes what the memo does not know.
        memo: Remembers every batch at once.
        on_progress: Told how many of how many unknown texts are encoded.
    """
    keys = [memo_key("vector", encoder.fingerprint, text) for text in texts]
    rows = np.empty((len(texts), encoder.dim), dtype=np.float32)
    places: dict[bytes, list[int]] = {}
    for first in range(0, len(keys), _BATCH):
        known = memo.get(keys[first : first + _BATCH])
        for place in range(first, min(first + _BATCH, len(keys))):
            value = known.get(keys[place], b"")
            if len(value) == rows.itemsize * encoder.dim:
                rows[place] = np.frombuffer(value, dtype="<f4")
            else:
                places.setdefault(keys[place], []).append(place)
    unknown = list(places)
    on_progress(0, len(unknown))
    for first in range(0, len(unknown), ENCODE_BATCH):
        batch = unknown[first : first + ENCODE_BATCH]
        told = partial(_tell, on_progress, first, len(unknown))
        made = encoder.encode_passages([texts[places[key][0]] for key in batch], told)
        memo.put((key, row.astype("<f4").tobytes()) for key, row in zip(batch, made, strict=True))
        for key, row in zip(batch, made, strict=True):
            rows[places[key]] = row
    return Encoded(rows, keys, len(unknown))


def _tell(on_progress: Callable[[int, int], None], before: int, total: int, done: int) -> None:
    on_progress(before + done, total)


def _remembered(
    keys: list[bytes], make: Callable[[int], bytes], memo: Memo, on_done: Callable[[int], None]
) -> Iterator[bytes]:
    """Yield the value of each key; what the memo does not know is made, by its number, and remembered by batches."""
    for first in range(0, len(keys), _BATCH):
        batch = keys[first : first + _BATCH]
        known = memo.get(batch)
        made = {}
        for number, key in enumerate(batch, start=first):
            if key not in known:
                known[key] = made[key] = make(number)
        if made:
            memo.put(made.items())
        on_done(first + len(batch))
        yield from (known[key] for key in batch)


def _cut(version: Version) -> bytes:
    passages = split_passages(version.article_id, version.number, version.text, max_words=recipe.PASSAGE_MAX_WORDS)
    lengths = [len(passage.sentences) for passage in passages]
    bounds = [at for passage in passages for s in passage.sentences for at in (s.start_char, s.end_char)]
    return np.asarray([len(lengths), *lengths, *bounds], dtype="<i4").tobytes()


def _read_cut(key: bytes, written: bytes) -> Cut:
    numbers = np.frombuffer(written, dtype="<i4")
    lengths = numbers[1 : 1 + numbers[0]]
    ends = (4 * (1 + len(lengths)) + 8 * np.cumsum(lengths)).tolist()
    starts = [4 * (1 + len(lengths)), *ends]
    return Cut(key, tuple(written[start:end] for start, end in zip(starts, ends, strict=False)))
