from datetime import UTC, datetime

import pytest

from corpus.normalise import normalise_text
from index.errors import EvaluationError
from index.evaluation.practice_set import practice_set
from index.practice import KEPT_BACK_EVERY, PracticeQuestion, load_practice, parse_practice

FILE = """# A probe leaves
date: 2024-05-06
The probe left on Monday. Its twin left on Tuesday.

It carries two cameras.

? when did the probe leave | Monday
? day of the twin | twin left on [Tuesday]
! who built the probe
"""


def test_a_file_is_read() -> None:
    (article,) = parse_practice("probes", FILE)
    assert (article.id, article.title) == ("probes-0", "A probe leaves")
    assert article.published_at == datetime(2024, 5, 6, tzinfo=UTC)
    assert article.text == "The probe left on Monday. Its twin left on Tuesday.\n\nIt carries two cameras."
    assert article.questions == [
        PracticeQuestion("when did the probe leave", 18, "Monday"),
        PracticeQuestion("day of the twin", 43, "Tuesday"),
        PracticeQuestion("who built the probe"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("date: 2024-05-06\n", "", "needs a line"),
        ("| Monday", "| Friday", "must stand in its article exactly once"),
        ("| Monday", "| left", "must stand in its article exactly once"),
        (" | Monday", "", "must stand in its article exactly once"),
    ],
)
def test_a_fault_is_named(old: str, new: str, why: str) -> None:
    with pytest.raises(EvaluationError, match=why):
        list(parse_practice("probes", FILE.replace(old, new)))


def test_every_sixth_is_kept_back() -> None:
    articles = list(parse_practice("probes", FILE * 12))
    assert [article.kept_back for article in articles] == ([False] * (KEPT_BACK_EVERY - 1) + [True]) * 2


def test_all_practice_is_in_order() -> None:
    articles = load_practice()
    assert len({article.id for article in articles}) == len(articles) > 500
    for article in articles:
        assert article.text == normalise_text(article.text)
        for question in article.questions:
            end = question.start_char + len(question.answer)
            assert article.text[question.start_char : end] == question.answer
    unanswerable = sum(not question.answer for article in articles for question in article.questions)
    total = sum(len(article.questions) for article in articles)
    assert 0.2 < unanswerable / total < 0.35


def test_the_judged_set_asks_only_what_the_reader_has_not_seen() -> None:
    judged = practice_set()
    kept_back = {article.id for article in load_practice() if article.kept_back}
    assert {question.id.split("#")[0] for question in judged.questions} == kept_back
    assert len(judged.articles) == len(load_practice())
    assert all(question.answerable == bool(question.gold) for question in judged.questions)
