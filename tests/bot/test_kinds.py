"""Who speaks in an article."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.kinds import articles_behind, find_kinds, kinds_of
from corpus.sources import Kind, Source
from corpus.store import Store
from index.answer import Answer, NoAnswer, Refusal
from tests.bot.fakes import FUELLING, LANDING, explanation, landing_citation

ASKED_AT = datetime(2031, 5, 8, tzinfo=UTC)
OWN = Source("Gazette", "https://orbit.example/feed", publisher="Orbit Gazette", kind=Kind.PRESS)
MANY = Source("Wire", "https://wire.example/feed", kind=Kind.COMMUNITY)
AGENCIES = Source("Agencies", "https://agencies.example/feed", kind=Kind.AGENCY)
UNSAID = Source("Unsaid", "https://unsaid.example/feed", publisher="Orbit Gazette")


@pytest.mark.parametrize(
    ("sources", "led", "expected"),
    [
        ((OWN, MANY), ["Wire"], {LANDING.id: Kind.PRESS}),
        ((MANY,), ["Wire"], {LANDING.id: Kind.COMMUNITY}),
        ((MANY, AGENCIES), ["Agencies", "Wire"], {}),
        ((UNSAID,), ["Unsaid"], {}),
        ((OWN,), [], {LANDING.id: Kind.PRESS}),
        ((MANY,), [], {}),
    ],
)
def test_the_publishers_own_source_says_it_first(
    sources: tuple[Source, ...], led: list[str], expected: dict[str, Kind]
) -> None:
    assert kinds_of([LANDING], sources, lambda _: led) == expected


def test_articles_behind_an_answer_are_those_it_tells_of() -> None:
    cited = replace(landing_citation(), others=(replace(LANDING, id="copy"),))
    answer = Answer("Where?", ASKED_AT, (cited,), "g0001", explanation=explanation())

    assert [article.id for article in articles_behind(answer)] == [LANDING.id, "copy", LANDING.id, FUELLING.id]


def test_a_refusal_may_have_none() -> None:
    assert list(articles_behind(NoAnswer("Where?", ASKED_AT, Refusal.NOTHING_FOUND, "No.", None, "g0001"))) == []


def test_where_the_corpus_cannot_be_read_nothing_is_known(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> Store:
        raise OSError("disk")

    answer = Answer("Where?", ASKED_AT, (landing_citation(),), "g0001")

    assert find_kinds(answer, broken, tmp_path / "sources.toml") == {}
    assert "an answer does not say who speaks: disk" in caplog.messages
