"""What a build costs when little has changed, and how fast passages are encoded.

    python -m benchmarks.builds --passages 100000 --encoder hashed
    python -m benchmarks.builds --passages 2000 --encoder onnx
    python -m benchmarks.builds --rate

Owns the measuring. The articles are made of random words with Zipf's frequencies, three passages each; one article in a
hundred is changed between the two builds, and a third build of the changed articles, from nothing, must have the same
digest and the same files. ``hashed`` encodes by hashing, so that only the machinery is measured; ``onnx`` is the real
encoder, with its exports in ``--work``.
"""

import argparse
import hashlib
import random
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

import numpy as np

from corpus import Article, Version
from index.build import Built, Progress, built_generation
from index.encoder import Encoder, Vectors, open_encoder
from index.encoder.base import EncoderIdentity, EncoderSpec, Fidelity
from index.gate import load_gate
from index.lexicon import load_lexicon

PASSAGES_AN_ARTICLE = 3
WORDS_A_SENTENCE, SENTENCES_A_PASSAGE = 18, 6
VOCABULARY = 50_000
FUNCTION_SHARE = 0.42
"""Of English text, about."""
CHANGED_SHARE = 0.01
RATE_PASSAGES = 256

Published = tuple[Article, Version]


class HashedEncoder:
    """A unit vector from the SHA-256 of a text: as cheap as a deterministic encoder can be."""

    dim = 384
    identity = EncoderIdentity("hashed", "none", "fp32", 0, "", "")
    fingerprint = identity.fingerprint

    def fidelity(self) -> Fidelity:
        """Return that it is its own original."""
        return Fidelity(1.0, 0.9999)

    def encode_question(self, text: str) -> Vectors:
        """Return float32, (dim,), of unit length."""
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
        vector = np.random.default_rng(seed).standard_normal(self.dim, dtype=np.float32)
        unit: Vectors = vector / np.linalg.norm(vector)
        return unit

    def encode_passages(self, texts: Sequence[str], on_progress: Callable[[int], None] | None = None) -> Vectors:
        """Return float32, (n_texts, dim), rows of unit length."""
        rows = np.stack([self.encode_question(text) for text in texts])
        if on_progress:
            on_progress(len(texts))
        return rows


@dataclass
class Writer:
    """Writes articles of random words.

    Attributes:
        chance: The generator; the same seed writes the same articles.
        vocabulary: How many words there are.
        function_words: Words that are mixed in, ``FUNCTION_SHARE`` of all; the lexical side leaves them out.
    """

    chance: random.Random
    vocabulary: int = VOCABULARY
    function_words: Sequence[str] = ()

    def __post_init__(self) -> None:
        """Make the words, and how often each comes."""
        letters = "abcdefghijklmnopqrstuvwxyz"
        self._words = [
            "".join(self.chance.choices(letters, k=self.chance.randint(3, 10))) for _ in range(self.vocabulary)
        ]
        weights = [1 / (rank + 10) for rank in range(self.vocabulary)]
        if self.function_words:
            each = sum(weights) * FUNCTION_SHARE / (1 - FUNCTION_SHARE) / len(self.function_words)
            self._words += self.function_words
            weights += [each] * len(self.function_words)
        self._frequencies = list(accumulate(weights))

    def article(self, number: int) -> Published:
        """Return an article of three passages."""
        paragraphs = [
            " ".join(self._sentence() for _ in range(SENTENCES_A_PASSAGE)) for _ in range(PASSAGES_AN_ARTICLE)
        ]
        text = "\n\n".join(paragraphs)
        at = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(hours=number)
        article = Article(f"a{number:07}", f"https://bench.example/{number}", self._sentence()[:60], "Bench", at)
        return article, Version(article.id, 1, text, hashlib.sha256(text.encode()).hexdigest())

    def _sentence(self) -> str:
        words = self.chance.choices(self._words, cum_weights=self._frequencies, k=WORDS_A_SENTENCE)
        return f"{words[0].capitalize()} {' '.join(words[1:])}."


@dataclass(frozen=True, slots=True)
class Timed:
    """A build, measured.

    Attributes:
        built: What was built.
        seconds: From articles to a generation in place.
        stages: Seconds from the first word of a stage to the first of the next.
    """

    built: Built
    seconds: float
    stages: dict[str, float]


