from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import split_passages
from index.build import Progress
from index.encoder.weights import file_sha256
from index.errors import EmptyCorpusError
from index.generation import MANIFEST, Found, Generation, Manifest, searched_text
from index.lexical import LexicalIndex, lexical_terms
from index.lexicon import Lexicon, load_lexicon
from index.recipe import PASSAGE_MAX_WORDS
from index.shelf import publish
from index.vectors import VECTORS
from tests.corpus.texts import normalised_texts
from tests.index.fakes import FakeEncoder
from tests.index.texts import (
    CORPUS,
    LANDING,
    LEXICON,
    Published,
    build,
    built,
    many_passages,
    opened,
    published,
)


def digest(folder: Path, lexicon: Lexicon, *articles: Published, encoder: FakeEncoder | None = None) -> str:
    return build(articles, folder, encoder=encoder or FakeEncoder(), lexicon=lexicon).digest


def test_what_the_manifest_says(tmp_path: Path, lexicon: Lexicon) -> None:
    manifest = build(CORPUS, tmp_path, encoder=FakeEncoder(), lexicon=lexicon)
    folder = tmp_path / manifest.generation
    assert manifest == Manifest.read(folder)
    assert manifest.generation == manifest.digest[:16]
    assert (manifest.articles, manifest.passages, manifest.dim) == (4, 4, 256)
    assert (manifest.encoder, manifest.encoder_fingerprint) == ("words", "bag-of-words")
    assert (manifest.lexicon_fingerprint, manifest.corpus_stamp) == (lexicon.fingerprint, "s1")
    assert manifest.built_at.tzinfo is UTC
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    assert manifest.files == {name: file_sha256(path) for name, path in files.items() if name != MANIFEST}
    assert [path.name for path in tmp_path.iterdir()] == [manifest.generation]


@settings(max_examples=15, deadline=None)
@given(st.permutations(CORPUS))
def test_the_order_of_the_articles_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, generation: Generation, lexicon: Lexicon, articles: list[Published]
) -> None:
    manifest = build(articles, tmp_path_factory.mktemp("index"), encoder=FakeEncoder(), lexicon=lexicon)
    assert manifest.digest == generation.manifest.digest
    assert manifest.files == generation.manifest.files


def test_whatever_can_be_seen_in_an_answer_changes_the_digest(tmp_path: Path, lexicon: Lexicon) -> None:
    article, version = LANDING
    later = datetime(2031, 5, 8, tzinfo=UTC)
    changed = [
        published(article.id, version.text + " More.", title=article.title),
        (replace(article, title="Larkspur is down"), version),
        (replace(article, publisher="Selene Post"), version),
        (replace(article, url="https://orbit.example/other"), version),
        (replace(article, published_at=later), version),
        (replace(article, published_at=None), version),
        (replace(article, id="other"), version),
    ]
    digests = [digest(tmp_path, lexicon, pair) for pair in [LANDING, *changed]]
    assert len(set(digests)) == len(digests)
    assert len(list(tmp_path.iterdir())) == len(digests)


def test_encoder_and_lexicon_change_the_digest(tmp_path: Path, lexicon: Lexicon) -> None:
    (tmp_path / "own.toml").write_text(LEXICON.replace("aloft", "up"), "utf-8")
    other_lexicon = load_lexicon(tmp_path / "own.toml")
    digests = {
        digest(tmp_path / "index", lexicon, LANDING),
        digest(tmp_path / "index", lexicon, LANDING, encoder=FakeEncoder(fingerprint="other")),
        digest(tmp_path / "index", other_lexicon, LANDING),
    }
    assert len(digests) == 3


def test_the_same_generation_is_not_built_again(tmp_path: Path, lexicon: Lexicon) -> None:
    first = build(CORPUS, tmp_path, encoder=FakeEncoder(), lexicon=lexicon)
    marked = replace(first, built_at=datetime(2031, 1, 1, tzinfo=UTC))
    marked.write(tmp_path / first.generation)
    encoder = FakeEncoder()
    assert build(CORPUS, tmp_path, encoder=encoder, lexicon=lexicon) == marked
    assert encoder.encoded == []


def test_a_generation_that_stands_takes_the_new_stamp_of_the_corpus(tmp_path: Path, lexicon: Lexicon) -> None:
    first = build(CORPUS, tmp_path, encoder=FakeEncoder(), lexicon=lexicon)
    with built(CORPUS, tmp_path, encoder=FakeEncoder(), lexicon=lexicon, corpus_stamp="s2") as again:
        second = again.manifest
    assert second == replace(first, corpus_stamp="s2") == Manifest.read(tmp_path / first.generation)


