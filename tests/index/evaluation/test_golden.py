from index.evaluation.golden import load_golden

GOLDEN = load_golden()


def test_there_are_enough_questions_and_a_quarter_has_no_answer() -> None:
    assert len(GOLDEN.questions) >= 200
    unanswerable = [question for question in GOLDEN.questions if not question.answerable]
    assert 0.2 <= len(unanswerable) / len(GOLDEN.questions) <= 0.3


def test_ids_are_unique() -> None:
    assert len({question.id for question in GOLDEN.questions}) == len(GOLDEN.questions)


def test_every_answer_stands_in_a_briefing_that_was_published_when_it_was_asked() -> None:
    texts = {article.id: version.text for article, version in GOLDEN.articles}
    published = {article.id: article.published_at for article, _ in GOLDEN.articles}
    for question in GOLDEN.questions:
        for article_id in question.relevant:
            moment = published[article_id]
            assert moment is not None
            assert moment <= question.asked_at, question.id
            assert any(answer in texts[article_id] for answer in question.gold.answers), question.id