def timed_build(articles: list[Published], folder: Path, encoder: Encoder) -> Timed:
    """Build a generation and measure how long it takes, stage by stage."""
    stages: dict[str, float] = defaultdict(float)
    last_stage, last_at = "opening", time.perf_counter()
    started = last_at

    def note(progress: Progress) -> None:
        nonlocal last_stage, last_at
        now = time.perf_counter()
        stages[last_stage] += now - last_at
        last_stage, last_at = progress.stage, now

    with built_generation(
        articles,
        folder / "index",
        encoder=encoder,
        encoder_name="bench",
        lexicon=load_lexicon(),
        gate=load_gate(),
        memo_path=folder / "memo.db",
        corpus_stamp="bench",
        on_progress=note,
    ) as built:
        ended = time.perf_counter()
    stages[last_stage] += ended - last_at
    return Timed(built, ended - started, dict(stages))


def compare(n_passages: int, encoder: Encoder) -> None:
    """Build everything, then with one article in a hundred changed, then the same from nothing."""
    writer = Writer(random.Random(1))
    articles = [writer.article(number) for number in range(-(-n_passages // PASSAGES_AN_ARTICLE))]
    changed = list(articles)
    for number in range(0, len(articles), round(1 / CHANGED_SHARE)):
        changed[number] = writer.article(number)
    with tempfile.TemporaryDirectory() as parent:
        grown, fresh = Path(parent) / "grown", Path(parent) / "fresh"
        full = timed_build(articles, grown, encoder)
        show("full", full)
        incremental = timed_build(changed, grown, encoder)
        show("1 % changed", incremental)
        anew = timed_build(changed, fresh, encoder)
        show("the same from nothing", anew)
        size = (grown / "memo.db").stat().st_size / full.built.manifest.passages
    same = incremental.built.manifest.digest == anew.built.manifest.digest
    same_files = incremental.built.manifest.files == anew.built.manifest.files
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    tell(f"share of a full build's time: {incremental.seconds / full.seconds:.1%}")
    tell(f"same digest: {same}, same files: {same_files}; memo {size:.0f} bytes a passage; peak {peak_mb:.0f} MB")


def show(name: str, timed: Timed) -> None:
    """Print a build."""
    manifest = timed.built.manifest
    tell(f"{name}: {timed.seconds:.1f} s, {manifest.passages} passages, {timed.built.encoded} encoded")
    for stage, seconds in timed.stages.items():
        tell(f"    {stage}: {seconds:.1f} s")


def compare_rates(encoder: Encoder) -> None:
    """Encode the same passages with SentenceTransformer.encode as it comes, and with the encoder that serves."""
    from sentence_transformers import SentenceTransformer

    from index.encoder.weights import packaged_model_folder

    writer = Writer(random.Random(2))
    texts = [
        text for n in range(RATE_PASSAGES // PASSAGES_AN_ARTICLE) for text in writer.article(n)[1].text.split("\n\n")
    ]
    model = SentenceTransformer(str(packaged_model_folder()), device="cpu")
    model.encode(texts[:8], show_progress_bar=False)
    encoder.encode_passages(texts[:8])
    for _ in range(3):
        started = time.perf_counter()
        model.encode(texts, show_progress_bar=False)
        torch_rate = len(texts) / (time.perf_counter() - started)
        started = time.perf_counter()
        encoder.encode_passages(texts)
        rate = len(texts) / (time.perf_counter() - started)
        tell(
            f"{len(texts)} passages: SentenceTransformer.encode {torch_rate:.0f}/s, index build {rate:.0f}/s, "
            f"{rate / torch_rate:.1f} times as many"
        )


def tell(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Measure what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--encoder", choices=("hashed", "onnx"), default="hashed")
    parser.add_argument("--rate", action="store_true", help="measure the rate of encoding instead")
    parser.add_argument("--work", type=Path, default=Path("data"), help="holds models/, the exported encoder")
    arguments = parser.parse_args()
    if arguments.rate:
        compare_rates(open_encoder(EncoderSpec(), arguments.work / "models"))
        return
    real = arguments.encoder == "onnx"
    encoder = open_encoder(EncoderSpec(), arguments.work / "models") if real else HashedEncoder()
    compare(arguments.passages, encoder)


if __name__ == "__main__":
    main()