def test_a_damaged_generation_is_built_again(tmp_path: Path, lexicon: Lexicon) -> None:
    first = build(CORPUS, tmp_path, encoder=FakeEncoder(), lexicon=lexicon)
    vectors = tmp_path / first.generation / VECTORS
    whole = vectors.read_bytes()
    for damage in (whole[: len(whole) // 2], whole[:-1] + bytes([whole[-1] ^ 1])):
        vectors.write_bytes(damage)
        assert build(CORPUS, tmp_path, encoder=FakeEncoder(), lexicon=lexicon).digest == first.digest
        assert vectors.read_bytes() == whole
    assert [path.name for path in tmp_path.iterdir()] == [first.generation]


def test_a_build_that_fails_leaves_nothing_and_touches_nothing(tmp_path: Path, lexicon: Lexicon) -> None:
    standing = build([LANDING], tmp_path, encoder=FakeEncoder(), lexicon=lexicon)
    publish(tmp_path, standing.generation)
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(RuntimeError, match="the encoder broke down"):
        build(CORPUS, tmp_path, encoder=FakeEncoder(fails_after=2), lexicon=lexicon)
    assert sorted(path.name for path in tmp_path.iterdir()) == before == sorted([standing.generation, "current"])
    assert tuple(Generation(tmp_path / standing.generation).articles) == (LANDING[0],)


def test_an_empty_corpus_is_told(tmp_path: Path, lexicon: Lexicon) -> None:
    with pytest.raises(EmptyCorpusError, match="the corpus is empty; add articles with `space-news corpus add PATH`"):
        digest(tmp_path / "index", lexicon)
    assert not (tmp_path / "index").exists()


@pytest.mark.parametrize("text", ["", "…", "the of and"])
def test_a_corpus_without_a_word_is_told(tmp_path: Path, lexicon: Lexicon, text: str) -> None:
    with pytest.raises(EmptyCorpusError, match="no article holds a word to search for"):
        digest(tmp_path, lexicon, published("empty", text))
    assert list(tmp_path.iterdir()) == []


def test_both_sides_see_the_passage_under_its_headline(tmp_path: Path, lexicon: Lexicon) -> None:
    encoder = FakeEncoder()
    generation = opened(CORPUS, tmp_path, encoder=encoder, lexicon=lexicon)
    texts = [searched_text(found.article.title, found.passage.span.of(found.text)) for found in _all(generation)]
    assert encoder.encoded == texts
    assert texts[3].startswith("Higher again. A cargo ship")
    assert texts[0].startswith("The fuelling test")
    expected = LexicalIndex.build([lexical_terms(text, lexicon) for text in texts]).scores(["orbit", "again"])
    assert generation.lexical.scores(["orbit", "again"]).tolist() == expected.tolist()
    rows = generation.vectors.similarities(encoder.encode_question("orbit"), np.arange(4))
    np.testing.assert_allclose(rows, [encoder.encode_question(t) @ encoder.encode_question("orbit") for t in texts])


def test_progress_is_told(tmp_path: Path, lexicon: Lexicon) -> None:
    told: list[Progress] = []
    articles = [LANDING, many_passages("long", "It flew.", 3)]
    with built(articles, tmp_path, encoder=FakeEncoder(), lexicon=lexicon, on_progress=told.append):
        pass
    assert told == [
        Progress("cutting articles into passages", 2, 2),
        Progress("counting words", 2, 2),
        *(Progress("encoding passages", n, 4) for n in (0, 1, 2, 3, 4)),
        Progress("finding copies and stories", 0, 0),
    ]


@settings(max_examples=30, deadline=None)
@given(st.lists(normalised_texts, min_size=1, max_size=3))
def test_passages_are_exact_slices_of_whatever_was_published(
    tmp_path_factory: pytest.TempPathFactory, lexicon: Lexicon, texts: list[str]
) -> None:
    articles = [LANDING, *(published(f"a{number}", text, version=7) for number, text in enumerate(texts))]
    generation = opened(articles, tmp_path_factory.mktemp("index"), encoder=FakeEncoder(), lexicon=lexicon)
    expected = [
        passage
        for article, version in sorted(articles, key=lambda pair: pair[0].id)
        for passage in split_passages(article.id, version.number, version.text, max_words=PASSAGE_MAX_WORDS)
    ]
    text_of = {article.id: version.text for article, version in articles}
    assert [found.passage for found in _all(generation)] == expected
    assert [found.text for found in _all(generation)] == [text_of[passage.article_id] for passage in expected]


def _all(generation: Generation) -> list[Found]:
    return generation.passages(range(generation.manifest.passages))
