"""A generation is a function of articles and settings; history may only make it cheaper."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import recipe
from index.lexicon import Lexicon, load_lexicon
from index.memo import Memo
from tests.index.fakes import FakeEncoder
from tests.index.texts import CORPUS, LANDING, LEXICON, Published, build, built, many_passages, memo_beside, published

OTHERS = [
    published(f"other-{n}", f"The probe number {n} flew on. It saw orbit {n}.", title=f"Probe {n}") for n in range(4)
]
ALL = [*CORPUS, *OTHERS]


def encoded(folder: Path, lexicon: Lexicon, articles: Sequence[Published], encoder: FakeEncoder | None = None) -> int:
    """Build and return how many passages had to be encoded."""
    encoder = encoder or FakeEncoder()
    with built(articles, folder, encoder=encoder, lexicon=lexicon) as whole:
        assert whole.encoded == len(encoder.encoded)
        return whole.encoded


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(range(len(ALL))), min_size=1, unique=True), min_size=1, max_size=4),
)
def test_whatever_was_built_before_the_files_are_those_of_a_build_from_nothing(
    tmp_path_factory: pytest.TempPathFactory, lexicon: Lexicon, history: list[list[int]]
) -> None:
    grown, fresh = tmp_path_factory.mktemp("grown"), tmp_path_factory.mktemp("fresh")
    for numbers in history:
        last = build([ALL[number] for number in numbers], grown / "index", encoder=FakeEncoder(), lexicon=lexicon)

    anew = build([ALL[number] for number in history[-1]], fresh / "index", encoder=FakeEncoder(), lexicon=lexicon)

    assert (last.digest, last.files) == (anew.digest, anew.files)


def test_a_changed_article_is_encoded_and_no_other(tmp_path: Path, lexicon: Lexicon) -> None:
    assert encoded(tmp_path / "index", lexicon, ALL) == len(ALL)
    article, version = OTHERS[0]
    changed = published(article.id, version.text + " It landed.", title=article.title)

    assert encoded(tmp_path / "index", lexicon, [*CORPUS, changed, *OTHERS[1:]]) == 1
    assert encoded(tmp_path / "index", lexicon, ALL[::-1]) == 0


def test_what_is_not_seen_by_the_search_needs_no_new_vector(tmp_path: Path, lexicon: Lexicon) -> None:
    encoded(tmp_path / "index", lexicon, [LANDING])
    article, version = LANDING
    assert encoded(tmp_path / "index", lexicon, [(replace(article, publisher="Selene Post"), version)]) == 0
    assert encoded(tmp_path / "index", lexicon, [(replace(article, title="Larkspur is down"), version)]) == 1


def test_another_encoder_takes_over_no_vector(tmp_path: Path, lexicon: Lexicon) -> None:
    encoded(tmp_path / "index", lexicon, CORPUS)
    assert encoded(tmp_path / "index", lexicon, CORPUS, FakeEncoder(fingerprint="same-dimension")) == len(CORPUS)
    assert encoded(tmp_path / "index", lexicon, CORPUS[:2]) == 0


def test_another_lexicon_keeps_the_vectors_and_counts_words_anew(tmp_path: Path, lexicon: Lexicon) -> None:
    (tmp_path / "own.toml").write_text(LEXICON.replace("aloft", "up"), "utf-8")
    other = load_lexicon(tmp_path / "own.toml")
    encoded(tmp_path / "index", lexicon, CORPUS)
    with Memo.open(memo_beside(tmp_path / "index")) as memo:
        before = len(memo)
    assert encoded(tmp_path / "index", other, CORPUS) == 0
    with Memo.open(memo_beside(tmp_path / "index")) as memo:
        assert len(memo) == before + len(CORPUS)
    anew = build(CORPUS, tmp_path / "fresh", encoder=FakeEncoder(), lexicon=other)
    assert build(CORPUS, tmp_path / "index", encoder=FakeEncoder(), lexicon=other).files == anew.files


@pytest.mark.parametrize("step", ["cutting", "terms", "wording"])
def test_another_release_takes_over_nothing_that_its_code_would_make_otherwise(
    tmp_path: Path, lexicon: Lexicon, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = build(CORPUS, tmp_path / "index", encoder=FakeEncoder(), lexicon=lexicon)
    monkeypatch.setattr(recipe, step, lambda: "of another release")
    after = build(CORPUS, tmp_path / "index", encoder=FakeEncoder(), lexicon=lexicon)
    assert after.digest != before.digest
    with Memo.open(memo_beside(tmp_path / "index")) as memo:
        # a cut names itself in the key of the terms that are counted in it
        assert len(memo) == (4 + {"cutting": 2, "terms": 1, "wording": 1}[step]) * len(CORPUS)


def test_the_recipe_follows_the_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = recipe.terms()
    for name in ("terms.py", "lexicon.py", "lexical.py"):
        (tmp_path / name).write_bytes((Path(recipe.__file__).parent / name).read_bytes())
    monkeypatch.setattr(recipe, "files", lambda package: tmp_path)
    recipe.terms.cache_clear()
    assert recipe.terms() == before
    (tmp_path / "terms.py").write_text("changed")
    recipe.terms.cache_clear()
    assert recipe.terms() != before
    monkeypatch.undo()
    recipe.terms.cache_clear()
    assert recipe.terms() == before


def test_a_text_that_stands_twice_is_encoded_once(tmp_path: Path, lexicon: Lexicon) -> None:
    twice = [published("a", LANDING[1].text), published("b", LANDING[1].text)]
    assert encoded(tmp_path / "index", lexicon, twice) == 1


def test_a_damaged_memo_costs_time_but_changes_nothing(tmp_path: Path, lexicon: Lexicon) -> None:
    first = build(CORPUS, tmp_path / "index", encoder=FakeEncoder(), lexicon=lexicon)
    memo_beside(tmp_path / "index").write_bytes(b"garbage" * 999)
    article = many_passages("long", "It flew.", 3)
    assert encoded(tmp_path / "index", lexicon, [*CORPUS, article]) == len(CORPUS) + 3
    (tmp_path / "index" / first.generation / "manifest.json").unlink()
    assert build(CORPUS, tmp_path / "index", encoder=FakeEncoder(), lexicon=lexicon).files == first.files
