from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from index.answer import Filters
from index.candidates import DEPTH, Candidate, find_candidates
from index.engine.allowed import allowed_passages
from index.engine.local import LocalEngine
from index.fusion import fuse
from index.generation import Generation
from index.lexicon import Lexicon
from index.quantised_vectors import QuantisedVectors
from index.timeliness import WEIGHT
from index.vectors import write_vectors
from tests.index.fakes import FakeEncoder
from tests.index.texts import ASKED_AT, CORPUS, opened, published, question

ENCODER = FakeEncoder()


def allowed_ids(generation: Generation, lexicon: Lexicon, *, asked_at: datetime, filters: Filters) -> list[str]:
    allowed = allowed_passages(generation, question("anything", lexicon, asked_at=asked_at, filters=filters))
    assert allowed.shape == (generation.manifest.passages,)
    return [generation.articles[generation.article_numbers[row]].id for row in np.flatnonzero(allowed)]


def candidates(
    generation: Generation, lexicon: Lexicon, text: str, *, limit: int = 10, filters: Filters | None = None
) -> list[Candidate]:
    asked = question(text, lexicon, filters=filters or Filters())
    vector = ENCODER.encode_question(asked.expanded)
    return find_candidates(LocalEngine(generation), asked, vector, limit)


def ids(found: list[Candidate]) -> list[str]:
    return [candidate.found.article.id for candidate in found]


@pytest.mark.parametrize(
    ("asked_at", "filters", "expected"),
    [
        (ASKED_AT, Filters(), ["fuelling", "landing", "reboost"]),
        (datetime(2031, 9, 1, tzinfo=UTC), Filters(), ["fuelling", "future", "landing", "reboost"]),
        (datetime(2031, 5, 6, 9, 29, 59, tzinfo=UTC), Filters(), ["fuelling"]),
        (datetime(2031, 5, 6, 9, 30, tzinfo=UTC), Filters(), ["fuelling", "landing"]),
        (ASKED_AT, Filters(since=date(2031, 5, 6)), ["landing", "reboost"]),
        (ASKED_AT, Filters(since=date(2031, 5, 7)), ["reboost"]),
        (ASKED_AT, Filters(until=date(2031, 5, 6)), ["landing"]),
        (ASKED_AT, Filters(until=date(2031, 5, 5)), []),
        (ASKED_AT, Filters(since=date(2031, 5, 20), until=date(2031, 5, 20)), ["reboost"]),
        (ASKED_AT, Filters(sources=frozenset({"orbit GAZETTE", "starter corpus"})), ["fuelling", "landing"]),
        (ASKED_AT, Filters(sources=frozenset({"Orbit"})), []),
        (ASKED_AT, Filters(excluded_sources=frozenset({"orbit GAZETTE", "Nobody"})), ["fuelling", "reboost"]),
        (
            ASKED_AT,
            Filters(sources=frozenset({"Orbit Gazette", "Selene Post"}), excluded_sources=frozenset({"orbit gazette"})),
            ["reboost"],
        ),
        (ASKED_AT, Filters(until=date(2031, 5, 30), sources=frozenset({"Selene Post"})), ["reboost"]),
    ],
)
def test_what_may_be_found(
    generation: Generation, lexicon: Lexicon, asked_at: datetime, filters: Filters, expected: list[str]
) -> None:
    assert allowed_ids(generation, lexicon, asked_at=asked_at, filters=filters) == expected


def test_what_is_not_allowed_is_not_found_however_well_it_fits(generation: Generation, lexicon: Lexicon) -> None:
    assert "future" not in ids(candidates(generation, lexicon, "The Larkspur lander went silent in August"))
    only = Filters(sources=frozenset({"Selene Post"}))
    assert ids(candidates(generation, lexicon, "The Larkspur lander", filters=only)) == ["reboost"]
    assert candidates(generation, lexicon, "The lander", filters=Filters(sources=frozenset({"Nobody"}))) == []


