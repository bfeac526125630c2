import pytest

from index.evaluation.dataset import JudgedSet
from index.evaluation.starter_sets import load_golden, load_tuning

GOLDEN, TUNING = load_golden(), load_tuning()

both = pytest.mark.parametrize("judged", [GOLDEN, TUNING], ids=lambda judged: judged.name)


@both
def test_there_are_enough_questions_and_a_quarter_has_no_answer(judged: JudgedSet) -> None:
    assert len(judged.questions) >= 200
    unanswerable = [question for question in judged.questions if not question.answerable]
    assert 0.2 <= len(unanswerable) / len(judged.questions) <= 0.3


@both
def test_ids_are_unique(judged: JudgedSet) -> None:
    assert len({question.id for question in judged.questions}) == len(judged.questions)


@both
def test_every_answer_stands_in_a_briefing_that_was_published_when_it_was_asked(judged: JudgedSet) -> None:
    texts = {article.id: version.text for article, version in judged.articles}
    published = {article.id: article.published_at for article, _ in judged.articles}
    for question in judged.questions:
        for article_id in question.relevant:
            moment = published[article_id]
            assert moment is not None
            assert moment <= question.asked_at, question.id
            assert any(answer in texts[article_id] for answer in question.gold.answers), question.id


def test_nothing_is_asked_in_both() -> None:
    measured = [(article_id, answer.casefold()) for article_id, answer in _asked(GOLDEN)]
    fitted = [(article_id, answer.casefold()) for article_id, answer in _asked(TUNING)]
    shared = {
        (article_id, answer)
        for article_id, answer in fitted
        for other_id, other in measured
        if article_id == other_id and (answer in other or other in answer)
    }
    assert not shared


def _asked(judged: JudgedSet) -> set[tuple[str, str]]:
    texts = {article.id: version.text for article, version in judged.articles}
    return {
        (article_id, answer)
        for question in judged.questions
        for article_id in question.relevant
        for answer in question.gold.answers
        if answer in texts[article_id]
    }
