"""A small corpus of invented news, and what is made of it."""

import hashlib
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

from corpus import Article, Passage, Span, Version, split_passages
from index.answer import NO_FILTERS, Filters
from index.build import Built, Progress, built_generation
from index.encoder import Encoder
from index.gate import open_gate
from index.generation import Found, Generation, Manifest
from index.lexicon import Lexicon
from index.question import Question, understand

Published = tuple[Article, Version]

LEXICON = """
[[concept]]
id = "reboost"
name = "raise its orbit with engines"
phrases = ["reboost", "raise ... orbit", "keep ... aloft"]

[[concept]]
id = "usdv"
name = "Deorbit Vehicle"
phrases = ["USDV", "Deorbit Vehicle"]
related = ["tug"]

[[concept]]
id = "us"
name = "United States"
phrases = ["US", "U.S.", "United States"]
"""

ASKED_AT = datetime(2031, 6, 1, 12, tzinfo=UTC)


def published(
    article_id: str,
    text: str,
    *,
    title: str = "",
    publisher: str = "Orbit Gazette",
    at: datetime | None = datetime(2031, 5, 6, 9, 30, tzinfo=UTC),
    version: int = 1,
) -> Published:
    """Return an article with a version of its text."""
    article = Article(article_id, f"https://orbit.example/{article_id}", title, publisher, at)
    return article, Version(article_id, version, text, hashlib.sha256(text.encode()).hexdigest())


LANDING = published(
    "landing",
    "The Larkspur lander left its parking orbit on Monday. It touched down near the crater Vesna at 04:12 UTC.\n\n"
    "Its two rovers will roll out next week.",
    title="Larkspur reaches the ground",
)
REBOOST = published(
    "reboost",
    "A cargo ship burned its engines for nine minutes. That raised the outpost's orbit by two kilometres.",
    title="Higher again",
    publisher="Selene Post",
    at=datetime(2031, 5, 20, tzinfo=UTC),
)
FUELLING = published(
    "fuelling",
    "The fuelling test of the Kestrel rocket moved to Thursday because a valve froze.",
    publisher="Starter corpus",
    at=None,
)
FUTURE = published(
    "future",
    "The Larkspur lander went silent in August.",
    at=datetime(2031, 9, 1, tzinfo=UTC),
)
CORPUS = (LANDING, REBOOST, FUELLING, FUTURE)


def many_passages(article_id: str, sentence: str, n_passages: int) -> Published:
    """Return an article that holds a sentence in every one of its passages."""
    filler = " ".join(["filler"] * 95)
    text = "\n\n".join(f"{sentence} Part {number} {filler}." for number in range(n_passages))
    return published(article_id, text)


def found(text: str, *, title: str = "", number: int = 0, at: int = 0) -> Found:
    """Return one of the passages of a text as a generation would."""
    article, version = published("one", text, title=title)
    return Found(number, split_passages(article.id, version.number, text)[at], article, text)


def span_of(text: str, part: str) -> Span:
    """Return where a part first stands in a text."""
    return Span(text.index(part), text.index(part) + len(part))


def passage_of(text: str, *sentences: str) -> Passage:
    """Return the passage that is made of some sentences of a text."""
    spans = tuple(span_of(text, sentence) for sentence in sentences)
    return Passage("one", 1, Span(spans[0].start_char, spans[-1].end_char), spans)


def ignore(_: Progress) -> None:
    """Take no notice of progress."""


def build(articles: Iterable[Published], folder: Path, *, encoder: Encoder, lexicon: Lexicon) -> Manifest:
    """Build a generation of articles."""
    with built(articles, folder, encoder=encoder, lexicon=lexicon) as whole:
        return whole.manifest


def built(
    articles: Iterable[Published],
    folder: Path,
    *,
    encoder: Encoder,
    lexicon: Lexicon,
    corpus_stamp: str = "s1",
    on_progress: Callable[[Progress], None] = ignore,
) -> AbstractContextManager[Built]:
    """Build a generation of articles; the memo stands beside the folder."""
    return built_generation(
        articles,
        folder,
        encoder=encoder,
        encoder_name="words",
        lexicon=lexicon,
        gate=open_gate(),
        memo_path=memo_beside(folder),
        corpus_stamp=corpus_stamp,
        on_progress=on_progress,
    )


def memo_beside(folder: Path) -> Path:
    """Return where the tests keep the memo of an index folder."""
    return folder.with_name(f"{folder.name}-memo.db")


def opened(articles: Iterable[Published], folder: Path, *, encoder: Encoder, lexicon: Lexicon) -> Generation:
    """Build a generation of articles and open it."""
    return Generation(folder / build(articles, folder, encoder=encoder, lexicon=lexicon).generation)


def question(text: str, lexicon: Lexicon, *, asked_at: datetime = ASKED_AT, filters: Filters = NO_FILTERS) -> Question:
    """Return a question, understood."""
    return understand(text, asked_at=asked_at, filters=filters, lexicon=lexicon)