def test_the_best_comes_first_with_what_speaks_for_it(generation: Generation, lexicon: Lexicon) -> None:
    found = candidates(generation, lexicon, "Which valve froze?")
    assert ids(found)[0] == "fuelling"
    scores = [candidate.score for candidate in found]
    assert scores == sorted(scores, reverse=True)
    assert found[0].fused == 1.0
    assert found[0].timely == 0.0
    assert found[0].score == 1.0
    by_id = {candidate.found.article.id: candidate for candidate in found}
    assert by_id["landing"].lexical == 0.0
    assert by_id["reboost"].timely == pytest.approx(0.6 * 14 / (14 + 12.5) + 0.4 * 730 / (730 + 12.5))


def test_the_numbers_are_those_of_the_two_indexes(generation: Generation, lexicon: Lexicon) -> None:
    asked = question("Where did the Larkspur lander touch down?", lexicon)
    found = sorted(candidates(generation, lexicon, asked.text), key=lambda candidate: candidate.found.number)
    rows = np.asarray([candidate.found.number for candidate in found])
    dense = generation.vectors.similarities(ENCODER.encode_question(asked.expanded), rows)
    lexical = generation.lexical.scores(list(asked.terms))[rows]
    assert [candidate.dense for candidate in found] == dense.tolist()
    assert [candidate.lexical for candidate in found] == lexical.tolist()
    everything = generation.vectors.similarities(
        ENCODER.encode_question(asked.expanded), np.arange(len(generation.vectors))
    )
    of_article = [everything[generation.article_numbers == generation.article_numbers[row]].mean() for row in rows]
    fused = fuse(dense, lexical, article=np.asarray(of_article, dtype=np.float32))
    assert [candidate.fused for candidate in found] == pytest.approx(fused.tolist())


def test_an_alias_finds_what_shares_no_word_with_it(generation: Generation, lexicon: Lexicon) -> None:
    best = candidates(generation, lexicon, "reboosting?")[0]
    assert best.found.article.id == "reboost"
    assert best.lexical > 0


def test_of_the_same_text_the_newer_comes_first_and_of_the_same_date_the_lower_row(
    tmp_path: Path, lexicon: Lexicon
) -> None:
    text = "The probe woke up."
    twins = [
        published("a-old", text, at=datetime(2031, 1, 1, tzinfo=UTC)),
        published("b-new", text, at=datetime(2031, 5, 31, tzinfo=UTC)),
        published("c-new", text, at=datetime(2031, 5, 31, tzinfo=UTC)),
        published("d-undated", text, at=None),
    ]
    generation = opened(twins, tmp_path, encoder=ENCODER, lexicon=lexicon)
    found = candidates(generation, lexicon, "Did the probe wake up?")
    assert ids(found) == ["b-new", "c-new", "a-old", "d-undated"]
    assert found[0].score == pytest.approx(WEIGHT * (0.6 * 14 / 15.5 + 0.4 * 730 / 731.5))
    assert ids(candidates(generation, lexicon, "Did the probe wake up?", limit=2)) == ["b-new", "c-new"]


def test_of_more_matches_than_are_looked_at_the_lowest_rows_are_kept(tmp_path: Path, lexicon: Lexicon) -> None:
    many = [published(f"a{number:03}", "The probe woke up.") for number in range(DEPTH + 30)]
    generation = opened(many, tmp_path, encoder=ENCODER, lexicon=lexicon)
    found = candidates(generation, lexicon, "The probe", limit=DEPTH)
    assert [candidate.found.number for candidate in found] == list(range(DEPTH))


def test_quantised_vectors_propose_what_exact_ones_do(
    generation: Generation, tmp_path: Path, lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.build.write_vectors", partial(write_vectors, exact_up_to=0))
    quantised = [opened(CORPUS, tmp_path / name, encoder=ENCODER, lexicon=lexicon) for name in ("one", "other")]
    assert isinstance(quantised[0].vectors, QuantisedVectors)
    assert quantised[0].manifest.files == quantised[1].manifest.files
    for text in ("Where did the Larkspur lander touch down?", "Which valve froze?", "Who raised the orbit?"):
        expected, found = (candidates(one, lexicon, text) for one in (generation, quantised[0]))
        assert ids(found) == ids(expected)
        assert [one.score for one in found] == pytest.approx([one.score for one in expected], abs=1e-3)
