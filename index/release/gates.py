"""Gates that every generation passes before it answers: they look at what was written, as a reader would open it.

Owns what each gate looks at and its bounds. What comes of a failed gate is decided elsewhere.
"""

import hashlib
from dataclasses import dataclass

import numpy as np

from index.answer import Quote
from index.encoder import Encoder
from index.errors import QuoteMismatchError
from index.generation import Found, Generation
from index.record import GateResult

MIN_SHARE, MAX_GROWTH = 0.5, 20.0
"""Between these times the last number of passages the next is believed."""
LOSS_FROM, GROWTH_FROM = 30, 1_000
"""A loss of fewer passages, or a growth from fewer, is a person's own doing and needs no gate."""
UNIT_TOLERANCE = 1e-3
QUOTES, REENCODED = 200, 16
"""How many passages are sliced anew, and how many are encoded anew."""
_BLOCK = 10_000


@dataclass(frozen=True, slots=True)
class Counts:
    """How many passages a generation holds.

    Attributes:
        own: From the store.
        starter: From the starter corpus, which a setting turns on and off.
    """

    own: int
    starter: int


def count(now: Counts, last: Counts | None) -> GateResult:
    """Compare the number of passages with the last generation's; the starter corpus may go as a whole."""
    if last is None:
        return GateResult("count", True, f"{now.own + now.starter} passages; no generation to compare with")
    unlikely = [
        f"{after} of {before} passages are left of {what}"
        for what, after, before in (
            ("the articles that were added", now.own, last.own),
            ("the starter corpus", now.starter or last.starter, last.starter),  # all of it goes with a setting
        )
        if before - after > LOSS_FROM and after < MIN_SHARE * before
    ]
    if last.own >= GROWTH_FROM and now.own > MAX_GROWTH * last.own:
        unlikely.append(f"{last.own} passages of articles that were added became {now.own}")
    detail = f"{now.own + now.starter} passages, {last.own + last.starter} in the last generation"
    return GateResult("count", not unlikely, "; ".join([detail, *unlikely]))


def vectors(generation: Generation) -> GateResult:
    """Look at every vector: finite, and of unit length."""
    total = len(generation.vectors)
    worst = 0.0
    for first in range(0, total, _BLOCK):
        rows = generation.vectors.rows(first, min(_BLOCK, total - first))
        bad = np.flatnonzero(~np.isfinite(rows).all(axis=1))
        if bad.size:
            return GateResult("vectors", False, f"the vector of passage {first + bad[0]} is not finite")
        errors = np.abs(np.linalg.norm(rows, axis=1) - 1.0)
        if errors.max() > UNIT_TOLERANCE:
            where = first + int(errors.argmax())
            length = np.linalg.norm(generation.vectors.rows(where, 1))
            return GateResult("vectors", False, f"the vector of passage {where} has length {length:.4f}, not 1")
        worst = max(worst, float(errors.max()))
    return GateResult("vectors", True, f"{total} finite, lengths within {worst:.1e} of 1")


def quotes(generation: Generation) -> GateResult:
    """Slice a sample of passages anew from the articles, and compare the articles with the hashes of the store."""
    sample = generation.passages(_sample(generation, QUOTES))
    for found in sample:
        if problem := _misquoted(generation, found):
            return GateResult("quotes", False, f"passage {found.number}: {problem}")
    return GateResult("quotes", True, f"{len(sample)} passages sliced anew")


def fidelity(generation: Generation, encoder: Encoder) -> GateResult:
    """Compare the encoder with the original model, and a sample of vectors with what it makes of their passages now."""
    served = encoder.fidelity()
    sample = generation.passages(_sample(generation, REENCODED))
    again = encoder.encode_passages([found.searched_text for found in sample])
    numbers = np.asarray([found.number for found in sample], dtype=np.int64)
    stored = np.concatenate([generation.vectors.rows(int(number), 1) for number in numbers])
    cosine = float((again * stored).sum(axis=1).min())
    detail = (
        f"cosine to the original at least {served.cosine:.4f}, of {len(sample)} stored vectors to the same passages "
        f"encoded now {cosine:.4f}; floor {served.floor}"
    )
    # Written so that not-a-number fails.
    return GateResult("fidelity", served.cosine >= served.floor and cosine >= served.floor, detail)


def _sample(generation: Generation, size: int) -> list[int]:
    """Return numbers of passages, spread evenly from the first to the last."""
    last = generation.manifest.passages - 1
    return [int(number) for number in np.unique(np.linspace(0, last, min(size, last + 1)).round())]


def _misquoted(generation: Generation, found: Found) -> str | None:
    text = generation.text(found.article.id)
    expected = generation.content_hash(found.article.id)
    if hashlib.sha256(text.encode()).hexdigest() != expected:
        return f"the text of article {found.article.id} is not the one that the store has"
    passage = found.passage
    for sentence in passage.sentences:
        quote = Quote(
            article_id=found.article.id,
            version=passage.version,
            span=passage.span,
            sentence=sentence,
            answer=sentence,
            text=passage.span.of(found.text),
        )
        try:
            quote.check(text)
        except QuoteMismatchError as error:
            return str(error)
    return None
